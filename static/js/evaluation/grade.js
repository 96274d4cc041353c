// Grading by one tap: a choice is sent at once and kept only when the server says so. A reason is asked where one is due: for a
// bad verdict, for judging otherwise than the form, and for every change after the closing.
import { sendAct } from "../web/acts.js";
import { askText, confirmed } from "../web/dialogs.js";
import { element, icon } from "../web/elements.js";
import { FLASH } from "../web/forms.js";
import { timeOfDay } from "../web/format.js";

/** @typedef {import("../web/acts.js").Answer} Answer */

const all = document.querySelector("[data-grades]");
const words = all instanceof HTMLElement ? all.dataset : {};
const isLate = words.late !== undefined;

/** @param {string} sentence */
function refuse(sentence) {
  const box = document.querySelector("[data-error]");
  box?.replaceChildren(...(sentence ? [icon("alert-circle"), element("span", {}, sentence)] : []));
  if (sentence) box?.scrollIntoView({ block: "center", behavior: "instant" });
}

/** @param {string} [at] */
function saved(at) {
  const mark = document.querySelector("[data-saved]");
  const time = document.querySelector("[data-saved-at]");
  if (mark instanceof HTMLElement) mark.hidden = false;
  if (time && at) time.textContent = timeOfDay(at);
}

/** What has to be asked before a choice is sent; empty: nothing. @param {string} choice @param {boolean} whole @returns {{title: string, text?: string, value?: string} | null} */
function question(choice, whole) {
  const verdict = choice === "not_met" ? "not_met" : "met";
  if (isLate) return { title: words.lateTitle ?? "" };
  if (whole && words.computed && words.computed !== verdict) return { title: words.overrideTitle ?? "", text: words.why };
  if (verdict === "not_met") return { title: words.askTitle ?? "", value: whole ? words.why : "" };
  return null;
}

/** The verdict as the act takes it; null when the person turned back. @param {string} choice @param {boolean} whole @returns {Promise<Record<string, string> | null>} */
async function verdict(choice, whole) {
  const asked = question(choice, whole);
  const said = asked ? await askText({ ...asked, label: words.askLabel ?? "", yes: words.askYes }) : "";
  if (said === null) return null;
  const bad = choice === "not_met";
  const shade = choice === "good" || choice === "fair" ? choice : "";
  /** @type {Record<string, string>} */
  const wanted = { verdict: bad ? "not_met" : "met", shade, reason: bad ? said : "" };
  if (whole && !bad && said) wanted.override_reason = said;
  return isLate ? { ...wanted, why: said } : wanted;
}

/** @param {HTMLFieldSetElement} group @param {string} choice */
function check(group, choice) {
  for (const option of group.querySelectorAll("input")) option.checked = option.value === choice;
}

/** @param {HTMLFieldSetElement} group @param {Record<string, string>} wanted @param {string} choice @returns {Promise<boolean>} */
async function send(group, wanted, choice) {
  group.setAttribute("aria-busy", "true");
  const input = { ...JSON.parse(group.dataset.input ?? "{}"), ...wanted };
  const answer = await sendAct(group.dataset.grade ?? "", input);
  group.removeAttribute("aria-busy");
  refuse(answer.ok ? "" : answer.message ?? "");
  if (!answer.ok) return false;
  group.dataset.kept = choice;
  check(group, choice);
  const reason = (group.closest(".graded, .graded-meeting") ?? group.parentElement)?.querySelector("[data-reason]");
  if (reason) reason.textContent = wanted.override_reason || wanted.reason || "";
  saved(answer.graded_at);
  if (isLate) location.reload();
  return true;
}

for (const group of document.querySelectorAll("fieldset[data-grade]")) {
  if (!(group instanceof HTMLFieldSetElement)) continue;
  group.dataset.kept = Array.from(group.querySelectorAll("input")).find((option) => option.checked)?.value ?? "";
  group.addEventListener("change", async (event) => {
    const choice = /** @type {HTMLInputElement} */ (event.target).value;
    const wanted = await verdict(choice, group.dataset.whole !== undefined);
    const done = wanted !== null && (await send(group, wanted, choice));
    if (!done) check(group, group.dataset.kept ?? "");
  });
}

/** The rows under a heading: those up to the next heading. @param {Element} heading @returns {HTMLFieldSetElement[]} */
function rowsOf(heading) {
  const found = heading.nextElementSibling?.querySelectorAll("fieldset[data-grade]") ?? [];
  return Array.from(found).filter((each) => each instanceof HTMLFieldSetElement);
}

for (const group of document.querySelectorAll("fieldset[data-grade-all]")) {
  if (!(group instanceof HTMLFieldSetElement)) continue;
  group.addEventListener("change", async (event) => {
    const choice = /** @type {HTMLInputElement} */ (event.target).value;
    const wanted = await verdict(choice, false);
    check(group, "");
    if (wanted === null) return;
    for (const row of rowsOf(/** @type {Element} */ (group.closest("[data-all-of]")))) if (!(await send(row, wanted, choice))) return;
  });
}

/** @param {string} text @returns {string | null} points as the server reads them */
function points(text) {
  const plain = text.trim().replace(",", ".");
  return plain === "" ? null : plain;
}

for (const form of document.querySelectorAll("form[data-score]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    const why = isLate ? await askText({ title: words.lateTitle ?? "", label: words.askLabel ?? "" }) : "";
    if (why === null) return;
    const input = { meeting_id: Number(form.dataset.meeting), criterion: form.dataset.criterion, points: points(String(fields.get("points") ?? "")), note: String(fields.get("note") ?? "") };
    const answer = await sendAct("evaluation.score", why ? { ...input, why } : input);
    refuse(answer.ok ? "" : answer.message ?? "");
    if (answer.ok) location.reload();
  });
}

/** @param {Record<string, unknown>} input @param {HTMLElement} place */
async function finish(input, place) {
  const answer = await sendAct("evaluation.close", input);
  if (answer.ok) {
    sessionStorage.setItem(FLASH, words.finished ?? "");
    return location.assign(place.dataset.next ?? "/");
  }
  if (answer.code !== "override_needs_reason") return refuse(answer.message ?? "");
  const said = await askText({ title: words.overrideTitle ?? "", text: answer.message, label: words.askLabel ?? "" });
  if (said !== null) await finish({ ...input, override_reason: said }, place);
}

const place = document.querySelector("[data-finish]");
place?.querySelector("[data-finishes]")?.addEventListener("click", async () => {
  if (!(place instanceof HTMLElement)) return;
  if (await confirmed({ title: words.finishTitle ?? "", text: words.finishText })) await finish({ meeting_id: Number(place.dataset.meeting) }, place);
});

document.querySelector("[data-reopens]")?.addEventListener("click", (event) => {
  for (const control of document.querySelectorAll("fieldset[data-grade], fieldset[data-grade-all], [data-score] :disabled")) control.removeAttribute("disabled");
  /** @type {HTMLElement} */ (event.currentTarget).hidden = true;
  document.querySelector("fieldset[data-whole] input")?.scrollIntoView({ block: "center", behavior: "instant" });
});

// A link to one figure's ground opens it.
document.querySelector(".formsays")?.addEventListener("click", () => document.querySelector("#evidence details")?.setAttribute("open", ""));
