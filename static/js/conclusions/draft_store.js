// One piece of a document as this device has it (a line, or a part of the words around): kept at every key, saved at every pause,
// merged with what others write. What is sent is known by its request_id until the server has answered.
import { signal } from "@preact/signals";
import { csrfToken, mayAskAgain, newRequestId, sendAct } from "../web/acts.js";
import { account, kept } from "../web/kept.js";
import { bringWords, mergedWords } from "./merging_words.js";

/** @typedef {import("../web/acts.js").Answer} Answer */
/** "": nothing typed; waiting: kept here until the line is back. @typedef {"" | "typing" | "saving" | "waiting" | "saved" | "refused"} State */
/** @typedef {Record<string, any>} Fields */
/** @typedef {{request_id: string, text: string | null, fields: Fields, was: Fields, base: {text: string, version: number}, act?: {name: string, input: Record<string, unknown>}}} Sent */
/**
 * How a piece is saved: the act for what is sent, and what is done with its answer. `filled`: it cannot be saved without words;
 * `begun`: whether the server has it already; `waits`: whether another piece has to be there first.
 * @typedef {{name: string, filled?: boolean, begun?: () => boolean, waits?: () => boolean, act: (sent: Sent) => {name: string, input: Record<string, unknown>}, taken?: (answer: Answer) => void, told?: (answer: Answer, sent: Sent) => void}} Way
 */
/** @typedef {ReturnType<typeof makeDraft>} Draft */

const PAUSE_MS = 800; // after the last key
const LONGEST_MS = 4000; // even while somebody types on and on
const PATIENCE_MS = 3000; // before it is said that the line does not take it
const AGAIN_MS = 2000;
const STAYS = new Set(["sign_in_first", "too_many", "csrf", "unreadable"]);

/** @param {string} text */
const nfc = (text) => text.normalize("NFC");

/** @param {Way} way @param {{text: string, version: number}} stand @param {Fields} fields */
export function makeDraft(way, stand, fields = {}) {
  const text = signal(stand.text);
  const shown = signal(fields);
  const state = signal(/** @type {State} */ (""));
  const savedAt = signal(0);
  const message = signal("");
  let base = { text: stand.text, version: stand.version };
  /** What was chosen and is not sent yet, and what stood there before. @type {Fields} */
  let pending = {};
  /** @type {Fields} */
  let was = {};
  /** @type {Sent | null} */
  let sent = null;
  /** @type {HTMLTextAreaElement | null} */
  let field = null;
  let composing = false; // a letter is being put together: nothing may touch the field
  /** @type {(() => void)[]} */
  let afterwards = [];
  let timer = 0;
  let typedSince = 0;
  let gone = false;
  const name = `draft:${account}:${way.name}`;

  const same = () => nfc(text.value).trim() === base.text.trim();
  const settled = () => !sent && same() && Object.keys(pending).length === 0;

  function keep() {
    const value = settled() || gone ? null : { name: way.name, base, text: text.value, shown: shown.value, sent, pending, was };
    try {
      if (value) sessionStorage.setItem(name, JSON.stringify(value));
      else sessionStorage.removeItem(name);
    } catch { /* no room: the other store has it */ }
    void (value ? kept.put("state", name, value) : kept.remove("state", name));
  }

  /** @param {string} wanted */
  function show(wanted) {
    text.value = wanted;
    if (field) bringWords(field, wanted);
  }

  function soon() {
    clearTimeout(timer);
    typedSince ||= Date.now();
    timer = window.setTimeout(() => void save(), Math.min(PAUSE_MS, Math.max(0, typedSince + LONGEST_MS - Date.now())));
  }

  async function save() {
    clearTimeout(timer);
    typedSince = 0;
    if (gone || sent) return;
    const next = settled() ? null : packed();
    if (!next) {
      if (!settled() && way.waits?.()) state.value = "waiting";
      else if (state.value === "typing") state.value = savedAt.value ? "saved" : "";
      return;
    }
    sent = next;
    [pending, was] = [{}, {}];
    keep();
    await deliver();
  }

  /** What goes to the server now; null when words are wanted first. @returns {Sent | null} */
  function packed() {
    if (way.waits?.()) return null;
    const empty = way.filled && !text.value.trim();
    const words = empty || same() ? null : nfc(text.value);
    if (empty && (!Object.keys(pending).length || !way.begun?.())) return null;
    /** @type {Sent} */
    const made = { request_id: newRequestId(), text: words, fields: pending, was, base };
    return { ...made, act: way.act(made) };
  }

  /** Asks until the server has answered; the same request is never done twice. */
  async function deliver() {
    const going = sent;
    if (!going) return;
    state.value = "saving";
    const late = window.setTimeout(() => { state.value = "waiting"; }, PATIENCE_MS);
    const act = going.act ?? way.act(going);
    let answer = await sendAct(act.name, act.input, going.request_id);
    while ((mayAskAgain(answer) || STAYS.has(answer.code ?? "")) && !gone) {
      state.value = "waiting";
      if (STAYS.has(answer.code ?? "")) message.value = answer.message ?? "";
      await new Promise((again) => { setTimeout(again, AGAIN_MS); window.addEventListener("online", again, { once: true }); });
      answer = await sendAct(act.name, act.input, going.request_id);
    }
    clearTimeout(late);
    if (composing) await new Promise((/** @type {(value?: undefined) => void} */ go) => { afterwards.push(go); });
    if (gone) return;
    sent = null;
    if (answer.ok) taken(going, answer);
    else refused(going, answer);
  }

  /** @param {Sent} going @param {Answer} answer */
  function taken(going, answer) {
    const theirs = answer.text ?? going.text ?? base.text;
    if (going.text !== null) {
      if (theirs.trim() !== going.text.trim()) show(mergedWords(going.text, theirs, nfc(text.value)));
      base = { text: theirs.trim() === going.text.trim() ? going.text : theirs, version: answer.version ?? base.version };
    } else base = { text: base.text, version: base.text === theirs ? answer.version ?? base.version : base.version };
    savedAt.value = Date.now();
    message.value = "";
    way.taken?.(answer);
    way.told?.(answer, going);
    state.value = settled() ? "saved" : "typing";
    keep();
    if (!settled()) soon();
  }

  /** The fields go back to what stands; the words stay, to be mended. @param {Sent} going @param {Answer} answer */
  function refused(going, answer) {
    state.value = "refused";
    message.value = answer.message ?? "";
    shown.value = { ...shown.value, ...going.was, ...pending };
    keep();
  }

  /** What the server has now. @param {{text: string, version: number}} server @param {Fields} values @returns {Fields} what others changed */
  function follow(server, values) {
    if (sent || composing || server.version < base.version) return {};
    if (server.text !== base.text) show(mergedWords(base.text, server.text, nfc(text.value)));
    base = { text: server.text, version: server.version };
    /** @type {Fields} */
    const changed = {};
    for (const [key, value] of Object.entries(values)) {
      if (key in pending || JSON.stringify(value) === JSON.stringify(shown.value[key])) continue;
      changed[key] = shown.value[key];
    }
    if (Object.keys(changed).length) shown.value = { ...shown.value, ...Object.fromEntries(Object.keys(changed).map((key) => [key, values[key]])) };
    if (!settled()) soon();
    keep();
    return changed;
  }

  /** The page goes away: one last try that outlives it. */
  function leave() {
    if (settled() || gone) return;
    sent ??= packed();
    if (!sent) return;
    keep();
    const act = sent.act ?? way.act(sent);
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
    const body = JSON.stringify({ ...act.input, request_id: sent.request_id });
    void fetch(`/api/v1/acts/${act.name}`, { method: "POST", headers, body, keepalive: true, credentials: "same-origin" }).catch(() => undefined);
  }
  window.addEventListener("pagehide", leave);

  return {
    text, shown, state, savedAt, message, save, settled, follow, keep,
    version: () => base.version,
    /** Typed by hand. @param {string} value */
    type(value) {
      text.value = value;
      if (state.value !== "waiting") state.value = "typing";
      keep();
      soon();
    },
    /** Chosen: saved at once. @param {Fields} values */
    put(values) {
      for (const [key, value] of Object.entries(values)) {
        if (!(key in was)) was[key] = shown.value[key] ?? null;
        pending[key] = value;
      }
      shown.value = { ...shown.value, ...values };
      if (state.value !== "waiting") state.value = "typing";
      keep();
      void save();
    },
    /** Put a whole text in the place of this one. @param {string} value */
    replace(value) { show(value); keep(); return save(); },
    /** What an earlier visit left here: taken up again. @param {{base: {text: string, version: number}, text: string, sent: Sent | null, pending: Fields, was: Fields}} held */
    async takeUp(held) {
      const server = base;
      base = held.base;
      sent = held.sent;
      [pending, was] = [held.pending ?? {}, held.was ?? {}];
      shown.value = { ...shown.value, ...sent?.fields, ...pending };
      show(held.text);
      state.value = "waiting";
      if (sent) return deliver();
      if (server.version > base.version) follow(server, {});
      return save();
    },
    /** The field that shows it; null when it goes. @param {HTMLTextAreaElement | null} shownIn */
    attach(shownIn) {
      field = shownIn;
      composed();
      if (!field) return;
      field.value = text.value;
      field.addEventListener("compositionstart", () => { composing = true; });
      field.addEventListener("compositionend", composed);
    },
    field: () => field,
    /** Taken out: nothing of it is kept or sent any more. */
    drop() {
      gone = true;
      clearTimeout(timer);
      window.removeEventListener("pagehide", leave);
      keep();
    },
  };

  function composed() {
    composing = false;
    const waiting = afterwards;
    afterwards = [];
    for (const go of waiting) go();
  }
}

/** Everything an earlier visit left of a document, by the names of its pieces. @param {string} prefix @returns {Promise<Map<string, any>>} */
export async function heldBefore(prefix) {
  const begins = `draft:${account}:${prefix}`;
  /** @type {Map<string, any>} */
  const found = new Map();
  for (const held of await kept.all("state", begins)) found.set(held.name, held);
  try {
    for (let place = 0; place < sessionStorage.length; place += 1) {
      const key = sessionStorage.key(place) ?? "";
      if (key.startsWith(begins)) found.set(key.slice(`draft:${account}:`.length), JSON.parse(sessionStorage.getItem(key) ?? "null"));
    }
  } catch { /* nothing readable here */ }
  return found;
}
