// The lines of a document, written in place: item by item, each a text that grows, and the task in it below.
import { useLayoutEffect, useRef } from "preact/hooks";
import { nt, t } from "../web/i18n.js";
import { Typed } from "../web/typed.js";
import { Button, Chip, Icon, html } from "../web/ui.js";
import { Clash, clashed } from "./editor_clash.js";
import { Offer } from "./editor_offer.js";
import { TaskFields, TaskSummary } from "./editor_task.js";
import { addLine, at, doc, goTo, isTask, lines, moveLine, opened, removeLine } from "./editor_state.js";
import { whoIsOn } from "./editor_here.js";

/** @typedef {import("./editor_state.js").Line} Line */

/** @param {Line} line */
const itemOf = (line) => line.draft.shown.value.item_id ?? null;

/** All items with their lines; of a resolution the articles in one row. */
export function Lines() {
  if (doc().family === "decision") return html`<${Block} item=${null} title=${t("Articles")} />`;
  const used = lines.value.some((line) => itemOf(line) === null);
  return html`${(used || !doc().items.length) && html`<${Block} item=${null} title=${t("For the whole meeting")} />`}
    ${doc().items.map((item) => html`<${Block} key=${item.id} item=${item.id} title=${item.title} label=${item.label} />`)}
    ${!used && doc().items.length > 0 && doc().edit && html`<div class="cblk cblk-add"><${Button} kind="ghost" size="row" icon="plus" onClick=${() => addLine(null, null)}>${t("A conclusion for the whole meeting")}<//></div>`}`;
}

/** @param {{item: number | null, title: string, label?: string}} props */
function Block({ item, title, label = "" }) {
  const decision = doc().family === "decision";
  const shown = decision ? lines.value : lines.value.filter((line) => itemOf(line) === item);
  const tasks = shown.filter(isTask).length;
  return html`<section class="cblk" aria-label=${title}><div class="row-x cblk-h"><h4>${label && html`<span class="num">${label}.</span> `}${title}</h4>
      ${tasks > 0 && html`<${Chip} tone="primary">${nt("%(n)s task", "%(n)s tasks", tasks)}<//>`}${item !== null && doc().edit && html`<a class="push sm semi" href=${`/meetings/${doc().meeting.id}/minutes`} target="_blank" rel="noopener">${t("See the minutes")}</a>`}</div>
    ${shown.map((line, place) => html`<${LineEditor} key=${line.key} line=${line} place=${place} first=${place === 0} last=${place === shown.length - 1} />`)}
    ${shown.length === 0 && html`<p class="faint sm">${doc().state === "draft" ? t("No conclusion written for this item yet.") : t("No conclusion for this item.")}</p>`}
    ${doc().edit && html`<${Button} kind="ghost" size="row" icon="plus" cls="cadd" onClick=${() => addLine(item, null)}>${decision ? t("Add an article") : t("Add a line")}<//>`}</section>`;
}

/** @param {{line: Line, place: number, first: boolean, last: boolean}} props */
function LineEditor({ line, place, first, last }) {
  const on = at.value === line.key;
  const others = whoIsOn(line.id.value ? `line-${line.id.value}` : "");
  const task = isTask(line);
  return html`<div class=${`cline${on ? " on" : ""}${task ? " has-task" : ""}`} data-line=${line.id.value || line.key} onFocusIn=${() => { at.value = line.key; }}>
    ${doc().family === "decision" && html`<${Title} line=${line} place=${place} />`}
    ${doc().edit ? html`<${Words} line=${line} />` : html`<p>${line.draft.text.value}</p>`}
    ${clashed(line.draft) && html`<${Clash} draft=${line.draft} />`}
    <${Trouble} line=${line} />
    ${others.length > 0 && html`<p class="sm t-primary row-x part-o" role="status"><${Icon} name="pencil" size=${18} />${t("%(name)s is on this line too", { name: others.join(", ") })}</p>`}
    ${on && doc().edit && html`<${Offer} line=${line} />`}
    ${on && doc().edit && (task || opened.value.has(line.key)) ? html`<${TaskFields} line=${line} />` : task || hasPart(line) ? html`<${TaskSummary} line=${line} />` : null}
    ${on && doc().edit && html`<div class="cline-f">
      ${!task && !opened.value.has(line.key) && html`<${Button} kind="tint" size="row" icon="user-plus" onClick=${() => giveTo(line)}>${t("Give it to a unit")}<//>`}
      <span class="push"></span>
      <${Button} kind="ghost" size="sq" icon="arrow-up" aria-label=${t("Move this line up")} disabled=${first || !line.id.value} onClick=${() => moveLine(line, "up")} />
      <${Button} kind="ghost" size="sq" icon="arrow-down" aria-label=${t("Move this line down")} disabled=${last || !line.id.value} onClick=${() => moveLine(line, "down")} />
      <${Button} kind="ghost" size="sq" icon="trash" aria-label=${t("Remove this line")} onClick=${() => removeLine(line)} /></div>`}
  </div>`;
}

/** A date, a leader or a product without a lead: half a task. @param {Line} line */
function hasPart(line) {
  const { due_on: due, leader_id: leader, product, cooperating_unit_ids: helpers } = line.draft.shown.value;
  return Boolean(due || leader || product || helpers?.length);
}

/** The task's fields open, the lead first. @param {Line} line */
function giveTo(line) {
  opened.value = new Set([...opened.value, line.key]);
  const box = document.querySelector(`[data-line="${line.id.value || line.key}"]`);
  requestAnimationFrame(() => { const field = box?.querySelector("select"); if (field instanceof HTMLElement) field.focus(); });
}

/** @param {{line: Line, place: number}} props */
function Title({ line, place }) {
  const label = t("Article %(n)s", { n: place + 1 });
  if (!doc().edit) return html`<p><b>${label}. ${line.draft.shown.value.title}</b></p>`;
  return html`<label class="row-x cart"><b class="nowrap">${label}.</b><${Typed} class="input" maxlength="300" placeholder=${t("Heading of the article (may be empty)")} value=${line.draft.shown.value.title ?? ""}
    onChange=${(/** @type {string} */ text) => line.draft.put({ title: text.trim() })} /></label>`;
}

/** @param {{line: Line}} props */
function Words({ line }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useLayoutEffect(() => { line.draft.attach(field.current); return () => line.draft.attach(null); }, [line]);
  useLayoutEffect(() => { // at once: the next key belongs to the new line
    if (goTo.value !== line.key || !field.current) return;
    goTo.value = "";
    field.current.focus();
    field.current.scrollIntoView({ block: "nearest" });
  }, [goTo.value]);
  return html`<textarea class="input area grows" ref=${field} rows="1" maxlength="10000" aria-label=${t("Conclusion")} placeholder=${t("Write the conclusion. “Giao … chủ trì …” is offered as a task.")}
    onInput=${(/** @type {any} */ event) => line.draft.type(event.currentTarget.value)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => pressed(event, line)} onBlur=${() => left(line)}></textarea>`;
}

/** Enter begins a new line, behind the words at the caret; Backspace takes an empty one out. @param {KeyboardEvent} event @param {Line} line */
function pressed(event, line) {
  const field = /** @type {HTMLTextAreaElement} */ (event.currentTarget);
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (!field.value.trim()) return;
    const [before, behind] = [field.value.slice(0, field.selectionStart), field.value.slice(field.selectionEnd)];
    if (behind.trim()) void line.draft.replace(before.trimEnd());
    addLine(itemOf(line), line, behind.trim());
  } else if (event.key === "Backspace" && field.value === "" && !isTask(line)) {
    event.preventDefault();
    const place = lines.value.indexOf(line);
    goTo.value = lines.value[place - 1]?.key ?? "";
    void removeLine(line);
  }
}

/** An empty line that is left stays nobody's. @param {Line} line */
function left(line) {
  if (line.draft.text.value.trim()) return void line.draft.save();
  if (!line.id.value && !isTask(line)) void removeLine(line);
  return undefined;
}

/** What the server refused, and how it stands with this line while the line is down. @param {{line: Line}} props */
function Trouble({ line }) {
  const state = line.draft.state.value;
  if (state === "refused") return html`<p class="said said-refused" role="alert"><${Icon} name="alert-circle" size=${20} />${line.draft.message.value}</p>`;
  if (state === "waiting") return html`<p class="said said-queued" role="status"><${Icon} name="cloud-off" size=${20} />${t("Not saved yet: kept on this device")}</p>`;
  if (!line.draft.text.value.trim() && line.id.value) return html`<p class="said said-queued" role="status"><${Icon} name="alert-circle" size=${20} />${t("An empty line is not saved. Remove it, or write something.")}</p>`;
  return null;
}
