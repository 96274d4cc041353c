// The big screen: a vote that comes, one being taken (how many, never which), then its result.
import { number, timeWithSeconds } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Seats } from "../web/seats.js";
import { Icon, html } from "../web/ui.js";
import { currentQuestion, isRunning } from "./ballot.js";
import { TimeLeft } from "./clock.js";
import { HallLines, HallPaper, HallReview } from "./hall_lines.js";
import { ballotFigures, summary } from "./lines_result.js";
import { formOf, hasLines } from "./marks.js";
import { nextQuestion, reviewOf } from "./waiting.js";
import { TONES, formWord, inMyLanguage, kindWord, label, needSentence } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

const LETTERS = /** @type {Record<string, string>} */ ({ for: "a", against: "o", abstain: "s", other: "p" });
const MOST_SEATS = 120;
/** The words beside the threshold need so much of the bar; on less they stand on the dark ground. */
const LABEL_PERCENT = 9;

/** A vote that is being taken or counted; else the one that comes; else what is looked through. @param {{live: Live}} props */
export function HallVote({ live }) {
  const question = currentQuestion(live);
  if (question && (isRunning(question) || question.state === "closed")) return html`<${HallRunning} live=${live} question=${question} />`;
  const next = nextQuestion(live);
  if (next) return html`<${HallRunning} live=${live} question=${next} />`;
  const review = reviewOf(live);
  if (review) return html`<${HallReview} live=${live} review=${review} />`;
  return question?.result ? html`<${HallResult} live=${live} />` : null;
}

/** @param {{live: Live}} props */
export function HallResult({ live }) {
  const question = currentQuestion(live);
  if (!question?.result) return null;
  return hasLines(question) ? html`<${LinesOnWall} live=${live} question=${question} />` : html`<${Matter} question=${question} />`;
}

/** @param {any} question */
function saidOf(question) {
  if (question.state === "ready") return t("About to vote");
  if (question.state === "paused") return t("The vote is paused");
  return isRunning(question) ? t("Voting now") : t("The vote is closed, the result follows");
}

/** @param {{live: Live, question: any}} props */
function HallRunning({ live, question }) {
  const ready = question.state === "ready";
  const kinds = [saidOf(question), kindWord(question.kind, question.on_paper), formWord(question)].filter(Boolean).join(" · ");
  const figures = ready ? [question.ready ?? 0, question.register ?? 0, t("are ready")] : [question.cast, question.electors, t("ballots received")];
  const counts = question.kind !== "hand" && (!ready || question.register > 0);
  return html`<main class=${counts ? "hmain hvote" : "hmain hvote alone"}>
    <section><p class="hlead">${kinds}</p><h1 class=${hasLines(question) ? "hless" : ""}>${question.title}</h1>${question.office && html`<p class="hneed">${question.office}</p>`}<${HallPaper} live=${live} question=${question} /><p class="hneed">${needSentence(question)}</p></section>
    ${counts && html`<section class="hcount"><b class="num">${figures[0]}<i>/${figures[1]}</i></b><span>${figures[2]}</span><${TimeLeft} live=${live} question=${question} cls="htimeleft" /></section>`}
  </main>`;
}

/** @param {{question: any}} props */
function Matter({ question }) {
  const result = question.result;
  const votes = result.counts.for ?? 0;
  const open = result.tie === "open" && !result.settled;
  const width = (/** @type {number} */ each) => (result.base_count ? Math.min(100, (100 * each) / result.base_count) : 0);
  const seats = question.options.map((/** @type {any} */ each) => (LETTERS[each.key] ?? "s").repeat(result.counts[each.key] ?? 0)).join("");
  return html`<main class="hmain">
    <section><p class="hlead">${t("Result of the vote")}</p><h1>${question.title}</h1>
      <div class=${result.passed ? "verdict" : "verdict failed"}><span class="vi"><${Icon} name=${result.passed ? "check" : open ? "equal" : "x"} size=${56} /></span>
        <div><b>${open ? t("The votes are equal") : result.passed ? t("Passed") : t("Not passed")}</b><span>${ofBase(question, votes)}</span></div></div></section>
    <section class="hseats">
      ${result.total <= MOST_SEATS && html`<${Seats} states=${seats.padEnd(result.total, "x")} width=${600} radius=${result.total > 60 ? 12 : 24} label=${t("Ballots grouped by choice")} />`}
      <p class="center">${t("Share in favour")} <b class="num">${number(width(votes), 1)}%</b></p></section>
    <section class="hrows">${question.options.map((/** @type {any} */ each) => html`<div class="hrow" key=${each.key}><span>${label(each.key)}</span>
      <span class="hb"><i class=${`bg-${TONES[each.key]}`} style=${{ width: `${width(result.counts[each.key] ?? 0)}%` }}></i>
        ${each.key === "for" && html`<u class=${width(votes) < width(result.needed) + LABEL_PERCENT ? "thr short" : "thr"} style=${{ left: `${width(result.needed)}%` }}><em>${t("%(needed)s needed", { needed: result.needed })}</em></u>`}</span>
      <b class=${`num t-${TONES[each.key]}`}>${result.counts[each.key] ?? 0}</b></div>`)}</section>
  </main>`;
}

/** @param {{live: Live, question: any}} props */
function LinesOnWall({ live, question }) {
  const neutral = ["survey", "confidence"].includes(formOf(question)) || !question.result.passed;
  return html`<main class="hmain hlined">
    <section class="hltop"><div class="grow"><p class="hlead">${t("Result of the vote")} · ${formWord(question)}</p><h1 class="hless">${question.title}</h1></div>
      ${!["survey", "confidence"].includes(formOf(question)) && html`<p class=${neutral ? "hsum" : "hsum good"}>${!neutral && html`<${Icon} name="check" size=${56} />`}${summary(question)}</p>`}</section>
    <${HallLines} live=${live} question=${question} /></main>`;
}

/** "23 of all 27 in favour": the number and what it is taken of. @param {any} question @param {number} votes */
function ofBase(question, votes) {
  const count = question.result.base_count;
  if (question.result.base === "total") return t("%(votes)s of all %(count)s %(who)s in favour", { votes, count, who: inMyLanguage(question.voters) });
  return t("%(votes)s in favour of %(count)s (%(base)s)", { votes, count, base: inMyLanguage(question.rule?.said) });
}

/** What stands in the hall's foot beside the time. @param {{live: Live}} props */
export function HallVoteFoot({ live }) {
  const question = currentQuestion(live);
  const result = question?.result;
  if (!result) return null;
  const paper = question.on_paper || result.invalid > 0;
  return html`<span>${t("Members present")} <b class="num">${result.present}</b></span><span>${t("Members absent")} <b class="num">${result.total - result.present}</b></span>
    ${paper ? ballotFigures(result).map((each) => html`<span key=${each.name}>${each.name} <b class="num">${each.n}</b></span>`) : html`<span>${t("Vote closed at")} <b class="num">${timeWithSeconds(question.closed_at)}</b></span>`}
    <span class="push">${paper ? "" : ["survey", "confidence"].includes(formOf(question)) ? "" : hasLines(question) ? t("Needed in favour: %(rule)s", { rule: inMyLanguage(question.rule?.said) }) : t("Passes when %(rule)s are in favour.", { rule: inMyLanguage(question.rule?.said) })}</span>`;
}
