// A large progress sheet: the worker makes it; its state is followed here and the file comes by itself when it is ready.
import { newRequestId, sendAct } from "../web/acts.js";
import { t } from "../web/i18n.js";
import "./board.js";

const EVERY_MS = 700;

/** @param {HTMLButtonElement} button */
async function make(button) {
  if (button.getAttribute("aria-busy") === "true") return;
  const state = /** @type {HTMLElement} */ (document.querySelector("[data-sheet-state]"));
  const error = /** @type {HTMLElement} */ (document.querySelector("[data-sheet-error]"));
  const label = /** @type {HTMLElement} */ (button.querySelector("span"));
  const before = label.textContent;
  const end = (/** @type {string} */ said) => {
    button.removeAttribute("aria-busy");
    label.textContent = before;
    error.textContent = said;
  };
  button.setAttribute("aria-busy", "true");
  label.textContent = t("Being made");
  error.textContent = "";
  const answer = await sendAct("tasks.ask_sheet", JSON.parse(button.dataset.sheet ?? "{}"), newRequestId());
  if (!answer.ok) return end(answer.message ?? "");
  const said = { waiting: t("The sheet waits for its turn."), making: t("The sheet is being made.") };
  for (;;) {
    const found = await ask(answer.sheet_id);
    if (found?.state === "ready") {
      state.textContent = t("The sheet is ready.");
      end("");
      return location.assign(found.address);
    }
    if (found?.state === "failed" || found?.state === "gone") return end(t("The sheet could not be made. Please try again."));
    state.textContent = found ? said[/** @type {"waiting" | "making"} */ (found.state)] : t("The line is down. The sheet comes when it is back.");
    await new Promise((resume) => setTimeout(resume, EVERY_MS));
  }
}

/** @param {number} id @returns {Promise<{state: string, address: string} | null>} */
async function ask(id) {
  try {
    const heard = await fetch(`/api/v1/tasks/sheets/${id}`, { headers: { Accept: "application/json" } });
    return heard.ok ? await heard.json() : null;
  } catch {
    return null;
  }
}

for (const button of document.querySelectorAll("button[data-sheet]")) {
  if (button instanceof HTMLButtonElement) button.addEventListener("click", () => void make(button));
}
