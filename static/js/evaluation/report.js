// The report: copies the sentences, and shows another body or period as soon as it is chosen.
import { sendAct } from "../web/acts.js";
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

const POLL_MS = 800;

/** Has a large file made by the worker, shows how far it is, and fetches it. @param {HTMLElement} menu @param {string} form */
async function make(menu, form) {
  const making = menu.querySelector("[data-making]");
  const failed = menu.querySelector("[data-making-error]");
  const bar = making?.querySelector("progress");
  if (!(making instanceof HTMLElement) || !(failed instanceof HTMLElement) || !bar) return;
  making.hidden = false;
  failed.hidden = true;
  bar.value = 0;
  const asked = await sendAct("evaluation.make_file", { ...JSON.parse(menu.dataset.large ?? "{}"), form });
  const done = asked.ok && await arrived(asked.key, bar);
  making.hidden = true;
  failed.hidden = Boolean(done);
  if (done) window.location.assign(`/reports/files/${asked.key}`);
}

/** Waits until a file is there; gives up when it makes no progress any more. @param {string} key @param {HTMLProgressElement} bar */
async function arrived(key, bar) {
  for (let still = 0; still < 150; still += 1) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const answer = await fetch(`/api/v1/reports/files/${key}`);
    if (!answer.ok) return false;
    const { percent } = await answer.json();
    if (percent > bar.value) still = 0;
    bar.value = percent;
    if (percent >= 100) return true;
  }
  return false;
}

for (const menu of document.querySelectorAll("[data-large]")) {
  menu.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-form]") : null;
    if (!(link instanceof HTMLElement) || !(menu instanceof HTMLElement)) return;
    event.preventDefault();
    void make(menu, link.dataset.form ?? "xlsx");
  });
}
