// Compares a file with the issued one on the device itself. Without a secure line browsers count no hashes: then the form is
// sent as it is, and the server counts.
import { element, icon } from "../web/elements.js";

const form = document.querySelector("form[data-compare]");

/** @param {HTMLFormElement} held @param {boolean} same */
function say(held, same) {
  const sentence = (same ? held.dataset.same : held.dataset.other) ?? "";
  const note = element("div", { class: `note ${same ? "note-agree" : "note-oppose"}` }, icon(same ? "circle-check" : "alert-triangle"), element("div", {}, sentence));
  held.querySelector("[data-verdict]")?.replaceChildren(note);
}

/** @param {File} file @returns {Promise<string>} */
async function counted(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

if (form instanceof HTMLFormElement && window.isSecureContext && crypto.subtle) {
  form.addEventListener("submit", (event) => {
    const input = form.querySelector('input[type="file"]');
    const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
    if (!file) return;
    event.preventDefault();
    void counted(file).then((digest) => say(form, digest === form.dataset.compare));
  });
}
