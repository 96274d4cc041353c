// The editor of conclusion notices and resolutions: the text line by line at the left, the page as it will be printed at the right.
import { signal } from "@preact/signals";
import { render } from "preact";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Empty, ErrorBox, Icon, Loading, Note, html } from "../web/ui.js";
import { Beside, beside, useBeside } from "./editor_beside.js";
import { Here, watch } from "./editor_here.js";
import { Lines } from "./editor_lines.js";
import { PagePane, Views, follow } from "./editor_page.js";
import { Sources } from "./editor_sources.js";
import { addLine, at, doc, failed, forget, goTo, isTask, lines, news, open, opened, refresh, standing, tell, unitOf, whole, words } from "./editor_state.js";
import { dayText } from "./editor_task.js";
import { Versions } from "./editor_versions.js";
import { view } from "./editor_view.js";
import { Around } from "./editor_words.js";

/** @typedef {import("./editor_state.js").Line} Line */

const sheet = signal(/** @type {"" | "sources" | "versions"} */ (""));
const root = /** @type {HTMLElement} */ (document.getElementById("editor"));
const noticeId = Number(root.dataset.notice);

/** Saved, being saved, kept here: said plainly, beside the heading. */
function Saved() {
  if (!whole.value?.edit) return null;
  const { state, at: when, waiting, message } = standing.value;
  if (state === "refused") return html`<span class="said said-refused" role="alert"><${Icon} name="alert-circle" size=${20} />${message || t("One change was refused")}</span>`;
  if (state === "waiting") return html`<span class="said said-queued" role="status"><${Icon} name="cloud-off" size=${20} />${t("Not saved yet: kept on this device (%(n)s)", { n: waiting })}</span>`;
  if (state === "saving" || state === "typing") return html`<span class="said" role="status"><span class="spin"></span>${t("Saving")}</span>`;
  if (state === "saved") return html`<span class="said said-sent" role="status"><${Icon} name="cloud-check" size=${20} /><span>${t("Saved")} <span class="num">${timeOfDay(when)}</span></span></span>`;
  return html`<span class="said muted"><${Icon} name="cloud-check" size=${20} />${t("Saved by itself")}</span>`;
}

function Left() {
  if (failed.value && !whole.value) return html`<${ErrorBox} title=${t("The document could not be read.")} retry=${() => open(noticeId)} />`;
  if (!whole.value) return html`<${Loading} rows=${6} />`;
  const edit = doc().edit;
  const decision = doc().family === "decision";
  return html`<${Here} />
    ${news.value.map((each) => html`<div class="note cednews" key=${each.id} role="status"><${Icon} name="info-circle" /><div class="grow">${each.text}</div>${each.undo && html`<${Button} kind="ghost" size="row" icon="arrow-back-up" onClick=${() => { each.undo?.(); forget(each.id); }}>${t("Undo")}<//>`}<${Button} kind="ghost" size="sq" icon="x" aria-label=${t("Close")} onClick=${() => forget(each.id)} /></div>`)}
    <div class="card-x ced-text"><div class="card-h"><h3>${decision ? t("Text of the document") : t("Conclusions by item")}</h3>
        ${edit && html`<span class="push ced-tools">${html`<${Button} kind="ghost" size="row" icon="file-import" onClick=${() => { sheet.value = "sources"; }}>${t("Take from minutes, votes")}<//>`}<${Button} kind="ghost" size="row" icon="history" onClick=${() => { sheet.value = "versions"; }}>${t("Versions")}<//></span>`}</div>
      <${Around} where="before" /><${Lines} /><${Around} where="behind" /></div>
    <${Tasks} />
    ${sheet.value === "sources" && html`<${Sources} onClose=${() => { sheet.value = ""; }} />`}
    ${sheet.value === "versions" && html`<${Versions} onClose=${() => { sheet.value = ""; }} />`}`;
}

/** What is given to whom, at a glance; a row leads to its line. */
function Tasks() {
  const tasks = lines.value.filter(isTask);
  return html`<div class="card-x"><div class="card-h"><h3>${t("Tasks given")}</h3><span class="count count-soft num">${tasks.length}</span>
      ${doc().edit && html`<${Button} kind="ghost" size="row" icon="plus" cls="push" onClick=${newTask}>${t("Add a task")}<//>`}</div>
    ${tasks.length ? html`<div class="tbl-x"><table class="tbl tsk"><thead><tr><th>${t("Task")}</th><th>${t("Lead, cooperation")}</th><th>${t("Leader")}</th><th class="r">${t("Due")}</th></tr></thead><tbody>${tasks.map((line) => html`<${Row} key=${line.key} line=${line} />`)}</tbody></table></div>`
    : html`<${Empty} title=${t("No task yet")} text=${t("A conclusion becomes a task when it names a lead unit.")} icon="checklist" />`}</div>`;
}

function newTask() {
  const current = lines.value.find((each) => each.key === at.value);
  const line = addLine(current?.draft.shown.value.item_id ?? doc().items[0]?.id ?? null, current ?? null);
  opened.value = new Set([...opened.value, line.key]);
}

/** @param {{line: Line}} props */
function Row({ line }) {
  const stand = line.draft.shown.value;
  const helpers = (stand.cooperating_unit_ids ?? []).map((/** @type {number} */ id) => unitOf(id)?.short ?? "").join(", ");
  const leader = doc().leaders.find((each) => each.id === stand.leader_id);
  const go = () => { view.value = "write"; at.value = line.key; goTo.value = line.key; };
  const text = line.draft.text.value;
  const due = stand.due_on ? html`<span class="num">${dayText(stand.due_on)}</span>` : stand.no_due ? html`<span class="muted">${t("No due date")}</span>` : doc().edit ? html`<button type="button" class="link t-oppose" onClick=${() => { go(); setTimeout(() => document.getElementById(`l${line.key}-due`)?.focus(), 80); }}>${t("Enter date")}</button>` : "–";
  return html`<tr class=${at.value === line.key ? "on" : ""}><td>${doc().edit ? html`<button type="button" class="link clip2" onClick=${go}>${text || t("(no words yet)")}</button>` : text}</td>
    <td>${unitOf(stand.lead_unit_id)?.name ?? ""}${helpers && html`<small>${t("with %(units)s", { units: helpers })}</small>`}</td><td>${leader?.name ?? "–"}</td><td class="r">${due}</td></tr>`;
}

/** @param {{party: boolean}} props */
function Right({ party }) {
  useBeside();
  if (!whole.value) return null;
  const found = beside.value;
  return html`<div class=${doc().edit ? "" : "ced-narrow"}><${Views} counts=${(found?.conclusions.length ?? 0) + (found?.tasks.length ?? 0)} /></div>
    <div class="ced-page-v"><${PagePane} party=${party} /></div>${doc().edit && html`<div class="ced-beside-v"><${Beside} /></div>`}`;
}

view.subscribe((name) => { root.dataset.view = name; });

/** Open, and look who else is here from then on. */
async function begin() {
  await open(noticeId);
  if (!whole.value) return;
  document.documentElement.dataset.editor = "ready";
  watch();
  follow();
}

for (const [id, part] of /** @type {[string, any][]} */ ([["editor-saved", html`<${Saved} />`], ["editor-left", html`<${Left} />`], ["editor-right", html`<${Right} party=${root.dataset.style === "party"} />`]])) {
  const place = document.getElementById(id);
  if (place) { place.replaceChildren(); render(part, place); }
}
void begin();
const SAVED_MS = 6000;
const drafts = () => [...lines.value.map((line) => line.draft), ...words.value.values()];

// A step of the document's life takes along what was typed a moment ago: everything is saved before it is sent.
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-act^='conclusions.'], [data-opens]") : null;
  if (!(button instanceof HTMLElement) || drafts().every((each) => each.settled())) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  void settle(button);
}, true);

/** @param {HTMLElement} button */
async function settle(button) {
  const until = Date.now() + SAVED_MS;
  for (const each of drafts()) void each.save();
  while (drafts().some((each) => !each.settled()) && Date.now() < until) await new Promise((again) => { setTimeout(again, 60); });
  if (drafts().every((each) => each.settled())) button.click();
  else tell(t("Not everything is saved yet. The next step waits until it is."));
}
window.addEventListener("pageshow", (event) => { if (event.persisted) void refresh(true); });
