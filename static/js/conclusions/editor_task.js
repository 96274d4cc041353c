// The task in a line: who leads, who helps, who answers for it, by when, with what result. Exactly one unit leads.
import { useState } from "preact/hooks";
import { isoDate } from "../web/dates.js";
import { t } from "../web/i18n.js";
import { Typed } from "../web/typed.js";
import { Button, Chip, Icon, html } from "../web/ui.js";
import { valueText } from "./editor_names.js";
import { doc, unitOf } from "./editor_state.js";

/** @typedef {import("./editor_state.js").Line} Line */
/** @typedef {{key: string, label: string, missing: string, full: boolean}} Clear */

/** The five clears of a line, as meeting/conclusions/clears.py has them. @param {Line} line @returns {Clear[]} */
export function clearsOf(line) {
  const stand = line.draft.shown.value;
  const person = Boolean(stand.lead_unit_id && stand.officer_id);
  return [
    { key: "person", label: t("Clear person"), missing: stand.lead_unit_id ? t("who carries it out") : t("lead unit"), full: person },
    { key: "work", label: t("Clear work"), missing: t("what is to be done"), full: Boolean(line.draft.text.value.trim()) },
    { key: "process", label: t("Clear process"), missing: stand.due_on || stand.no_due ? t("steps") : t("due date"), full: Boolean(stand.process?.trim() && (stand.due_on || stand.no_due)) },
    { key: "responsibility", label: t("Clear responsibility"), missing: t("leader in charge"), full: Boolean(stand.leader_id) },
    { key: "result", label: t("Clear result"), missing: t("deliverable"), full: Boolean(stand.product?.trim()) },
  ];
}

/** @param {string | null} iso */
export const dayText = (iso) => (iso ? iso.split("-").reverse().join("/") : "");

/** One row below a line that nobody writes in just now. @param {{line: Line}} props */
export function TaskSummary({ line }) {
  const stand = line.draft.shown.value;
  const helpers = (stand.cooperating_unit_ids ?? []).map((/** @type {number} */ id) => unitOf(id)?.short ?? "").join(", ");
  const lacking = clearsOf(line).filter((each) => !each.full).map((each) => each.missing);
  const due = stand.due_on ? t("due %(date)s", { date: dayText(stand.due_on) }) : stand.no_due ? t("no due date") : "";
  return html`<p class="ctask sm"><${Icon} name="checklist" size=${18} />${stand.lead_unit_id ? html`<b>${unitOf(stand.lead_unit_id)?.name ?? valueText("lead_unit_id", stand.lead_unit_id)}</b>` : html`<b class="t-oppose">${t("No lead unit")}</b>`}
    ${helpers && html`<span>${t("with %(units)s", { units: helpers })}</span>`}${due && html`<span class="num">${due}</span>`}
    ${doc().edit && (lacking.length ? html`<${Chip} tone="warn">${t("Missing: %(what)s", { what: lacking.join(", ") })}<//>` : html`<${Chip} tone="agree" icon="check">${t("Five clears")}<//>`)}</p>`;
}

/** The fields, while somebody is on the line; each is saved when it is chosen. @param {{line: Line}} props */
export function TaskFields({ line }) {
  const stand = line.draft.shown.value;
  const put = line.draft.put;
  const name = `l${line.key}`;
  return html`<div class="taskf" role="group" aria-label=${t("Task")}>
    <div class="clears">${clearsOf(line).map((each) => html`<${Chip} key=${each.key} tone=${each.full ? "agree" : "warn"} icon=${each.full ? "check" : "alert-circle"}>${each.full ? each.label : `${each.label}: ${t("missing %(what)s", { what: each.missing })}`}<//>`)}</div>
    <div class="fields fields-2">
      <${Choice} id=${`${name}-lead`} label=${t("Lead unit")} none=${t("No task")} value=${stand.lead_unit_id} options=${doc().units} onPick=${(/** @type {number | null} */ id) => pickLead(line, id)} />
      <${Helpers} line=${line} name=${name} />
      <${Choice} id=${`${name}-officer`} label=${t("Who carries it out")} none=${t("Not named")} value=${stand.officer_id} options=${officers(stand.lead_unit_id)} onPick=${(/** @type {number | null} */ id) => put({ officer_id: id })}><${Head} line=${line} /><//>
      <${Choice} id=${`${name}-leader`} label=${t("Leader in charge")} none=${t("Not named")} value=${stand.leader_id} options=${doc().leaders} onPick=${(/** @type {number | null} */ id) => put({ leader_id: id })} />
      <${Due} line=${line} name=${name} />
      <div class="field"><label for=${`${name}-product`}>${t("Deliverable")}</label><${Typed} class="input" id=${`${name}-product`} maxlength="300" value=${stand.product ?? ""} onChange=${(/** @type {string} */ text) => put({ product: text.trim() })} /></div>
    </div>
    <div class="field"><label for=${`${name}-process`}>${t("How, in which steps")}</label><${Typed} area class="input grows" rows="1" id=${`${name}-process`} maxlength="2000" value=${stand.process ?? ""} onChange=${(/** @type {string} */ text) => put({ process: text.trim() })} /></div>
    ${doc().family !== "decision" && html`<${Choice} id=${`${name}-item`} label=${t("Agenda item")} none=${t("For the whole meeting")} value=${stand.item_id} options=${doc().items.map((item) => ({ id: item.id, name: `${item.label}. ${item.title}` }))} onPick=${(/** @type {number | null} */ id) => put({ item_id: id })} />`}
  </div>`;
}

/** @param {Line} line @param {number | null} id */
function pickLead(line, id) {
  const { cooperating_unit_ids: helpers, officer_id: officer } = line.draft.shown.value;
  /** @type {Record<string, any>} */
  const wanted = { lead_unit_id: id };
  if (id && helpers?.includes(id)) wanted.cooperating_unit_ids = helpers.filter((/** @type {number} */ each) => each !== id);
  if (officer && doc().officers.find((each) => each.id === officer)?.unit_id !== id) wanted.officer_id = null;
  line.draft.put(wanted);
}

/** Those of the lead unit, its head first. @param {number | null} unit */
function officers(unit) {
  const own = doc().officers.filter((each) => each.unit_id === unit);
  return own.sort((one, other) => Number(other.head) - Number(one.head)).map((each) => ({ id: each.id, name: each.position ? `${each.name}, ${each.position}` : each.name }));
}

/** The head of the unit is proposed, never entered by itself. @param {{line: Line}} props */
function Head({ line }) {
  const { lead_unit_id: unit, officer_id: officer } = line.draft.shown.value;
  const head = officer ? null : doc().officers.find((each) => each.unit_id === unit && each.head);
  return head ? html`<${Button} kind="tint" size="row" icon="user-check" onClick=${() => line.draft.put({ officer_id: head.id })}>${t("Name the head: %(name)s", { name: head.name })}<//>` : null;
}

/** @param {{id: string, label: string, none: string, value: number | null, options: {id: number, name: string}[], onPick: (id: number | null) => void, children?: any}} props */
function Choice({ id, label, none, value, options, onPick, children }) {
  return html`<div class="field"><label for=${id}>${label}</label><select class="input" id=${id} value=${value ?? ""} onChange=${(/** @type {any} */ event) => onPick(event.currentTarget.value ? Number(event.currentTarget.value) : null)}>
    <option value="" selected=${!value}>${none}</option>${options.map((each) => html`<option key=${each.id} value=${each.id} selected=${each.id === value}>${each.name}</option>`)}</select>${children}</div>`;
}

/** The units that help: chips that go, and a list to add from. @param {{line: Line, name: string}} props */
function Helpers({ line, name }) {
  const { lead_unit_id: lead, cooperating_unit_ids: chosen = [] } = line.draft.shown.value;
  const put = (/** @type {number[]} */ ids) => line.draft.put({ cooperating_unit_ids: ids });
  const free = doc().units.filter((each) => each.id !== lead && !chosen.includes(each.id));
  return html`<div class="field"><label for=${`${name}-help`}>${t("Cooperating units")}</label>
    <select class="input" id=${`${name}-help`} value="" onChange=${(/** @type {any} */ event) => { if (event.currentTarget.value) put([...chosen, Number(event.currentTarget.value)]); event.currentTarget.value = ""; }}>
      <option value="">${chosen.length ? t("Add another unit") : t("None yet: add a unit")}</option>${free.map((each) => html`<option key=${each.id} value=${each.id}>${each.name}</option>`)}</select>
    ${chosen.length > 0 && html`<ul class="helping" role="list">${chosen.map((/** @type {number} */ id) => html`<li key=${id}><${Button} kind="quiet" size="row" icon="x" aria-label=${t("Without %(unit)s", { unit: unitOf(id)?.name ?? "" })} onClick=${() => put(chosen.filter((/** @type {number} */ each) => each !== id))}>${unitOf(id)?.short ?? ""}<//></li>`)}</ul>`}</div>`;
}

/** Written as people write a date; what is no whole day is asked for again, never guessed. @param {{line: Line, name: string}} props */
function Due({ line, name }) {
  const { due_on: due, no_due: none } = line.draft.shown.value;
  const [wrong, setWrong] = useState("");
  /** @param {string} text */
  const said = (text) => {
    const day = isoDate(text);
    const early = day !== null && day < doc().meeting.held_on;
    setWrong(!text.trim() || (day && !early) ? "" : early ? t("This day lies before the meeting.") : t("Day, month and year, please: 15/12/2026."));
    if (!text.trim()) line.draft.put({ due_on: null });
    else if (day && !early) line.draft.put({ due_on: day, no_due: false });
  };
  return html`<div class="field"><label for=${`${name}-due`}>${t("Due date")}</label>
    <div class="input"><${Typed} class="num-in" id=${`${name}-due`} data-type="date" placeholder=${t("dd/mm/yyyy")} inputmode="text" autocomplete="off" disabled=${none} value=${dayText(due)} aria-invalid=${wrong ? "true" : null} aria-describedby=${`${name}-due-e`} onChange=${said} />
      <button type="button" class="pick" data-picks="" disabled=${none} aria-label=${t("Choose in a calendar")}><${Icon} name="calendar" size=${20} /></button><input class="picker" type="date" min=${doc().meeting.held_on} tabindex="-1" aria-hidden="true" /></div>
    <p class="field-error" id=${`${name}-due-e`} role="alert">${wrong}</p>
    <label class="check"><input type="checkbox" checked=${none} onChange=${(/** @type {any} */ event) => line.draft.put(event.currentTarget.checked ? { no_due: true, due_on: null } : { no_due: false })} />${t("There is no due date")}</label></div>`;
}
