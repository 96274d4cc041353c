// Notes on a page.

/** @param {{desk: import("../reading/desk.js").Desk, page: number, shape: import("../reading/desk.js").Shape}} _props @returns {any} */
export function NotesLayer(_props) {
  return null;
}
