// Acts held on this device until the server has answered them: comments, requests for the floor, check-in, replies, notes.
// They survive a reload and are sent again with the SAME request_id, so that none counts twice.
// A ballot never comes here: neither an open nor a secret one is ever stored on the device.
import { effect, signal } from "@preact/signals-core";
import { lineDown, mayAskAgain, newRequestId, post } from "./acts.js";
import { heldCount } from "./connection.js";
import { account, kept } from "./kept.js";

/** @typedef {import("./acts.js").Answer} Answer */
/** @typedef {{request_id: string, name: string, input: Record<string, any>, at: number, state: "queued" | "sending" | "refused", tried?: boolean, message?: string, code?: string}} Held */
/** @typedef {(name: string, input: Record<string, unknown>) => Promise<Answer>} Send */

/** Acts that wait for the line; everything else is said at once to have failed. */
const HELD = new Set([
  "discussion.post", "speaking.ask", "speaking.withdraw", "live.check_in", "agenda.reply", "materials.mark_read", "notify.mark_seen",
  "notes.put", "notes.remove",
]);
/** What a person sees as waiting; the rest (how far one has read) goes along silently. */
export const NOTES = new Set(["notes.put", "notes.remove"]);
/** Told on `window` whenever the server has answered a held act, also one held before a reload: detail {held, answer}. */
export const ANSWERED = "outbox:answered";

const AGAIN_MS = 2000;

/** @param {string} name @returns {boolean} */
export function isHeld(name) {
  return HELD.has(name);
}

/** After these the act is neither done nor refused: it stays. `csrf`: the page was kept from before the last sign-in. */
const STAYS = new Set(["sign_in_first", "too_many", "csrf"]);
const BEFORE = `outbox:${account || "nobody"}:`;

/** @type {import("@preact/signals-core").Signal<Held[]>} */
export const outbox = signal([]);

effect(() => {
  heldCount.value = outbox.value.filter((held) => held.state !== "refused").length;
});

/** Held in the local storage by an earlier version of this program: taken over once. @returns {Promise<void>} */
async function takeOver() {
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(BEFORE))) {
      /** @type {Held | null} */
      const held = JSON.parse(localStorage.getItem(key) ?? "null");
      if (held && isHeld(held.name)) await kept.put("outbox", held.request_id, { ...held, tried: true });
      localStorage.removeItem(key);
    }
  } catch {
    // No local storage, so nothing was held there.
  }
}

/** What was held when the page was last open; acts held meanwhile stay behind them. */
async function load() {
  await takeOver();
  /** @type {Held[]} */
  const found = (await kept.all("outbox")).filter((held) => held && isHeld(held.name));
  const known = new Set(outbox.value.map((held) => held.request_id));
  const older = found.filter((held) => !known.has(held.request_id)).map((held) => (held.state === "sending" ? { ...held, state: /** @type {const} */ ("queued") } : held));
  outbox.value = [...older, ...outbox.value].sort((one, other) => one.at - other.at);
}

/** Ends when what was held before is known again. */
export const loaded = load();

/** @param {string} requestId */
function store(requestId) {
  const held = outbox.value.find((each) => each.request_id === requestId);
  void (held ? kept.put("outbox", requestId, held) : kept.remove("outbox", requestId));
}

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
  const older = NOTES.has(name) ? unsent(input) : undefined;
  if (older && name === "notes.remove" && !older.input.base_revision) return forget(older); // the server never knew of it
  /** @type {Held} */
  const held = { request_id: requestId, name, input: older ? { ...input, base_revision: older.input.base_revision } : input, at: Date.now(), state: "queued" };
  outbox.value = [...outbox.value.filter((each) => each.request_id !== requestId && each !== older), held];
  store(requestId);
  if (older) settleQuietly(older);
  const answered = new Promise((/** @type {(answer: Answer) => void} */ settle) => waiting.set(requestId, settle));
  void flush();
  return answered;
}

/**
 * An earlier wish about the same note that has never left this device: the newer one takes its place, so that a note edited
 * five times without a line is sent once and is in no conflict with itself.
 * @param {Record<string, any>} input
 */
function unsent(input) {
  return outbox.value.find((held) => NOTES.has(held.name) && held.input.key === input.key && held.state === "queued" && !held.tried);
}

/** @param {Held} older @returns {Promise<Answer>} */
function forget(older) {
  outbox.value = outbox.value.filter((each) => each !== older);
  settleQuietly(older);
  return Promise.resolve({ ok: true, replaced: true });
}

/** @param {Held} older */
function settleQuietly(older) {
  store(older.request_id);
  waiting.get(older.request_id)?.({ ok: true, replaced: true });
  waiting.delete(older.request_id);
}

/** Send what is held, in its order; stops at the first that the server could not take. Refused ones stay, with the reason. */
export async function flush() {
  if (flushing) return;
  flushing = true;
  try {
    await loaded;
    for (let held = next(); held; held = next()) {
      change(held.request_id, { state: "sending", tried: true });
      const answer = await send(held.name, { ...held.input, request_id: held.request_id });
      if (mayAskAgain(answer) || STAYS.has(answer.code ?? "")) {
        change(held.request_id, { state: "queued", code: answer.code ?? "" });
        setTimeout(flush, AGAIN_MS);
        break;
      }
      settle(held, answer);
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
  store(requestId);
}

/** @param {Held} held @param {Answer} answer */
function settle(held, answer) {
  const teller = waiting.get(held.request_id);
  waiting.delete(held.request_id);
  if (answer.ok && NOTES.has(held.name)) follow(held.input.key, answer.revision);
  if (answer.ok || teller) drop(held.request_id);
  else change(held.request_id, { state: "refused", message: answer.message ?? "" });
  teller?.(answer);
  window.dispatchEvent(new CustomEvent(ANSWERED, { detail: { held, answer } }));
}

/** What was written about a note after it had been sent stands on the revision that came back. @param {string} key @param {number | undefined} revision */
function follow(key, revision) {
  if (revision === undefined) return;
  for (const held of outbox.value.filter((each) => NOTES.has(each.name) && each.input.key === key && !each.tried)) {
    change(held.request_id, { input: { ...held.input, base_revision: revision } });
  }
}

/** Forget an act, as its author wishes or because it is done. @param {string} requestId */
export function drop(requestId) {
  outbox.value = outbox.value.filter((held) => held.request_id !== requestId);
  store(requestId);
}
