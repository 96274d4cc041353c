// The form that enters a task: which of the five clears stand, people of the chosen unit, one task after the other.
import { t } from "../web/i18n.js";
import { keepDraft } from "./drafts.js";
import { byUnit } from "./workers.js";

const found = document.querySelector("form[data-entry]");

/** @param {HTMLFormElement} form */
function prepare(form) {
  const value = (/** @type {string} */ name) => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name))?.value.trim() ?? null;
  const list = document.querySelector("[data-clears]");
  const before = new Set([...(list?.querySelectorAll("[data-filled]") ?? [])].map((each) => /** @type {HTMLElement} */ (each).dataset.key));

  /** What is not in the form stands in the document and is as it was. @param {string} key @param {(string | null)[]} parts */
  const filled = (key, parts) => parts.every((part) => part !== "" && (part !== null || before.has(key)));

  function judge() {
    const undated = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("no_due"))?.checked;
    const due = value("due_on");
    /** @type {Record<string, boolean>} */
    const clear = {
      person: filled("person", [value("lead_unit_id"), value("officer_id")]),
      work: filled("work", [value("text")]),
      process: filled("process", [value("process"), undated ? "x" : due]),
      responsibility: filled("responsibility", [value("leader_id")]),
      result: filled("result", [value("product")]),
    };
    for (const each of list?.querySelectorAll("[data-key]") ?? []) {
      const row = /** @type {HTMLElement} */ (each);
      const done = clear[row.dataset.key ?? ""];
      row.toggleAttribute("data-filled", done);
      const said = row.querySelector("[data-said]");
      if (said) said.textContent = done ? t("filled in") : t("still to be filled in");
    }
  }

  function source() {
    const chosen = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=origin]:checked"))?.value;
    const part = /** @type {HTMLElement | null} */ (form.querySelector("[data-source]"));
    if (!part) return;
    part.hidden = chosen === "own";
    for (const control of part.querySelectorAll("input")) control.disabled = part.hidden;
  }

  /** A date and "no due date" exclude each other. */
  function dates() {
    const due = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("due_on"));
    const undated = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("no_due"));
    if (!due || !undated) return;
    due.disabled = undated.checked;
  }

  const more = /** @type {HTMLInputElement | null} */ (form.querySelector("[data-more]"));
  const next = form.dataset.next;
  const follow = () => { if (more) form.dataset.next = more.checked ? more.dataset.more : next; };
  form.addEventListener("input", judge);
  form.addEventListener("change", () => { source(); dates(); follow(); judge(); });
  byUnit(true);
  source();
  dates();
  follow();
  judge();
  if (form.dataset.draft && !new URLSearchParams(location.search).has("like")) {
    void keepDraft(form, `${form.dataset.draft}:${document.documentElement.dataset.account}`, null);
  }
}

if (found instanceof HTMLFormElement) prepare(found);
