// Being filled.

/** @param {{live: import("../web/live.js").Live, [name: string]: any}} _props */
export function TimeLeft(_props) {
  return null;
}
