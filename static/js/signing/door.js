// Forms at the doors of signatures: <form data-door="/api/v1/notices/3/sign">. Files and secrets go straight to the door and are
// kept nowhere: not in the outbox, not in a request that is sent again by itself.
import { csrfToken, lineDown, read } from "../web/acts.js";
import { element, icon } from "../web/elements.js";
import { FLASH } from "../web/forms.js";
import { t } from "../web/i18n.js";

/** @typedef {import("../web/acts.js").Answer} Answer */

const LONGEST = 120000; // a token may take its time

/** @param {HTMLFormElement} form @returns {Promise<Answer>} */
async function send(form) {
  try {
    const response = await fetch(form.dataset.door ?? "", {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: new FormData(form),
      credentials: "same-origin",
      signal: AbortSignal.timeout(LONGEST),
    });
    return await read(response);
  } catch {
    return lineDown();
  }
}

/** @param {HTMLFormElement} form @param {string} sentence */
function refuse(form, sentence) {
  const box = form.querySelector("[data-error]");
  box?.replaceChildren(...(sentence ? [icon("alert-circle"), element("span", {}, sentence)] : []));
  if (sentence) box?.scrollIntoView({ block: "center", behavior: "instant" });
}

/** Warnings are read before the page goes on. @param {HTMLFormElement} form @param {string[]} warnings */
function warn(form, warnings) {
  const more = element("button", { type: "button", class: "btn btn-primary" }, t("Go on"));
  more.addEventListener("click", () => location.reload());
  const notes = warnings.map((each) => element("div", { class: "note note-warn", role: "alert" }, icon("alert-triangle"), element("div", {}, each)));
  form.replaceChildren(...notes, element("div", { class: "btns" }, more));
  more.focus();
}

/** @param {HTMLFormElement} form */
async function submit(form) {
  const button = form.querySelector('button[type="submit"]');
  if (!(button instanceof HTMLButtonElement) || button.getAttribute("aria-busy") === "true") return;
  refuse(form, "");
  const before = Array.from(button.childNodes);
  button.setAttribute("aria-busy", "true");
  button.replaceChildren(element("span", { class: "spin" }), t("Sending"));
  const answer = await send(form);
  button.removeAttribute("aria-busy");
  button.replaceChildren(...before);
  const secret = form.querySelector('input[type="password"]');
  if (secret instanceof HTMLInputElement) secret.value = "";
  if (!answer.ok) {
    refuse(form, answer.message ?? "");
    if (secret instanceof HTMLInputElement) secret.focus();
    return;
  }
  if (form.dataset.done) sessionStorage.setItem(FLASH, form.dataset.done);
  const warnings = /** @type {string[]} */ (answer.warnings ?? []);
  if (warnings.length) warn(form, warnings);
  else location.reload();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.door) return;
  event.preventDefault();
  void submit(form);
});

const soon = document.querySelector("[data-comes-soon]");
if (soon) setTimeout(() => location.reload(), 4000);
