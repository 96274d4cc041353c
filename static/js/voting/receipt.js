// What became of my ballot: recorded, on its way, not recorded, too late. Green is drawn only from the server's acknowledgement.
import { useState } from "preact/hooks";
import { timeWithSeconds } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { told, label } from "./words.js";
import { sendNow } from "./ballot.js";

/** @typedef {any} Me */

/** @param {{me: Me, choice: string | null, at: string | null}} props */
export function Recorded({ me, choice, at }) {
  return html`<section class="receipt" role="status" aria-live="assertive">
    <span class="rcheck"><${Icon} name="check" size=${56} /></span>
    <div class="grow">
      <h2>${told(me, t("Your ballot has been recorded"))}</h2>
      ${choice && html`<p class="rchoice">${t("Choice:")} <b>${label(choice)}</b></p>`}
      <dl class="rmeta">
        <div><dt>${t("Received by the server at")}</dt><dd class="num">${timeWithSeconds(at)}</dd></div>
        <div><dt>${t("List of those who have voted")}</dt><dd>${told(me, t("You are on it"))}</dd></div>
      </dl>
    </div>
  </section>`;
}

/** @param {{me: Me, at: string | null}} props */
export function InTheBox({ me, at }) {
  return html`<section class="receipt inbox" role="status" aria-live="assertive">
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

/** An open ballot that the server has not acknowledged. @param {{me: Me, choice: string | null, tries: number}} props */
export function NotRecorded({ me, choice, tries }) {
  const [calling, call] = useState(false);
  if (calling) return html`<${CallSign} me=${me} back=${() => call(false)} />`;
  return html`<section class="receipt r-warn" role="alert">
      <span class="rcheck"><${Icon} name="alert-triangle" size=${56} /></span>
      <div class="grow">
        <h2>${told(me, t("Your ballot has not been recorded"))}</h2>
        <p class="rchoice">${t("This device holds the choice %(choice)s and keeps sending it. This is try number %(tries)s.", { choice: label(choice ?? ""), tries })}</p>
        <p class="rsay">${t("Only when the screen turns green with the server's time is the ballot counted.")}</p>
      </div>
    </section>
    <div class="change">
      <span class="grow"><b>${t("Time is short and there is no line?")}</b> <span class="muted">${t("Raise your hand so that the secretary can help.")}</span></span>
      <${Button} size="lg" icon="device-tablet" onClick=${() => call(true)}>${t("Show the sign for the secretary")}<//>
      <${Button} kind="primary" size="lg" icon="refresh" onClick=${() => sendNow()}>${t("Send again now")}<//>
    </div>`;
}

/** A secret ballot whose answer was lost. @param {{me: Me, again: () => Promise<unknown>}} props */
export function NotKnown({ me, again }) {
  const [calling, call] = useState(false);
  if (calling) return html`<${CallSign} me=${me} back=${() => call(false)} />`;
  return html`<section class="receipt r-warn" role="alert">
      <span class="rcheck"><${Icon} name="alert-triangle" size=${56} /></span>
      <div class="grow">
        <h2>${t("No answer came from the server")}</h2>
        <p class="rchoice">${told(me, t("It is not known yet whether your ballot is in the box."))}</p>
        <p class="rsay">${t("When the line is back this screen shows the truth. Sending again never counts twice.")}</p>
      </div>
    </section>
    <div class="change">
      <span class="grow muted">${t("The ballot is in this page's memory only. Reloading the page drops it.")}</span>
      <${Button} size="lg" icon="device-tablet" onClick=${() => call(true)}>${t("Show the sign for the secretary")}<//>
      <${Button} kind="primary" size="lg" icon="refresh" onClick=${again}>${t("Send again")}<//>
    </div>`;
}

/** It will not count; `kept` is the choice recorded before it, if there is one. @param {{me: Me, code: string, message: string, kept: string | null}} props */
export function NotCounted({ me, code, message, kept }) {
  const late = code === "vote_closed";
  return html`<section class="receipt r-late" role="alert">
      <span class="rcheck"><${Icon} name="x" size=${56} /></span>
      <div class="grow">
        <h2>${late ? told(me, t("Your ballot came too late")) : told(me, t("Your ballot was not counted"))}</h2>
        <p class="rchoice">${late ? t("The vote closed before the ballot reached the server. It is not counted.") : message}</p>
        <p class="rsay">${kept ? html`${t("The ballot recorded before is the one that counts:")} <b>${label(kept)}</b>` : t("Please tell the secretary, who records it in the minutes.")}</p>
      </div>
    </section>`;
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
