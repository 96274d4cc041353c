// Grading by one tap: a choice is sent at once and kept only when the server says so; a bad verdict asks for its reason first.
import { sendAct } from "../web/acts.js";
import { askText } from "../web/dialogs.js";
import { element, icon } from "../web/elements.js";
import { timeOfDay } from "../web/format.js";

const all = document.querySelector("[data-grades]");

/** @param {string} sentence */
function refuse(sentence) {
  const box = document.querySelector("[data-error]");
  box?.replaceChildren(...(sentence ? [icon("alert-circle"), element("span", {}, sentence)] : []));
  if (sentence) box?.scrollIntoView({ block: "center", behavior: "instant" });
}

/** @param {string} at */
function saved(at) {
  const mark = document.querySelector("[data-saved]");
  const time = document.querySelector("[data-saved-at]");
  if (mark instanceof HTMLElement) mark.hidden = false;
  if (time) time.textContent = timeOfDay(at);
}

/** The verdict as the act takes it; null when the person turned back. @param {string} choice @returns {Promise<Record<string, string> | null>} */
async function verdict(choice) {
  if (choice !== "not_met") return { verdict: "met", shade: choice === "good" ? "good" : "", reason: "" };
  const words = all instanceof HTMLElement ? all.dataset : {};
  const reason = await askText({ title: words.askTitle ?? "", label: words.askLabel ?? "", yes: words.askYes });
  return reason === null ? null : { verdict: "not_met", shade: "", reason };
}

for (const group of document.querySelectorAll("[data-grade]")) {
  if (!(group instanceof HTMLFieldSetElement)) continue;
  const options = Array.from(group.querySelectorAll("input"));
  let kept = options.find((option) => option.checked) ?? null;
  const back = () => options.forEach((option) => { option.checked = option === kept; });
  group.addEventListener("change", async (event) => {
    const chosen = /** @type {HTMLInputElement} */ (event.target);
    const wanted = await verdict(chosen.value);
    if (wanted === null) return back();
    group.setAttribute("aria-busy", "true");
    const answer = await sendAct(group.dataset.grade ?? "", { ...JSON.parse(group.dataset.input ?? "{}"), ...wanted });
    group.removeAttribute("aria-busy");
    refuse(answer.ok ? "" : answer.message ?? "");
    if (!answer.ok) return back();
    kept = chosen;
    const reason = (group.closest(".graded") ?? group.parentElement)?.querySelector("[data-reason]");
    if (reason) reason.textContent = wanted.reason ?? "";
    saved(answer.graded_at);
  });
}
