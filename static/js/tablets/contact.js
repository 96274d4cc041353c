// At each page: is this device still this person's? Wipes what somebody else left, what a revoked device holds, what was signed out
// without a line; locks what a session that ended left behind; tells the server what is kept; goes on with what was being fetched.
import { effect } from "@preact/signals-core";
import { csrfToken, sendAct } from "../web/acts.js";
import { account, kept } from "../web/kept.js";
import { flush } from "../web/outbox.js";
import { isApple, storage } from "./device.js";
import { changed, goOn, packs, ready } from "./keeper.js";
import { anythingKept, isEmpty, setWho, who, wipeAll, wipeStrangers } from "./places.js";

/** Signed out while there was no line: the account, until the server was told. */
export const LEFT = "signed-out";
const LOOK_MS = 10 * 60 * 1000;
const REPORT_MS = 30 * 60 * 1000;

/** @typedef {{account: string, tablet_id: number | null, revoked: boolean, paired: boolean, sitting: boolean, lock_seconds: number, csrf: string}} Standing */

/** @returns {Promise<Standing | null>} nothing without a line */
async function standing() {
  try {
    const answer = await fetch("/tablets/standing", { cache: "no-store", signal: AbortSignal.timeout(6000) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Shown by the service worker for a page that came too late: what was kept may have been removed by that page's answer meanwhile. */
const standsIn = document.querySelector("#kept, #viewer:not([data-opening])") !== null;

/** The first contact of this page with the server. */
async function contact() {
  if (location.pathname === "/sign-in" && location.search.includes("why=tablet_revoked")) return cleared();
  const left = localStorage.getItem(LEFT);
  const mine = account !== "" && (await kept.all("packs")).length > 0;
  if (!left && !mine && !standsIn && !(await anythingKept())) return;
  const now = await standing();
  if (!now) return void setTimeout(contact, 15000);
  if (now.revoked) return gone("/sign-in?why=tablet_revoked");
  if (left && now.account === left) return signOutNow(now);
  localStorage.removeItem(LEFT);
  if (!now.account) return lock(now.paired);
  if (now.paired && (await who())?.owed) return void (await import("./alive.js")).lockNow();
  await wipeStrangers(now.account);
  await setWho({ account: now.account, locked: false, ...(now.paired ? { until: Date.now() + now.lock_seconds * 1000, lock_ms: now.lock_seconds * 1000 } : {}) });
  if (now.account !== account) return void (account && location.reload());
  refreshToken(now.csrf);
  void flush();
  await lookAfter(now);
}

/** @param {string} address */
async function gone(address) {
  await wipeAll();
  location.replace(address);
}

/** A session that ended: what is kept stays closed until the same person signs in again. */
async function lock(/** @type {boolean} */ paired) {
  const noted = await who();
  if (noted && !noted.locked) await setWho({ ...noted, locked: true });
  if (paired && account) location.replace(`/tablets/unlock?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** This device was taken off: nothing stays here, and the server hears so once that is true. */
async function cleared() {
  await wipeAll();
  if (await isEmpty()) await fetch("/tablets/cleared", { method: "POST", headers: { "X-CSRFToken": csrfToken() } }).catch(() => undefined);
}

/** @param {Standing} now */
async function signOutNow(now) {
  const form = new URLSearchParams({ csrf_token: now.csrf });
  await fetch("/sign-out", { method: "POST", body: form, redirect: "manual" }).catch(() => undefined);
  localStorage.removeItem(LEFT);
  await gone("/sign-in");
}

/** A page that was kept carries the token of an earlier day. @param {string} csrf */
function refreshToken(csrf) {
  document.querySelector('meta[name="csrf-token"]')?.setAttribute("content", csrf);
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) /** @type {HTMLInputElement} */ (field).value = csrf;
}

/** @param {Standing} now */
async function lookAfter(now) {
  await ready;
  if (!Object.keys(packs.value).length) return;
  const tablet = now.tablet_id ?? (await here());
  if (tablet === null) return;
  let told = -1;
  effect(() => {
    const count = changed.value;
    if (count !== told) void report(tablet, told >= 0);
    told = count;
  });
  window.addEventListener("online", () => void goOn({ within: LOOK_MS }));
  navigator.serviceWorker?.addEventListener("message", (event) => { if (event.data === "told") void goOn({ within: 5000 }); });
  setInterval(() => void goOn({ within: LOOK_MS }), LOOK_MS);
  await goOn({ within: LOOK_MS });
}

/** Make this browser known as a device of the account. @returns {Promise<number | null>} */
export async function here() {
  try {
    const answer = await fetch("/tablets/here", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ touch_points: isApple() ? 5 : navigator.maxTouchPoints }),
    });
    return answer.ok ? (await answer.json()).tablet_id : null;
  } catch {
    return null;
  }
}

/** Tell the server what this device keeps: at once when that changed, else every half hour. @param {number} tablet @param {boolean} now */
export async function report(tablet, now = true) {
  const last = (await kept.get("state", "reported")) ?? 0;
  if (!now && Date.now() - last < REPORT_MS) return;
  const held = Object.values(packs.value).map((pack) => [pack.meeting_id, { bytes: pack.bytes, version: pack.manifest.version, at: pack.at, done: pack.state === "done", files: filesOf(pack) }]);
  const answer = await sendAct("tablets.report", { tablet_id: tablet, kept: Object.fromEntries(held), storage: await storage() });
  if (answer.ok) await kept.put("state", "reported", Date.now());
  else if (answer.code === "tablet_revoked") await gone("/sign-in?why=tablet_revoked");
}

/** The papers whose pages are here. @param {import("./keeper.js").Pack} pack @returns {number[]} */
function filesOf(pack) {
  const numbers = pack.manifest.entries.map(([url]) => /\/documents\/(\d+)\//.exec(url)?.[1]).filter(Boolean);
  return [...new Set(numbers)].map(Number);
}

/** Called by the card that begins to keep a meeting: from now on this page looks after it. */
export async function begin() {
  const tablet = await here();
  if (tablet === null) return;
  let told = changed.value;
  effect(() => {
    if (changed.value !== told) void report(tablet);
    told = changed.value;
  });
}

void contact();
