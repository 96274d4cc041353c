// Highlighting by keyboard: arrows go from word to word and line to line, Shift widens, Enter highlights.
import { useSignal } from "@preact/signals";
import { t } from "../web/i18n.js";
import { choices } from "./choices.js";
import { content } from "./note.js";
import { anchorOf, linesOf } from "./passage.js";

/** @typedef {import("./passage.js").Word} Word */

/** @param {Word[]} words @param {number} at @param {number} by 1 or -1: the nearest word on the next or previous line */
export function onNextLine(words, at, by) {
  const here = words[at];
  if (!here) return at;
  const middle = (here[0] + here[2]) / 2;
  let best = at;
  let least = Infinity;
  words.forEach((word, index) => {
    const down = by * ((word[1] + word[3]) / 2 - (here[1] + here[3]) / 2);
    if (down <= (here[3] - here[1]) * 0.6) return;
    const away = down * 4 + Math.abs((word[0] + word[2]) / 2 - middle);
    if (away < least) [least, best] = [away, index];
  });
  return best;
}

/** @param {{desk: import("../reading/desk.js").Desk, notes: import("./store.js").Notes, page: number, draft: import("@preact/signals").Signal<any>}} wanted */
export function useWordCursor({ desk, notes, page, draft }) {
  const place = useSignal(/** @type {{from: number, to: number} | null} */ (null));
  const said = useSignal("");
  /** @param {KeyboardEvent} event */
  const pressed = async (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -2, ArrowDown: 2 }[event.key];
    if (way === undefined && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    const words = await desk.words(page);
    if (!words.length) return void (said.value = t("There is no text on this page."));
    const at = place.peek();
    if (event.key === "Enter") return at ? mark(words, at) : undefined;
    const start = at ? at.to : way === undefined || way > 0 ? -1 : 1;
    const stepped = Math.abs(way ?? 1) === 1 || !at ? start + Math.sign(way ?? 1) : onNextLine(words, start, Math.sign(way ?? 1));
    const to = Math.max(0, Math.min(words.length - 1, stepped));
    const from = event.shiftKey && at ? at.from : to;
    place.value = { from, to };
    draft.value = { color: choices.peek().highlight, boxes: linesOf(words, from, to) };
    said.value = words.slice(Math.min(from, to), Math.max(from, to) + 1).map((word) => word[4]).join(" ");
  };
  /** @param {Word[]} words @param {{from: number, to: number}} at */
  const mark = (words, at) => {
    notes.add(content({ kind: "highlight", page, color: choices.peek().highlight, anchor: anchorOf(words, at.from, at.to) }));
    place.value = { from: at.to, to: at.to };
    draft.value = null;
    said.value = t("Highlighted");
  };
  const leave = () => { place.value = null; draft.value = null; };
  const attributes = { tabindex: 0, role: "application", "aria-label": t("Page %(n)s: arrows choose words, Shift widens, Enter highlights", { n: page }), onKeyDown: pressed, onBlur: leave };
  return { attributes, said: said.value };
}
