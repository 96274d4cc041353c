// Being filled.

/** @param {{live: import("../web/live.js").Live, [name: string]: any}} _props */
export function ItemMenu(_props) {
  return null;
}
