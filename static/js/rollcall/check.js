// The delegate's card for checking in.

/** @param {{live: import("../web/live.js").Live}} _props @returns {any} */
export function CheckIn(_props) {
  return null;
}
