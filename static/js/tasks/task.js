// One task: the report with its draft, the slider beside the number, dialogs whose fields depend on a choice.
import { keepDraft } from "./drafts.js";
import { byUnit } from "./workers.js";

function reports() {
  const form = document.querySelector("form[data-draft]");
  if (!(form instanceof HTMLFormElement)) return;
  const number = /** @type {HTMLInputElement} */ (form.querySelector("[name=progress_percent]"));
  const slider = /** @type {HTMLInputElement} */ (form.querySelector("[data-slides]"));
  const back = /** @type {HTMLElement} */ (form.querySelector("[data-back]"));
  const compare = () => { back.hidden = !(Number(number.value) < Number(number.dataset.before)); };
  slider.addEventListener("input", () => {
    number.value = slider.value;
    compare();
  });
  const follow = () => { slider.value = number.value; compare(); };
  number.addEventListener("input", follow);
  number.addEventListener("change", follow);
  void keepDraft(form, `${form.dataset.draft}:${document.documentElement.dataset.account}`, document.querySelector("[data-kept]"));
}

/** Words or another unit: only the field of the kind that was chosen is sent. */
function kinds() {
  for (const form of document.querySelectorAll("form")) {
    const parts = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-when]")]);
    if (!parts.length) continue;
    const show = () => {
      const chosen = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=kind]:checked"))?.value;
      for (const part of parts) {
        part.hidden = part.dataset.when !== chosen;
        for (const control of part.querySelectorAll("input, select, textarea")) /** @type {HTMLInputElement} */ (control).disabled = part.hidden;
      }
    };
    form.addEventListener("change", show);
    show();
  }
}

/** An address may lead straight to a dialog: /tasks/3#release. */
function openNamed() {
  const named = location.hash.slice(1);
  const dialog = named ? document.getElementById(named) : null;
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}

reports();
kinds();
byUnit();
openNamed();
