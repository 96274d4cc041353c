// Where kept meetings lie on this device: one cache for each meeting and account, and a note of whose device it is, by which the
// service worker decides whether it may show them. The names are known to static/service-worker.js too.
import { BEGINNING, kept, wipeOthers } from "../web/kept.js";
import { DATABASE, forgetPin } from "./without_line.js";

/**
 * until: a paired tablet shows nothing kept after that moment, lock_ms after the last touch; owed: it was locked without a line, the server does not know yet.
 * @typedef {{account: string, locked: boolean, until?: number, lock_ms?: number, owed?: boolean}} Who
 */

/** In the local storage: when somebody touched this tablet last. */
export const TOUCHED = "touched";
const NOTED = "keeping";
const WHO = "/kept/who";

/** @param {string} account @param {number | string} meetingId */
export const cacheOf = (account, meetingId) => `${BEGINNING}${account}-${meetingId}`;

/** Service workers and their caches exist on https (and on the machine itself) only. */
export const canKeep = () => window.isSecureContext && "serviceWorker" in navigator && "caches" in window;

/** @returns {Promise<Who | null>} */
export async function who() {
  if (!canKeep()) return null;
  const noted = await caches.match(WHO, { cacheName: NOTED });
  return noted ? noted.json() : null;
}

/** @param {Who} now */
export async function setWho(now) {
  await (await caches.open(NOTED)).put(WHO, Response.json(now));
}

/** Whether anything of anybody is kept here. @returns {Promise<boolean>} */
export async function anythingKept() {
  return canKeep() && (await caches.keys()).some((name) => name === NOTED || name.startsWith(BEGINNING));
}

/** Remove the papers of every account but this one, and what they wrote here. @param {string} account */
export async function wipeStrangers(account) {
  if (canKeep()) {
    const names = (await caches.keys()).filter((name) => name.startsWith(BEGINNING) && !name.startsWith(cacheOf(account, "")));
    await Promise.all(names.map((name) => caches.delete(name)));
  }
  await wipeOthers();
}

/** Remove everything: papers, notes, what was not sent, even the shell and the worker. The next page brings a fresh one. */
export async function wipeAll() {
  await kept.wipe().catch(() => undefined);
  await wipeOthers().catch(() => undefined);
  localStorage.removeItem(TOUCHED);
  await forgetPin();
  if (!canKeep()) return;
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

/** Whether nothing of anybody's papers and notes is left on this device. @returns {Promise<boolean>} */
export async function isEmpty() {
  const databases = (await indexedDB.databases?.()) ?? [];
  return !(await anythingKept()) && !databases.some((each) => each.name === DATABASE || each.name?.startsWith(BEGINNING));
}
