// The result of a paper with lines: a row for each person, matter or alternative, with bars over the base and what came of it.
import { number } from "../web/format.js";
import { nt, t } from "../web/i18n.js";
import { html } from "../web/ui.js";
import { formOf, isOnPeople, linesOf, offered } from "./marks.js";
import { besides } from "./rows.js";
import { TONES, inMyLanguage, label } from "./words.js";

const GOOD = new Set(["elected", "chosen", "passed", "relieved", "dismissed", "confidence_kept"]);
const OPEN = new Set(["tied_for_seat", "tied", "tie_open", "low_more_than_half", "low_two_thirds"]);

/** The line's result together with what stood on the paper. @param {any} question @returns {any[]} */
export function resultLines(question) {
  const lines = linesOf(question);
  return (question.result?.lines ?? []).map((/** @type {any} */ row) => {
    const id = row.id ?? row.line_id;
    return { ...lines.find((line) => line.id === id), ...row, id };
  });
}

/** @param {any} question @param {any} row @returns {{key: string, votes: number, share: number, tone: string, name: string}[]} the marks of a line with their share of the base */
export function marksOf(question, row) {
  const base = row.base_count ?? question.result.base_count ?? 0;
  return offered(question).filter((key) => key in (row.counts ?? {})).map((key) => {
    const votes = Number(row.counts[key]);
    return { key, votes, share: base ? Math.min(100, (100 * votes) / base) : 0, tone: TONES[key] ?? "abstain", name: label(key, markForm(question)) };
  });
}

/** Of those who are picked the votes are "in favour", not "chosen". @param {any} question */
const markForm = (question) => (["choose", "alternatives"].includes(formOf(question)) ? "" : formOf(question));

/** @param {any} row @returns {"good" | "open" | "bad" | ""} how the outcome is coloured */
export function outcomeTone(row) {
  if (!row.outcome || row.outcome === "none") return row.outcome === "none" ? "" : row.passed || row.elected ? "good" : "bad";
  return GOOD.has(row.outcome) ? "good" : OPEN.has(row.outcome) ? "open" : "bad";
}

/** What came of a line, in words. @param {any} question @param {any} row @returns {string} */
export function outcomeWord(question, row) {
  if (row.outcome === "none") return "";
  const said = inMyLanguage(row.label);
  if (said) return said;
  if (formOf(question) === "survey") return "";
  if (["election", "choose"].includes(formOf(question))) return row.elected ? t("Elected") : t("Not elected");
  return row.passed ? t("Passed") : t("Not passed");
}

/** Where the need is drawn on the bar, in hundredths of the base; null where nothing is needed. @param {any} question @param {any} row */
export function needAt(question, row) {
  const base = row.base_count ?? question.result.base_count ?? 0;
  return row.needed && base && !["survey", "confidence"].includes(formOf(question)) ? Math.min(99.5, (100 * row.needed) / base) : null;
}

/** Who took none of the alternatives, where that was offered. @param {any} question @returns {number} */
export function abstained(question) {
  if (formOf(question) !== "alternatives" || !offered(question).includes("abstain")) return 0;
  const result = question.result;
  const taken = resultLines(question).reduce((sum, row) => sum + Number(row.counts?.for ?? 0), 0);
  return Math.max(0, (result.counts?.abstain ?? result.cast - (result.invalid ?? 0) - taken));
}

/** @param {number} share */
export const percent = (share) => `${number(share, 1)}%`;

/** The whole in one line: how many of the lines went through. @param {any} question @returns {string} */
export function summary(question) {
  const rows = resultLines(question);
  const form = formOf(question);
  const good = rows.filter((row) => row.elected || row.passed).length;
  if (form === "survey") return nt("Result of the survey on one person", "Result of the survey on %(n)s people", rows.length);
  if (form === "election" || form === "choose") return t("%(n)s elected, %(seats)s to be elected", { n: good, seats: question.seats || rows.length });
  if (form === "alternatives") return good ? t("One alternative is chosen") : t("No alternative has enough votes");
  if (rows.length === 1 && ["relief", "dismissal", "confidence"].includes(form)) return outcomeWord(question, rows[0]);
  if (form === "confidence") return nt("Result of the confidence vote on one person", "Result of the confidence vote on %(n)s people", rows.length);
  if (form === "paper") return t("%(n)s of %(all)s matters passed", { n: good, all: rows.length });
  return t("Passed for %(n)s of %(all)s people", { n: good, all: rows.length });
}

/** Ballots given out, come back, valid and not, where paper was counted or something was not valid. @param {any} result @returns {{name: string, n: number}[]} */
export function ballotFigures(result) {
  const back = result.returned || result.cast;
  const byLine = !result.invalid && (result.lines ?? []).some((/** @type {any} */ line) => line.invalid > 0); // each line says its own
  return [
    ...(result.issued ? [{ name: t("Given out"), n: result.issued }] : []),
    { name: t("Ballots back"), n: back },
    ...(byLine ? [] : [{ name: t("Valid"), n: back - (result.invalid ?? 0) }, { name: t("Not valid"), n: result.invalid ?? 0 }]),
  ];
}

/** On the tablet and in the console. @param {{question: any, short?: boolean}} props */
export function LinesResult({ question, short = false }) {
  const rows = resultLines(question);
  const result = question.result;
  return html`<div class=${short ? "lresult short" : "lresult"}>
    <dl class="lfigures">${ballotFigures(result).map((each) => html`<div key=${each.name}><dt>${each.name}</dt><dd class="num">${each.n}</dd></div>`)}</dl>
    <ol>${rows.map((row) => html`<${Line} key=${row.id} question=${question} row=${row} />`)}
      ${abstained(question) > 0 && html`<li><div class="lwho"><b>${label("abstain")}</b></div><b class="num">${abstained(question)}</b></li>`}</ol>
    <p class="muted sm">${isOnPeople(question) || formOf(question) !== "paper" ? t("Shares are of %(count)s.", { count: result.base_count }) : ""} ${t("%(present)s present, %(silent)s gave no ballot.", { present: result.present, silent: result.silent ?? 0 })}${result.spoken ? ` ${t("%(n)s entered by the secretary.", { n: result.spoken })}` : ""}</p>
  </div>`;
}

/** @param {{question: any, row: any}} props */
function Line({ question, row }) {
  const word = outcomeWord(question, row);
  const marks = marksOf(question, row);
  const need = needAt(question, row);
  let from = 0;
  return html`<li><div class="lwho"><b>${row.title}</b>${besides(row) && html`<small>${besides(row)}</small>`}</div>
    ${word && html`<span class=${`lout ${outcomeTone(row)}`}>${word}</span>`}
    <div class="lbar"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${marks.map((each) => { const x = from; from += each.share; return html`<rect key=${each.key} class=${`fill-${each.tone}`} x=${x} y="0" height="1" width=${Math.max(0, each.share)}></rect>`; })}${need !== null && html`<rect class="need" x=${need} y="0" height="1" width="0.5"></rect>`}</svg></div>
    <div class="lmarks">${marks.map((each) => html`<span key=${each.key}><i class=${`bg-${each.tone}`}></i>${each.name} <b class="num">${each.votes}</b> <small class="num">${percent(each.share)}</small></span>`)}${row.invalid > 0 && html`<span>${t("Not valid")} <b class="num">${row.invalid}</b></span>`}${need !== null && html`<span class="muted">${t("%(needed)s needed", { needed: row.needed })}</span>`}</div></li>`;
}
