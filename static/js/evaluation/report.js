// The report: copies the sentences, and shows another body or period as soon as it is chosen.
import { element, icon } from "../web/elements.js";

/** Copies text, also on plain http where the clipboard is closed to scripts. @param {string} text */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = element("textarea", { class: "sr-only" });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.addEventListener("click", async () => {
    const sentences = Array.from(document.querySelectorAll("[data-sentences] p"), (line) => line.textContent?.trim() ?? "");
    await copy(sentences.join("\n"));
    const before = Array.from(button.childNodes);
    button.replaceChildren(icon("check", 20), element("span", { role: "status" }, button instanceof HTMLElement ? button.dataset.done ?? "" : ""));
    setTimeout(() => button.replaceChildren(...before), 2500);
  });
}

for (const form of document.querySelectorAll("[data-filters]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  form.addEventListener("change", (event) => {
    const field = event.target;
    const own = form.querySelector("[data-own]");
    const period = form.elements.namedItem("period");
    const asksOwn = period instanceof HTMLSelectElement && period.value === "own";
    if (own instanceof HTMLElement) own.hidden = !asksOwn;
    for (const day of form.querySelectorAll("[data-own] input")) /** @type {HTMLInputElement} */ (day).disabled = !asksOwn;
    const apply = form.querySelector("[data-apply]");
    if (apply instanceof HTMLElement) apply.hidden = !asksOwn;
    if (field instanceof HTMLInputElement && field.type === "date") return;
    if (!(field === period && asksOwn)) form.requestSubmit();
  });
}
