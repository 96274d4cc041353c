// The paper's editor: keeps the words while somebody writes, with the version they were read in, and shows the printed page anew.
import { mayAskAgain, sendAct } from "../web/acts.js";
import { t } from "../web/i18n.js";

const PAUSE = 1200;
const AGAIN = 5000;
const form = document.querySelector("form[data-editor]");
const preview = document.querySelector("[data-preview]");
/** @type {Record<string, string>} */
const kept = {};
let version = 0;
let timer = 0;
let sending = false;
let stopped = false;

/** @returns {HTMLTextAreaElement[]} */
function areas() {
  return form instanceof HTMLFormElement ? Array.from(form.querySelectorAll("textarea")) : [];
}

/** What differs from what the server has. @returns {Record<string, string>} */
function changed() {
  return Object.fromEntries(areas().filter((area) => area.value !== kept[area.name]).map((area) => [area.name, area.value]));
}

/** @param {"ok" | "wait" | "no"} state @param {string} words */
function say(state, words) {
  const box = document.querySelector("[data-saved]");
  if (!(box instanceof HTMLElement)) return;
  box.classList.toggle("saved-wait", state === "wait");
  box.classList.toggle("saved-no", state === "no");
  const text = box.querySelector("[data-saved-text]");
  if (text) text.textContent = words;
}

/** @param {string} sentence */
function complain(sentence) {
  const box = form?.querySelector("[data-error]");
  if (box) box.textContent = sentence;
}

/** The button that proposes anew names the version it was read in. */
function tellVersion() {
  const button = document.querySelector("[data-refresh]");
  if (button instanceof HTMLElement && form instanceof HTMLElement) {
    button.dataset.input = JSON.stringify({ invitation_id: Number(form.dataset.editor), version });
  }
}

async function show() {
  if (!(form instanceof HTMLElement) || !preview) return;
  const heard = await fetch(`/invitations/${form.dataset.editor}/sheet`).catch(() => null);
  if (!heard?.ok) return;
  const sheet = new DOMParser().parseFromString(await heard.text(), "text/html");
  preview.replaceChildren(...sheet.body.childNodes);
}

/** @param {number} after */
function later(after) {
  clearTimeout(timer);
  timer = setTimeout(() => void save(), after);
}

async function save() {
  const words = changed();
  if (sending || stopped || !(form instanceof HTMLElement) || !Object.keys(words).length) return;
  sending = true;
  const answer = await sendAct("invitations.edit", { invitation_id: Number(form.dataset.editor), version, ...words });
  sending = false;
  if (answer.ok) {
    Object.assign(kept, words);
    version = Number(answer.version);
    tellVersion();
    complain("");
    say("ok", t("Saved"));
    void show();
    if (Object.keys(changed()).length) later(PAUSE);
  } else if (mayAskAgain(answer)) {
    say("no", t("Not saved: the line is down. It is tried again."));
    later(AGAIN);
  } else {
    stopped = answer.code !== "malformed";
    say("no", t("Not saved"));
    complain(answer.message ?? "");
  }
}

if (form instanceof HTMLFormElement) {
  version = Number(form.dataset.version);
  for (const area of areas()) kept[area.name] = area.value;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    if (stopped) return;
    say("wait", t("Not saved yet"));
    later(PAUSE);
  });
  form.addEventListener("focusout", () => void save());
  addEventListener("beforeunload", (event) => {
    if (Object.keys(changed()).length) event.preventDefault();
  });
  // A step on the paper waits for the last words.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-act="invitations.sign"]') : null;
      if (button && Object.keys(changed()).length) void save();
    },
    true,
  );
}
