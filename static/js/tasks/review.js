// The monthly review: decisions are kept where they are typed, one dialog extends any task, the page prints.
import { icon } from "../web/elements.js";
import { t } from "../web/i18n.js";

document.querySelector("[data-prints]")?.addEventListener("click", () => {
  for (const part of document.querySelectorAll("details.mrest")) part.setAttribute("open", "");
  window.print();
});

/** What stays on the page gets its buttons back as they were. */
for (const source of document.querySelectorAll("form[data-decision], button[data-act][data-stay]")) {
  const button = source instanceof HTMLFormElement ? source.querySelector("button[type=submit]") : source;
  const saved = /** @type {HTMLElement | null} */ (source.querySelector("[data-saved]"));
  const before = [...(button?.childNodes ?? [])];
  source.addEventListener("input", () => { if (saved) saved.hidden = true; });
  source.addEventListener("act:done", () => {
    button?.removeAttribute("aria-busy");
    if (saved) {
      button?.replaceChildren(...before);
      saved.hidden = false;
    } else {
      button?.replaceChildren(icon("check", 20), t("Urged"));
      button?.setAttribute("disabled", "");
    }
  });
}

document.addEventListener("click", (event) => {
  const source = event.target instanceof Element ? event.target.closest("[data-extends]") : null;
  if (!(source instanceof HTMLElement)) return;
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#extend form"));
  if (!form) return;
  form.dataset.input = JSON.stringify({ task_id: Number(source.dataset.extends) });
  form.dataset.next = `${location.pathname}${location.search}#task-${source.dataset.extends}`;
  const what = form.querySelector("[data-what]");
  if (what) what.textContent = source.dataset.what ?? "";
});
