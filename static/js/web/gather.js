// The input of an act out of a form. Dotted names nest, names ending in [] are lists, empty fields are left out
// (data-empty="null" or data-empty="" sends them), numbers and ticks travel as numbers and booleans, files as their file_id.
import { isoDate, isoMoment } from "./dates.js";
import { upload } from "./upload.js";
import { t } from "./i18n.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** @param {HTMLFormElement} form @returns {Control[]} */
function controls(form) {
  return /** @type {Control[]} */ (Array.from(form.elements).filter((one) =>
    (one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement) && one.name && !one.disabled));
}

/** Names with a sentence for what is not filled in, in the page's language rather than the browser's. @param {HTMLFormElement} form */
export function missing(form) {
  /** @type {Record<string, string>} */
  const gaps = {};
  for (const control of controls(form)) {
    const name = control.name.replace(/\[\]$/, "");
    const text = control.value.trim();
    if (control.dataset.type === "date" && text && !isoDate(text)) gaps[name] = t("Write the day as 24/11/2026.");
    if (control.dataset.type === "datetime" && text && !isoMoment(text)) gaps[name] = t("Write day and time as 24/11/2026 08:00.");
    if (control.validity.valid) continue;
    gaps[name] = control.validity.valueMissing ? t("Please fill this in.") : t("This value does not fit here. Please check it.");
  }
  return gaps;
}

/** @param {HTMLFormElement} form @returns {Promise<Record<string, unknown>>} */
export async function gather(form) {
  /** @type {Record<string, any>} */
  const input = {};
  for (const control of controls(form)) {
    if (control.name === "csrf_token") continue;
    const value = await valueOf(control, form);
    const many = control.name.endsWith("[]");
    const name = control.name.replace(/\[\]$/, "");
    if (many) put(input, name, (before) => [...(before ?? []), ...(value === undefined ? [] : [value].flat())]);
    else if (value !== undefined) put(input, name, () => value);
  }
  return listed(input);
}

/** @param {Record<string, any>} into @param {string} path @param {(before: any) => any} change */
function put(into, path, change) {
  const steps = path.split(".");
  const last = /** @type {string} */ (steps.pop());
  let place = into;
  for (const step of steps) place = place[step] ??= {};
  place[last] = change(place[last]);
}

/** Objects whose keys are all numbers become lists. @param {any} value @returns {any} */
function listed(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => /** @type {[string, any]} */ ([key, listed(inner)]));
  if (entries.length && entries.every(([key]) => /^\d+$/.test(key))) {
    return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, inner]) => inner);
  }
  return Object.fromEntries(entries);
}

/** @param {Control} control @param {HTMLFormElement} form @returns {Promise<unknown>} undefined: leave it out */
async function valueOf(control, form) {
  if (control instanceof HTMLInputElement) {
    if (control.type === "file") return files(control);
    if (control.type === "radio") return control.checked ? typed(control, control.value) : undefined;
    if (control.type === "checkbox") {
      if (control.name.endsWith("[]") || control.hasAttribute("value")) return control.checked ? typed(control, control.value) : undefined;
      return control.checked;
    }
    if (control.type === "submit" || control.type === "button") return undefined;
  }
  if (control instanceof HTMLSelectElement && control.multiple) {
    return Array.from(control.selectedOptions, (option) => typed(control, option.value));
  }
  const text = control.value.trim().normalize("NFC");
  if (text === "") return { null: null, "": "" }[control.dataset.empty ?? "leave out"];
  return typed(control, text);
}

/** @param {Control} control @param {string} text @returns {unknown} */
function typed(control, text) {
  const type = control.dataset.type || control.type;
  if (type === "number" || type === "int") return Number(text);
  if (type === "bool") return text === "true" || text === "1";
  if (type === "json") return JSON.parse(text);
  if (type === "date") return isoDate(text);
  if (type === "datetime") return isoMoment(text);
  if (type === "datetime-local") return `${text.length === 16 ? `${text}:00` : text}+07:00`;
  return text;
}

/** @param {HTMLInputElement} control @returns {Promise<unknown>} */
async function files(control) {
  /** @type {number[]} */
  const ids = [];
  for (const file of control.files ?? []) ids.push((await upload(file, control)).file_id);
  return control.multiple ? ids : ids[0];
}
