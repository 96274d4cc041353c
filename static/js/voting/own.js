// The chair's own ballot: a panel in the console, which stays while the vote is open. The same states as on the large paper; a
// ballot with many lines opens as the large paper over the console.
import { useEffect } from "preact/hooks";
import { timeWithSeconds } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { ballot, castOpen, castSecret, currentQuestion, draftOf, draw, dropDraft, forget, isRunning, keepOnly, myVote, sendNow } from "./ballot.js";
import { radioKeys, tabStop } from "./keys.js";
import { empty, fromServer, hasLines, isSecret, linesOf, offered, progress } from "./marks.js";
import { openPanel } from "./panel.js";
import { choiceLine } from "./receipt.js";
import { ICONS, label, told, whyNot } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

const LETTERS = /** @type {Record<string, string>} */ ({ for: "a", against: "o", abstain: "s", other: "p" });

/** Shown while a vote is open in which this person is an elector. @param {{live: Live}} props */
export function OwnBallot({ live }) {
  const question = currentQuestion(live);
  const mine = myVote(live);
  const held = question && ballot.value?.question === question.id ? ballot.value : null;
  useEffect(() => keepOnly(question, mine?.voted), [question?.id, question?.state, mine?.voted]);
  if (!question || !mine?.elector || question.kind === "hand" || !(isRunning(question) || held?.state === "refused")) return null;
  const Part = isSecret(question) ? Secret : Open;
  return html`<section class="own-ballot" aria-label=${t("My ballot")}><h4><${Icon} name=${isSecret(question) ? "lock" : "user-check"} size=${20} />${told(live.me.value, t("Your own ballot"))}</h4>
    <${Part} live=${live} question=${question} mine=${mine} held=${held} /></section>`;
}

/** @typedef {{live: Live, question: any, mine: any, held: any}} Own */

/** A ballot with lines is filled in on the large paper. @param {Own} props */
function ToPaper({ live, question, mine, held }) {
  if (!mine.may_vote && mine.why !== "vote_paused") return html`<p class="sm muted">${told(live.me.value, whyNot(mine.why))}</p>`;
  const { set, of } = progress(question, draftOf(question).marked);
  return html`<p class="sm muted">${set > 0 ? t("%(set)s of %(of)s marked, not sent yet", { set, of }) : t("%(n)s lines on the ballot", { n: linesOf(question).length })}</p>
    <${Button} kind="primary" cls="w-full" icon="checkbox" busy=${held?.state === "sending"} onClick=${() => openPanel(question.id)}>${t("Open my ballot")}<//>`;
}

/** @param {Own} props */
function Open({ live, question, mine, held }) {
  const { changing } = draftOf(question);
  const me = live.me.value;
  if (held?.state === "refused") return html`<${Refused} me=${me} question=${question} held=${held} kept=${mine.voted ? fromServer(question, mine) : null} />`;
  if (held?.state === "held") {
    return html`<div class="own-said own-warn" role="alert"><${Icon} name="alert-triangle" /><div><b>${told(me, t("Your ballot has not been recorded"))}</b><span>${t("It is being sent again, try number %(tries)s.", { tries: held.tries })}</span></div></div>
      <${Button} cls="w-full" icon="refresh" onClick=${() => sendNow()}>${t("Send again now")}<//>`;
  }
  const recorded = held?.state === "recorded" || (mine.voted && held?.state !== "sending");
  if (recorded && !changing) {
    const marked = held?.state === "recorded" ? held.marked : fromServer(question, mine);
    const change = () => (hasLines(question) ? openPanel(question.id) : draw(question, { changing: true, marked: empty() }));
    return html`<${Received} title=${told(me, t("Your ballot has been recorded"))} choice=${choiceLine(question, marked)} at=${held?.received_at ?? mine.received_at} />
      ${question.changeable && question.state === "open" && html`<${Button} kind="ghost" cls="w-full" onClick=${change}>${hasLines(question) ? t("See or change it") : t("Change it")}<//>`}`;
  }
  if (hasLines(question)) return html`<${ToPaper} live=${live} question=${question} mine=${mine} held=${held} />`;
  if (!mine.may_vote && !changing) return html`<p class="sm muted">${told(me, whyNot(mine.why))}</p>`;
  return html`<${OpenChoices} live=${live} question=${question} mine=${mine} sending=${held?.state === "sending" ? held.marked.choice : null} />`;
}

/** @param {{live: Live, question: any, mine: any, sending: string | null}} props */
function OpenChoices({ live, question, mine, sending }) {
  const { marked, changing } = draftOf(question);
  const writing = marked.choice === "other";
  const text = marked.text.trim();
  const choose = (/** @type {string} */ key) => (key === "other" ? draw(question, { marked: { ...marked, choice: "other" } }) : void castOpen(live, question, { ...empty(), choice: key }));
  return html`<div class="own-choices" role="group" aria-label=${t("The choices")}>${offered(question).map((key) => html`<button key=${key} type="button" class=${`own-choice c-${LETTERS[key] ?? "s"}`} disabled=${sending !== null || !mine.may_vote} aria-busy=${sending === key ? "true" : null} onClick=${() => choose(key)}>
    ${sending === key ? html`<span class="spin"></span>` : html`<${Icon} name=${ICONS[key]} size=${28} />`}<b>${sending === key ? t("Sending") : label(key)}</b></button>`)}</div>
    ${writing && html`<label class="label sm" for="own-other">${told(live.me.value, t("Your opinion"))}</label><textarea id="own-other" class="input area" rows="2" maxlength="2000" required value=${marked.text} onInput=${(/** @type {any} */ event) => draw(question, { marked: { ...marked, text: event.target.value } })}></textarea>
      <${Button} kind="primary" cls="w-full" icon="send" disabled=${!text || sending !== null} onClick=${() => castOpen(live, question, { ...empty(), choice: "other", text })}>${text ? t("Send this opinion") : t("Write the opinion first")}<//>`}
    ${changing && html`<${Button} kind="ghost" cls="w-full" onClick=${dropDraft}>${t("Leave it as recorded")}<//>`}`;
}

/** One colour for all choices, and nothing of the choice is kept after it is cast. @param {Own} props */
function Secret({ live, question, mine, held }) {
  const me = live.me.value;
  if (mine.voted || held?.state === "recorded") return html`<${Received} title=${told(me, t("Your secret ballot is in the box"))} at=${mine.received_at ?? held?.received_at} />`;
  if (held?.state === "refused") return html`<${Refused} me=${me} question=${question} held=${held} kept=${null} />`;
  if (held?.state === "unknown") { // until the server says that it is in
    return html`<div class="own-said own-warn" role="alert"><${Icon} name="alert-triangle" /><div><b>${t("No answer came from the server")}</b><span>${t("Sending again never counts twice.")}</span></div></div>
      <${Button} cls="w-full" icon="refresh" onClick=${() => castSecret(live, question, held.marked)}>${t("Send again")}<//>`;
  }
  if (hasLines(question)) return html`<${ToPaper} live=${live} question=${question} mine=${mine} held=${held} />`;
  if (!mine.may_vote && mine.why !== "vote_paused") return html`<p class="sm muted">${told(me, whyNot(mine.why))}</p>`;
  return html`<${SecretChoices} live=${live} question=${question} mine=${mine} sending=${held?.state === "sending"} />`;
}

/** @param {{live: Live, question: any, mine: any, sending: boolean}} props */
function SecretChoices({ live, question, mine, sending }) {
  const { marked } = draftOf(question);
  const choice = marked.choice;
  return html`<div class="own-choices" role="radiogroup" aria-label=${question.title} onKeyDown=${radioKeys}>${offered(question).map((key, place) => html`<button key=${key} type="button" role="radio" aria-checked=${key === choice ? "true" : "false"} tabIndex=${tabStop(key === choice, Boolean(choice), place === 0)} class=${key === choice ? "own-choice c-n on" : "own-choice c-n"} disabled=${sending} onClick=${() => draw(question, { marked: { ...empty(), choice: key } })}>
      <${Icon} name=${key === choice ? "square-check" : "square"} size=${28} /><b>${label(key)}</b></button>`)}</div>
    ${mine.why === "vote_paused" && html`<p class="sm muted" role="status">${told(live.me.value, whyNot(mine.why))}</p>`}
    <${Button} kind="tint" cls="w-full" icon="lock-check" busy=${sending} disabled=${!choice || !mine.may_vote} onClick=${() => castSecret(live, question, marked)}>${choice ? t("Put the ballot into the box") : t("Choose a box first")}<//>`;
}

/** Drawn only from the server's acknowledgement. @param {{title: string, at: string | null, choice?: string}} props */
function Received({ title, at, choice = "" }) {
  return html`<div class="own-said own-done" role="status" aria-live="assertive"><${Icon} name="circle-check" size=${28} /><div><b>${title}</b>${choice && html`<span class="own-what">${t("Choice:")} <b>${choice}</b></span>`}<span>${t("Received by the server at")} <span class="num">${timeWithSeconds(at)}</span></span></div></div>`;
}

/** @param {{me: any, question: any, held: any, kept: import("./marks.js").Marked | null}} props */
function Refused({ me, question, held, kept }) {
  const said = kept ? choiceLine(question, kept) : "";
  return html`<div class="own-said own-late" role="alert"><${Icon} name="alert-circle" size=${28} /><div><b>${held.code === "vote_closed" ? told(me, t("Your ballot came too late")) : told(me, t("Your ballot was not counted"))}</b>
    <span>${kept ? html`${t("The ballot recorded before is the one that counts:")} <b>${said}</b>` : held.message}</span></div></div><${Button} kind="ghost" cls="w-full" onClick=${() => forget()}>${t("Close")}<//>`;
}
