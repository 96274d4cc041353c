// A ballot that is filled in before it is sent: every paper with lines, and every secret one. The list scrolls in its own place.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Bar, Button, Chip, Icon, html } from "../web/ui.js";
import { draftOf, draw } from "./ballot.js";
import { Cards } from "./cards.js";
import { TimeLeft } from "./clock.js";
import { empty, firstUnmarked, formOf, hasLines, isOnPeople, isPicked, isReviewed, isSecret, isWhole, linesOf, marking, progress, seatsOf } from "./marks.js";
import { Marks, isBlank } from "./review.js";
import { Rows } from "./rows.js";
import { formWord, kindWord, missingLine, needSentence, taskLine, told, whyNot } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */
/** @typedef {import("./marks.js").Marked} Marked */

const VEIL_AFTER_MS = 20000;
/** So many rows have room to be large. */
const FEW = 5;

/** @param {{live: Live, question: any, mine: any, sending: boolean, back: () => void, cast: (marked: Marked) => Promise<unknown>, keep?: () => void}} props `keep`: leave the recorded ballot as it is */
export function BallotPage({ live, question, mine, sending, back, cast, keep }) {
  const draft = draftOf(question);
  const [veiled, touch] = useVeil(isSecret(question) && (progress(question, draft.marked).set > 0));
  const mark = (/** @type {number | null} */ line, /** @type {string} */ key) => { draw(question, { marked: marking(question, draftOf(question).marked, line, key) }); };
  const me = live.me.value;
  const inRows = hasLines(question) && !isPicked(question);
  const list = draft.reviewing ? html`<${Marks} question=${question} marked=${draft.marked} cls="review" />` : html`<${Paper} question=${question} marked=${draft.marked} mark=${mark} />`;
  return html`<div class="ballot-page" onPointerDown=${touch} onKeyDown=${touch}>
    <div class=${inRows ? `ballot ballot-rows${linesOf(question).length <= FEW ? " few" : ""}` : "ballot"}>
      <${Head} live=${live} question=${question} note=${draft.reviewing ? told(me, t("Please review your ballot")) : taskLine(question)} />
      <section class="ballot-main">
        ${!mine.may_vote && html`<div class="note note-warn" role="status"><${Icon} name="player-pause" /><div>${told(me, whyNot(mine.why))} ${mine.why === "vote_paused" ? t("What is marked stays.") : ""}</div></div>`}
        <div class="ballot-list"><div class=${veiled ? "veiled" : ""} inert=${veiled || sending ? true : null}>${list}</div>
          ${veiled && html`<${Veil} lift=${touch} />`}</div>
      </section>
      <aside class="ballot-aside"><${Count} question=${question} marked=${draft.marked} /><${Beside} me=${me} question=${question} short=${inRows} /></aside>
    </div>
    <${Foot} live=${live} question=${question} mine=${mine} sending=${sending} back=${back} cast=${cast} keep=${keep} />
  </div>`;
}

/** @param {{question: any, marked: Marked, mark: (line: number | null, mark: string) => void}} props */
function Paper(props) {
  return hasLines(props.question) && !isPicked(props.question) ? html`<${Rows} ...${props} />` : html`<${Cards} ...${props} />`;
}

/** @param {{live: Live, question: any, note?: string}} props */
export function Head({ live, question, note = "" }) {
  return html`<header class="ballot-head"><div class="row-x vkind"><${Chip} tone="primary" icon=${isSecret(question) ? "lock" : "users"}>${kindWord(question.kind)}<//>${formWord(question) && html`<${Chip}>${formWord(question)}<//>`}<${TimeLeft} live=${live} question=${question} cls="only-narrow" /></div>
    <h1 class="sh1" tabindex="-1" data-focus>${question.title}</h1>${question.office && html`<p class="semi">${question.office}</p>`}${note && html`<p class="muted">${note}</p>`}
    ${question.explanation && html`<details class="more"><summary>${t("About this question")}</summary><p class="muted">${question.explanation}</p></details>`}</header>`;
}

/** How far the ballot is filled in. @param {{question: any, marked: Marked}} props */
function Count({ question, marked }) {
  const { set, of, left } = progress(question, marked);
  if (!hasLines(question) || formOf(question) === "alternatives") return null;
  const said = formOf(question) === "choose"
    ? set >= of ? t("As many as there are seats are chosen. Tap one again to undo.") : t("Fewer than %(seats)s is valid too. Tap again to undo.", { seats: seatsOf(question) })
    : left === 0 ? t("All are marked.") : isOnPeople(question) ? t("marked, %(left)s people left", { left }) : t("marked, %(left)s matters left", { left });
  return html`<div class="picked" role="status"><b class="num">${set}/${of}</b><span class=${left > 0 && set > 0 ? "t-warn" : ""}>${said}</span></div>`;
}

/** What holds for this ballot: secrecy, or that names are entered; what is needed; how many have voted. @param {{me: any, question: any, short?: boolean}} props */
function Beside({ me, question, short = false }) {
  const foot = html`<div class="sealed-foot">${t("Have voted:")} <b class="num">${question.cast}/${question.electors}</b></div>`;
  if (isSecret(question)) {
    return html`<div class="sealed"><h3>${t("This ballot is kept secret")}</h3><ul>
      <li><${Icon} name="user-off" /><span>${told(me, t("The choice is tied to no name; not even an administrator can see it."))}</span></li>
      ${!short && html`<li><${Icon} name="circle-check" /><span>${told(me, t("The system only records that you have voted, so that nobody votes twice."))}</span></li>`}
      <li><${Icon} name="lock-check" /><span>${t("Once in the box it cannot be changed.")}</span></li>
      ${!short && html`<li><${Icon} name="users" /><span>${t("If everybody votes alike, the result itself shows it.")}</span></li>`}
      ${question.basis && html`<li><${Icon} name="gavel" /><span>${t("Held by tablet under: %(basis)s", { basis: question.basis })}</span></li>`}</ul>${foot}</div>`;
  }
  return html`<div class="beside card-x card-pad"><ul>
      <li><${Icon} name="users" /><span>${t("Names and choices are entered in the minutes")}</span></li>
      <li><${Icon} name="refresh" /><span>${question.changeable ? told(me, t("You can change the ballot until the chair closes the vote.")) : t("A ballot that was sent cannot be changed.")}</span></li>
      <li><${Icon} name="info-circle" /><span>${needSentence(question)}</span></li></ul>
    <${Bar} value=${question.cast} max=${question.electors} label=${t("Ballots received")} />${foot}</div>`;
}

/** @param {{live: Live, question: any, mine: any, sending: boolean, back: () => void, cast: (marked: Marked) => Promise<unknown>, keep?: () => void}} props */
function Foot({ live, question, mine, sending, back, cast, keep }) {
  const { marked, reviewing } = draftOf(question);
  const secret = isSecret(question);
  const sends = { kind: "primary", icon: secret ? "lock-check" : "send", busy: sending, busyLabel: t("Sending"), disabled: !mine.may_vote, onClick: () => cast(marked) };
  return html`<footer class="dock">
    ${reviewing ? html`<${Button} icon="arrow-left" onClick=${() => draw(question, { reviewing: false })}>${t("Change the ballot")}<//>`
      : html`<${Button} icon="eraser" disabled=${progress(question, marked).set === 0} onClick=${() => draw(question, { marked: empty() })}>${t("Clear the ballot")}<//>`}
    ${keep ? html`<${Button} icon="arrow-back-up" onClick=${keep}>${t("Leave it as recorded")}<//>` : html`<${Button} icon="arrow-back-up" onClick=${back}>${t("Back to the room")}<//>`}
    <span class="push"></span><${TimeLeft} live=${live} question=${question} cls="only-wide" />
    ${reviewing ? html`<${Button} ...${sends}>${secret ? t("Put the ballot into the box") : t("Send the ballot")}<//>`
      : !isWhole(question, marked) ? html`<${Button} cls="btn-off" onClick=${() => toUnmarked(question, marked)}>${missingLine(question, marked)}<//>`
      : isReviewed(question) ? html`<${Button} kind="primary" onClick=${() => draw(question, { reviewing: true })}>${isBlank(question, marked) ? t("Review the blank ballot") : t("Review the ballot")}<${Icon} name="arrow-right" /><//>`
      : html`<${Button} ...${sends}>${t("Send the ballot")}<//>`}
  </footer>`;
}

/** To the first line that has no mark yet. @param {any} question @param {Marked} marked */
function toUnmarked(question, marked) {
  const line = firstUnmarked(question, marked);
  const row = line && linesOf(question).length ? document.getElementById(`line-${line.id}`) : document.querySelector(".ballot-list .cards");
  row?.scrollIntoView({ block: "center" });
  /** @type {HTMLElement | null | undefined} */ (row?.querySelector("[role=radio][tabindex='0'], [role=checkbox]"))?.focus();
}

/** Hides what is marked until somebody touches the screen; that touch marks nothing. @param {{lift: () => void}} props */
function Veil({ lift }) {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useEffect(() => button.current?.focus({ preventScroll: true }), []);
  return html`<button ref=${button} type="button" class="veil" onPointerDown=${(/** @type {Event} */ event) => event.stopPropagation()} onKeyDown=${(/** @type {Event} */ event) => event.stopPropagation()} onClick=${() => { lift(); setTimeout(backToBallot, 60); }}>
    <span><${Icon} name="eye" size=${28} />${t("Touch the screen to see your ballot.")}</span></button>`;
}

/** The focus goes back to what is marked. */
function backToBallot() {
  const list = document.querySelector(".ballot-list");
  /** @type {HTMLElement | null | undefined} */ (list?.querySelector("[aria-checked=true]") ?? list?.closest(".ballot")?.querySelector("[data-focus]"))?.focus({ preventScroll: true });
}

/** What is marked is hidden after 20 s without a touch. @param {boolean} marked @returns {[boolean, () => void]} */
function useVeil(marked) {
  const [touched, touch] = useState(0);
  const [veiled, veil] = useState(false);
  useEffect(() => {
    veil(false);
    if (!marked) return undefined;
    const timer = setTimeout(() => veil(true), VEIL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [marked, touched]);
  return [veiled, () => touch((count) => count + 1)];
}
