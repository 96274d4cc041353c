// Acts held on this device until the server has answered them: comments, requests for the floor, check-in, replies.
// They survive a reload and are sent again with the SAME request_id, so that none counts twice.
// A ballot never comes here: neither an open nor a secret one is ever stored on the device.
import { effect, signal } from "@preact/signals-core";
import { lineDown, mayAskAgain, newRequestId, post } from "./acts.js";
import { heldCount } from "./connection.js";

/** @typedef {import("./acts.js").Answer} Answer */
/** @typedef {{request_id: string, name: string, input: Record<string, unknown>, at: number, state: "queued" | "sending" | "refused", message?: string}} Held */
/** @typedef {(name: string, input: Record<string, unknown>) => Promise<Answer>} Send */

/** Acts that wait for the line; everything else is said at once to have failed. */
const HELD = new Set(["discussion.post", "speaking.ask", "speaking.withdraw", "live.check_in", "agenda.reply", "materials.mark_read"]);

const AGAIN_MS = 2000;

/** @param {string} name @returns {boolean} */
export function isHeld(name) {
  return HELD.has(name);
}

const KEY = `outbox:${document.documentElement.dataset.account || "nobody"}`;

/** @returns {Held[]} */
function load() {
  try {
    /** @type {Held[]} */
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return kept.filter((held) => isHeld(held.name)).map((held) => (held.state === "sending" ? { ...held, state: "queued" } : held));
  } catch {
    return [];
  }
}

/** @type {import("@preact/signals-core").Signal<Held[]>} */
export const outbox = signal(load());

effect(() => {
  heldCount.value = outbox.value.filter((held) => held.state !== "refused").length;
  try {
    if (outbox.value.length) localStorage.setItem(KEY, JSON.stringify(outbox.value));
    else localStorage.removeItem(KEY);
  } catch {
    // No storage on this device: the acts are held as long as the page is open.
  }
});

/** @type {Send} */
let send = post;
/** @type {Map<string, (answer: Answer) => void>} */
const waiting = new Map();
let flushing = false;

/** How acts leave; the live room replaces it by its socket. @param {Send} way */
export function sendBy(way) {
  send = way;
}

/**
 * Keep an act and try to send it; the promise ends when the server has answered, perhaps after a long wait.
 * @param {string} name
 * @param {Record<string, unknown>} input
 * @param {string} [requestId]
 * @returns {Promise<Answer>}
 */
export function hold(name, input, requestId = newRequestId()) {
  if (!isHeld(name)) return Promise.resolve(lineDown());
  outbox.value = [...outbox.value, { request_id: requestId, name, input, at: Date.now(), state: "queued" }];
  const answered = new Promise((/** @type {(answer: Answer) => void} */ settle) => waiting.set(requestId, settle));
  void flush();
  return answered;
}

/** Send what is held, in its order; stops at the first that the server could not take. Refused ones stay, with the reason. */
export async function flush() {
  if (flushing) return;
  flushing = true;
  try {
    for (let held = next(); held; held = next()) {
      change(held.request_id, { state: "sending" });
      const answer = await send(held.name, { ...held.input, request_id: held.request_id });
      if (mayAskAgain(answer) || answer.code === "signed_out") {
        change(held.request_id, { state: "queued" });
        setTimeout(flush, AGAIN_MS);
        break;
      }
      settle(held.request_id, answer);
    }
  } finally {
    flushing = false;
  }
}

/** @returns {Held | undefined} */
function next() {
  return outbox.value.find((held) => held.state === "queued");
}

/** @param {string} requestId @param {Partial<Held>} changes */
function change(requestId, changes) {
  outbox.value = outbox.value.map((held) => (held.request_id === requestId ? { ...held, ...changes } : held));
}

/** @param {string} requestId @param {Answer} answer */
function settle(requestId, answer) {
  const teller = waiting.get(requestId);
  waiting.delete(requestId);
  if (answer.ok || teller) drop(requestId);
  else change(requestId, { state: "refused", message: answer.message ?? "" });
  teller?.(answer);
}

/** Forget an act, as its author wishes or because it is done. @param {string} requestId */
export function drop(requestId) {
  outbox.value = outbox.value.filter((held) => held.request_id !== requestId);
}
