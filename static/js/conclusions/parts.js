// The secretary's own text on an item, written while the meeting runs.

/** @typedef {import("../web/live.js").Live} Live */

/** @param {{live: Live, itemId?: number | null}} _props */
export function PartEditor(_props) {
  return null;
}
