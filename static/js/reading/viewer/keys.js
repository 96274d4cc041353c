// Reading by keyboard, and the list of its keys.
import { Dialog, html } from "../../web/ui.js";
import { t } from "../../web/i18n.js";
import { LARGEST } from "../desk.js";
import { resize } from "./large.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {{find: () => void, pages: () => void, goTo: () => void, help: () => void, escape: () => void, copy: () => void}} Doing */

/** @param {Desk} desk @param {number} by */
export function enlarge(desk, by) {
  if (desk.large.value) return resize(by > 1 ? 1 : -1);
  const next = desk.zoom.value * by;
  desk.zoom.value = next < 1.08 ? 1 : Math.min(LARGEST, next);
  return undefined;
}

/** @param {Desk} desk @param {Doing} doing @returns {() => void} */
export function listenToKeys(desk, doing) {
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowRight: () => desk.step(1), PageDown: () => desk.step(1), " ": () => desk.step(1),
    ArrowLeft: () => desk.step(-1), PageUp: () => desk.step(-1),
    Home: () => desk.turn(1), End: () => desk.turn(desk.last.value),
    "+": () => enlarge(desk, 1.25), "=": () => enlarge(desk, 1.25), "-": () => enlarge(desk, 0.8), 0: () => { desk.zoom.value = 1; },
    "/": doing.find, g: doing.goTo, t: doing.pages, n: () => { desk.night.value = !desk.night.value; }, l: () => { desk.large.value = !desk.large.value; },
    2: () => { desk.spread.value = desk.spread.value === 1 ? 2 : 1; }, "?": doing.help, Escape: doing.escape,
  };
  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const typing = event.target instanceof HTMLElement && event.target.matches("input:not([type=range]), textarea, select, [contenteditable]");
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "f") { event.preventDefault(); return doing.find(); }
    if (document.querySelector("dialog[open]")) return undefined;
    if (command && event.key.toLowerCase() === "c" && desk.selection.value && !typing) { event.preventDefault(); return doing.copy(); }
    if (typing || command || event.altKey) return undefined;
    const onButton = event.target instanceof HTMLElement && event.target.matches("button, a, summary, [role=tab], input[type=range]");
    if (onButton && (event.key === " " || event.key === "Enter" || (event.target instanceof HTMLInputElement && event.key.startsWith("Arrow")))) return undefined;
    if (desk.large.value && (event.key === " " || event.key === "ArrowUp" || event.key === "ArrowDown")) return undefined;
    const shifted = event.key === " " && event.shiftKey ? () => desk.step(-1) : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!shifted) return undefined;
    event.preventDefault();
    return shifted();
  }
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

/** @param {{shut: () => void}} props */
export function Help({ shut }) {
  const rows = [
    ["→  ←  Page Down  Page Up", t("Next page, previous page")], ["Home  End", t("First page, last page")], ["G", t("Go to a page")], ["T", t("All pages and contents")],
    ["Ctrl + F   /", t("Find in this paper")], ["+  −  0", t("Larger, smaller, whole page")], ["2", t("Two pages side by side")], ["L", t("Large text")], ["N", t("Night")],
    ["Ctrl + C", t("Copy the selected words")], ["Esc", t("Close what lies open")],
  ];
  const hands = [
    [t("Swipe"), t("Next page, previous page")], [t("Two fingers"), t("Larger, smaller")], [t("Two quick taps"), t("Larger there; again: whole page")], [t("Hold a word"), t("Select words to copy or to highlight")],
  ];
  const table = (/** @type {string} */ caption, /** @type {(string | undefined)[][]} */ lines) => html`<table class="vhelp"><caption>${caption}</caption><tbody>${lines.map(([what, does]) => html`<tr key=${what}><th scope="row">${what}</th><td>${does}</td></tr>`)}</tbody></table>`;
  return html`<${Dialog} title=${t("How to read here")} onClose=${shut}>${table(t("With the fingers"), hands)}${table(t("With the keyboard"), rows)}<//>`;
}
