// The seats of a meeting: tap a seat, then a person (or the other way round); two seats one after the other change places.
// Every step is an act of its own and is kept at once; undo sends the way back.
import { signal } from "@preact/signals";
import { render } from "preact";
import { sendAct } from "../web/acts.js";
import { confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { Grid } from "./grid.js";
import { PeopleList } from "./people.js";
import { at, seats as seatsOf } from "./plan.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {{id: number, name: string, position: string, group: string, absent: boolean}} Person */
/** @typedef {{plan: Plan, seats: Record<string, number>, people: Person[]}} State */
/** @typedef {{label: string, person_id: number | null, was: number}} Change */

const root = /** @type {HTMLElement} */ (document.getElementById("seating"));
const meeting = Number(root.dataset.meeting);
const state = signal(/** @type {State} */ (JSON.parse(document.getElementById("seating-start")?.textContent ?? "{}")));
const first = seatsOf(state.value.plan)[0];
const here = signal({ row: first?.row ?? 1, column: first?.column ?? 1 });
const pickedSeat = signal("");
const pickedPerson = signal(0);
const back = signal(/** @type {Record<string, number>[]} */ ([]));
const refusal = signal("");
const said = signal("");

const person = (/** @type {number | undefined} */ id) => state.value.people.find((each) => each.id === id);
const sits = (/** @type {number} */ id) => Object.entries(state.value.seats).find(([, who]) => who === id)?.[0];

/** A name that fits on a seat, as meeting/catalogues/drawing.py shortens it. @param {string} name */
function shortened(name) {
  const words = name.split(/\s+/);
  if ((name.length <= 11 && state.value.plan.columns < 7) || words.length < 2) return name;
  return `${words.slice(0, -1).map((word) => `${word.charAt(0)}.`).join("")} ${words.at(-1)}`;
}

async function look() {
  const heard = await fetch(`/api/v1/meetings/${meeting}/seats`);
  if (heard.ok) state.value = await heard.json();
}

/** @param {string} act @param {Record<string, unknown>} input @param {string} done @param {boolean} [undoing] */
async function send(act, input, done, undoing = false) {
  refusal.value = "";
  said.value = "";
  const before = state.value.seats;
  const answer = await sendAct(act, { meeting_id: meeting, ...input });
  if (!answer.ok) refusal.value = answer.message ?? "";
  await look();
  if (!answer.ok) return false;
  if (!undoing && JSON.stringify(before) !== JSON.stringify(state.value.seats)) back.value = [...back.value.slice(-49), before];
  said.value = done;
  return true;
}

/** @param {Record<string, number | null>} wanted @returns {Change[]} */
function changes(wanted) {
  return Object.entries(wanted).map(([label, id]) => ({ label, person_id: id, was: state.value.seats[label] ?? 0 }));
}

/** Put a person on a seat: who sits there moves to the seat that becomes free, or stands without one. @param {number} id @param {string} label */
async function put(id, label) {
  const from = sits(id);
  const other = state.value.seats[label];
  /** @type {Record<string, number | null>} */
  const wanted = { [label]: id };
  if (from && from !== label) wanted[from] = other ?? null;
  drop();
  await send("agenda.assign_seats", { seats: changes(wanted) }, t("%(name)s: seat %(label)s", { name: person(id)?.name ?? "", label }));
}

/** @param {string} label */
async function free(label) {
  const who = person(state.value.seats[label]);
  drop();
  await send("agenda.assign_seats", { seats: changes({ [label]: null }) }, t("Seat %(label)s is free; %(name)s has no seat now.", { label, name: who?.name ?? "" }));
}

async function undo() {
  const before = back.value.at(-1);
  if (!before) return;
  const now = state.value.seats;
  const labels = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((label) => before[label] !== now[label]);
  back.value = back.value.slice(0, -1);
  await send("agenda.assign_seats", { seats: changes(Object.fromEntries(labels.map((label) => [label, before[label] ?? null]))) }, t("Taken back."), true);
}

function drop() {
  pickedSeat.value = "";
  pickedPerson.value = 0;
}

/** @param {string} label */
function tapSeat(label) {
  refusal.value = "";
  if (pickedPerson.value) return put(pickedPerson.value, label);
  const before = pickedSeat.value;
  if (before && before !== label) {
    const moving = state.value.seats[before];
    if (moving) return put(moving, label);
    const other = state.value.seats[label];
    if (other) return put(other, before);
  }
  pickedSeat.value = before === label ? "" : label;
  return undefined;
}

/** @param {number} id */
function tapPerson(id) {
  refusal.value = "";
  if (pickedSeat.value) {
    const label = pickedSeat.value;
    const where = at(state.value.plan, here.value.row, here.value.column);
    return put(id, label).then(() => focusSeat(where?.row ?? 0, where?.column ?? 0));
  }
  pickedPerson.value = pickedPerson.value === id ? 0 : id;
  return undefined;
}

/** @param {number} row @param {number} column */
function focusSeat(row, column) {
  const found = document.querySelector(`[data-at="${row}:${column}"]`);
  if (found instanceof HTMLElement) found.focus();
}

/** @param {string} key @param {{row: number, column: number}} place */
function onKey(key, place) {
  const cell = at(state.value.plan, place.row, place.column);
  if ((key === "Delete" || key === "Backspace") && cell && state.value.seats[cell.label]) {
    void free(cell.label);
    return true;
  }
  if (key === "Escape") {
    drop();
    return true;
  }
  return false;
}

const THINGS = /** @type {Record<string, string>} */ ({ screen: "presentation", podium: "podium", door: "door" });

/** The sign of a thing, once where several cells of it stand side by side. @param {import("./plan.js").Cell | undefined} cell */
function thing(cell) {
  const icon = cell && THINGS[cell.kind];
  if (!icon || at(state.value.plan, cell.row, cell.column - 1)?.kind === cell.kind) return "";
  const words = /** @type {Record<string, string>} */ ({ screen: t("Screen"), podium: t("Podium"), door: t("Door") });
  return html`<${Icon} name=${icon} label=${words[cell.kind] ?? ""} />`;
}

/** @param {import("./plan.js").Cell | undefined} cell @param {number} _row @param {number} _column @param {Record<string, unknown>} attributes */
function draw(cell, _row, _column, attributes) {
  if (!cell?.label) return html`<div class=${`st st-${cell?.kind ?? "none"}`}>${thing(cell)}</div>`;
  const who = person(state.value.seats[cell.label]);
  const picked = pickedSeat.value === cell.label;
  const cls = ["sc", `sc-${cell.kind}`, who ? "sc-taken" : "sc-free", picked && "sc-picked"].filter(Boolean).join(" ");
  const what = who ? t("Seat %(label)s: %(name)s", { label: cell.label, name: who.name }) : t("Seat %(label)s: free", { label: cell.label });
  return html`<button type="button" class=${cls} ...${attributes} aria-pressed=${picked} title=${who?.name ?? ""} onClick=${() => { here.value = { row: cell.row, column: cell.column }; return tapSeat(cell.label); }}><span class="sr-only">${what}</span><small aria-hidden="true">${cell.label}</small>${who && html`<b aria-hidden="true">${shortened(who.name)}</b>`}</button>`;
}

function Doing() {
  const seat = pickedSeat.value;
  const who = person(seat ? state.value.seats[seat] : pickedPerson.value);
  if (!seat && !who) return html`<p class="muted sm grow">${said.value || t("Tap a seat, then a person; or a person first.")}</p>`;
  const todo = seat ? (who ? t("Tap another seat to move %(name)s there, or a person to sit here instead.", { name: who.name }) : t("Tap the person who is to sit here.")) : t("Tap the seat for %(name)s.", { name: who?.name ?? "" });
  return html`<p class="grow"><b>${seat ? t("Seat %(label)s", { label: seat }) : who?.name}</b> <span class="sm muted">${todo}</span></p>
    ${seat && html`<${Button} size="row" icon="users" onClick=${() => document.getElementById("seat-person")?.focus()}>${t("Choose a person")}<//>`}
    ${seat && who && html`<${Button} size="row" icon="x" onClick=${() => free(seat)}>${t("Free the seat")}<//>`}
    <${Button} size="row" kind="ghost" onClick=${drop}>${t("Let go")}<//>`;
}

async function clear() {
  if (await confirmed({ title: t("Take everybody off the seats?"), text: t("This can be taken back with Undo."), yes: t("Clear all"), danger: true })) await send("agenda.clear_seats", {}, t("All seats are free."));
}

/** @param {boolean} keep */
const arrange = (keep) => send("agenda.arrange_seats", { keep }, t("Arranged: the chair in front, then by rank and given name, guests apart."));

function Editor() {
  const { plan, seats, people } = state.value;
  const taken = Object.keys(seats).length;
  const waiting = people.filter((each) => !sits(each.id) && !each.absent);
  const stops = (/** @type {number} */ row, /** @type {number} */ column) => Boolean(at(plan, row, column)?.label);
  return html`<div class="draw"><section class="card-x">
      <div class="draw-bar"><${Button} kind=${taken ? "quiet" : "primary"} icon="wand" onClick=${() => arrange(taken > 0)}>${taken ? t("Seat the rest") : t("Arrange by rank")}<//>${taken > 0 && html`<${Button} icon="refresh" onClick=${() => arrange(false)}>${t("Arrange anew")}<//>`}
        <${Button} icon="arrow-back-up" disabled=${!back.value.length} onClick=${undo}>${t("Undo")}<//><${Button} kind="ghost" disabled=${!taken} onClick=${clear}>${t("Clear all")}<//>
        <span class="push sm num">${t("%(n)s of %(all)s seats taken", { n: taken, all: seatsOf(plan).length })}</span></div>
      <div class="seat-bar" role="status"><${Doing} /></div>
      ${refusal.value && html`<div class="form-error" role="alert"><${Icon} name="alert-circle" /><span>${refusal.value}</span></div>`}
      <div class="draw-stage seat-stage" style=${{ "--columns": plan.columns }}><${Grid} plan=${plan} label=${t("Seating plan")} here=${here.value} go=${(/** @type {any} */ place) => { here.value = place; }} stops=${stops} onKey=${onKey} draw=${draw} /></div></section>
    <aside class="col-y stack-16"><${PeopleList} people=${people} waiting=${waiting} seatOf=${sits} picked=${pickedPerson.value} tap=${tapPerson} /></aside></div>`;
}

root.replaceChildren();
render(html`<${Editor} />`, root);
