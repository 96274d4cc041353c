// How this person likes to read, kept on this tablet: night, large text, two pages. Nothing of any paper.

const PREFIX = "viewer.";

/** @param {string} name @returns {string} */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Forbidden or full: it holds as long as the page is open.
  }
}
