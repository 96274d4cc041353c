// The big screen: what stands on a paper with lines, and its result line by line. Long lists turn their pages by themselves.
import { t } from "../web/i18n.js";
import { html, useNow } from "../web/ui.js";
import { abstained, marksOf, needAt, outcomeTone, outcomeWord, percent, resultLines } from "./lines_result.js";
import { isOnPeople, linesOf } from "./marks.js";
import { besides } from "./rows.js";
import { formWord, kindWord, label } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

const PAGE_MS = 12000;
const ROOMY = 2;
const ONE_COLUMN = 3;
const PEOPLE_A_PAGE = 8;
/** Matters and alternatives have long names: two lines each. */
const MATTERS_A_PAGE = 6;
/** In two columns, each name perhaps in two lines. */
const NAMES = 8;
const MATTERS = 3;
const REVIEWED = 8;

/**
 * The rows of the page that is shown now; all walls of a meeting show the same page, by the server's clock.
 * @template T @param {Live} live @param {T[]} rows @param {number} most @returns {{rows: T[], page: number, pages: number}}
 */
function usePages(live, rows, most) {
  const now = useNow(live.now, 1000);
  const pages = Math.max(1, Math.ceil(rows.length / most));
  const size = Math.ceil(rows.length / pages);
  const page = Math.floor(now / PAGE_MS) % pages;
  return { rows: rows.slice(page * size, (page + 1) * size), page, pages };
}

/** @param {{page: number, pages: number}} props */
const Pages = ({ page, pages }) => (pages > 1 ? html`<p class="hpages">${Array.from({ length: pages }, (_, each) => html`<i key=${each} class=${each === page ? "on" : ""}></i>`)}<span class="num">${t("Page %(n)s of %(all)s", { n: page + 1, all: pages })}</span></p>` : null);

/** The names or matters on the paper, before anything is known of them. @param {{live: Live, question: any}} props */
export function HallPaper({ live, question }) {
  const people = isOnPeople(question);
  const shown = usePages(live, linesOf(question), people ? NAMES : MATTERS);
  if (linesOf(question).length === 0) return null;
  return html`<ol class=${people && shown.rows.length > 5 ? "hpaper two" : "hpaper"}>${shown.rows.map((line) => html`<li key=${line.id}><b class="clip2">${line.title}</b>${besides(line) && shown.rows.length <= 5 && html`<small>${besides(line)}</small>`}</li>`)}</ol><${Pages} page=${shown.page} pages=${shown.pages} />`;
}

/** @param {{live: Live, question: any}} props */
export function HallLines({ live, question }) {
  const rows = resultLines(question);
  const two = rows.length > ONE_COLUMN;
  const shown = usePages(live, rows, two ? (isOnPeople(question) ? PEOPLE_A_PAGE : MATTERS_A_PAGE) : ONE_COLUMN);
  const none = abstained(question);
  return html`<section class=${two ? (isOnPeople(question) ? "hlines two" : "hlines two long") : rows.length <= ROOMY ? "hlines roomy" : "hlines"}>${shown.rows.map((row) => html`<${Row} key=${row.id} question=${question} row=${row} />`)}</section>
    ${none > 0 && html`<p class="hlfoot">${label("abstain")} <b class="num">${none}</b></p>`}<${Pages} page=${shown.page} pages=${shown.pages} />`;
}

/** @param {{question: any, row: any}} props */
function Row({ question, row }) {
  const marks = marksOf(question, row);
  const need = needAt(question, row);
  const word = outcomeWord(question, row);
  let from = 0;
  return html`<article class="hline"><div class="hlwho"><b class="clip2">${row.title}</b>${besides(row) && html`<small class="clip">${besides(row)}</small>`}</div>
    ${word && html`<span class=${`hlout ${outcomeTone(row)}`}>${word}</span>`}
    <div class="hlbar">${marks.map((each) => { const left = from; from += each.share; return html`<i key=${each.key} class=${`bg-${each.tone}`} style=${{ left: `${left}%`, width: `${each.share}%` }}></i>`; })}${need !== null && html`<u style=${{ left: `${need}%` }}></u>`}</div>
    <div class="hlmarks">${marks.map((each) => html`<span key=${each.key}>${each.name} <b class=${`num t-${each.tone}`}>${each.votes}</b> <small class="num">${percent(each.share)}</small></span>`)}${row.invalid > 0 && html`<span>${t("Not valid")} <b class="num">${row.invalid}</b></span>`}${need !== null && html`<span class="hlneed">${t("%(needed)s needed", { needed: row.needed })}</span>`}</div></article>`;
}

/** The list that everybody looks through before the votes. @param {{live: Live, review: any}} props */
export function HallReview({ live, review }) {
  const all = review.questions.map((/** @type {any} */ each, /** @type {number} */ index) => ({ ...each, number: index + 1 }));
  const shown = usePages(live, all, REVIEWED);
  return html`<main class="hagenda hreview"><p class="hlead">${t("Please look through the questions to be voted on")}</p>
    <ol>${shown.rows.map((each) => html`<li key=${each.id}><span class="n num">${each.number}</span><span class="grow clip2">${each.title}</span><small>${[kindWord(each.kind, each.on_paper), formWord(each)].filter(Boolean).join(" · ")}</small></li>`)}</ol><${Pages} page=${shown.page} pages=${shown.pages} /></main>`;
}
