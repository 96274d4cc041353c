// The draft of a written round: a group ticks its people, and the number asked is told as it changes.
import { nt, t } from "../web/i18n.js";

const form = document.querySelector("form[data-round-form]");
if (form instanceof HTMLFormElement) watch(form);

/** @param {HTMLFormElement} form */
function watch(form) {
  const ticks = /** @type {HTMLInputElement[]} */ (Array.from(form.querySelectorAll("input[name='people[]']")));
  const number = form.querySelector("[data-ticked]");
  const words = form.querySelector("[data-ticked-text]");
  const count = () => {
    const chosen = ticks.filter((tick) => tick.checked).length;
    if (number) number.textContent = String(chosen || ticks.length);
    if (words) words.textContent = chosen ? nt("member is asked", "members are asked", chosen) : t("all members are asked");
  };
  for (const button of form.querySelectorAll("[data-ticks]")) {
    button.addEventListener("click", () => {
      const people = /** @type {number[]} */ (JSON.parse((button instanceof HTMLElement && button.dataset.ticks) || "[]"));
      for (const tick of ticks) tick.checked = people.includes(Number(tick.value));
      count();
    });
  }
  form.addEventListener("change", count);
  count();
}
