// The big screen: a vote being taken (how many, never which), then its result.
import { number, timeWithSeconds } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Seats } from "../web/seats.js";
import { Icon, html } from "../web/ui.js";
import { currentQuestion, isRunning } from "./ballot.js";
import { TONES, inMyLanguage, kindWord, label, needSentence, whoWord } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

const LETTERS = /** @type {Record<string, string>} */ ({ for: "a", against: "o", abstain: "s", other: "p" });
const MOST_SEATS = 120;
/** The words beside the threshold need so much of the bar; on less they stand on the dark ground. */
const LABEL_PERCENT = 9;

/** @param {{live: Live}} props */
export function HallVote({ live }) {
  const question = currentQuestion(live);
  if (!question) return null;
  return question.result ? html`<${HallResult} question=${question} />` : html`<${HallRunning} question=${question} />`;
}

/** @param {{question: any}} props */
function HallRunning({ question }) {
  const said = isRunning(question) ? (question.state === "paused" ? t("The vote is paused") : t("Voting now")) : t("The vote is closed, the result follows");
  return html`<main class="hmain hvote">
    <section><p class="hlead">${said} · ${kindWord(question.kind)}</p><h1>${question.title}</h1><p class="hneed">${needSentence(question)}</p></section>
    ${question.kind !== "hand" && html`<section class="hcount"><b class="num">${question.cast}<i>/${question.electors}</i></b><span>${t("ballots received")}</span></section>`}
  </main>`;
}

/** @param {{question: any}} props */
function HallResult({ question }) {
  const result = question.result;
  const votes = result.counts.for ?? 0;
  const width = (/** @type {number} */ each) => (result.base_count ? Math.min(100, (100 * each) / result.base_count) : 0);
  const seats = question.options.map((/** @type {any} */ each) => (LETTERS[each.key] ?? "s").repeat(result.counts[each.key])).join("");
  return html`<main class="hmain">
    <section><p class="hlead">${t("Result of the vote")}</p><h1>${question.title}</h1>
      <div class=${result.passed ? "verdict" : "verdict failed"}><span class="vi"><${Icon} name=${result.passed ? "check" : "x"} size=${56} /></span>
        <div><b>${result.passed ? t("Passed") : t("Not passed")}</b><span>${ofBase(question, votes)}</span></div></div></section>
    <section class="hseats">
      ${result.total <= MOST_SEATS && html`<${Seats} states=${seats.padEnd(result.total, "x")} width=${600} radius=${result.total > 60 ? 12 : 24} label=${t("Ballots grouped by choice")} />`}
      <p class="center">${t("Share in favour")} <b class="num">${number(width(votes), 1)}%</b></p></section>
    <section class="hrows">${question.options.map((/** @type {any} */ each) => html`<div class="hrow" key=${each.key}><span>${label(each.key)}</span>
      <span class="hb"><i class=${`bg-${TONES[each.key]}`} style=${{ width: `${width(result.counts[each.key])}%` }}></i>
        ${each.key === "for" && html`<u class=${width(votes) < width(result.needed) + LABEL_PERCENT ? "thr short" : "thr"} style=${{ left: `${width(result.needed)}%` }}><em>${t("%(needed)s needed", { needed: result.needed })}</em></u>`}</span>
      <b class=${`num t-${TONES[each.key]}`}>${result.counts[each.key]}</b></div>`)}</section>
  </main>`;
}

/** "23 of all 27 in favour": the number and what it is taken of. @param {any} question @param {number} votes */
function ofBase(question, votes) {
  const count = question.result.base_count;
  if (question.result.base === "total") return t("%(votes)s of all %(count)s %(who)s in favour", { votes, count, who: whoWord(question.body_kind) });
  return t("%(votes)s in favour of %(count)s (%(base)s)", { votes, count, base: inMyLanguage(question.rule?.said) });
}

/** What stands in the hall's foot beside the time. @param {{live: Live}} props */
export function HallVoteFoot({ live }) {
  const question = currentQuestion(live);
  const result = question?.result;
  if (!result) return null;
  return html`<span>${t("Members present")} <b class="num">${result.present}</b></span><span>${t("Members absent")} <b class="num">${result.total - result.present}</b></span>
    <span>${t("Vote closed at")} <b class="num">${timeWithSeconds(question.closed_at)}</b></span><span class="push">${t("Passes when %(rule)s are in favour.", { rule: inMyLanguage(question.rule?.said) })}</span>`;
}
