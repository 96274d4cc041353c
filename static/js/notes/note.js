// What a note on a page is: its parts as on the wire, as they are kept on the device, and how a new one is named.

/** @typedef {[number, number, number, number]} Box left, top, right, bottom in thousandths of the page */
/** @typedef {[number, number, number]} Point thousandths of the page's width and height, pressure of 1000 (500 throughout: not measured) */
/** @typedef {{points: Point[], width: number}} Stroke width in thousandths of the page's width */
/** @typedef {{quote?: {exact: string, prefix: string, suffix: string} | null, boxes?: Box[] | null, at?: [number, number] | null}} Anchor */
/** @typedef {"highlight" | "ink" | "sticky" | "bookmark"} Kind */
/** @typedef {"me" | "group" | "meeting"} Shared */
/** @typedef {{kind: Kind, page: number, color: string, text: string, anchor: Anchor, strokes: Stroke[], shared: Shared, group_id: number | null}} Content what its owner may change */
/** @typedef {{key: string, file_id: number, revision: number, mine: boolean, person: {id: number, name: string} | null, group?: string | null, changed_at: string,
 *   carried_from: {version: number, page: number, file_id?: number} | null, lost: boolean, conflict_of: string | null}} Standing what the server says of it */
/** @typedef {Content & Standing} Note */
/** @typedef {{request_id: string, name: "notes.put" | "notes.remove", input: Record<string, unknown>}} Sent */
/** @typedef {{note: Note, dirty: boolean, removed: boolean, sent: Sent | null, refused: string}} Kept one note on this device: `dirty` has changes the server was not told, `sent` waits in the outbox */

export const LIMITS = { points: 2000, pointsOfNote: 8000, strokes: 60, text: 4000, quote: 2000, around: 64 };

/** The parts that their owner changes, in one order, so that two can be compared. @type {(keyof Content)[]} */
export const PARTS = ["kind", "page", "color", "text", "anchor", "strokes", "shared", "group_id"];

/** A name for a new note, unique in the world; works on plain http too, where crypto.randomUUID is missing. @returns {string} */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

/** @param {Partial<Content> & {kind: Kind, page: number}} parts @returns {Content} */
export function content(parts) {
  return { color: "yellow", text: "", anchor: {}, strokes: [], shared: "me", group_id: null, ...parts };
}

/** @param {Content} note @returns {Content} */
export function contentOf(note) {
  const { kind, page, color, text, anchor, strokes, shared, group_id } = note;
  return { kind, page, color, text, anchor, strokes, shared, group_id };
}

/** @param {Content} one @param {Content} other @returns {boolean} */
export function same(one, other) {
  return PARTS.every((part) => one[part] === other[part] || JSON.stringify(one[part]) === JSON.stringify(other[part]));
}

/** Where its card and its number belong: the place of a pin, else the end of a highlight, else the first point of the ink. @param {Content} note @returns {[number, number]} */
export function placeOf(note) {
  if (note.anchor.at) return note.anchor.at;
  const box = note.anchor.boxes?.at(-1);
  if (box) return [box[2], box[3]];
  const first = note.strokes[0]?.points[0];
  return first ? [first[0], first[1]] : [0, 0];
}

/** Nothing was ever written or drawn in it: it is not worth sending. @param {Content} note @returns {boolean} */
export function isBlank(note) {
  return (note.kind === "sticky" && !note.text.trim()) || (note.kind === "ink" && !note.strokes.length);
}

/** From the top of a page to its foot, as one reads. @param {Note} one @param {Note} other */
export function byPlace(one, other) {
  const [left, top] = placeOf(one);
  const [right, below] = placeOf(other);
  return one.page - other.page || top - below || left - right || (one.key < other.key ? -1 : 1);
}

/** The pages' stickies and what else carries words are numbered as they stand on the page. @param {Note[]} notes of one page @returns {Map<string, number>} */
export function numbered(notes) {
  const worded = notes.filter((note) => !note.lost && note.kind !== "bookmark" && (note.kind === "sticky" || note.text.trim()));
  return new Map([...worded].sort(byPlace).map((note, at) => [note.key, at + 1]));
}
