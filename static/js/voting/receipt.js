// What became of my ballot: recorded, on its way, not recorded, too late. Green is drawn only from the server's acknowledgement.
import { useState } from "preact/hooks";
import { timeWithSeconds } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { sendNow } from "./ballot.js";
import { formOf, hasLines } from "./marks.js";
import { Marks } from "./review.js";
import { label, told } from "./words.js";

/** @typedef {any} Me */
/** @typedef {import("./marks.js").Marked} Marked */

/** The choice in one line; of a paper with lines there is a list instead. @param {any} question @param {Marked} marked */
export const choiceLine = (question, marked) => (marked.choice ? label(marked.choice, hasLines(question) ? "" : formOf(question)) : "");

/** @param {{me: Me, question: any, marked: Marked, at: string | null, spoken?: boolean}} props `spoken`: entered by the secretary */
export function Recorded({ me, question, marked, at, spoken = false }) {
  const choice = choiceLine(question, marked);
  return html`<section class=${hasLines(question) && !choice ? "receipt slim" : "receipt"} role="status" aria-live="assertive" tabindex="-1" data-focus>
    <span class="rcheck"><${Icon} name="check" size=${56} /></span>
    <div class="grow">
      <h2>${told(me, t("Your ballot has been recorded"))}</h2>
      ${choice && html`<p class="rchoice">${t("Choice:")} <b>${choice}</b>${marked.text && html`<span class="rtext">${marked.text}</span>`}</p>`}
      ${spoken && html`<p class="rchoice">${t("Said aloud, entered by the secretary, confirmed by the chair.")}</p>`}
      <dl class="rmeta">
        <div><dt>${t("Received by the server at")}</dt><dd class="num">${timeWithSeconds(at)}</dd></div>
        <div><dt>${t("List of those who have voted")}</dt><dd>${told(me, t("You are on it"))}</dd></div>
      </dl>
    </div>
  </section>
  ${hasLines(question) && !choice && html`<section class="card-x rmarks" aria-label=${t("What stands on the ballot")}><${Marks} question=${question} marked=${marked} /></section>`}`;
}

/** @param {{me: Me, at: string | null}} props */
export function InTheBox({ me, at }) {
  return html`<section class="receipt inbox" role="status" aria-live="assertive" tabindex="-1" data-focus>
    <span class="rcheck"><${Icon} name="lock-check" size=${56} /></span>
    <div class="grow">
      <h2>${told(me, t("Your secret ballot is in the box"))}</h2>
      <p class="rchoice">${told(me, t("To keep it secret, this device neither keeps nor shows again what you chose."))}</p>
      <dl class="rmeta">
        <div><dt>${t("Received by the server at")}</dt><dd class="num">${timeWithSeconds(at)}</dd></div>
        <div><dt>${t("List of those who have voted")}</dt><dd>${told(me, t("You are on it"))}</dd></div>
        <div><dt>${t("State")}</dt><dd>${t("Final, it cannot be changed")}</dd></div>
      </dl>
    </div>
  </section>`;
}

/** An open ballot that the server has not acknowledged. @param {{me: Me, question: any, marked: Marked, tries: number}} props */
export function NotRecorded({ me, question, marked, tries }) {
  const [calling, call] = useState(false);
  if (calling) return html`<${CallSign} me=${me} back=${() => call(false)} />`;
  const choice = choiceLine(question, marked);
  return html`<section class="receipt r-warn" role="alert" tabindex="-1" data-focus>
      <span class="rcheck"><${Icon} name="alert-triangle" size=${56} /></span>
      <div class="grow">
        <h2>${told(me, t("Your ballot has not been recorded"))}</h2>
        <p class="rchoice">${choice ? t("This device holds the choice %(choice)s and keeps sending it. This is try number %(tries)s.", { choice, tries }) : t("This device holds the ballot and keeps sending it. This is try number %(tries)s.", { tries })}</p>
        <p class="rsay">${t("Only when the screen turns green with the server's time is the ballot counted.")}</p>
      </div>
    </section>
    <div class="change">
      <span class="grow"><b>${t("Time is short and there is no line?")}</b> <span class="muted">${t("Raise your hand and say your choice aloud: the secretary enters it and the chair confirms. Or sign in on a spare tablet at the secretary's desk.")}</span></span>
      <${Button} size="lg" icon="device-tablet" onClick=${() => call(true)}>${t("Show the sign for the secretary")}<//>
      <${Button} kind="primary" size="lg" icon="refresh" onClick=${() => sendNow()}>${t("Send again now")}<//>
    </div>`;
}

/** A secret ballot whose answer was lost. @param {{me: Me, known: boolean, again: () => Promise<unknown>}} props `known`: the line is back, and the server has no ballot */
export function NotKnown({ me, known, again }) {
  const [calling, call] = useState(false);
  if (calling) return html`<${CallSign} me=${me} back=${() => call(false)} />`;
  return html`<section class="receipt r-warn" role="alert" tabindex="-1" data-focus>
      <span class="rcheck"><${Icon} name="alert-triangle" size=${56} /></span>
      <div class="grow">
        <h2>${known ? told(me, t("Your ballot is not in the box yet")) : t("No answer came from the server")}</h2>
        <p class="rchoice">${told(me, known ? t("The line is back, and the server has not received your ballot.") : t("It is not known yet whether your ballot is in the box."))}</p>
        <p class="rsay">${known ? t("Please tap “Send again”. Sending again never counts twice.") : t("When the line is back this screen shows the truth. Sending again never counts twice.")}</p>
      </div>
    </section>
    <div class="change">
      <span class="grow muted">${told(me, t("If this tablet fails, sign in on a spare tablet at the secretary's desk: nobody can cast a secret ballot for you. The ballot is in this page's memory only; reloading the page drops it."))}</span>
      <${Button} size="lg" icon="device-tablet" onClick=${() => call(true)}>${t("Show the sign for the secretary")}<//>
      <${Button} kind="primary" size="lg" icon="refresh" onClick=${again}>${t("Send again")}<//>
    </div>`;
}

/** It will not count; `kept` is the ballot recorded before it, if there is one. @param {{me: Me, question: any, code: string, message: string, kept: Marked | null, again?: () => void}} props */
export function NotCounted({ me, question, code, message, kept, again }) {
  const late = code === "vote_closed";
  return html`<section class="receipt r-late" role="alert" tabindex="-1" data-focus>
      <span class="rcheck"><${Icon} name="x" size=${56} /></span>
      <div class="grow">
        <h2>${late ? told(me, t("Your ballot came too late")) : told(me, t("Your ballot was not counted"))}</h2>
        <p class="rchoice">${late ? t("The vote closed before the ballot reached the server. It is not counted.") : message}</p>
        <p class="rsay">${kept ? html`${t("The ballot recorded before is the one that counts:")} <b>${choiceLine(question, kept)}</b>` : again ? t("The vote is still open: you can go back to the ballot.") : t("Please tell the secretary, who records it in the minutes.")}</p>
      </div>
    </section>
    ${again && html`<div class="change"><span class="grow"></span><${Button} kind="primary" size="lg" icon="arrow-left" onClick=${again}>${t("Back to the ballot")}<//></div>`}
    ${kept && hasLines(question) && !kept.choice && html`<section class="card-x rmarks"><${Marks} question=${question} marked=${kept} /></section>`}`;
}

/** The secretary entered what was said aloud; it counts when the chair confirms it. @param {{me: Me, question: any, marked: Marked | null}} props */
export function SpokenWaits({ me, question, marked }) {
  return html`<section class="receipt r-warn" role="status" tabindex="-1" data-focus>
      <span class="rcheck"><${Icon} name="clock" size=${56} /></span>
      <div class="grow">
        <h2>${told(me, t("The secretary has entered your spoken choice"))}</h2>
        ${marked && choiceLine(question, marked) && html`<p class="rchoice">${t("Choice:")} <b>${choiceLine(question, marked)}</b></p>`}
        <p class="rsay">${told(me, t("It counts when the chair confirms it. You may still vote yourself: then your own ballot counts."))}</p>
      </div>
    </section>
    ${marked && hasLines(question) && !marked.choice && html`<section class="card-x rmarks"><${Marks} question=${question} marked=${marked} /></section>`}`;
}

/** Needs no network: the tablet itself becomes a sign to hold up. @param {{me: Me, back: () => void}} props */
function CallSign({ me, back }) {
  return html`<section class="callsign" role="status">
    <${Icon} name="hand-stop" size=${56} />
    <b>${t("Secretary, please help")}</b>
    <span>${t("%(name)s: the ballot could not be sent", { name: me.name ?? "" })}</span>
    <${Button} size="lg" icon="arrow-back-up" onClick=${back}>${t("Back to the ballot")}<//>
  </section>`;
}
