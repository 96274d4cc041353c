// What came out, for those who run the vote: each line with its marks and whether it came through, the sentence for the minutes.
import { t } from "../web/i18n.js";
import { Icon, html } from "../web/ui.js";
import { hasLines, said } from "./chair_words.js";
import { isPicked, offered } from "./marks.js";
import { Outcome } from "./outcome.js";
import { TONES, label } from "./words.js";

/** How a line came out, in the server's word. @param {any} line @returns {{word: string, tone: string, icon: string}} */
function outcomeOf(line) {
  const word = line.outcome && line.outcome !== "none" ? said(line.label) : "";
  if (!word || line.outcome.startsWith("low")) return { word, tone: "warn", icon: "" };
  return line.elected || line.passed ? { word, tone: "agree", icon: "check" } : { word, tone: "oppose", icon: "x" };
}

/** @param {{question: any}} props */
export function Tally({ question }) {
  const result = question.result;
  const settled = result?.settled;
  return html`${!result || !hasLines(question) || !result.lines ? html`<${Outcome} question=${question} short=${true} />` : html`<${Lines} question=${question} />`}
    ${result && (result.issued > 0 || result.invalid > 0 || result.spoken > 0) && html`<p class="sm muted">${[
      result.issued > 0 && t("Issued %(issued)s, returned %(returned)s", { issued: result.issued, returned: result.returned }), result.invalid > 0 && t("%(n)s invalid", { n: result.invalid }),
      result.spoken > 0 && t("%(n)s entered by the secretary", { n: result.spoken })].filter(Boolean).join(" · ")}</p>`}
    ${result && result.quorum_met === false && html`<p class="sm t-warn row-top"><${Icon} name="alert-triangle" size=${18} /><span>${t("Not enough members were here at the close. This is noted in the minutes; the result stands.")}</span></p>`}
    ${settled && hasLines(question) && html`<p class="sm row-top"><${Icon} name="gavel" size=${18} /><span>${t("Settled by the chair's statement:")} <b>${label(settled.side)}</b>. ${settled.text}</span></p>`}`;
}

/** @param {{question: any}} props */
function Lines({ question }) {
  const { lines } = question.result;
  const keys = isPicked(question) ? ["for"] : offered(question);
  const whole = said(question.result.sentences ?? question.result.sentence);
  return html`<div class="tally-x"><table class="tbl stacks"><caption class="sr-only">${question.title}</caption><thead><tr><th scope="col">${t("On the paper")}</th>${keys.map((key) => html`<th scope="col" class="r" key=${key}>${label(key, question.form)}</th>`)}</tr></thead>
    <tbody>${lines.map((/** @type {any} */ line) => {
      const out = outcomeOf(line);
      return html`<tr key=${line.line_id ?? line.id}><th scope="row">${line.title}${out.word && html`<span class=${`t-${out.tone} tally-out`}>${out.icon && html`<${Icon} name=${out.icon} size=${18} />`}${out.word}</span>`}</th>${keys.map((key) => html`<td class=${`r num t-${TONES[key] ?? ""}`} key=${key} data-label=${label(key, question.form)}>${line.counts[key] ?? 0}</td>`)}</tr>`;
    })}</tbody></table></div>
    ${whole && html`<details><summary class="sm">${t("Sentence for the minutes")}</summary><p class="sm muted">${whole}</p>${lines.map((/** @type {any} */ line) => line.sentences && html`<p class="sm muted" key=${line.line_id ?? line.id}>${said(line.sentences)}</p>`)}</details>`}`;
}
