// Keyboard shortcuts: one registry, a list of those that hold here on "?". Never while typing, never with Ctrl, Alt or Meta, and
// none where the person switched them off (WCAG 2.1.4): the frame then says data-keys="off".
import { element } from "../web/elements.js";
import { t } from "../web/i18n.js";

/** @typedef {{keys: string[], says: string, go?: string, run?: () => void, holds?: () => boolean}} Shortcut */

const SOON_MS = 4000; // hands of fifty and sixty are given time

/** @param {string} selector @returns {HTMLElement | null} */
const seen = (selector) => Array.from(document.querySelectorAll(selector)).filter((each) => each instanceof HTMLElement).find((each) => each.offsetParent !== null) ?? null;

function search() {
  const box = seen("[data-quick-search], main input[type=search]");
  if (box) box.focus();
  else location.assign("/search");
}

/** Every shortcut of the frames. @type {Shortcut[]} */
export const SHORTCUTS = [
  { keys: ["?"], says: t("The keys of this screen"), run: () => pageKeys.show() },
  { keys: ["g", "h"], says: t("Home"), go: "/" },
  { keys: ["g", "m"], says: t("Meetings"), go: "/meetings" },
  { keys: ["g", "p"], says: t("Papers"), go: "/papers" },
  { keys: ["g", "c"], says: t("Work calendar"), go: "/calendar" },
  { keys: ["g", "t"], says: t("Tasks"), go: "/tasks" },
  { keys: ["g", "n"], says: t("Notifications"), go: "/notifications" },
  { keys: ["g", "u"], says: t("Guides"), go: "/guides" },
  { keys: ["/"], says: t("Find"), run: search },
  { keys: ["F1"], says: t("Help for this screen"), run: () => seen("[data-help]")?.click(), holds: () => seen("[data-help]") !== null },
];

/** What other pieces of the product listen to themselves: told here, done there. @type {{says: string, rows: [string, string][], holds: () => boolean}[]} */
const ELSEWHERE = [
  { says: t("On this page"), holds: () => seen("[data-quick-search]") !== null, rows: [["Ctrl K", t("To the box for finding")]] },
  { says: t("While voting"), holds: () => document.querySelector("#live-main") !== null, rows: [["Tab", t("The next line of the ballot")], ["← →", t("Another choice")], ["Esc", t("Back to the room")]] },
  { says: t("On the board of tasks"), holds: () => location.pathname === "/tasks", rows: [["← → ↑ ↓", t("From card to card")]] },
  { says: t("While a notice is written"), holds: () => /^\/(notices|resolutions)\/\d+$/.test(location.pathname), rows: [["Enter", t("A new line")], ["Shift Enter", t("A break within the line")]] },
  { says: t("While reading a paper"), holds: () => true, rows: [["← →", t("Next page, previous page")], ["G", t("Go to a page")], ["T", t("All pages and contents")], ["/", t("Find in this paper")], ["+ − 0", t("Larger, smaller, whole page")], ["2", t("Two pages side by side")], ["L", t("Large text")], ["N", t("Night")], ["Ctrl Z", t("Undo the last note")], ["Esc", t("Close what lies open")]] },
];

/** @param {string} caption @param {[string[], string][]} rows */
function table(caption, rows) {
  const lines = rows.map(([keys, says]) => element("tr", {}, element("th", { scope: "row" }, ...keys.flatMap((key, at) => (at ? [" ", element("kbd", {}, key)] : [element("kbd", {}, key)]))), element("td", {}, says)));
  return element("table", { class: "keys" }, element("caption", {}, caption), element("tbody", {}, ...lines));
}

function show() {
  if (document.querySelector("dialog[open]")) return;
  const shut = element("button", { type: "submit", class: "btn btn-quiet" }, t("Close"));
  const own = SHORTCUTS.filter((each) => each.holds?.() ?? true);
  const more = ELSEWHERE.filter((each) => each.holds());
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "keys-h" },
    element("form", { method: "dialog" }, element("h2", { id: "keys-h", tabindex: "-1", autofocus: true }, t("Keys of this screen")),
      table(t("Everywhere"), own.map((each) => /** @type {[string[], string]} */ ([each.keys, each.says]))),
      ...more.map((group) => table(group.says, group.rows.map(([keys, says]) => /** @type {[string[], string]} */ ([keys.split(" "), says])))),
      element("p", { class: "muted sm" }, t("They can be switched off in “My account”.")), element("div", { class: "btns" }, shut)));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export const pageKeys = { show, on: document.querySelector("[data-help][data-keys=off]") === null };

/** Whether somebody is writing, or a piece of the page takes letters itself. @param {EventTarget | null} target */
function taken(target) {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable], [role=application] *, [role=grid] *, [role=listbox] *");
}

/** @type {string[]} */
let begun = [];
let begunAt = 0;

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || taken(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "Shift") return;
  if (event.timeStamp - begunAt > SOON_MS) begun = [];
  const typed = [...begun, key];
  const fits = SHORTCUTS.filter((each) => typed.every((one, at) => each.keys[at] === one) && (each.holds?.() ?? true));
  const whole = fits.find((each) => each.keys.length === typed.length);
  begun = whole || !fits.length ? [] : typed;
  begunAt = event.timeStamp;
  if (!fits.length) return;
  event.preventDefault();
  if (whole?.run) whole.run();
  else if (whole?.go) location.assign(whole.go);
}

if (pageKeys.on) document.addEventListener("keydown", pressed);
