// Ink as shapes: points of a pen become the outline of a stroke, bounded in number; and what a finger hits.
import { getStroke } from "perfect-freehand";
import { LIMITS } from "./note.js";

/** @typedef {import("./note.js").Point} Point */
/** @typedef {import("./note.js").Stroke} Stroke */

/** Nearer points than this (thousandths of the page's width, a quarter of a millimetre on A4) say nothing new. */
const STEP = 1.1;
const UNMEASURED = 500;

/** @param {number} value */
const tenth = (value) => Math.round(value * 10) / 10;
/** @param {number} value */
const inside = (value) => Math.min(1000, Math.max(0, value));

/**
 * Add a place of the pen to a stroke. False when it was too near to matter or the stroke is full.
 * @param {Point[]} points @param {number} x @param {number} y thousandths @param {number} pressure 0 to 1, 0.5 for fingers and mice
 * @param {number} ratio height of the page by its width
 */
export function extend(points, x, y, pressure, ratio) {
  if (points.length >= LIMITS.points) return false;
  const next = /** @type {Point} */ ([tenth(inside(x)), tenth(inside(y)), Math.round(Math.min(1, Math.max(0, pressure)) * 1000)]);
  const last = points.at(-1);
  if (last && Math.hypot(next[0] - last[0], (next[1] - last[1]) * ratio) < STEP) return false;
  points.push(next);
  return true;
}

/** The outline of a stroke as an SVG path, in a page 1000 wide and 1000 × ratio high. @param {Stroke} stroke @param {number} ratio @param {boolean} [ended] */
export function outline(stroke, ratio, ended = true) {
  const simulated = stroke.points.every((point) => point[2] === UNMEASURED);
  const points = stroke.points.map(([x, y, pressure]) => [x, y * ratio, pressure / 1000]);
  const shape = getStroke(points, { size: stroke.width * 1.6, thinning: simulated ? 0.35 : 0.6, smoothing: 0.5, streamline: 0.35, simulatePressure: simulated, last: ended });
  return closed(/** @type {[number, number][]} */ (shape));
}

/** A smooth closed path through the middles of its points. @param {[number, number][]} shape @returns {string} */
function closed(shape) {
  const first = shape[0];
  if (!first) return "";
  const middles = shape.map(([x, y], at) => {
    const [nextX, nextY] = shape[(at + 1) % shape.length] ?? first;
    return `${x.toFixed(1)} ${y.toFixed(1)} ${((x + nextX) / 2).toFixed(1)} ${((y + nextY) / 2).toFixed(1)}`;
  });
  return `M${first[0].toFixed(1)} ${first[1].toFixed(1)}Q${middles.join(" ")}Z`;
}

/** @type {WeakMap<Stroke, {ratio: number, path: string}>} */
const drawn = new WeakMap();

/** The same, remembered: a stroke that lies on the page is drawn once. @param {Stroke} stroke @param {number} ratio */
export function pathOf(stroke, ratio) {
  const known = drawn.get(stroke);
  if (known && known.ratio === ratio) return known.path;
  const path = outline(stroke, ratio);
  drawn.set(stroke, { ratio, path });
  return path;
}

/** Does a stroke pass within `reach` of a place? All in thousandths. @param {Stroke} stroke @param {number} x @param {number} y @param {number} reach @param {number} ratio */
export function touches(stroke, x, y, reach, ratio) {
  const near = reach + stroke.width / 2;
  return stroke.points.some((point, at) => {
    const before = stroke.points[at - 1] ?? point;
    return awayFrom(before[0], before[1] * ratio, point[0], point[1] * ratio, x, y * ratio) <= near;
  });
}

/** From a place to the line between two points. @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x @param {number} y */
function awayFrom(ax, ay, bx, by, x, y) {
  const long = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = long ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long)) : 0;
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
}

/** May another stroke join this ink, or is the note full? @param {Stroke[]} strokes */
export function hasRoom(strokes) {
  return strokes.length < LIMITS.strokes && strokes.reduce((sum, stroke) => sum + stroke.points.length, 0) < LIMITS.pointsOfNote - LIMITS.points;
}
