// A matrix of channels: each tap is saved at once; what the server refuses is put back and said.
import { sendAct } from "../web/acts.js";
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";

/** @param {HTMLInputElement} box @param {Element} row @param {HTMLElement} matrix */
async function save(box, row, matrix) {
  const channels = Array.from(row.querySelectorAll("input")).filter((each) => each.checked).map((each) => each.value);
  const input = { ...JSON.parse(row.getAttribute("data-input") || "{}"), channels };
  box.setAttribute("aria-busy", "true");
  const answer = await sendAct(matrix.dataset.cellsAct ?? "", input);
  box.removeAttribute("aria-busy");
  const wrong = matrix.querySelector("[data-error]");
  const said = matrix.querySelector("[data-said]");
  wrong?.replaceChildren();
  if (answer.ok) {
    if (said) said.textContent = t("Saved: %(what)s", { what: box.getAttribute("aria-label") });
    return;
  }
  box.checked = !box.checked;
  wrong?.replaceChildren(icon("alert-circle"), element("span", {}, answer.message ?? ""));
  if (wrong instanceof HTMLElement) wrong.scrollIntoView({ block: "center" });
}

document.addEventListener("change", (event) => {
  const box = event.target;
  const row = box instanceof HTMLInputElement ? box.closest("[data-row]") : null;
  const matrix = row?.closest("[data-cells]");
  if (box instanceof HTMLInputElement && row && matrix instanceof HTMLElement) void save(box, row, matrix);
});
