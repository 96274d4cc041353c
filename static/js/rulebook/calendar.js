// The work calendar: one tab stop for the year, arrows move by day and week, Enter or a tap opens the day.

const grid = document.querySelector("[data-calendar]");
const dialog = document.getElementById("day");
if (grid instanceof HTMLElement && dialog instanceof HTMLDialogElement) listen(grid, dialog);

/** @param {HTMLElement} grid @param {HTMLDialogElement} dialog */
function listen(grid, dialog) {
  const days = /** @type {HTMLButtonElement[]} */ (Array.from(grid.querySelectorAll("button.cal-day")));
  const first = days.find((day) => day.classList.contains("cal-today")) ?? days[0];
  if (!first) return;
  let current = first;
  current.tabIndex = 0;
  /** @param {HTMLButtonElement} day */
  const hold = (day) => {
    current.tabIndex = -1;
    current = day;
    current.tabIndex = 0;
  };
  grid.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (!step || !(event.target instanceof HTMLButtonElement)) return;
    const next = days[days.indexOf(event.target) + step];
    event.preventDefault();
    if (!next) return;
    hold(next);
    next.focus();
  });
  grid.addEventListener("click", (event) => {
    const day = event.target instanceof Element ? event.target.closest("button.cal-day") : null;
    if (!(day instanceof HTMLButtonElement)) return;
    hold(day);
    open(dialog, day);
  });
  dialog.addEventListener("close", () => current.focus());
}

/** @param {HTMLDialogElement} dialog @param {HTMLButtonElement} day */
function open(dialog, day) {
  const { day: iso = "", works, own, name = "", source = "", said = "" } = day.dataset;
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const title = /** @type {HTMLElement} */ (dialog.querySelector("[data-day-title]"));
  title.textContent = said;
  value(form, "day").value = iso;
  value(form, "name").value = own === "true" ? name : "";
  value(form, "source").value = source;
  const wanted = own === "true" ? works : works === "true" ? "false" : "true";
  for (const radio of form.querySelectorAll('input[name="works"]')) {
    if (radio instanceof HTMLInputElement) radio.checked = radio.value === wanted;
  }
  const clear = /** @type {HTMLButtonElement} */ (dialog.querySelector("[data-day-clear]"));
  clear.hidden = own !== "true";
  clear.dataset.input = JSON.stringify({ day: iso });
  for (const box of dialog.querySelectorAll("[data-error], [data-error-for]")) box.replaceChildren();
  dialog.showModal();
}

/** @param {HTMLFormElement} form @param {string} name */
function value(form, name) {
  return /** @type {HTMLInputElement} */ (form.querySelector(`input[name="${name}"]`));
}
