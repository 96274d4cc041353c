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
const HELD = new Set(["discussion.post", "speaking.ask", "speaking.withdraw", "live.check_in", "agenda.reply", "materials.mark_read", "notify.mark_seen"]);

const AGAIN_MS = 2000;

/** @param {string} name @returns {boolean} */
export function isHeld(name) {
  return HELD.has(name);
}

/** After these the act is neither done nor refused: it stays. */
const STAYS = new Set(["sign_in_first", "too_many"]);
const PREFIX = `outbox:${document.documentElement.dataset.account || "nobody"}:`;

/** Each act has its own place in the store, so that two open pages do not overwrite each other. @returns {Held[]} */
function load() {
  /** @type {Held[]} */
  const found = [];
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      /** @type {Held} */
      const held = JSON.parse(localStorage.getItem(key) ?? "null");
      if (held && isHeld(held.name)) found.push(held.state === "sending" ? { ...held, state: "queued" } : held);
    }
  } catch {
    return [];
  }
  return found.sort((one, other) => one.at - other.at);
}

/** Without a store on this device the acts are held as long as the page is open. @param {string} requestId @param {Held} [held] */
function store(requestId, held) {
  try {
    if (held) localStorage.setItem(PREFIX + requestId, JSON.stringify(held));
    else localStorage.removeItem(PREFIX + requestId);
  } catch {
    // Full or forbidden: said by the pill all the same.
  }
}

/** @type {import("@preact/signals-core").Signal<Held[]>} */
export const outbox = signal(load());

effect(() => {
  heldCount.value = outbox.value.filter((held) => held.state !== "refused").length;
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
  /** @type {Held} */
  const held = { request_id: requestId, name, input, at: Date.now(), state: "queued" };
  store(requestId, held);
  outbox.value = [...outbox.value.filter((each) => each.request_id !== requestId), held];
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
      if (mayAskAgain(answer) || STAYS.has(answer.code ?? "")) {
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
  store(requestId, outbox.value.find((held) => held.request_id === requestId));
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
  store(requestId);
  outbox.value = outbox.value.filter((held) => held.request_id !== requestId);
}
