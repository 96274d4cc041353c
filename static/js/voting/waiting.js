// Before a vote: the list that everybody looks through, and the question that opens next, with the mark "ready".
import { signal } from "@preact/signals-core";
import { t } from "../web/i18n.js";
import { Bar, Button, Chip, Dialog, Icon, html } from "../web/ui.js";
import { currentQuestion, isRunning, waitingQuestion } from "./ballot.js";
import { hasLines, isOnPeople, linesOf, offered } from "./marks.js";
import { besides } from "./rows.js";
import { formWord, kindWord, label, needSentence, told } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

const listOpen = signal(false);
const problem = signal("");

/** The review that runs now. @param {Live} live @returns {any} */
export const reviewOf = (live) => live.sections.value.voting?.review ?? null;

/** The question that waits, unless another is being voted on. @param {Live} live */
export function nextQuestion(live) {
  return isRunning(currentQuestion(live)) ? null : waitingQuestion(live);
}

/** Whether this person is asked to say "ready", has said so, or is not asked. @param {Live} live @returns {"" | "asked" | "said"} */
export function readiness(live) {
  const question = nextQuestion(live);
  const mine = live.me.value.voting;
  if (!question || !mine || question.kind === "hand") return "";
  if (mine.ready === true) return "said";
  return mine.ready === false && mine.on_register !== false ? "asked" : "";
}

/** Open the list of the review. */
export function openReview() {
  listOpen.value = true;
}

/** @param {Live} live @param {any} question */
export async function sayReady(live, question) {
  const answer = await live.act("voting.mark_ready", { question_id: question.id });
  problem.value = answer.ok ? "" : (answer.message ?? "");
  return answer.ok;
}

/** In the room above the item: what is looked through now, and what is voted on next. @param {{live: Live}} props */
export function BeforeVote({ live }) {
  const review = reviewOf(live);
  return html`${review && !isRunning(currentQuestion(live)) && html`<section class="card-x before-vote" aria-label=${t("Questions to be voted on")}><div class="row-x"><${Icon} name="list-check" size=${28} /><div class="grow"><b>${t("The chair asks you to look through the questions")}</b><small>${t("%(n)s questions will be put to the vote", { n: review.questions.length })}</small></div>
      <${Button} kind="tint" icon="eye" onClick=${openReview}>${t("See the list")}<//></div></section>`}
    <${NextVote} live=${live} /><${ReviewList} live=${live} />`;
}

/** @param {{live: Live}} props */
function NextVote({ live }) {
  const question = nextQuestion(live);
  if (!question) return null;
  const how = readiness(live);
  return html`<section class="card-x before-vote" aria-label=${t("The next vote")}>
    <div class="row-x"><${Icon} name="checkbox" size=${28} /><div class="grow"><small>${t("About to vote")} · ${[kindWord(question.kind, question.on_paper), formWord(question)].filter(Boolean).join(" · ")}</small><b>${question.title}</b></div>
      ${how === "said" ? html`<span class="ready-said" role="status"><${Icon} name="circle-check" />${told(live.me.value, t("You are ready"))}</span>` : how === "asked" && html`<${Button} kind="primary" icon="check" onClick=${() => sayReady(live, question)}>${t("Ready")}<//>`}</div>
    <div class="row-x sm muted wraps"><span>${t("Ready: %(ready)s of %(register)s", { ready: question.ready ?? 0, register: question.register ?? 0 })}</span><${Bar} value=${question.ready ?? 0} max=${question.register ?? 0} label=${t("Ready")} thin />
      <details class="more"><summary>${t("What stands on the ballot")}</summary><${Lines} question=${question} /></details></div>
    ${problem.value && html`<p class="t-oppose sm" role="alert">${problem.value}</p>`}</section>`;
}

/** In the console, for whoever presides and votes as well: one line, until it is said. @param {{live: Live}} props */
export function ReadyLine({ live }) {
  const question = nextQuestion(live);
  if (!question || readiness(live) !== "asked") return null;
  return html`<section class="card-x ready-line" aria-label=${t("The next vote")}><span class="grow clip2"><span class="muted">${t("About to vote")}:</span> <b>${question.title}</b></span>
    <${Button} icon="check" onClick=${() => sayReady(live, question)}>${t("Ready")}<//></section>`;
}

/** What will stand on the paper, to read only. @param {{question: any}} props */
function Lines({ question }) {
  return html`<div class="paper-lines">${question.explanation && html`<p>${question.explanation}</p>`}
    ${hasLines(question) && html`<ol>${linesOf(question).map((line) => html`<li key=${line.id}><b>${line.title}</b>${besides(line) && html`<small>${besides(line)}</small>`}</li>`)}</ol>`}
    ${question.options && html`<p class="muted">${t("Boxes: %(boxes)s", { boxes: offered(question).map((key) => label(key, question.form)).join(", ") })}</p>`}
    ${question.rule && html`<p class="muted">${needSentence(question)}</p>`}</div>`;
}

/** @param {{live: Live}} props */
export function ReviewList({ live }) {
  const review = reviewOf(live);
  if (!review || !listOpen.value) return null;
  const items = live.sections.value.agenda?.items ?? [];
  const item = (/** @type {number} */ id) => items.find((/** @type {any} */ each) => each.id === id);
  return html`<${Dialog} title=${t("Questions to be voted on")} wide onClose=${() => { listOpen.value = false; }}>
    <p class="muted">${t("Please look through the list; say it now where something is missing or wrong. No ballot is given yet.")}</p>
    <ol class="review-list">${review.questions.map((/** @type {any} */ each, /** @type {number} */ index) => html`<li key=${each.id}><div class="row-x wraps"><span class="n num">${index + 1}</span><b class="grow">${each.title}</b></div>
      <div class="row-x wraps"><${Chip} icon=${each.kind === "secret" || each.on_paper ? "lock" : "users"}>${kindWord(each.kind, each.on_paper)}<//>${formWord(each) && html`<${Chip}>${formWord(each)}<//>`}${item(each.item_id) && html`<span class="sm muted">${t("Item %(n)s", { n: item(each.item_id).label })}</span>`}</div>
      ${linesOf(each).length > 0 && html`<details class="more" open=${linesOf(each).length <= 6}><summary>${isOnPeople(each) ? t("%(n)s people", { n: linesOf(each).length }) : t("%(n)s matters", { n: linesOf(each).length })}</summary><${Lines} question=${{ ...each, options: null }} /></details>`}</li>`)}</ol><//>`;
}
