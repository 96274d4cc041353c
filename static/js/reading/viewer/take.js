// Taking the paper along: rows of the menu behind "…".

/** @param {{desk: import("../desk.js").Desk}} _props @returns {any} */
export function TakeMenu(_props) {
  return null;
}
