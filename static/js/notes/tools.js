// The tools of the left rail, and what can be done with words that are selected.

/** @param {{desk: import("../reading/desk.js").Desk}} _props @returns {any} */
export function NotesTools(_props) {
  return null;
}

/** @param {{desk: import("../reading/desk.js").Desk}} _props @returns {any} */
export function SelectionTools(_props) {
  return null;
}
