// What every page does: forms and buttons, menus, text size, light and dark, the clock, the line, what is held on this device.
import { effect } from "@preact/signals-core";
import { sendAct } from "./acts.js";
import { connection, heldCount } from "./connection.js";
import { pickers } from "./dates.js";
import { element, icon } from "./elements.js";
import { FLASH, listen } from "./forms.js";
import { timeOfDay } from "./format.js";
import { nt, t } from "./i18n.js";
import { drop, flush, outbox } from "./outbox.js";
import { showChosen } from "./upload.js";
import { engaged } from "./worker.js";

const page = document.documentElement;
const SIZES = ["100", "115", "130"];
const YEAR = 31536000;
const LEFT_MS = 4000;

/** Kept on this device. @param {string} name @param {string} value */
function remember(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}

function textSize() {
  const paint = () => {
    const size = page.dataset.text || "100";
    for (const place of document.querySelectorAll("[data-text-size-value]")) place.textContent = `${size}%`;
    for (const button of document.querySelectorAll("[data-text-size][aria-label]")) button.setAttribute("aria-label", t("Text size, now %(size)s percent", { size }));
  };
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-text-size]")) return;
    const size = /** @type {string} */ (SIZES[(SIZES.indexOf(page.dataset.text || "100") + 1) % SIZES.length]);
    page.dataset.text = size;
    paint();
    remember("text_size", size);
    if (page.dataset.account) void sendAct("organization.set_text_size", { text_size: Number(size) });
  });
  paint();
}

function theme() {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-theme-switch]")) return;
    const next = page.dataset.bsTheme === "dark" ? "light" : "dark";
    page.dataset.bsTheme = next;
    remember("theme", next);
  });
}

/** data-toggles="side" opens and closes #side; data-opens="x" and data-closes work on a <dialog id="x">. */
function openers() {
  document.addEventListener("click", (event) => {
    const source = event.target instanceof Element ? event.target.closest("[data-toggles], [data-opens], [data-closes]") : null;
    if (!(source instanceof HTMLElement)) return closeSide(event);
    const { toggles, opens } = source.dataset;
    if (toggles) source.setAttribute("aria-expanded", String(document.getElementById(toggles)?.classList.toggle("open") ?? false));
    const dialog = opens ? document.getElementById(opens) : source.closest("dialog");
    if (!(dialog instanceof HTMLDialogElement)) return;
    if (opens) dialog.showModal();
    else if (source.dataset.closes !== undefined) dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeSide(event);
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    const search = document.querySelector("[data-quick-search]");
    if (!(search instanceof HTMLElement)) return;
    event.preventDefault();
    search.focus();
  });
}

function printing() {
  document.addEventListener("click", (event) => { if (event.target instanceof Element && event.target.closest("[data-print-page]")) print(); });
}

/** The groups of the sidebar fold; what somebody folded stays so on this device. The place one is at is in sight. */
function folds() {
  const groups = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll(".side [data-fold]")]);
  for (const group of groups) {
    group.querySelector("summary")?.addEventListener("click", () => {
      const kept = new Map((document.cookie.match(/(?:^|; )folds=([^;]*)/)?.[1] ?? "").split(".").filter(Boolean).map((each) => [each.slice(0, -1), each.slice(-1)]));
      kept.set(group.dataset.fold ?? "", group.open ? "0" : "1"); // heard before the group has changed
      remember("folds", [...kept].map(([name, open]) => name + open).join("."));
    });
  }
  const list = document.querySelector(".side-in");
  const here = list?.querySelector(".on");
  if (list && here) list.scrollTop += Math.max(0, here.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom + 10); // never the page
}

/** A tick beside a password shows what is typed. */
function passwords() {
  document.addEventListener("change", (event) => {
    const tick = event.target;
    if (!(tick instanceof HTMLInputElement) || !tick.dataset.shows) return;
    const field = document.getElementById(tick.dataset.shows);
    if (field instanceof HTMLInputElement) field.type = tick.checked ? "text" : "password";
  });
}

/** @param {Event} event */
function closeSide(event) {
  const side = document.querySelector(".side.open");
  if (!side || (event instanceof MouseEvent && event.target instanceof Node && side.contains(event.target))) return;
  side.classList.remove("open");
  for (const button of document.querySelectorAll('[data-toggles="side"]')) button.setAttribute("aria-expanded", "false");
}

/** What the last page did is said once at the head of this one. */
function flash() {
  const said = sessionStorage.getItem(FLASH);
  const place = document.querySelector("[data-flash]");
  if (!said || !(place instanceof HTMLElement)) return;
  sessionStorage.removeItem(FLASH);
  place.replaceChildren(icon("circle-check"), said);
  place.hidden = false;
}

function clock() {
  const places = document.querySelectorAll("[data-clock]");
  if (!places.length) return;
  const paint = () => { for (const place of places) place.textContent = timeOfDay(Date.now()); };
  paint();
  setInterval(paint, 5000);
}

/**
 * In the office the line is judged by asking the server whenever the browser believes that there is no network (it may be
 * wrong on a machine that serves itself), when acts are held, and on pages that open without a line. A live connection knows better.
 */
function line() {
  if (!document.querySelector(".shell, .vroot")) return;
  const kept = document.querySelector("#kept, .vroot") !== null; // such a page opens without a line, too
  let asking = false;
  const judge = async () => {
    if (asking || page.dataset.line === "socket") return;
    asking = true;
    const reached = navigator.onLine && !heldCount.value && !kept ? true : await answers();
    asking = false;
    connection.value = reached ? (heldCount.value ? "resending" : "ok") : "offline";
    if (reached) void flush();
    else setTimeout(judge, 2000);
  };
  window.addEventListener("online", judge);
  window.addEventListener("offline", judge);
  effect(() => { void heldCount.value; queueMicrotask(judge); });
}

/** @returns {Promise<boolean>} */
async function answers() {
  try {
    return (await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}

/** Acts that wait on this device, and those the server refused later, are shown at the head of an office page. */
function heldActs() {
  const main = document.querySelector(".shell main");
  if (!main || document.getElementById("kept")) return; // there each is shown by name
  const box = element("div", { class: "outbox", role: "status", hidden: true });
  main.prepend(box);
  effect(() => {
    const refused = outbox.value.filter((held) => held.state === "refused");
    const waiting = outbox.value.length - refused.length;
    box.hidden = outbox.value.length === 0;
    const again = element("button", { type: "button", class: "btn btn-ghost" }, t("Send again now"));
    again.addEventListener("click", () => void flush());
    const text = nt("%(n)s act is kept on this device and waits for the line.", "%(n)s acts are kept on this device and wait for the line.", waiting);
    box.replaceChildren(...(waiting ? [icon("clock"), element("span", { class: "grow" }, text), again] : []), ...refused.flatMap(refusal));
  });
}

/** @param {import("./outbox.js").Held} held @returns {Node[]} */
function refusal(held) {
  const known = element("button", { type: "button", class: "btn btn-ghost" }, t("I have read this"));
  known.addEventListener("click", () => drop(held.request_id));
  return [icon("alert-circle"), element("span", { class: "grow" }, t("Not recorded: %(why)s", { why: held.message || "" })), known];
}

/** The shell works without a line; papers only of meetings that a person keeps on this device. */
function offlineShell() {
  import("../tablets/start.js").catch(() => undefined);
  void engaged().then((line) => {
    for (const place of document.querySelectorAll(`[data-unsafe="${line}"]`)) place.removeAttribute("hidden");
  });
}

/** What was written on a paper as it was being left waits on this device. */
function notesLeft() {
  const soon = () => import("../notes/left.js").then(({ sendLeft }) => sendLeft()).catch(() => undefined);
  if (page.dataset.account) setTimeout(soon, LEFT_MS);
}

textSize();
theme();
openers();
folds();
printing();
passwords();
flash();
clock();
listen();
pickers();
showChosen();
line();
heldActs();
offlineShell();
notesLeft();
page.dataset.ready = "";
