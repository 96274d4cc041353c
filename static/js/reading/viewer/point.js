// What the presenter points at.

/** @param {{desk: import("../desk.js").Desk, page: number, shape: import("../desk.js").Shape}} _props @returns {any} */
export function PointLayer(_props) {
  return null;
}
