// Notes on a page: highlights under the text, ink over it, numbered pins, the ribbon; and the hand that makes them.
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../web/i18n.js";
import { html, Icon } from "../web/ui.js";
import { handle } from "./hand.js";
import { noteAt } from "./hits.js";
import { pathOf } from "./ink.js";
import { numbered, placeOf } from "./note.js";
import { notesOf } from "./store.js";
import { useWordCursor } from "./word_cursor.js";
import { givenName } from "./words.js";

/** @typedef {import("../reading/desk.js").Desk} Desk */
/** @typedef {import("./note.js").Note} Note */
/** @typedef {import("./note.js").Box} Box */
/** @typedef {import("./store.js").Notes} Notes */
/** @typedef {{boxes: Box[], color: string}} Draft what a finger is about to highlight */

/** @param {{desk: Desk, page: number, shape: {width: number, height: number}}} props */
export function NotesLayer({ desk, page, shape }) {
  const notes = notesOf(desk);
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const wet = useRef(/** @type {SVGPathElement | null} */ (null));
  const draft = useSignal(/** @type {Draft | null} */ (null));
  const tool = desk.tool.value;
  const ratio = shape.width ? shape.height / shape.width : 1.414;
  const all = notes.list.value.filter((note) => note.page === page && !note.lost);
  useEffect(() => (root.current ? handle({ root: root.current, wet, draft, desk, notes, page, ratio }) : undefined), [desk, notes, page, ratio]);
  useEffect(() => taps(root.current, desk, notes, page, ratio), [desk, notes, page, ratio]);
  const cursor = useWordCursor({ desk, notes, page, draft });
  const idle = (tool !== "read" && tool !== "sticky") || !desk.shown.value.includes(page);
  return html`<div class=${`nlayer t-${tool}${desk.night.value ? " night" : ""}`} ref=${root} ...${tool === "highlight" ? cursor.attributes : {}}>
    <${Highlights} notes=${all} draft=${draft} selected=${notes.selected.value} />
    <svg class="nink" viewBox=${`0 0 1000 ${Math.round(1000 * ratio)}`} preserveAspectRatio="none" aria-hidden="true">
      <${Ink} notes=${all} ratio=${ratio} selected=${notes.selected.value} />
    </svg>
    <svg class="nink nwet" viewBox=${`0 0 1000 ${Math.round(1000 * ratio)}`} preserveAspectRatio="none" aria-hidden="true"><path ref=${wet} class="wet" /></svg>
    <${Pins} notes=${all} desk=${desk} store=${notes} idle=${idle} />
    ${tool === "highlight" && html`<span class="sr-only" role="status">${cursor.said}</span>`}
  </div>`;
}

/** @param {Note} note @param {string | null} selected */
const look = (note, selected) => `c-${note.color}${note.mine ? "" : " other"}${note.key === selected ? " on" : ""}`;

/** @param {{notes: Note[], draft: import("@preact/signals").Signal<Draft | null>, selected: string | null}} props */
function Highlights({ notes, draft, selected }) {
  const drafted = draft.value;
  return html`<svg class="nmarks" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
    ${notes.filter((note) => note.kind === "highlight").map((note) => html`<g key=${note.key} class=${look(note, selected)}>${(note.anchor.boxes ?? []).map(Mark)}</g>`)}
    ${drafted && html`<g class=${`c-${drafted.color} draft`}>${drafted.boxes.map(Mark)}</g>`}
  </svg>`;
}

/** @param {Box} box @param {number} at */
function Mark([left, top, right, bottom], at) {
  return html`<rect key=${at} x=${left - 1.5} y=${top - 1} width=${right - left + 3} height=${bottom - top + 2} /><line x1=${left} x2=${right} y1=${bottom + 1} y2=${bottom + 1} />`;
}

/** @param {{notes: Note[], ratio: number, selected: string | null}} props */
function Ink({ notes, ratio, selected }) {
  const inked = notes.filter((note) => note.kind === "ink");
  const paths = useMemo(() => inked.map((note) => html`<g key=${note.key} class=${look(note, selected)}>${note.strokes.map((stroke, at) => html`<path key=${at} d=${pathOf(stroke, ratio)} />`)}</g>`), [notes, ratio, selected]);
  return paths;
}

/** @param {{notes: Note[], desk: Desk, store: Notes, idle: boolean}} props */
function Pins({ notes, desk, store, idle }) {
  const numbers = numbered(notes);
  const open = (/** @type {Note} */ note) => { store.selected.value = note.key; desk.sheet.value = true; };
  return html`${notes.map((note, at) => {
    if (note.kind === "bookmark") return note.mine && html`<span key=${note.key} class="nribbon" role="img" aria-label=${t("Bookmark")}><${Icon} name="bookmark" size=${40} /></span>`;
    const number = numbers.get(note.key);
    const [x, y] = pinOf(note);
    const place = { left: `${x / 10}%`, top: `${y / 10}%`, marginLeft: `${-34 * crowd(notes, at)}px` };
    if (number) return html`<button type="button" key=${note.key} style=${place} class=${`pin ${note.mine ? "pin-me" : "pin-shared"}${note.kind === "sticky" ? "" : " pin-small"}`} aria-label=${note.mine ? t("My note %(n)s", { n: number }) : t("Note %(n)s of %(name)s", { n: number, name: note.person?.name ?? "" })} aria-pressed=${store.selected.value === note.key} tabindex=${idle ? -1 : 0} onClick=${() => open(note)}>${number}</button>`;
    return !note.mine && html`<span key=${note.key} class="ntag" style=${{ top: `${headOf(note) / 10}%` }} aria-hidden="true">${givenName(note)}</span>`;
  })}`;
}

/** How many pins stand in the same place before this one: it steps aside. @param {Note[]} notes @param {number} at */
function crowd(notes, at) {
  const [x, y] = pinOf(/** @type {Note} */ (notes[at]));
  return notes.slice(0, at).filter((each) => each.kind === "sticky" && Math.hypot(pinOf(each)[0] - x, pinOf(each)[1] - y) < 20).length;
}

/** A pin stands where it was put; that of a mark stands in the margin, not over its words. @param {Note} note @returns {[number, number]} */
const pinOf = (note) => (note.kind === "sticky" ? placeOf(note) : [note.mine ? 968 : 32, headOf(note) + 8]);

/** The height where a mark begins: its writer's name stands beside it in the margin. @param {Note} note */
const headOf = (note) => note.anchor.boxes?.[0]?.[1] ?? placeOf(note)[1];

/** In reading, a tap on a highlight or on ink opens its note. @param {HTMLElement | null} root @param {Desk} desk @param {Notes} notes @param {number} page @param {number} ratio */
function taps(root, desk, notes, page, ratio) {
  const sheet = root?.parentElement;
  if (!root || !sheet) return undefined;
  const tapped = (/** @type {MouseEvent} */ event) => {
    if (desk.tool.peek() !== "read" || desk.selection.peek() || (event.target instanceof Element && event.target.closest("button, a"))) return;
    const box = root.getBoundingClientRect();
    const found = noteAt(notes.list.peek(), page, ((event.clientX - box.left) / box.width) * 1000, ((event.clientY - box.top) / box.height) * 1000, ratio);
    if (!found) return;
    notes.selected.value = found.key;
    desk.sheet.value = true;
  };
  sheet.addEventListener("click", tapped);
  return () => sheet.removeEventListener("click", tapped);
}
