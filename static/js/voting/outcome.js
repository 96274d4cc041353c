// A closed vote: waiting for its result, or the result with its base, its need and its verdict.
import { t } from "../web/i18n.js";
import { Icon, html } from "../web/ui.js";
import { LinesResult, ballotFigures, summary } from "./lines_result.js";
import { formOf, hasLines } from "./marks.js";
import { TONES, inMyLanguage, label } from "./words.js";

/** @param {{question: any, short?: boolean}} props `short`: the whole sentence only when it is asked for */
export function Outcome({ question, short = false }) {
  const result = question.result;
  if (question.state === "cancelled") {
    return html`<section class="waiting" role="status" tabindex="-1" data-focus><${Icon} name="ban" size=${56} /><h2>${t("This vote was called off")}</h2><p class="muted">${question.reason}</p></section>`;
  }
  if (!result) {
    return html`<section class="waiting" role="status" tabindex="-1" data-focus><${Icon} name="clock" size=${56} /><h2>${t("The vote is closed")}</h2>
      <p class="muted">${question.kind === "hand" ? t("The chair will announce the result") : t("%(cast)s of %(electors)s ballots were received. The chair will announce the result.", { cast: question.cast, electors: question.electors })}</p></section>`;
  }
  return html`<section class="outcome" role="status" tabindex="-1" data-focus>
    ${hasLines(question) ? html`<${LinesVerdict} question=${question} /><${LinesResult} question=${question} short=${short} />` : html`<${MatterVerdict} question=${question} short=${short} /><${Counts} question=${question} />`}
    <${Noted} question=${question} />
    ${short && html`<details><summary class="sm">${t("Sentence for the minutes")}</summary><p class="sm muted">${inMyLanguage(result.sentences)}</p></details>`}
  </section>`;
}

/** @param {{passed: boolean, title: string, text: string, neutral?: boolean}} props */
function Verdict({ passed, title, text, neutral = false }) {
  return html`<div class=${`verdict-line${passed ? " passed" : ""}${neutral ? " neutral" : ""}`}><span class="vi"><${Icon} name=${neutral ? "chart-bar" : passed ? "check" : "x"} size=${40} /></span>
    <div><h2>${title}</h2>${text && html`<p class="muted">${text}</p>`}</div></div>`;
}

/** @param {{question: any, short: boolean}} props */
function MatterVerdict({ question, short }) {
  const result = question.result;
  const open = result.tie === "open" && !result.settled;
  const title = open ? t("The votes are equal") : result.passed ? t("Passed") : t("Not passed");
  const text = short ? t("%(votes)s in favour of %(count)s, %(needed)s needed", { votes: result.counts.for ?? 0, count: result.base_count, needed: result.needed }) : inMyLanguage(result.sentences);
  return html`<${Verdict} passed=${result.passed} title=${title} text=${text} neutral=${open} />`;
}

/** @param {{question: any}} props */
function LinesVerdict({ question }) {
  const neutral = ["survey", "confidence"].includes(formOf(question));
  return html`<${Verdict} passed=${question.result.passed} neutral=${neutral || !question.result.passed} title=${summary(question)} text=${question.office ?? ""} />`;
}

/** What is noted beside the counts: a lost quorum, an equality settled by a statement. @param {{question: any}} props */
function Noted({ question }) {
  const { quorum_met: met, settled } = question.result;
  return html`${met === false && html`<p class="note note-warn"><${Icon} name="alert-triangle" /><span>${t("At the close fewer members were present than the quorum asks. It is noted in the minutes; the vote stays valid.")}</span></p>`}
    ${settled && html`<p class="note"><${Icon} name="gavel" /><span>${t("The votes were equal; settled by the chair's statement: %(text)s", { text: settled.text })}</span></p>`}`;
}

/** The counts with bars over the base; the need is marked. @param {{question: any}} props */
export function Counts({ question }) {
  const result = question.result;
  const width = (/** @type {number} */ votes) => (result.base_count ? Math.min(100, (100 * votes) / result.base_count) : 0);
  return html`<div class="counts">
    ${question.options.map((/** @type {any} */ each) => html`<div class="count-row" key=${each.key}><span>${label(each.key)}</span>
      <span class="count-bar"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class=${`fill-${TONES[each.key]}`} x="0" y="0" height="1" width=${width(result.counts[each.key] ?? 0)}></rect>
        ${each.key === "for" && html`<rect class="need" x=${Math.min(99.5, width(result.needed))} y="0" height="1" width="0.5"></rect>`}</svg></span>
      <b class=${`num t-${TONES[each.key]}`}>${result.counts[each.key] ?? 0}</b></div>`)}
    ${(result.issued > 0 || result.invalid > 0) && html`<dl class="lfigures">${ballotFigures(result).map((each) => html`<div key=${each.name}><dt>${each.name}</dt><dd class="num">${each.n}</dd></div>`)}</dl>`}
    <p class="muted sm">${t("%(present)s present, %(silent)s gave no ballot. The mark shows how many are needed: %(needed)s.", { present: result.present, silent: result.silent, needed: result.needed })}</p>
  </div>`;
}
