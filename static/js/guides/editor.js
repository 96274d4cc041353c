// The editor of a guide: marks by buttons, pictures and videos, the preview after each pause, and a text that is never lost.
import { csrfToken } from "../web/acts.js";
import { element } from "../web/elements.js";
import { t } from "../web/i18n.js";

const PAUSE_MS = 400;
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-guide-editor]"));
const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
const shown = /** @type {HTMLElement} */ (form.querySelector("[data-guide-preview]"));
const bar = /** @type {HTMLProgressElement} */ (form.querySelector("[data-guide-progress]"));
const box = /** @type {HTMLElement} */ (form.querySelector("[data-error]"));
const draft = `guide-draft:${form.dataset.guideEditor}`;
const original = field.value;
let timer = 0;

async function preview() {
  const answer = await fetch("/guides/preview", { method: "POST", headers: { "X-CSRFToken": csrfToken() }, body: new URLSearchParams({ text: field.value }) }).catch(() => null);
  if (!answer?.ok) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  shown.replaceChildren(...Array.from(parsed.body.childNodes, (node) => document.importNode(node, true)));
}

function changed() {
  clearTimeout(timer);
  timer = setTimeout(() => void preview(), PAUSE_MS);
  try {
    if (field.value === original) sessionStorage.removeItem(draft);
    else sessionStorage.setItem(draft, JSON.stringify([form.dataset.revision, field.value]));
  } catch {
    // no room on this device: the text still stands on the screen
  }
}

/** @param {string} before @param {string} [after] */
function put(before, after = "") {
  const { selectionStart: start, selectionEnd: end, value } = field;
  field.setRangeText(`${before}${value.slice(start, end)}${after}`, start, end, "end");
  field.focus();
  changed();
}

/** A mark at the beginning of the line the cursor is in. @param {string} mark */
function begin(mark) {
  const at = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  field.setRangeText(mark, at, at, "end");
  field.focus();
  changed();
}

/** @param {File} file */
function send(file) {
  const body = new FormData();
  body.append("file", file, file.name.normalize("NFC"));
  const request = new XMLHttpRequest();
  request.open("POST", "/api/v1/guides/files");
  request.setRequestHeader("X-CSRFToken", csrfToken());
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => { bar.hidden = false; bar.value = event.lengthComputable ? Math.round((event.loaded / event.total) * 100) : 0; });
  request.addEventListener("loadend", () => {
    bar.hidden = true;
    const answer = understood(request);
    box.replaceChildren(...(answer.mark ? [] : [element("span", {}, String(answer.message || t("The file could not be sent. Please try again.")))]));
    if (answer.mark) put(`\n${answer.mark}\n`);
  });
  request.send(body);
}

/** @param {XMLHttpRequest} request @returns {Record<string, unknown>} */
function understood(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

field.addEventListener("input", changed);
form.addEventListener("act:done", () => sessionStorage.removeItem(draft));
for (const input of form.querySelectorAll("[data-guide-file]")) {
  input.addEventListener("change", () => {
    if (!(input instanceof HTMLInputElement) || !input.files?.[0]) return;
    send(input.files[0]);
    input.value = "";
  });
}
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-mark], [data-around], [data-insert]") : null;
  if (!(button instanceof HTMLElement)) return;
  const { mark, around, insert } = button.dataset;
  if (mark) begin(mark);
  else if (around) put(around, around);
  else if (insert) put(`\n${insert}\n`);
});
/** @returns {[string, string]} the revision it was begun with, and the text */
function draftKept() {
  try {
    return JSON.parse(sessionStorage.getItem(draft) ?? "");
  } catch {
    return ["", ""];
  }
}

/** Somebody else saved in between: both texts are at hand, nothing is laid over anything. @param {string} text */
function offer(text) {
  const back = element("button", { type: "button", class: "btn btn-quiet" }, t("Put my text back"));
  const note = element("div", { class: "note note-warn", role: "status" }, element("div", {}, t("Your own text was not saved, because somebody saved another one. It is still here.")), back);
  back.addEventListener("click", () => { field.value = text; note.remove(); changed(); });
  form.before(note);
}

const [begunWith, kept] = draftKept();
if (kept && kept !== original) {
  if (begunWith !== form.dataset.revision) offer(kept);
  else {
    field.value = kept;
    changed();
  }
}
