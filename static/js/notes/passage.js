// From a finger on the page to words: the nearest word, the passage between two, its lines and its quotation.
import { LIMITS } from "./note.js";

/** @typedef {[number, number, number, number, string]} Word left, top, right, bottom in thousandths, and the word */
/** @typedef {import("./note.js").Box} Box */
/** @typedef {import("./note.js").Anchor} Anchor */

/** How far from any word (thousandths) a finger still means the text. */
const REACH = 40;

/** The word under a place, or the nearest on its line, or none in reach. @param {Word[]} words @param {number} x @param {number} y @returns {number} index, -1 for none */
export function wordAt(words, x, y) {
  let found = -1;
  let least = REACH;
  words.forEach(([left, top, right, bottom], at) => {
    const across = Math.max(left - x, 0, x - right);
    const down = Math.max(top - y, 0, y - bottom);
    const away = across / 4 + down * 2;
    if (away < least || (away === least && found === -1)) [least, found] = [away, at];
  });
  return found;
}

/** Lines of the words from one to another, however they were dragged: one box a line. @param {Word[]} words @param {number} from @param {number} to @returns {Box[]} */
export function linesOf(words, from, to) {
  /** @type {Box[]} */
  const lines = [];
  for (const [left, top, right, bottom] of words.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    const line = lines.at(-1);
    if (line && onOneLine(line, top, bottom) && left >= line[0] - 2) {
      line[1] = Math.min(line[1], top);
      line[2] = Math.max(line[2], right);
      line[3] = Math.max(line[3], bottom);
    } else lines.push([left, top, right, bottom]);
  }
  return lines;
}

/** @param {Box} line @param {number} top @param {number} bottom */
function onOneLine(line, top, bottom) {
  const shared = Math.min(line[3], bottom) - Math.max(line[1], top);
  return shared > 0.5 * Math.min(line[3] - line[1], bottom - top);
}

/** What marks the passage, so that it is found again in another version. @param {Word[]} words @param {number} from @param {number} to @returns {Anchor} */
export function anchorOf(words, from, to) {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const text = (/** @type {Word[]} */ some) => some.map((word) => word[4]).join(" ").normalize("NFC");
  const exact = text(words.slice(first, last + 1)).slice(0, LIMITS.quote);
  const prefix = text(words.slice(Math.max(0, first - 12), first)).slice(-LIMITS.around);
  const suffix = text(words.slice(last + 1, last + 13)).slice(0, LIMITS.around);
  return { quote: { exact, prefix, suffix }, boxes: linesOf(words, first, last).map(rounded) };
}

/** Where there is no text: the rectangle between two corners, or none when it is too small to be meant. @param {[number, number]} one @param {[number, number]} other @returns {Anchor | null} */
export function areaOf([x, y], [toX, toY]) {
  if (Math.abs(toX - x) < 8 || Math.abs(toY - y) < 5) return null;
  return { boxes: [rounded([Math.min(x, toX), Math.min(y, toY), Math.max(x, toX), Math.max(y, toY)])] };
}

/** @param {Box} box @returns {Box} */
function rounded([left, top, right, bottom]) {
  const bound = (/** @type {number} */ value) => Math.min(1000, Math.max(0, Math.round(value)));
  return [bound(left), bound(top), bound(right), bound(bottom)];
}

/** @param {Box[] | null | undefined} boxes @param {number} x @param {number} y @param {number} reach */
export function holds(boxes, x, y, reach) {
  return (boxes ?? []).some(([left, top, right, bottom]) => x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach);
}
