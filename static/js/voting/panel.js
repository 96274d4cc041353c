// The ballot paper. An open vote takes over the screen until its close, or until the person goes back to the room.
import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Bar, Button, Chip, Icon, html } from "../web/ui.js";
import { ballot, castOpen, currentQuestion, forget, isRunning, myVote } from "./ballot.js";
import { NotCounted, NotRecorded, Recorded } from "./receipt.js";
import { Outcome } from "./outcome.js";
import { SecretBallot } from "./secret.js";
import { ICONS, told, kindWord, label, needSentence, whyNot } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

/** The question this person went back to the room from. */
const left = signal(/** @type {number | null} */ (null));
/** The question whose ballot this person asked to see. */
export const panelOpen = signal(/** @type {number | null} */ (null));
/** Questions that this page has seen open: only their results are shown by themselves. */
const seen = new Set();

/** Show the ballot paper of a question. @param {number} question */
export function openPanel(question) {
  left.value = null;
  panelOpen.value = question;
}

/** @param {{live: Live, quiet?: boolean}} props */
export function VotePanel({ live, quiet = false }) {
  const question = currentQuestion(live);
  const mine = myVote(live);
  if (question && isRunning(question)) seen.add(question.id);
  useEffect(() => {
    const held = ballot.value;
    if (held && question && held.question !== question.id) forget();
  }, [question?.id]);
  if (!question || !mine?.elector || question.kind === "hand") return null;
  const asked = panelOpen.value === question.id;
  if (left.value === question.id || (quiet && !asked) || !(seen.has(question.id) || asked)) return null;
  if (givesWay(live, question) && !asked) return null;
  const back = () => { left.value = question.id; panelOpen.value = null; };
  return html`<div class="takeover" role="dialog" aria-label=${kindWord(question.kind)}><${Paper} live=${live} question=${question} mine=${mine} back=${back} /></div>`;
}

/** A result gives way when the meeting rests; a ballot of which this page does not know yet what became of it does not. @param {Live} live @param {any} question */
function givesWay(live, question) {
  const held = ballot.value;
  const own = held && held.question === question.id ? held.state : "";
  return live.sections.value.meeting?.state !== "in_session" && !isRunning(question) && !["refused", "sending", "held", "unknown"].includes(own);
}

/** @param {{live: Live, question: any, mine: any, back: () => void}} props */
function Paper({ live, question, mine, back }) {
  const held = ballot.value?.question === question.id ? ballot.value : null;
  if (held?.state === "refused") {
    const kept = question.kind === "open" && mine.voted ? mine.choice : null;
    const leave = () => { forget(); back(); };
    return html`<${Frame} question=${question} back=${leave}><${NotCounted} me=${live.me.value} code=${held.code} message=${held.message} kept=${kept} /><//>`;
  }
  if (!isRunning(question) && !["sending", "held"].includes(held?.state ?? "")) {
    return html`<${Frame} question=${question} back=${back}><${Outcome} question=${question} /><//>`;
  }
  if (question.kind === "secret") return html`<${SecretBallot} live=${live} question=${question} mine=${mine} back=${back} />`;
  return html`<${Frame} question=${question} back=${back}><${OpenVote} live=${live} question=${question} mine=${mine} held=${held} /><//>`;
}

/** @param {{live: Live, question: any, mine: any, held: any}} props */
function OpenVote({ live, question, mine, held }) {
  const [changing, change] = useState(false);
  const me = live.me.value;
  const recorded = held?.state === "recorded" || (mine.voted && !["sending", "held"].includes(held?.state ?? ""));
  const choose = async (/** @type {string} */ choice, text = "") => { change(false); await castOpen(live, question, choice, text); };
  if (held?.state === "held") return html`<${NotRecorded} me=${me} choice=${held.choice} tries=${held.tries} />`;
  if (recorded && !changing) {
    const choice = held?.state === "recorded" ? held.choice : mine.choice;
    const others = question.changeable && question.state === "open" ? question.options.filter((/** @type {any} */ each) => each.key !== choice) : [];
    return html`<${Recorded} me=${me} choice=${choice} at=${held?.received_at ?? mine.received_at} />
      ${others.length > 0 && html`<div class="change">
        <span class="grow"><b>${t("Change it?")}</b> <span class="muted">${t("The last ballot received before the close is the one that counts.")}</span></span>
        ${others.map((/** @type {any} */ each) => html`<${Button} key=${each.key} size="lg" icon=${ICONS[each.key]}
          onClick=${() => (each.key === "other" ? change(true) : choose(each.key))}>${label(each.key)}<//>`)}
      </div>`}`;
  }
  if (!mine.may_vote) return html`<div class="note note-warn" role="status"><${Icon} name="info-circle" /><div>${whyNot(mine.why)}</div></div>`;
  return html`<${Choices} me=${me} question=${question} sending=${held?.state === "sending" ? held.choice : null} choose=${choose} />`;
}

/** @param {{me: any, question: any, sending: string | null, choose: (choice: string, text?: string) => void}} props */
function Choices({ me, question, sending, choose }) {
  const [writing, write] = useState(false);
  const [text, setText] = useState("");
  const letters = /** @type {Record<string, string>} */ ({ for: "a", against: "o", abstain: "s", other: "p" });
  const count = question.options.length;
  return html`<div class=${`choices choices-${count}`}>
      ${question.options.map((/** @type {any} */ each) => html`<button key=${each.key} type="button" class=${`choice c-${letters[each.key] ?? "s"}`} disabled=${sending !== null}
        aria-busy=${sending === each.key ? "true" : null} onClick=${() => (each.key === "other" ? write(true) : choose(each.key))}>
        <span class="cic">${sending === each.key ? html`<span class="spin"></span>` : html`<${Icon} name=${ICONS[each.key]} size=${56} />`}</span>
        <b>${sending === each.key ? t("Sending") : label(each.key)}</b></button>`)}
    </div>
    ${writing && html`<div class="otherbox"><label class="label" for="other-opinion">${told(me, t("Your opinion"))}</label>
      <textarea id="other-opinion" class="input area" rows="2" maxlength="2000" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)}></textarea>
      <${Button} kind="primary" size="lg" icon="send" disabled=${!text.trim()} onClick=${() => choose("other", text.trim())}>${t("Send this opinion")}<//></div>`}
    <p class="vhint"><${Icon} name="hand-click" size=${28} /><span>${question.changeable
      ? told(me, t("One tap sends the ballot. You can change it until the chair closes the vote."))
      : t("One tap sends the ballot. It cannot be changed.")}</span></p>`;
}

/** Heading and foot of an open vote's paper. @param {{question: any, back: () => void, children?: any}} props */
function Frame({ question, back, children }) {
  return html`<div class="vote">
    <header class="vq">
      <div class="grow">
        <div class="row-x vkind"><${Chip} tone="primary" icon=${question.kind === "secret" ? "lock" : "users"}>${kindWord(question.kind)}<//>
          <span class="muted">${question.kind === "secret" ? t("Nobody can see who chose what") : t("Names and choices are entered in the minutes")}</span></div>
        <h1>${question.title}</h1>
      </div>
      <${CastRing} question=${question} />
    </header>
    ${children}
    <footer class="vinfo">
      <${Button} icon="arrow-back-up" onClick=${back}>${t("Back to the room")}<//>
      <span class="grow muted">${needSentence(question)}</span>
      <span class="cast"><${Bar} value=${question.cast} max=${question.electors} label=${t("Ballots received")} />
        <span><b class="num">${question.cast}/${question.electors}</b> ${t("ballots received")}</span></span>
    </footer>
  </div>`;
}

/** How many have voted, as a ring. @param {{question: any}} props */
export function CastRing({ question }) {
  const share = question.electors ? Math.min(1, question.cast / question.electors) : 0;
  return html`<div class="ring">
    <svg viewBox="0 0 120 120" width="124" height="124" aria-hidden="true"><circle cx="60" cy="60" r="52" class="r0"></circle>
      <circle cx="60" cy="60" r="52" class=${share ? "r1" : "r1 none"} stroke-dasharray=${`${(326.7 * share).toFixed(1)} 326.7`} transform="rotate(-90 60 60)"></circle></svg>
    <div><b class="num">${question.cast}/${question.electors}</b><span>${question.state === "paused" ? t("voting is paused") : t("ballots in")}</span></div>
  </div>`;
}
