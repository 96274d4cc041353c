// A row for each person or matter, with one box for each mark. In a secret ballot all marks have one colour, so that no neighbour reads them.
import { Icon, html } from "../web/ui.js";
import { t } from "../web/i18n.js";
import { radioKeys, tabStop } from "./keys.js";
import { formOf, isOnPeople, isSecret, linesOf, offered } from "./marks.js";
import { ICONS, label } from "./words.js";

/** @typedef {import("./marks.js").Marked} Marked */

/** What stands beside a line's title: the post, and what else is known. @param {any} line */
export const besides = (line) => [line.office, line.detail].filter(Boolean).join(" · ");

/** @param {{question: any, marked: Marked, mark: (line: number | null, mark: string) => void}} props */
export function Rows({ question, marked, mark }) {
  const marks = offered(question);
  const begun = Object.keys(marked.choices).length > 0;
  return html`<div class=${`mrows marks-${marks.length}`}>
    <div class="mhead" aria-hidden="true"><span>${isOnPeople(question) ? t("Name, office") : t("Matter")}</span><span class="marks">${marks.map((key) => html`<span key=${key}>${label(key, formOf(question))}</span>`)}</span></div>
    ${linesOf(question).map((line, index) => html`<${Row} key=${line.id} question=${question} line=${line} number=${index + 1} marks=${marks} chosen=${marked.choices[line.id] ?? ""} todo=${begun && !marked.choices[line.id]} mark=${mark} />`)}
  </div>`;
}

/** @param {{question: any, line: any, number: number, marks: string[], chosen: string, todo: boolean, mark: (line: number | null, mark: string) => void}} props */
function Row({ question, line, number, marks, chosen, todo, mark }) {
  const id = `line-${line.id}`;
  const more = besides(line);
  return html`<div class=${todo ? "mrow todo" : "mrow"} id=${id}>
    <div class="mwho"><b id=${`${id}-name`}>${isOnPeople(question) ? line.title : `${number}. ${line.title}`}</b>${more && html`<small>${more}</small>`}</div>
    <div class="marks" role="radiogroup" aria-labelledby=${`${id}-name`} onKeyDown=${radioKeys}>
      ${marks.map((key, place) => {
        const on = chosen === key;
        const tone = isSecret(question) ? "" : ` m-${key}`;
        return html`<button key=${key} type="button" role="radio" aria-checked=${on ? "true" : "false"} tabIndex=${tabStop(on, Boolean(chosen), place === 0)}
          class=${on ? `mbox on${tone}` : "mbox"} onClick=${() => mark(line.id, key)}><span class="mtick"><${Icon} name=${isSecret(question) ? "check" : (ICONS[key] ?? "check")} size=${28} /></span><span class="mlabel">${label(key, formOf(question))}</span></button>`;
      })}
    </div></div>`;
}
