// Being filled.

/** @param {{live: import("../web/live.js").Live, [name: string]: any}} _props */
export function ScriptCard(_props) {
  return null;
}
