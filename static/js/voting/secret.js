// A secret ballot: choose, review, cast. One colour for all choices; what was chosen blurs when nobody touches the screen.
import { useEffect, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Bar, Button, Chip, Icon, html } from "../web/ui.js";
import { ballot, castSecret, forget } from "./ballot.js";
import { InTheBox, NotKnown } from "./receipt.js";
import { told, kindWord, label, needSentence, whyNot } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

const VEIL_AFTER_MS = 20000;

/** @param {{live: Live, question: any, mine: any, back: () => void}} props */
export function SecretBallot({ live, question, mine, back }) {
  const held = ballot.value?.question === question.id ? ballot.value : null;
  const me = live.me.value;
  if (mine.voted || held?.state === "recorded") return html`<${Cast} me=${me} question=${question} at=${mine.received_at ?? held?.received_at} back=${back} />`;
  if (held?.state === "unknown") {
    return html`<div class="vote"><${Head} question=${question} /><${NotKnown} me=${me} again=${() => castSecret(live, question, held.choice ?? "")} /></div>`;
  }
  if (!mine.may_vote) {
    return html`<div class="vote"><${Head} question=${question} /><div class="note note-warn"><${Icon} name="info-circle" /><div>${whyNot(mine.why)}</div></div>
      <div class="change"><span class="grow"></span><${Button} size="lg" icon="arrow-back-up" onClick=${back}>${t("Back to the room")}<//></div></div>`;
  }
  return html`<${Paper} me=${me} question=${question} back=${back} cast=${(/** @type {string} */ choice) => castSecret(live, question, choice)} />`;
}

/** @param {{me: any, question: any, back: () => void, cast: (choice: string) => Promise<unknown>}} props */
function Paper({ me, question, back, cast }) {
  const [choice, choose] = useState(/** @type {string | null} */ (null));
  const [reviewing, review] = useState(false);
  const [veiled, lift] = useVeil(choice);
  const shown = reviewing ? question.options.filter((/** @type {any} */ each) => each.key === choice) : question.options;
  return html`<div class=${veiled ? "ballot-page veiled" : "ballot-page"} onPointerDown=${lift}>
    <div class="ballot">
      <section class="col-y ballot-main">
        <${Head} question=${question} note=${reviewing ? told(me, t("Please review your ballot")) : t("Choose one of the boxes")} />
        <div class="col-y" role="radiogroup" aria-label=${question.title}>
          ${shown.map((/** @type {any} */ each) => html`<button key=${each.key} type="button" class=${each.key === choice ? "cand on" : "cand"} role="radio"
            aria-checked=${each.key === choice ? "true" : "false"} onClick=${() => { if (veiled) lift(); else { choose(each.key); review(false); } }}>
            <span class="pick"><${Icon} name="check" size=${40} /></span><span class="grow nm">${label(each.key)}</span>
            <span class="lbl">${each.key === choice ? t("Chosen") : t("Not chosen")}</span></button>`)}
        </div>
        <p class="muted row-x"><${Icon} name="info-circle" />${veiled ? t("Touch the screen to see your ballot.") : needSentence(question)}</p>
      </section>
      <aside class="col-y"><${Secrecy} me=${me} question=${question} /></aside>
    </div>
    <footer class="dock">
      ${reviewing
        ? html`<${Button} icon="arrow-left" onClick=${() => review(false)}>${t("Change the ballot")}<//>`
        : html`<${Button} icon="eraser" disabled=${choice === null} onClick=${() => choose(null)}>${t("Clear the ballot")}<//>`}
      <${Button} icon="arrow-back-up" onClick=${back}>${t("Back to the room")}<//>
      <span class="push"></span>
      ${reviewing
        ? html`<${Button} kind="primary" icon="lock-check" busyLabel=${t("Sending")} onClick=${() => cast(choice ?? "")}>${t("Put the ballot into the box")}<//>`
        : html`<${Button} kind="primary" disabled=${choice === null} onClick=${() => review(true)}>${choice === null ? t("Choose a box first") : t("Review the ballot")}<//>`}
    </footer>
  </div>`;
}

/** What is chosen is hidden after 20 s without a touch. @param {string | null} choice @returns {[boolean, () => void]} */
function useVeil(choice) {
  const [touched, touch] = useState(0);
  const [veiled, veil] = useState(false);
  useEffect(() => {
    veil(false);
    if (choice === null) return undefined;
    const timer = setTimeout(() => veil(true), VEIL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [choice, touched]);
  return [veiled, () => touch((count) => count + 1)];
}

/** @param {{question: any, note?: string}} props */
function Head({ question, note = "" }) {
  return html`<div><div class="row-x vkind"><${Chip} tone="primary" icon="lock">${kindWord("secret")}<//>${note && html`<span class="muted">${note}</span>`}</div>
    <h1 class="sh1">${question.title}</h1></div>`;
}

/** What is kept secret, and how. @param {{me: any, question: any}} props */
function Secrecy({ me, question }) {
  return html`<div class="sealed">
    <h3>${t("This ballot is kept secret")}</h3>
    <ul>
      <li><${Icon} name="user-off" /><span>${told(me, t("The choice is tied to no name; not even an administrator can see it."))}</span></li>
      <li><${Icon} name="circle-check" /><span>${told(me, t("The system only records that you have voted, so that nobody votes twice."))}</span></li>
      <li><${Icon} name="lock-check" /><span>${t("Once in the box it cannot be changed.")}</span></li>
      <li><${Icon} name="users" /><span>${t("If everybody votes alike, the result itself shows it.")}</span></li>
    </ul>
    <div class="sealed-foot">${t("Have voted:")} <b class="num">${question.cast}/${question.electors}</b></div>
  </div>`;
}

/** @param {{me: any, question: any, at: string | null, back: () => void}} props */
function Cast({ me, question, at, back }) {
  useEffect(() => () => forget(), []);
  return html`<div class="ballot-page"><div class="vote">
      <${Head} question=${question} />
      <${InTheBox} me=${me} at=${at} />
      <section class="card-x card-pad row-x voters"><div><b class="num">${question.cast}/${question.electors}</b><div class="muted">${t("people have voted")}</div></div>
        <div class="grow"><${Bar} value=${question.cast} max=${question.electors} label=${t("people have voted")} />
          <p class="muted">${t("The result is shown after the box is closed. Meanwhile the papers can be read.")}</p></div></section>
    </div>
    <footer class="dock"><${Button} icon="arrow-back-up" onClick=${back}>${t("Back to the room")}<//></footer></div>`;
}
