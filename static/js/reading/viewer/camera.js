// Where the open pages stand under the glass: how large, how far moved; within bounds, pure.

/** @typedef {{width: number, height: number}} Size */
/** @typedef {{zoom: number, x: number, y: number}} Camera `x`, `y`: pixels by which the middle of the pages is moved from the middle of the room */

export const MARGIN = 20;
export const GAP = 12;

/** The pages that lie open at the size at which they are seen whole, in CSS pixels. @param {Size} room @param {[number, number][]} pages */
export function fitted(room, pages) {
  const wide = pages.reduce((sum, [width]) => sum + width, 0);
  const high = Math.max(...pages.map(([, height]) => height));
  const across = Math.max(120, room.width - MARGIN - GAP * (pages.length - 1));
  const down = Math.max(120, room.height - MARGIN);
  const scale = Math.min(across / wide, down / high);
  return pages.map(([width, height]) => ({ width: width * scale, height: height * scale }));
}

/** The room that the open pages take. @param {Size[]} shapes @returns {Size} */
export function whole(shapes) {
  return { width: shapes.reduce((sum, shape) => sum + shape.width, 0) + GAP * (shapes.length - 1), height: Math.max(...shapes.map((shape) => shape.height)) };
}

/** How far the pages may be moved so that no more than their margin is seen beyond. @param {Size} room @param {Size} fit @param {number} zoom @returns {{x: number, y: number}} */
export function reach(room, fit, zoom) {
  const over = (/** @type {number} */ size, /** @type {number} */ space) => Math.max(0, (size * zoom + MARGIN - space) / 2);
  return { x: over(fit.width, room.width), y: over(fit.height, room.height) };
}

/** @param {number} value @param {number} least @param {number} most */
export const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

/** @param {Size} room @param {Size} fit @param {Camera} camera @returns {Camera} */
export function bounded(room, fit, { zoom, x, y }) {
  const most = reach(room, fit, zoom);
  return { zoom, x: clamp(x, -most.x, most.x), y: clamp(y, -most.y, most.y) };
}

/**
 * The camera after zooming so that what lay under one point of the glass lies under another.
 * Points are in pixels from the middle of the room. @param {Camera} before @param {number} zoom @param {{x: number, y: number}} under @param {{x: number, y: number}} [now] @returns {Camera}
 */
export function zoomed(before, zoom, under, now = under) {
  const by = zoom / before.zoom;
  return { zoom, x: now.x - (under.x - before.x) * by, y: now.y - (under.y - before.y) * by };
}

/** At the head of a page that has just been turned to: the same column, its upper edge. @param {Size} room @param {Size} fit @param {Camera} camera @returns {Camera} */
export function atHead(room, fit, camera) {
  return bounded(room, fit, { ...camera, y: Infinity });
}
