// The page of searching: another question is fetched without leaving the page, its address stays a real one, and the way back
// leads to the same place in the list. Without scripts the same links and forms work by themselves.
import { sendAct } from "../web/acts.js";
import { isoDate } from "../web/dates.js";
import { element, icon } from "../web/elements.js";
import { t } from "../web/i18n.js";
import { makeBeside, nodesOf } from "./beside.js";
import { pushing } from "./pushing.js";
import { suggesting } from "./suggesting.js";

/** @param {string} selector @returns {HTMLElement} */
const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
const results = one("[data-results]");
const form = /** @type {HTMLFormElement} */ (one("[data-search]"));
const box = /** @type {HTMLInputElement} */ (one("[data-search-box]"));
const list = one("[data-list]");
const beside = makeBeside(one("[data-beside]"));
const LOOKED_MS = 4000;
const BUILDING_MS = 5000;
const KEPT_MS = 200;

const found = () => one("[data-found]");
const scroller = () => (beside.isWide() ? list : document.scrollingElement ?? list);

// ---- what was looked at is remembered, once ----
const remembered = new Set();
let looking = 0;

function looked() {
  clearTimeout(looking);
  const question = JSON.parse(found().dataset.question || "{}");
  const said = JSON.stringify(question);
  if (!question.q || !found().dataset.first || remembered.has(said)) return;
  remembered.add(said);
  void sendAct("search.remember", { typed: question.q, question });
}

// ---- going to another question ----
let asked = 0;

/** An address without what is empty. @param {string} address */
function tidy(address) {
  const url = new URL(address, location.href);
  for (const [name, value] of [...url.searchParams]) if (!value) url.searchParams.delete(name);
  return url;
}

function keepPlace() {
  history.replaceState({ ...history.state, top: scroller().scrollTop }, "");
}

/** What follows when results stand there. @param {{open?: boolean}} [how] */
function settled({ open = true } = {}) {
  const { first, title, count, question } = found().dataset;
  if (title) document.title = title;
  one("[data-said]").textContent = count ?? "";
  const typed = JSON.parse(question || "{}").q ?? "";
  const name = new URL(location.href).searchParams.get("open") || first;
  pushing(results.querySelector("[data-pushes]"));
  clearTimeout(looking);
  if (found().dataset.building !== undefined) setTimeout(() => void go(location.href, { push: false, top: null }), BUILDING_MS);
  if (!first || !name) return beside.hide();
  looking = setTimeout(looked, LOOKED_MS);
  if (open) look(name, typed);
}

/** @param {string} name @param {string} typed */
function look(name, typed) {
  for (const card of results.querySelectorAll("[data-hit]")) {
    const on = card instanceof HTMLElement && card.dataset.hit === name;
    card.classList.toggle("on", on);
    const link = card.querySelector("[data-look]");
    if (on) link?.setAttribute("aria-current", "true");
    else link?.removeAttribute("aria-current");
  }
  beside.wish({ name, typed });
  void beside.show({ name, typed });
}

/**
 * @param {string | URL} address
 * @param {{push?: boolean, top?: number | null, more?: boolean}} [how] top: where the list is to stand; null: where it stands now
 */
async function go(address, { push = true, top = 0, more = false } = {}) {
  const url = tidy(String(address));
  const mine = (asked += 1);
  const sheet = document.getElementById("filters");
  const wasOpen = sheet?.matches(":popover-open") ?? false;
  const menu = /** @type {HTMLElement | null} */ (results.querySelector("details.fmenu[open]"))?.dataset.menu;
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`/search/part${url.search}`, { signal: AbortSignal.timeout(15000) });
    if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
    const nodes = nodesOf(await answer.text());
    if (mine !== asked) return;
    if (push) {
      keepPlace();
      history.pushState({}, "", `${url.pathname}${url.search}`);
    }
    results.replaceChildren(nodes);
    one("[data-down]").hidden = true;
    results.removeAttribute("data-stale");
    if (!push || document.activeElement !== box) box.value = url.searchParams.get("q") ?? "";
    clearShown();
    settled({ open: !more });
    if (top !== null) scroller().scrollTop = top;
    if (wasOpen) reopen(menu);
    else if (more) /** @type {HTMLElement | null} */ (results.querySelector(`${url.hash || "#none"} h3 a`))?.focus({ preventScroll: true });
  } catch {
    if (mine === asked) down(url);
  } finally {
    if (mine === asked) results.removeAttribute("aria-busy");
  }
}

/** The sheet of filters stays open for the next choice. @param {string | undefined} menu */
function reopen(menu) {
  const sheet = document.getElementById("filters");
  sheet?.showPopover();
  sheet?.querySelector(`[data-menu="${menu ?? ""}"]`)?.setAttribute("open", "");
}

/** No line: the words typed stay in the box, and what stands below is said to answer the words before. @param {URL} url */
function down(url) {
  const told = one("[data-down]");
  const before = JSON.parse(found().dataset.question || "{}").q ?? "";
  const older = Boolean(found().dataset.first) && before !== (url.searchParams.get("q") ?? "");
  one("[data-older]").textContent = older ? t("Below is still what was found for “%(words)s”.", { words: before }) : "";
  one("[data-older]").hidden = !older;
  results.toggleAttribute("data-stale", older);
  told.hidden = false;
  one("[data-again]").onclick = () => void go(url);
}

addEventListener("online", () => {
  if (!one("[data-down]").hidden) one("[data-again]").click();
});

/** The address a form asks for; days are sent as the server reads them. @param {HTMLFormElement} source */
function addressOf(source) {
  const url = new URL(source.action);
  for (const [name, value] of new FormData(source)) {
    const text = String(value).trim().normalize("NFC");
    const day = name === "from" || name === "to" ? isoDate(text) : null;
    if (text) url.searchParams.set(name, day ?? text);
  }
  return url;
}

// ---- the box ----
const clear = one("[data-clear]");
function clearShown() {
  clear.hidden = !box.value;
}

const suggestions = suggesting(box, one("#suggestions"), ({ text, url, kind }) => {
  if (url && kind !== "recent") return location.assign(url);
  box.value = text;
  void go(url ?? `/search?q=${encodeURIComponent(text)}`);
});

box.addEventListener("input", clearShown);
clear.addEventListener("click", () => {
  box.value = "";
  clearShown();
  box.focus();
});

document.addEventListener("submit", (event) => {
  const source = event.target;
  if (!(source instanceof HTMLFormElement) || (source !== form && source.dataset.goes === undefined)) return;
  event.preventDefault();
  suggestions.close();
  const url = addressOf(source);
  void go(url);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  box.focus();
  box.select();
}, { capture: true });

// ---- links, menus, copying ----
/** @param {MouseEvent} event */
const plainly = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  for (const menu of results.querySelectorAll("details.fmenu[open]")) {
    const sheet = document.getElementById("filters")?.matches(":popover-open");
    if (!sheet && target && !menu.contains(target)) menu.removeAttribute("open");
  }
  const link = target?.closest("a");
  if (link?.dataset.opensHit !== undefined) {
    looked();
    keepPlace();
  } else if (link?.dataset.look && plainly(event)) {
    event.preventDefault();
    history.replaceState({ ...history.state }, "", tidy(link.href));
    look(link.dataset.look, JSON.parse(found().dataset.question || "{}").q ?? "");
    looked();
  } else if (link?.dataset.goes !== undefined && plainly(event)) {
    event.preventDefault();
    document.getElementById("how")?.hidePopover();
    const more = link.dataset.more !== undefined;
    void go(link.href, { top: more || link.closest("[data-found]") ? null : 0, more });
  }
  const copies = target?.closest("[data-copies]");
  if (copies instanceof HTMLElement) void copy(copies);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = results.querySelector("details.fmenu[open]");
  if (!menu?.contains(document.activeElement)) return;
  menu.removeAttribute("open");
  menu.querySelector("summary")?.focus();
});

/** @param {HTMLElement} button */
async function copy(button) {
  const text = button.dataset.copies ?? "";
  looked();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return byHand(text);
  }
  const label = button.querySelector("span");
  if (!label) return;
  const before = label.textContent;
  label.textContent = t("Copied");
  one("[data-said]").textContent = t("Copied");
  setTimeout(() => { label.textContent = before; }, 2000);
}

/** Where the clipboard is refused (plain http, a strict browser) the text stands there selected. @param {string} text */
function byHand(text) {
  const field = element("textarea", { class: "input", rows: "5", readonly: true, "aria-label": t("Citation") }, text);
  const close = element("button", { type: "button", class: "btn btn-quiet" }, t("Close"));
  const heading = element("h2", { id: "copy-title" }, icon("quote"), t("Copy the citation from here"));
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "copy-title" }, element("div", { class: "inside" }, heading, field, element("div", { class: "btns" }, close)));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  field.select();
}

// ---- the way back ----
addEventListener("popstate", (event) => void go(location.href, { push: false, top: event.state?.top ?? 0 }));
addEventListener("pagehide", keepPlace);
let keeping = 0;
document.addEventListener("scroll", () => {
  clearTimeout(keeping);
  keeping = setTimeout(keepPlace, KEPT_MS);
}, { capture: true, passive: true });
history.scrollRestoration = "manual";
const { top } = history.state ?? {};
settled();
clearShown();
if (top) scroller().scrollTop = top;
