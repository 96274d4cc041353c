// Saving as one writes: each field by itself, never over another's words; what could not be sent is tried again.
import { signal } from "@preact/signals-core";
import { newRequestId, post } from "../web/acts.js";
import { merged } from "../conclusions/merging.js";
import { t } from "../web/i18n.js";

/** @typedef {import("./reading.js").Line} Line */
/** @typedef {import("./reading.js").Field} Field */
/** @typedef {"opening" | "words" | "question" | "closing" | "minutes"} Place */

const WAIT_MS = 900;
const AGAIN_MS = 4000;

/** How the saving stands: "" nothing to save, "typing", "saving", "saved", "offline", or the sentence of a refusal. */
export const standing = signal("");
/** Who wrote into the same field meanwhile, by item and field; their words were brought together with one's own. */
export const joinedWith = signal(/** @type {Record<string, string>} */ ({}));

/** What is written and not saved yet, by item. @type {Map<number, Map<Place, string | number | null>>} */
const waiting = new Map();
let timer = 0;
let sending = false;

/** @param {Line} line @param {Place} place @returns {string | number | null} */
const known = (line, place) => (place === "minutes" ? line.minutes_written : line.written[place]);

/** @param {Line} line @param {Place} place @param {string | number | null} value @param {(item: number) => Line | undefined} find @param {(line: Line) => void} keep */
export function write(line, place, value, find, keep) {
  const own = waiting.get(line.item_id) ?? new Map();
  waiting.set(line.item_id, own.set(place, place !== "minutes" && value === line.usual[place] ? "" : value));
  standing.value = "typing";
  clearTimeout(timer);
  timer = window.setTimeout(() => void send(find, keep), WAIT_MS);
}

/** Save now what waits (the page is left). @param {(item: number) => Line | undefined} find @param {(line: Line) => void} keep */
export async function send(find, keep) {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  try {
    for (const item of [...waiting.keys()]) {
      const line = find(item);
      if (line && !(await sendOne(line, keep, find))) return;
    }
    if (!waiting.size) standing.value = "saved";
  } finally {
    sending = false;
    if (waiting.size && standing.value !== "typing" && isLost()) timer = window.setTimeout(() => void send(find, keep), AGAIN_MS);
  }
}

const isLost = () => standing.value === "offline";

/** @param {Line} line @param {(line: Line) => void} keep @param {(item: number) => Line | undefined} find @returns {Promise<boolean>} */
async function sendOne(line, keep, find) {
  const own = waiting.get(line.item_id);
  if (!own) return true;
  waiting.delete(line.item_id);
  standing.value = "saving";
  const changes = [...own].map(([field, after]) => ({ field, before: known(line, field), after }));
  const answer = await post("runsheet.write", { item_id: line.item_id, version: line.version, changes, request_id: newRequestId() });
  const now = find(line.item_id) ?? line;
  if (answer.ok) {
    keep({ ...now, version: answer.version, minutes_written: answer.written.minutes, minutes: answer.written.minutes ?? now.minutes_planned, written: answer.written, edited_at: answer.edited_at, edited_by: answer.edited_by });
    return true;
  }
  const later = waiting.get(line.item_id) ?? new Map();
  waiting.set(line.item_id, new Map([...own, ...later]));
  if (answer.code === "script_changed") return together(now, answer.facts ?? {}, keep, find);
  standing.value = answer.code === "offline" || answer.code === "busy" ? "offline" : answer.message || t("Not saved");
  if (!isLost()) waiting.delete(line.item_id);
  return false;
}

/** Somebody wrote in the same field: both texts are brought together and saved again. @param {Line} line @param {Record<string, any>} facts @param {(line: Line) => void} keep @param {(item: number) => Line | undefined} find */
async function together(line, facts, keep, find) {
  /** @type {Place} */
  const place = facts.field;
  const own = waiting.get(line.item_id);
  if (place === "minutes") {
    keep({ ...line, minutes_written: facts.now });
  } else {
    const both = merged(line.written[place] || line.usual[place], facts.now || line.usual[place], String(own?.get(place) || line.usual[place]));
    own?.set(place, both);
    keep({ ...line, written: { ...line.written, [place]: facts.now } });
  }
  joinedWith.value = { ...joinedWith.value, [`${line.item_id}.${place}`]: facts.name || t("Somebody") };
  return sendOne(/** @type {Line} */ (find(line.item_id)), keep, find);
}

/** What somebody has written and not saved yet, else what is known. @param {Line} line @param {Place} place */
export function shown(line, place) {
  const own = waiting.get(line.item_id);
  return own?.has(place) ? own.get(place) : known(line, place);
}

/** Whether something would be lost by leaving the page. */
export const unsaved = () => waiting.size > 0 || sending;
