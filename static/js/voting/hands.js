// A show of hands, counted at the table: one count for each option, on each line where the paper has lines.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, html } from "../web/ui.js";
import { radioKeys } from "./keys.js";
import { formOf, hasLines, isPicked, linesOf, offered } from "./marks.js";
import { label } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

/** @param {{live: Live, question: any}} props */
export function HandCounts({ live, question }) {
  const before = question.hand_counts ?? {};
  const [counts, set] = useState(/** @type {Record<string, any>} */ (before));
  const [chair, side] = useState("");
  const [said, say] = useState("");
  const lines = hasLines(question);
  const marks = isPicked(question) ? ["for"] : offered(question);
  const whole = lines ? (formOf(question) === "alternatives" ? offered(question).filter((key) => key === "abstain") : []) : offered(question);
  /** @param {string} key @param {string} text */
  const put = (key, text) => set({ ...counts, [key]: Number(text) });
  /** @param {number} id @param {string} key @param {string} text */
  const putLine = (id, key, text) => set({ ...counts, lines: { ...counts.lines, [id]: { ...counts.lines?.[id], [key]: Number(text) } } });
  const save = async () => {
    const { lines: byLine, ...rest } = counts;
    const answer = await live.act("voting.enter_counts", { question_id: question.id, counts: Object.fromEntries(Object.entries(rest).filter(([key]) => whole.includes(key))), ...(lines ? { lines: byLine ?? {} } : {}), ...(chair ? { chair } : {}) });
    say(answer.ok ? t("The counts are entered.") : (answer.message ?? ""));
    return answer.ok;
  };
  const equal = !lines && (counts.for ?? 0) > 0 && counts.for === counts.against;
  return html`<div class="hands">${lines && html`<div class="tbl-x figures-box"><table class="tbl figures-table stacks"><caption class="sr-only">${t("Counts of each line")}</caption><thead><tr><th scope="col">${t("On the paper")}</th>${marks.map((key) => html`<th scope="col" key=${key}>${label(key, formOf(question))}</th>`)}</tr></thead>
      <tbody>${linesOf(question).map((line) => html`<tr key=${line.id}><th scope="row">${line.title}</th>${marks.map((key) => html`<td key=${key} data-label=${label(key, formOf(question))}><input class="input num" type="number" min="0" max=${question.electors} inputmode="numeric" aria-label=${`${line.title}: ${label(key, formOf(question))}`}
        value=${counts.lines?.[line.id]?.[key] ?? ""} onInput=${(/** @type {any} */ event) => putLine(line.id, key, event.target.value)} /></td>`)}</tr>`)}</tbody></table></div>`}
    ${whole.map((key) => html`<div class="field" key=${key}><label for=${`hands-${key}`}>${label(key, formOf(question))}</label>
      <input id=${`hands-${key}`} class="input num" type="number" min="0" max=${question.electors} inputmode="numeric" value=${counts[key] ?? ""} onInput=${(/** @type {any} */ event) => put(key, event.target.value)} /></div>`)}
    ${equal && html`<div class="field hands-tie"><span class="label" id="hands-chair">${t("Equal: how did the chair vote?")}</span><div class="seg" role="radiogroup" aria-labelledby="hands-chair" onKeyDown=${radioKeys}>${["for", "against"].map((key) => html`<button key=${key} type="button" role="radio" aria-checked=${chair === key ? "true" : "false"} class=${chair === key ? "on" : ""} onClick=${() => side(key)}>${label(key)}</button>`)}</div></div>`}
    <${Button} kind="tint" icon="check" cls="w-full" onClick=${save}>${t("Enter the counts")}<//>
    ${said && html`<p class="sm muted" role="status">${said}</p>`}</div>`;
}
