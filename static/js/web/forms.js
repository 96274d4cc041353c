// Forms and buttons that are acts: <form data-act="agenda.create" data-next="/meetings/{meeting_id}">, <button data-act data-input>.
// They are sent as JSON to the door of acts; the server's sentence goes into the form, its word about a field beside the field.
import { newRequestId, sendAct } from "./acts.js";
import { askText, confirmed } from "./dialogs.js";
import { element, icon } from "./elements.js";
import { gather, missing } from "./gather.js";
import { t } from "./i18n.js";
import { hold, isHeld } from "./outbox.js";

/** @typedef {import("./acts.js").Answer} Answer */

/** Set by the text of an act that was done; shell.js shows it on the page that follows. */
export const FLASH = "flash";

/** One wish keeps its request_id until it is answered or its input changes: a second press is then the same wish. @type {WeakMap<Element, {said: string, id: string}>} */
const wishes = new WeakMap();

/** @param {Element} source @param {Record<string, unknown>} input @returns {string} */
function requestId(source, input) {
  const said = JSON.stringify(input);
  const before = wishes.get(source);
  if (before?.said === said) return before.id;
  const id = newRequestId();
  wishes.set(source, { said, id });
  return id;
}

/** Fill {names} of an address from the answer. @param {string} pattern @param {Answer} answer */
function address(pattern, answer) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(answer[name] ?? "")));
}

/** @param {HTMLElement} source @param {Answer} answer */
function goOn(source, answer) {
  const { next, done, stay } = source.dataset;
  if (done) sessionStorage.setItem(FLASH, done);
  source.dispatchEvent(new CustomEvent("act:done", { bubbles: true, detail: answer }));
  if (stay !== undefined) return;
  if (next) location.assign(address(next, answer));
  else location.reload();
}

/** @param {HTMLElement} button @returns {() => void} gives the button back as it was */
function busy(button) {
  const before = Array.from(button.childNodes);
  button.style.minWidth = `${button.offsetWidth}px`;
  button.setAttribute("aria-busy", "true");
  button.replaceChildren(element("span", { class: "spin" }), button.dataset.busy || t("Sending"));
  return () => {
    button.removeAttribute("aria-busy");
    button.replaceChildren(...before);
  };
}

/** The box for the refusal: the form's own, or one made after the button. @param {HTMLElement} source @returns {HTMLElement} */
function errorBox(source) {
  const inside = source.querySelector("[data-error]") ?? source.closest("[data-acts]")?.querySelector("[data-error]");
  if (inside instanceof HTMLElement) return inside;
  const box = element("div", { class: "form-error", role: "alert", "data-error": "" });
  if (source instanceof HTMLFormElement) source.prepend(box);
  else (source.closest(".btns, td, .card-h") ?? source).after(box);
  return box;
}

/** @param {HTMLElement} source @param {Answer} answer */
function show(source, answer) {
  /** @type {Record<string, string>} */
  const fields = { ...(answer.fields ?? answer.facts?.fields ?? {}) };
  let first = /** @type {HTMLElement | null} */ (null);
  for (const [name, sentence] of Object.entries(fields)) {
    const slot = source.querySelector(`[data-error-for="${CSS.escape(name)}"]`);
    if (!slot) continue;
    slot.textContent = sentence;
    const control = source.querySelector(`[name="${CSS.escape(name)}"], [name="${CSS.escape(name)}[]"]`);
    control?.setAttribute("aria-invalid", "true");
    if (!first && control instanceof HTMLElement) first = control;
    delete fields[name];
  }
  const rest = Object.values(fields);
  const sentence = first && !rest.length ? "" : [answer.message, ...rest].filter(Boolean).join(" ");
  const box = errorBox(source);
  box.replaceChildren(...(sentence ? [icon("alert-circle"), element("span", {}, sentence)] : []));
  if (answer.code === "sign_in_first") box.append(" ", signInLink());
  (first ?? (sentence ? box : null))?.scrollIntoView({ block: "center", behavior: "instant" });
  first?.focus();
}

function signInLink() {
  return element("a", { href: `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}` }, t("Sign in"));
}

/** @param {HTMLElement} source */
function clear(source) {
  for (const slot of source.querySelectorAll("[data-error], [data-error-for]")) slot.replaceChildren();
  for (const control of source.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
}

/** @param {HTMLElement} source @param {string} name @param {Record<string, unknown>} input @returns {Promise<Answer>} */
async function send(source, name, input) {
  const answer = await sendAct(name, input, requestId(source, input));
  if (answer.code !== "offline" || !isHeld(name)) return answer;
  void hold(name, input, requestId(source, input));
  return { ok: false, code: "held", message: t("The line is down. This is kept on the device and will be sent by itself.") };
}

/** What is asked before an act; null when the person turned back. @param {HTMLElement} source @returns {Promise<Record<string, string> | null>} */
async function asked(source) {
  const { confirm, confirmText, ask, askLabel, yes } = source.dataset;
  const danger = source.dataset.danger !== undefined;
  const label = (source.textContent ?? "").trim();
  if (ask) {
    const title = confirm || label;
    const answer = await askText({ title, text: confirmText, label: askLabel || t("Reason"), yes: yes || label, danger, optional: source.dataset.askOptional !== undefined });
    return answer === null ? null : { [ask]: answer };
  }
  if (confirm && !(await confirmed({ title: confirm, text: confirmText, yes: yes || label || undefined, danger }))) return null;
  return {};
}

/** @param {HTMLButtonElement} button */
async function press(button) {
  if (button.getAttribute("aria-busy") === "true") return;
  const extra = await asked(button);
  if (extra === null) return;
  const free = busy(button);
  const input = { ...JSON.parse(button.dataset.input || "{}"), ...extra };
  const answer = await send(button, button.dataset.act ?? "", input);
  if (answer.ok) return goOn(button, answer);
  free();
  show(button, answer);
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
async function submit(form, submitter) {
  const button = submitter ?? form.querySelector('button[type="submit"]');
  if (!(button instanceof HTMLElement) || button.getAttribute("aria-busy") === "true") return;
  clear(form);
  const gaps = missing(form);
  if (Object.keys(gaps).length) return show(form, { ok: false, fields: gaps });
  const extra = await asked(form.dataset.confirm || form.dataset.ask ? form : button);
  if (extra === null) return;
  const free = busy(button);
  try {
    const input = { ...JSON.parse(form.dataset.input || "{}"), ...(await gather(form)), ...JSON.parse(button.dataset.input || "{}"), ...extra };
    const answer = await send(form, button.dataset.act || form.dataset.act || "", input);
    if (answer.ok) return goOn(form, answer);
    free();
    show(form, answer);
  } catch (problem) {
    free();
    if (!(problem instanceof Error) || !("answer" in problem)) throw problem;
    show(form, /** @type {Answer} */ (problem.answer));
  }
}

/** Listen on the whole page, so that what is added later works too. */
export function listen() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.act === undefined) return;
    event.preventDefault();
    void submit(form, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-act]") : null;
    if (!(button instanceof HTMLButtonElement) || button.type === "submit" || button.disabled) return;
    event.preventDefault();
    void press(button);
  });
  document.addEventListener("input", (event) => {
    if (event.target instanceof Element) event.target.removeAttribute("aria-invalid");
  });
  for (const form of document.querySelectorAll("form[data-act]")) form.setAttribute("novalidate", "");
  document.dispatchEvent(new Event("forms:ready"));
}
