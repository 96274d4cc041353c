// Earlier conclusions and open tasks on the matter of the line that is being written, to be looked at and referred to.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Chip, Empty, ErrorBox, Loading, html } from "../web/ui.js";
import { address, ask, at, doc, lines, whole } from "./editor_state.js";
import { dayText } from "./editor_task.js";

/** @typedef {{id: number, line_id: number | null, text: string, unit: string, state: string, tone: string, due_on: string | null, url: string}} Task */
/** @typedef {{line_id: number, notice_id: number, symbol: string, kind: string, word: string, issued_on: string | null, withdrawn: boolean, title: string, text: string, task: Task | null}} Hit */

const REST_MS = 900;
/** @type {import("@preact/signals").Signal<{conclusions: Hit[], tasks: Task[]} | null>} */
export const beside = signal(null);
const failed = signal(false);
let last = "";

/** The line that is written, or the last one that was. */
function about() {
  const line = lines.value.find((each) => each.key === at.value);
  if (line) return { line, text: line.draft.text.value.trim() };
  return { line: null, text: lines.value[0]?.draft.text.value.trim() ?? "" };
}

/** @param {string} path */
async function look(path) {
  if (path === last && !failed.value) return;
  const found = await ask(address(path));
  failed.value = !found;
  if (found) { beside.value = found; last = path; }
}

/** Looks again when another line is written, or its words have rested. */
export function useBeside() {
  const { line, text } = about();
  useEffect(() => {
    if (!whole.value?.edit || text.length < 8) return undefined;
    const path = `beside?line_id=${line?.id.value ?? 0}&text=${encodeURIComponent(text.slice(0, 600))}`;
    const timer = setTimeout(() => void look(path), REST_MS);
    return () => clearTimeout(timer);
  }, [line?.key, text]);
}

export function Beside() {
  const found = beside.value;
  if (failed.value && !found) return html`<${ErrorBox} title=${t("Earlier conclusions could not be read.")} />`;
  if (!found) return lines.value.length ? html`<${Loading} rows=${3} />` : html`<${Empty} title=${t("Nothing written yet")} text=${t("Earlier conclusions on the same matter appear here while you write.")} icon="link" />`;
  if (!found.conclusions.length && !found.tasks.length) return html`<${Empty} title=${t("Nothing earlier on this matter")} text=${t("Earlier conclusions on the same matter appear here while you write.")} icon="link" />`;
  return html`${found.conclusions.length > 0 && html`<section class="card-x bes"><div class="card-h"><h3>${t("Earlier conclusions")}</h3></div><ul class="rows" role="list">${found.conclusions.map((hit) => html`<${Earlier} key=${hit.line_id} hit=${hit} />`)}</ul></section>`}
    ${found.tasks.length > 0 && html`<section class="card-x bes"><div class="card-h"><h3>${t("Open tasks")}</h3></div><ul class="rows" role="list">${found.tasks.map((task) => html`<li key=${task.id} class="bes-i"><p>${task.text}</p><${State} task=${task} /></li>`)}</ul></section>`}`;
}

/** @param {{hit: Hit}} props */
function Earlier({ hit }) {
  return html`<li class="bes-i"><p class="sm row-x bes-h"><a href=${`/notices/${hit.notice_id}`} target="_blank" rel="noopener"><b>${hit.symbol}</b></a><span class="num muted">${dayText(hit.issued_on)}</span>${hit.withdrawn && html`<${Chip} tone="oppose">${t("No longer in force")}<//>`}</p>
    <p class="sm faint">${hit.title}</p><p>${hit.text}</p>${hit.task && html`<${State} task=${hit.task} />`}
    ${doc().edit && !hit.withdrawn && html`<${Button} kind="ghost" size="row" icon="quote" onClick=${() => refer(hit)}>${t("Refer to it in the line")}<//>`}</li>`;
}

/** @param {{task: Task}} props */
function State({ task }) {
  return html`<p class="sm row-x bes-h"><${Chip} tone=${task.tone}>${task.state}<//><span>${task.unit}</span>${task.due_on && html`<span class="num">${t("due %(date)s", { date: dayText(task.due_on) })}</span>`}<a href=${task.url} target="_blank" rel="noopener">${t("Open the task")}</a></p>`;
}

/** "theo Thông báo số 07/TB-UBND ngày 24/11/2026" where the caret stands, in the language of the papers. @param {Hit} hit */
function refer(hit) {
  const line = about().line ?? lines.value[0];
  if (!line) return;
  const words = `theo ${hit.word} số ${hit.symbol} ngày ${dayText(hit.issued_on)}`;
  const field = line.draft.field();
  const text = line.draft.text.value;
  const place = field?.selectionStart ?? text.length;
  const [before, behind] = [text.slice(0, place), text.slice(place)];
  const gap = before && !before.endsWith(" ") ? " " : "";
  const rest = behind && !/^[\s.,;]/.test(behind) ? " " : "";
  void line.draft.replace(`${before}${gap}${words}${rest}${behind}`);
}
