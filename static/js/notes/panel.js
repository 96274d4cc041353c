// The notes of the page that lies open.

/** @param {{desk: import("../reading/desk.js").Desk}} _props @returns {any} */
export function NotesPanel(_props) {
  return null;
}
