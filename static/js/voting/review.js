// What stands on a ballot, line by line: to look through before it is cast, and in the receipt of an open vote.
import { t } from "../web/i18n.js";
import { Icon, html } from "../web/ui.js";
import { formOf, hasLines, isSecret, linesOf } from "./marks.js";
import { besides } from "./rows.js";
import { ICONS, label } from "./words.js";

/** @typedef {import("./marks.js").Marked} Marked */

/** Nobody or nothing was chosen where that is allowed. @param {any} question @param {Marked} marked */
export const isBlank = (question, marked) => hasLines(question) && !marked.choice && Object.keys(marked.choices).length === 0;

/** @param {{question: any, marked: Marked, cls?: string}} props */
export function Marks({ question, marked, cls = "" }) {
  if (isBlank(question, marked)) return html`<p class="blank"><${Icon} name="alert-triangle" size=${28} /><span>${t("Nobody is chosen on this ballot.")}</span></p>`;
  const rows = hasLines(question) && !marked.choice
    ? linesOf(question).filter((line) => marked.choices[line.id]).map((line) => ({ key: line.id, name: line.title, more: besides(line), mark: marked.choices[line.id] ?? "" }))
    : [{ key: 0, name: question.title, more: marked.text, mark: marked.choice }];
  return html`<ol class=${`marked ${cls}`.trim()}>${rows.map((row) => html`<li key=${row.key}><span class="grow"><b>${row.name}</b>${row.more && html`<small>${row.more}</small>`}</span>
    <span class=${isSecret(question) ? "mkd" : `mkd m-${row.mark}`}><${Icon} name=${isSecret(question) ? "check" : (ICONS[row.mark] ?? "check")} size=${20} />${label(row.mark, formOf(question))}</span></li>`)}</ol>
    ${formOf(question) === "choose" && html`<p class="muted">${t("Not chosen: %(n)s of %(all)s people.", { n: linesOf(question).length - rows.length, all: linesOf(question).length })}</p>`}`;
}
