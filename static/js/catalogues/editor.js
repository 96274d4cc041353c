// The editor of a room's plan: choose a thing, tap a cell; everything can be taken back; saved as a whole, never over somebody else's.
import { signal } from "@preact/signals";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { sendAct } from "../web/acts.js";
import { FLASH } from "../web/forms.js";
import { dateTime } from "../web/format.js";
import { nt, t } from "../web/i18n.js";
import { Button, Dialog, Icon, Note, html } from "../web/ui.js";
import { Grid } from "./grid.js";
import { at, numbered, placed, relabelled, seats, sized, withColumn, withRow, withoutColumn, withoutRow } from "./plan.js";
import { Shapes } from "./shapes.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {{name: string, version: number, plan: Plan, saved_at: string}} Theirs */

const MOST = 30;
const root = /** @type {HTMLElement} */ (document.getElementById("plan-editor"));
const start = JSON.parse(document.getElementById("plan-start")?.textContent ?? "{}");
const kinds = /** @type {[string, string][]} */ (start.kinds);
const words = Object.fromEntries(kinds);
const ICONS = /** @type {Record<string, string>} */ ({ screen: "presentation", door: "door", podium: "podium" });

const plan = signal(/** @type {Plan} */ (start.plan ?? { rows: 8, columns: 10, cells: [] }));
const version = signal(Number(start.version));
const tool = signal("seat");
const here = signal({ row: 1, column: 1 });
const undone = signal(/** @type {Plan[]} */ ([]));
const done = signal(/** @type {Plan[]} */ ([]));
const saved = signal(JSON.stringify(plan.value));
const refusal = signal("");
const theirs = signal(/** @type {Theirs | null} */ (null));

/** @param {Plan} next */
function change(next) {
  done.value = [...done.value.slice(-199), plan.value];
  undone.value = [];
  plan.value = next;
  here.value = { row: Math.min(here.value.row, next.rows), column: Math.min(here.value.column, next.columns) };
}

function undo() {
  const before = done.value.at(-1);
  if (!before) return;
  [undone.value, plan.value, done.value] = [[...undone.value, plan.value], before, done.value.slice(0, -1)];
}

function redo() {
  const after = undone.value.at(-1);
  if (!after) return;
  [done.value, plan.value, undone.value] = [[...done.value, plan.value], after, undone.value.slice(0, -1)];
}

const unsaved = () => JSON.stringify(plan.value) !== saved.value;

/** @param {number} from the version that is drawn on */
async function save(from) {
  refusal.value = "";
  const answer = await sendAct("catalogues.save_plan", { room_id: Number(root.dataset.room), version: from, plan: plan.value });
  if (answer.ok) {
    saved.value = JSON.stringify(plan.value);
    sessionStorage.setItem(FLASH, t("The plan was saved."));
    location.assign(root.dataset.back ?? "/rooms");
  } else if (answer.code === "plan_changed") theirs.value = /** @type {Theirs} */ (answer.facts);
  else refusal.value = [answer.message, ...Object.values(answer.fields ?? {})].filter(Boolean).join(" ");
}

/** @param {string} key @param {{row: number, column: number}} place */
function onKey(key, place) {
  if (key === "Delete" || key === "Backspace") {
    if (at(plan.value, place.row, place.column)) change(placed(plan.value, place.row, place.column, ""));
    return true;
  }
  return false;
}

/** @param {import("./plan.js").Cell | undefined} cell @param {number} row @param {number} column @param {Record<string, unknown>} attributes */
function draw(cell, row, column, attributes) {
  const what = cell ? `${words[cell.kind]} ${cell.label}`.trim() : t("empty");
  const icon = ICONS[cell?.kind ?? ""] ?? "";
  const picked = row === here.value.row && column === here.value.column;
  return html`<button type="button" class=${`pc pc-${cell?.kind ?? "none"}${picked ? " pc-picked" : ""}`} ...${attributes}
    aria-label=${t("Row %(row)s, column %(column)s: %(what)s", { row, column, what })}
    onClick=${() => { here.value = { row, column }; change(placed(plan.value, row, column, tool.value)); }}>${cell && icon ? html`<${Icon} name=${icon} size=${20} />` : cell?.label ?? ""}</button>`;
}

function Tools() {
  const all = [...kinds, ["", t("Erase")]];
  return html`<fieldset class="tools"><legend class="sr-only">${t("What to place")}</legend>${all.map(([key, label]) => html`<label key=${key}><input type="radio" name="tool" checked=${tool.value === key} onChange=${() => { tool.value = key ?? ""; }} />${key === "" && html`<${Icon} name="eraser" size=${20} />`}${label}</label>`)}</fieldset>`;
}

function Sizes() {
  const { rows, columns } = plan.value;
  return html`<section class="card-x card-pad col-y"><h3>${t("Size")}</h3>
    ${counter(t("Rows"), rows, (n) => sized(plan.value, n, columns))}${counter(t("Columns of the plan"), columns, (n) => sized(plan.value, rows, n))}</section>`;
}

/** @param {string} label @param {number} n @param {(n: number) => Plan} made */
function counter(label, n, made) {
  return html`<div class="row-x"><span class="grow">${label}</span><${Button} size="sq" aria-label=${t("%(what)s: one less", { what: label })} disabled=${n <= 1} onClick=${() => change(made(n - 1))}><${Icon} name="minus" /><//>
    <b class="num">${n}</b><${Button} size="sq" aria-label=${t("%(what)s: one more", { what: label })} disabled=${n >= MOST} onClick=${() => change(made(n + 1))}><${Icon} name="plus" /><//></div>`;
}

/** What can be done with the row, the column and the seat where the focus is. */
function Place() {
  const { row, column } = here.value;
  const { rows, columns } = plan.value;
  const cell = at(plan.value, row, column);
  const seat = cell && ["seat", "head", "guest"].includes(cell.kind) ? cell : null;
  return html`<section class="card-x card-pad col-y"><h3>${t("Row %(row)s, column %(column)s", { row, column })}</h3>
    <p class="muted sm">${cell ? words[cell.kind] : t("Nothing stands here.")}</p>
    ${seat && html`<div class="field"><label for="seat-label">${t("Label of the seat")}</label><input id="seat-label" class="input" maxlength="8" value=${seat.label} onChange=${(/** @type {any} */ event) => change(relabelled(plan.value, seat, event.currentTarget.value.trim().normalize("NFC")))} /></div>`}
    <div class="btns"><${Button} size="row" disabled=${rows >= MOST} onClick=${() => change(withRow(plan.value, row))}>${t("Insert a row")}<//><${Button} size="row" disabled=${rows <= 1} onClick=${() => change(withoutRow(plan.value, row))}>${t("Take out this row")}<//>
      <${Button} size="row" disabled=${columns >= MOST} onClick=${() => change(withColumn(plan.value, column))}>${t("Insert a column")}<//><${Button} size="row" disabled=${columns <= 1} onClick=${() => change(withoutColumn(plan.value, column))}>${t("Take out this column")}<//></div></section>`;
}

function Conflict() {
  const other = theirs.value;
  if (!other) return null;
  const close = () => { theirs.value = null; };
  const take = () => { change(other.plan); version.value = other.version; saved.value = JSON.stringify(other.plan); close(); };
  const keep = () => { close(); return save(other.version); };
  return html`<${Dialog} title=${t("Somebody else has saved this plan")} wide onClose=${close}>
    <p>${t("%(name)s saved another plan at %(when)s, after you had begun. Nothing of yours is lost yet: look at both and choose.", { name: other.name, when: dateTime(other.saved_at) })}</p>
    <div class="both"><div class="col-y"><h3>${t("Saved by %(name)s", { name: other.name })}</h3><${Sketch} plan=${other.plan} /><${Button} onClick=${take}>${t("Go on from this plan")}<//></div>
      <div class="col-y"><h3>${t("Yours")}</h3><${Sketch} plan=${plan.value} /><${Button} kind="primary" onClick=${keep}>${t("Save mine over it")}<//></div></div><//>`;
}

/** A plan as a small picture. @param {{plan: Plan}} props */
function Sketch({ plan: shown }) {
  const label = nt("%(n)s seat", "%(n)s seats", seats(shown).length);
  return html`<div class="plan-stage"><svg class="plan-pic" viewBox=${`0 0 ${shown.columns * 40} ${shown.rows * 34}`} role="img" aria-label=${label}>${shown.cells.map((cell) => html`<g key=${`${cell.row}:${cell.column}`} class=${`pl pl-${cell.kind}`}><rect x=${(cell.column - 1) * 40 + 2} y=${(cell.row - 1) * 34 + 2} width="36" height="30" rx="6" /><text x=${cell.column * 40 - 20} y=${cell.row * 34 - 12}>${cell.label}</text></g>`)}</svg></div><p class="sm muted">${label}</p>`;
}

function Editor() {
  const count = seats(plan.value).length;
  return html`<div class="draw"><section class="card-x"><div class="draw-bar"><${Tools} /></div>
      <div class="draw-bar"><${Button} icon="arrow-back-up" disabled=${!done.value.length} onClick=${undo}>${t("Undo")}<//><${Button} icon="arrow-forward-up" disabled=${!undone.value.length} onClick=${redo}>${t("Redo")}<//><${Button} icon="list-numbers" disabled=${!count} onClick=${() => change(numbered(plan.value))}>${t("Number anew")}<//><span class="push num sm" role="status">${nt("%(n)s seat", "%(n)s seats", count)}</span></div>
      <div class="draw-stage"><${Grid} plan=${plan.value} label=${t("Plan of the room")} here=${here.value} go=${(/** @type {any} */ place) => { here.value = place; }} stops=${() => true} onKey=${onKey} draw=${draw} /></div></section>
    <aside class="col-y stack-16">
      <section class="card-x card-pad col-y">${refusal.value && html`<div class="form-error" role="alert"><${Icon} name="alert-circle" /><span>${refusal.value}</span></div>`}
        ${unsaved() ? html`<${Note} tone="warn" icon="pencil">${t("Not saved yet")}<//>` : null}
        <${Button} kind="primary" icon="check" disabled=${!unsaved()} onClick=${() => save(version.value)}>${unsaved() ? t("Save the plan") : t("Nothing to save")}<//><a class="btn btn-ghost" href=${root.dataset.back}>${t("Back to the room")}</a></section>
      <${Shapes} shapes=${start.shapes} empty=${!count} take=${change} /><${Place} /><${Sizes} /></aside><${Conflict} /></div>`;
}

function Page() {
  useEffect(() => {
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
      if (event.key === "z") { event.preventDefault(); undo(); }
      if (event.key === "y") { event.preventDefault(); redo(); }
    };
    const leaving = (/** @type {BeforeUnloadEvent} */ event) => { if (unsaved()) event.preventDefault(); };
    document.addEventListener("keydown", keys);
    window.addEventListener("beforeunload", leaving);
    return () => { document.removeEventListener("keydown", keys); window.removeEventListener("beforeunload", leaving); };
  }, []);
  return html`<${Editor} />`;
}

root.replaceChildren();
render(html`<${Page} />`, root);
