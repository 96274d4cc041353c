// Which note lies under a place of the page.
import { touches } from "./ink.js";
import { placeOf } from "./note.js";
import { holds } from "./passage.js";

/** @typedef {import("./note.js").Note} Note */

const TAP = 8;
/** Half a pin, in thousandths of the page's width. */
const PIN = 26;

/** The topmost note at a place (thousandths): what was made last lies on top. @param {Note[]} notes @param {number} page @param {number} x @param {number} y @param {number} ratio @returns {Note | undefined} */
export function noteAt(notes, page, x, y, ratio) {
  const here = notes.filter((note) => note.page === page && !note.lost && note.kind !== "bookmark");
  const order = { sticky: 0, ink: 1, highlight: 2, bookmark: 3 };
  return here.sort((one, other) => order[one.kind] - order[other.kind] || (one.changed_at < other.changed_at ? 1 : -1)).find((note) => isAt(note, x, y, TAP, ratio));
}

/** @param {Note} note @param {number} x @param {number} y @param {number} reach @param {number} ratio */
export function isAt(note, x, y, reach, ratio) {
  if (note.kind === "highlight") return holds(note.anchor.boxes, x, y, reach / 2);
  if (note.kind === "ink") return note.strokes.some((stroke) => touches(stroke, x, y, reach, ratio));
  const [left, top] = placeOf(note);
  return note.kind === "sticky" && Math.hypot(left - x, (top - y) * ratio) < PIN;
}
