// The sign ? in the frames: the part of the guide for this screen, as a sheet beside it. What was read once is there without a line.
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";
import { pageKeys } from "./keys.js";

const KEPT = "help:";
const MOST_KEPT = 40;

/** @type {HTMLElement | null} */
let sheet = null;
/** @type {HTMLElement | null} */
let opener = null;

/** The sheet's frame, made at the first use. */
function made() {
  if (sheet) return sheet;
  const shut = element("button", { type: "button", class: "btn btn-ghost btn-sq", "aria-label": t("Close the help") }, icon("x"));
  const body = element("div", { class: "help-body", tabindex: "-1" });
  sheet = element("aside", { class: "help-sheet", "aria-label": t("Help"), id: "help-sheet", hidden: true },
    element("div", { class: "help-top" }, element("h2", {}, t("Help")), shut), body);
  shut.addEventListener("click", close);
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  sheet.addEventListener("act:done", (event) => thank(event));
  document.body.append(sheet);
  return sheet;
}

function close() {
  if (!sheet || sheet.hidden) return;
  sheet.hidden = true;
  opener?.setAttribute("aria-expanded", "false");
  opener?.focus();
}

/** @param {Event} event */
function thank(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.remark === undefined) return;
  form.hidden = true;
  const said = form.parentElement?.querySelector("[data-remark-sent]");
  if (!(said instanceof HTMLElement)) return;
  said.hidden = false;
  said.focus();
}

/** The server's clean HTML as nodes; nothing in it can run. @param {string} html @returns {Node[]} */
function nodes(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return Array.from(parsed.body.childNodes, (node) => document.importNode(node, true));
}

/** @param {string} endpoint @returns {Promise<Node[]>} */
async function content(endpoint) {
  const key = `${KEPT}${document.documentElement.lang}:${endpoint}`;
  try {
    const answer = await fetch(`/guides/here?endpoint=${encodeURIComponent(endpoint)}`, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const html = await answer.text();
    keep(key, html);
    return nodes(html);
  } catch {
    const kept = localStorage.getItem(key);
    if (kept) return [element("p", { class: "note note-warn" }, icon("wifi-off"), element("span", {}, t("The line is down: this is the help as it was read before."))), ...nodes(kept)];
    return [element("div", { class: "es" }, icon("wifi-off", 40), element("b", {}, t("The help needs a line")), element("p", {}, t("What you have opened before can be read without one. Please try again later.")))];
  }
}

/** @param {string} key @param {string} html */
function keep(key, html) {
  try {
    const others = Object.keys(localStorage).filter((each) => each.startsWith(KEPT) && each !== key);
    for (const each of others.slice(0, Math.max(0, others.length - MOST_KEPT))) localStorage.removeItem(each);
    localStorage.setItem(key, html);
  } catch {
    // a full or forbidden store: the help is simply asked for again
  }
}

/** @param {HTMLElement} button */
export async function openHelp(button) {
  const place = made();
  if (!place.hidden) return close();
  opener = button;
  const body = /** @type {HTMLElement} */ (place.querySelector(".help-body"));
  body.replaceChildren(element("p", { class: "muted", role: "status" }, t("Loading")));
  place.hidden = false;
  button.setAttribute("aria-expanded", "true");
  const found = await content(button.dataset.endpoint ?? "");
  body.replaceChildren(...found, ...(pageKeys.on ? [keysLink()] : []));
  fill(body);
  const heading = body.querySelector("h2");
  (heading instanceof HTMLElement ? heading : body).focus();
}

/** What goes with a remark: where the person is, and in what browser. @param {HTMLElement} body */
function fill(body) {
  const page = body.querySelector('[name="page"]');
  const browser = body.querySelector('[name="browser"]');
  if (page instanceof HTMLInputElement) page.value = location.pathname.slice(0, 500);
  if (browser instanceof HTMLInputElement) browser.value = `${navigator.userAgent} ${innerWidth}x${innerHeight}`.slice(0, 400);
}

function keysLink() {
  const link = element("button", { type: "button", class: "btn btn-ghost" }, icon("keyboard"), t("Keys of this screen"));
  link.addEventListener("click", () => pageKeys.show());
  return element("p", {}, link);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !sheet || sheet.hidden || document.querySelector("dialog[open]")) return;
  const inside = document.activeElement === document.body || sheet.contains(document.activeElement);
  if (inside) close(); // whoever works on the page itself keeps the help beside it
});
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-help]") : null;
  if (button instanceof HTMLElement) void openHelp(button);
});
