// Questions asked before an act: a real <dialog>, closed by Escape, focus back where it was.
import { element } from "./elements.js";
import { t } from "./i18n.js";

/** @typedef {{title: string, text?: string, yes?: string, no?: string, danger?: boolean}} Question */
/** @typedef {{label: string, value?: string, optional?: boolean, lines?: number}} Asked */

/** @param {Question} question @param {Node[]} body @returns {{dialog: HTMLDialogElement, answered: Promise<boolean>}} */
function open(question, body) {
  const yes = element("button", { type: "submit", value: "yes", class: `btn ${question.danger ? "btn-oppose-line" : "btn-primary"}` }, question.yes || t("Yes, go on"));
  const no = element("button", { type: "button", class: "btn btn-quiet" }, question.no || t("Cancel"));
  const heading = element("h2", { id: "question" }, question.title);
  const text = question.text ? [element("p", { class: "muted" }, question.text)] : [];
  const form = element("form", { method: "dialog" }, heading, ...text, ...body, element("div", { class: "btns" }, no, yes));
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "question" }, form);
  no.addEventListener("click", () => dialog.close(""));
  document.body.append(dialog);
  const answered = new Promise((/** @type {(said: boolean) => void} */ settle) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      settle(dialog.returnValue === "yes");
    });
  });
  dialog.showModal();
  return { dialog, answered };
}

/** @param {Question} question @returns {Promise<boolean>} */
export function confirmed(question) {
  return open(question, []).answered;
}

/**
 * Ask for one text (a reason, a note). Null when the person turned back.
 * @param {Question & Asked} question
 * @returns {Promise<string | null>}
 */
export async function askText(question) {
  const field = element("textarea", { class: "input", id: "asked", rows: String(question.lines ?? 3), required: !question.optional });
  field.value = question.value ?? "";
  const label = element("label", { for: "asked" }, question.label);
  const { answered } = open(question, [element("div", { class: "field" }, label, field)]);
  field.focus();
  return (await answered) ? field.value.trim().normalize("NFC") : null;
}

/**
 * Say for six seconds what was done, with a way back. Only for acts that can be undone; never the sole sign that something was saved.
 * @param {string} text
 * @param {() => void} [undo]
 */
export function toast(text, undo) {
  document.querySelector(".toast-x")?.remove();
  const box = element("div", { class: "toast-x", role: "status" }, text);
  if (undo) {
    const back = element("button", { type: "button", class: "btn btn-ghost" }, t("Undo"));
    back.addEventListener("click", () => { box.remove(); undo(); });
    box.append(back);
  }
  document.body.append(box);
  setTimeout(() => box.remove(), 6000);
}
