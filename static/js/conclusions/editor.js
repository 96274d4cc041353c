// The notice's editor: shows which printed paragraph a line is, and offers the task a sentence gives.
import { t } from "../web/i18n.js";

/** @typedef {{leads: number[], cooperating: number[], due_on: string | null, missing: string[]}} Cue */

/** Mark the paragraph (and the row) of one line, or of none. @param {string | undefined} id */
function mark(id) {
  for (const each of document.querySelectorAll("[data-line]")) each.classList.toggle("on", each.getAttribute("data-line") === id);
  for (const each of document.querySelectorAll("[data-paper-line]")) each.classList.toggle("editing", each.getAttribute("data-paper-line") === id);
}

/** @param {Event} event */
function follow(event) {
  const line = event.target instanceof Element ? event.target.closest("[data-line]") : null;
  if (line instanceof HTMLElement) mark(line.dataset.line);
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement | HTMLSelectElement | null} */
function control(form, name) {
  return form.querySelector(`[name="${name}"]`);
}

/** What the offer says in words. @param {HTMLFormElement} form @param {Cue} cue */
function words(form, cue) {
  const select = /** @type {HTMLSelectElement} */ (control(form, "lead_unit_id"));
  const name = (/** @type {number} */ id) => Array.from(select.options).find((option) => option.value === String(id))?.textContent ?? "";
  const lead = t("Lead: %(units)s", { units: cue.leads.map(name).join(", ") });
  const help = cue.cooperating.length ? t("cooperating: %(units)s", { units: cue.cooperating.map(name).join(", ") }) : "";
  const due = cue.due_on ? t("due %(date)s", { date: cue.due_on.split("-").reverse().join("/") }) : t("no date is said: please enter it");
  const two = cue.missing.includes("lead") ? t("two units lead: choose one") : "";
  return [lead, help, due, two].filter(Boolean).join("; ") + ".";
}

/** @param {HTMLFormElement} form @param {Cue} cue */
function take(form, cue) {
  const lead = control(form, "lead_unit_id");
  if (lead && cue.leads.length === 1) lead.value = String(cue.leads[0]);
  const due = control(form, "due_on");
  if (due && cue.due_on) due.value = cue.due_on;
  for (const box of form.querySelectorAll('[name="cooperating_unit_ids[]"]')) {
    if (box instanceof HTMLInputElement) box.checked = cue.cooperating.includes(Number(box.value));
  }
  if (cue.cooperating.length) form.querySelector("details")?.setAttribute("open", "");
  if (!cue.due_on && due instanceof HTMLElement) due.focus();
}

/** Ask the server what the sentence gives, when it gives anything. @param {HTMLFormElement} form @param {string} text */
async function offer(form, text) {
  const box = form.querySelector("[data-cue-box]");
  if (!(box instanceof HTMLElement)) return;
  box.hidden = true;
  if (!/giao/i.test(text)) return;
  const heard = await fetch(`/api/v1/notices/${form.dataset.cue}/cue?text=${encodeURIComponent(text)}`);
  if (!heard.ok) return;
  const cue = /** @type {Cue} */ (await heard.json());
  if (!cue.leads.length) return;
  const said = box.querySelector("[data-cue-said]");
  if (said) said.textContent = words(form, cue);
  const button = box.querySelector("[data-cue-take]");
  if (button instanceof HTMLButtonElement) button.onclick = () => take(form, cue);
  box.hidden = false;
}

for (const name of ["pointerover", "focusin"]) document.addEventListener(name, follow);
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLTextAreaElement && field.dataset.cueText !== undefined && field.form) void offer(field.form, field.value);
});
