// Help from the seat: the delegate calls, the desk sees where.

/** @param {{live: import("../web/live.js").Live}} _props @returns {any} */
export function HelpButton(_props) {
  return null;
}

/** @param {{live: import("../web/live.js").Live}} _props @returns {any} */
export function HelpList(_props) {
  return null;
}
