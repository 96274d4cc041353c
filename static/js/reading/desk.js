// The desk on which one paper lies: what is shown, how large, with which tool; the layers and panels of the viewer share it.
import { batch, computed, signal } from "@preact/signals-core";
import { openWords } from "./words.js";

/** @typedef {[number, number, number, number, string]} Word left, top, right, bottom in thousandths of the page, and the word */
/** @typedef {[number, number, number, number]} Box thousandths of the page */
/** @typedef {"read" | "highlight" | "ink" | "sticky" | "erase" | "point"} Tool */
/** @typedef {{file_id: number, number: number}} Newer */
/**
 * @typedef {{
 *   id: number, sha256: string, title: string, detail: string, back: string, meeting_id: number | null, item_id: number | null,
 *   item_number: number | null, version: number | null, updated_at: string, state: string, page_count: number, widths: number[],
 *   pages: [number, number][], recognised: number[], textless: number[], remarks?: {code: string, message: string}[], outline: {title: string, page: number, level: number}[],
 *   signatures: Record<string, any>[], seen: number[], last_page: number, takeable: "original" | "copy" | "none", reader: string,
 *   live_meeting_id: number | null, previous: {id: number, title: string} | null, next: {id: number, title: string} | null,
 *   strip: {newer: Newer | null, number: number, read_number: number | null, changed_pages: number[], changed: number | null, compare_url: string | null} | null,
 *   groups: {id: number, name: string}[],
 * }} Opening
 */
/** @typedef {{page: number, from: number, to: number, text: string, boxes: Box[], settled: boolean}} Selection words `from`…`to` of the page */
/** @typedef {import("./finding.js").Found} Found */
/** @typedef {{page: number, on: boolean, toggle: () => void}} Following the presenter is on `page` of this paper */

export const LARGEST = 5;

/** @param {Opening} opened @param {{page?: number, q?: string}} [wanted] */
export function makeDesk(opened, wanted = {}) {
  const opening = signal(opened);
  const last = computed(() => Math.max(1, opening.value.page_count));
  const within = (/** @type {number} */ number) => Math.max(1, Math.min(last.value, Math.round(number) || 1));
  const page = signal(within(wanted.page || opened.last_page));
  const spread = signal(/** @type {1 | 2} */ (1));
  /** The pages that lie open: the one, or the pair 1–2, 3–4 … that holds it (papers are not books: there is no cover). */
  const shown = computed(() => beside(page.value, spread.value, last.value));
  const zoom = signal(1);
  const selection = signal(/** @type {Selection | null} */ (null));
  /** How often the reader has turned by own hand: the follow card watches it and pauses. */
  const turns = signal(0);
  const words = openWords(opening);

  /** Led there, by the presenter or by the address. @param {number} to */
  function show(to) {
    const next = within(to);
    if (next === page.peek()) return;
    batch(() => {
      if (!shown.peek().includes(next)) { selection.value = null; zoom.value = 1; }
      page.value = next;
    });
  }

  /** The reader's own turn: pauses following. @param {number} to */
  function turn(to) {
    batch(() => { turns.value += 1; show(to); });
  }

  /** To the next or previous leaf, whatever lies open. @param {1 | -1} by */
  function step(by) {
    const open = shown.peek();
    const to = by > 0 ? (open.at(-1) ?? 1) + 1 : (open[0] ?? 1) - 1;
    if (to >= 1 && to <= last.peek()) turn(to);
  }

  return {
    opening, page, spread, shown, zoom, selection, turns, turn, step, show, last,
    tool: signal(/** @type {Tool} */ ("read")),
    /** What one or two fingers are doing on the stage: a layer drops its stroke when it becomes "pinch". */
    gesture: signal(/** @type {"idle" | "swipe" | "pan" | "pinch" | "select"} */ ("idle")),
    found: signal(/** @type {Found | null} */ (null)),
    /** Ticks on the slider for notes; the places found are added by the slider. */
    marks: signal(/** @type {{page: number, cls: string}[]} */ ([])),
    /** Whether the side panel is open where it lies over the page (portrait, phone). */
    sheet: signal(false),
    following: signal(/** @type {Following | null} */ (null)),
    night: signal(false),
    large: signal(false),
    easy: signal(false),
    q: wanted.q ?? "",
    /** The words of a page with their boxes. @param {number} number @returns {Promise<Word[]>} */
    words: (number) => words.of(number),
    texts: words,
  };
}

/** @typedef {ReturnType<typeof makeDesk>} Desk */
/** @typedef {{width: number, height: number}} Shape CSS pixels of a page at the present zoom */

/** @param {number} page @param {1 | 2} spread @param {number} last @returns {number[]} */
export function beside(page, spread, last) {
  if (spread === 1) return [page];
  const left = page % 2 ? page : page - 1;
  return left < last ? [left, left + 1] : [left];
}
