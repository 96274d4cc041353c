// One text of the minutes as this device has it: kept at every key, sent at every pause, merged with what others write.
// What is sent is known by its request_id until the server has answered, so that a lost line never doubles a sentence.
import { effect, signal } from "@preact/signals-core";
import { csrfToken, newRequestId } from "../web/acts.js";
import { account, kept } from "../web/kept.js";
import { bringIn, merged } from "./merging.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{text: string, version: number}} Stand */
/** @typedef {Stand & {request_id: string}} Sent */
/** "": nothing typed yet; waiting: kept here until the line is back. @typedef {"" | "typing" | "saving" | "waiting" | "saved" | "refused"} State */
/** @typedef {ReturnType<typeof makePart>} Part */

const ACT = "conclusions.write_part";
const PAUSE_MS = 1000; // after the last key
const LONGEST_MS = 5000; // even while somebody types on and on
const PATIENCE_MS = 3000; // before it is said that the line does not take it

/** @type {Map<string, Part>} */
const parts = new Map();

/** The text on one item (null: on the meeting as a whole); the same for every component that shows it. @param {Live} live @param {number} meetingId @param {number | null} itemId @returns {Part} */
export function partOf(live, meetingId, itemId) {
  const key = `${meetingId}:${itemId ?? 0}`;
  const known = parts.get(key) ?? makePart(live, meetingId, itemId);
  parts.set(key, known);
  return known;
}

/** @param {string} address @returns {Promise<(Stand & {item_id: number | null})[] | null>} null when the server cannot be asked */
async function ask(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).data : null;
  } catch {
    return null;
  }
}

const NONE = { text: "", version: 0 };

/** How one text stands with the server. @param {number} meetingId @param {number | null} itemId @returns {Promise<Stand | null>} */
async function standOf(meetingId, itemId) {
  const found = await ask(`/api/v1/meetings/${meetingId}/minutes/parts?item_id=${itemId ?? 0}`);
  return found && (found[0] ?? NONE);
}

/** @type {Promise<(Stand & {item_id: number | null})[] | null> | null} */
let whole = null;

/** The same at the beginning, when a page shows all texts at once: asked for together. @param {number} meetingId @param {number | null} itemId @returns {Promise<Stand | null>} */
async function first(meetingId, itemId) {
  whole ??= ask(`/api/v1/meetings/${meetingId}/minutes/parts`);
  const found = await whole;
  whole = null;
  return found && (found.find((each) => each.item_id === itemId) ?? NONE);
}

/** @param {string} text */
const nfc = (text) => text.normalize("NFC");

/** @param {Live} live @param {number} meetingId @param {number | null} itemId */
function makePart(live, meetingId, itemId) {
  const name = `part:${account}:${meetingId}:${itemId ?? 0}`;
  const text = signal("");
  const state = signal(/** @type {State} */ (""));
  const savedAt = signal(0);
  const message = signal("");
  const loaded = signal(false);
  /** What the server and this device agreed on last. @type {Stand} */
  let base = { text: "", version: 0 };
  /** @type {Sent | null} */
  let sent = null;
  /** @type {HTMLTextAreaElement | null} */
  let field = null;
  let composing = false; // a letter is being put together: nothing may touch the field
  /** @type {(() => void)[]} */
  let afterwards = [];
  let timer = 0;
  let typedSince = 0;

  const settled = () => !sent && nfc(text.value) === base.text;

  function keep() {
    const value = settled() ? null : { base, text: text.value, sent };
    try {
      if (value) sessionStorage.setItem(name, JSON.stringify(value));
      else sessionStorage.removeItem(name);
    } catch { /* no room: the other store has it */ }
    void (value ? kept.put("state", name, value) : kept.remove("state", name));
  }

  /** @returns {Promise<{base: Stand, text: string, sent: Sent | null} | undefined>} */
  async function keptBefore() {
    try {
      const here = sessionStorage.getItem(name);
      if (here) return JSON.parse(here);
    } catch { /* nothing readable here */ }
    return kept.get("state", name);
  }

  /** @param {string} wanted */
  function show(wanted) {
    text.value = wanted;
    if (field) bringIn(field, wanted);
  }

  const read = () => standOf(meetingId, itemId);

  /** Take in what others wrote since. */
  async function pull() {
    const stand = await read();
    if (!stand || sent || composing || stand.version <= base.version) return;
    const whole = merged(base.text, stand.text, nfc(text.value));
    base = { text: stand.text, version: stand.version };
    show(whole);
    keep();
    if (!settled()) soon();
  }

  async function open() {
    const before = await keptBefore();
    const stand = await first(meetingId, itemId);
    loaded.value = true; // without a line what is typed now is merged when it is back
    if (!before) {
      if (stand && !text.value) {
        base = { text: stand.text, version: stand.version };
        show(base.text);
      }
      return;
    }
    base = before.base;
    sent = before.sent;
    show(text.value ? merged(base.text, before.text, text.value) : before.text);
    state.value = "waiting";
    if (sent) await deliver();
    else { await pull(); await save(); }
  }

  function composed() {
    composing = false;
    const waiting = afterwards;
    afterwards = [];
    for (const go of waiting) go();
    follow();
  }

  function soon() {
    clearTimeout(timer);
    typedSince ||= Date.now();
    const rest = Math.min(PAUSE_MS, Math.max(0, typedSince + LONGEST_MS - Date.now()));
    timer = window.setTimeout(() => void save(), rest);
  }

  async function save() {
    clearTimeout(timer);
    typedSince = 0;
    if (!sent && settled() && state.value === "typing") state.value = savedAt.value ? "saved" : "";
    if (sent || settled()) return;
    sent = { text: nfc(text.value), version: base.version, request_id: newRequestId() };
    keep();
    await deliver();
  }

  /** Asks until the server has answered; the same request is never done twice. */
  async function deliver() {
    const going = sent;
    if (!going) return;
    state.value = "saving";
    const late = window.setTimeout(() => { state.value = "waiting"; }, PATIENCE_MS);
    const input = { item_id: itemId, text: going.text, version: going.version };
    const answer = await live.act(ACT, input, { request_id: going.request_id, resend: () => true });
    clearTimeout(late);
    if (composing) await new Promise((/** @type {(value?: undefined) => void} */ go) => { afterwards.push(go); });
    sent = null;
    if (answer.ok) return taken(going, /** @type {any} */ (answer));
    state.value = "refused";
    message.value = answer.message ?? "";
    keep();
  }

  /** @param {Sent} going @param {Stand} stand */
  function taken(going, stand) {
    const whole = merged(going.text, stand.text, nfc(text.value));
    base = { text: stand.text, version: stand.version };
    if (whole !== nfc(text.value)) show(whole);
    savedAt.value = live.now();
    message.value = "";
    state.value = settled() ? "saved" : "typing";
    keep();
    if (!settled()) soon();
    follow();
  }

  /** Somebody else's text came meanwhile. */
  function follow() {
    const known = live.sections.value.minutes?.parts?.[String(itemId ?? 0)]?.version ?? 0;
    if (loaded.value && !sent && !composing && known > base.version) void pull();
  }

  /** The page goes away: one last try that outlives it; asked again with the same name when the page is opened next. */
  function leave() {
    if (settled()) return;
    sent ??= { text: nfc(text.value), version: base.version, request_id: newRequestId() };
    keep();
    const body = JSON.stringify({ meeting_id: meetingId, item_id: itemId, text: sent.text, version: sent.version, request_id: sent.request_id });
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
    void fetch(`/api/v1/acts/${ACT}`, { method: "POST", headers, body, keepalive: true, credentials: "same-origin" }).catch(() => undefined);
  }

  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") void save(); });
  effect(() => { void live.sections.value; void loaded.value; follow(); });
  void open();

  return {
    text, state, savedAt, message, loaded, itemId, meetingId, save,
    /** Typed by hand. @param {string} value */
    type(value) {
      text.value = value;
      state.value = state.value === "waiting" ? "waiting" : "typing";
      keep();
      soon();
    },
    /** Put a whole text in the place of this one (an earlier version). @param {string} value */
    replace(value) {
      show(value);
      keep();
      return save();
    },
    /** The field that shows it; null when it goes. @param {HTMLTextAreaElement | null} shown */
    attach(shown) {
      field = shown;
      composed();
      if (!field) return void save();
      field.value = text.value;
      field.addEventListener("compositionstart", () => { composing = true; });
      field.addEventListener("compositionend", composed);
    },
    retry: () => (sent ? deliver() : save()),
  };
}
