// A passage that somebody points at: a calm glow over its lines, and a bar at the margin beside it, on every screen alike.
import { html } from "./ui.js";

/** @typedef {[number, number, number, number]} Box left, top, right, bottom in thousandths of the page */

const ROOM = 4; // thousandths around the letters
const LINE_GAP = 40; // words farther apart than this are not one passage

/** Words of one line become one box. @param {Box[]} boxes @returns {Box[]} */
export function lines(boxes) {
  /** @type {Box[]} */
  const joined = [];
  for (const [left, top, right, bottom] of boxes) {
    const last = joined.at(-1);
    const level = last && Math.min(bottom, last[3]) - Math.max(top, last[1]) > 0.5 * Math.min(bottom - top, last[3] - last[1]);
    if (last && level && left - last[2] < LINE_GAP && last[0] - right < LINE_GAP) joined[joined.length - 1] = [Math.min(last[0], left), Math.min(last[1], top), Math.max(last[2], right), Math.max(last[3], bottom)];
    else joined.push([left, top, right, bottom]);
  }
  return joined;
}

/** The box around all. @param {Box[]} boxes @returns {Box} */
export function around(boxes) {
  const of = (/** @type {0 | 1 | 2 | 3} */ side) => boxes.map((box) => box[side]);
  return [Math.min(...of(0)), Math.min(...of(1)), Math.max(...of(2)), Math.max(...of(3))];
}

/** @param {{boxes: Box[], label?: string}} props */
export function Glow({ boxes, label = "" }) {
  const [left, top, , bottom] = around(boxes);
  const spoken = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return html`<svg class="glow" key=${JSON.stringify(boxes)} viewBox="0 0 1000 1000" preserveAspectRatio="none" ...${spoken}>
    ${boxes.map((box) => html`<rect class="glow-on" x=${box[0] - ROOM} y=${box[1] - ROOM / 2} width=${box[2] - box[0] + 2 * ROOM} height=${box[3] - box[1] + ROOM} rx="6" ry="4" />`)}
    <rect class="glow-bar" x=${Math.max(0, left - 24)} y=${top - ROOM / 2} width="8" height=${bottom - top + ROOM} rx="4" ry="3" /></svg>`;
}
