// What is typed into a long form stays on this device until it is sent: a reload or a lost line costs nothing.
import { kept } from "../web/kept.js";
import { t } from "../web/i18n.js";

const PAUSE_MS = 300;
/** Kept values are those of texts, numbers, choices and dates; files have to be chosen again. @typedef {Record<string, string | boolean>} Values */

/** @param {HTMLFormElement} form @returns {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]} */
function controls(form) {
  return /** @type {any[]} */ ([...form.elements].filter((one) =>
    (one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement || (one instanceof HTMLInputElement && !["file", "hidden", "submit", "button"].includes(one.type))) && one.name));
}

/** @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control */
const named = (control) => (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type) ? `${control.name}=${control.value}` : control.name);

/** @param {HTMLFormElement} form @returns {Values} */
function values(form) {
  /** @type {Values} */
  const found = {};
  for (const control of controls(form)) {
    found[named(control)] = control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type) ? control.checked : control.value;
  }
  return found;
}

/** @param {HTMLFormElement} form @param {Values} before */
function put(form, before) {
  for (const control of controls(form)) {
    const value = before[named(control)];
    if (value === undefined) continue;
    if (typeof value === "boolean" && control instanceof HTMLInputElement) control.checked = value;
    else if (typeof value === "string") control.value = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Keep what is typed into this form under a name. @param {HTMLFormElement} form @param {string} name @param {HTMLElement | null} told where it is said */
export async function keepDraft(form, name, told) {
  const empty = JSON.stringify(values(form));
  let timer = 0;
  let sent = false;
  const save = () => {
    if (sent) return;
    const now = values(form);
    void (JSON.stringify(now) === empty ? kept.remove("state", name) : kept.put("state", name, now));
    if (told) told.textContent = JSON.stringify(now) === empty ? "" : t("What you write is kept on this device.");
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = window.setTimeout(save, PAUSE_MS); });
  form.addEventListener("change", () => { clearTimeout(timer); timer = window.setTimeout(save, PAUSE_MS); });
  window.addEventListener("pagehide", save);
  form.addEventListener("act:done", () => { sent = true; clearTimeout(timer); void kept.remove("state", name); });
  const before = await kept.get("state", name);
  if (before && JSON.stringify(values(form)) === empty) {
    put(form, before);
    if (told) told.textContent = t("Brought back what you had written here.");
  }
  form.dataset.drafted = "";
}
