// The same merge word by word, for texts of one paragraph: as meeting/conclusions/editing.py, which has the last word.
import { CLASH, linesOf, matches, merged } from "./merging.js";

const MOST = 1500; // pieces
/** Words and the gaps between them. @param {string} text @returns {string[]} */
const piecesOf = (text) => text.match(/\s+|[^\s]+/g) ?? [];
/** @param {string} text */
const clashes = (text) => text.split(CLASH).length - 1;

/** Both texts began as `base`; nothing that either of them wrote is lost. @param {string} base @param {string} theirs @param {string} mine @returns {string} */
export function mergedWords(base, theirs, mine) {
  if (theirs === base || theirs === mine) return mine;
  if (mine === base) return theirs;
  const whole = linesOf(base).length > 400 ? `${theirs}\n${CLASH}\n${mine}` : merged(base, theirs, mine);
  if (clashes(whole) <= Math.max(clashes(theirs), clashes(mine))) return whole;
  return byWords(base, theirs, mine) ?? whole;
}

/** @param {string} base @param {string} theirs @param {string} mine @returns {string | null} null where both changed the same words */
function byWords(base, theirs, mine) {
  const [from, one, other] = [piecesOf(base), piecesOf(theirs), piecesOf(mine)];
  if (Math.max(from.length, one.length, other.length) > MOST) return null;
  const [ofOne, ofOther] = [matches(from, one), matches(from, other)];
  /** @type {string[]} */
  const kept = [];
  let [b, t, m] = [0, 0, 0];
  for (let place = 0; place <= from.length; place += 1) {
    const inOne = place < from.length ? ofOne[place] ?? -1 : one.length;
    const inOther = place < from.length ? ofOther[place] ?? -1 : other.length;
    if (inOne < 0 || inOther < 0) continue;
    const piece = stretch(from.slice(b, place).join(""), one.slice(t, inOne).join(""), other.slice(m, inOther).join(""));
    if (piece === null) return null;
    kept.push(piece, from[place] ?? "");
    [b, t, m] = [place + 1, inOne + 1, inOther + 1];
  }
  return kept.join("");
}

/** @param {string} base @param {string} theirs @param {string} mine @returns {string | null} */
function stretch(base, theirs, mine) {
  if (theirs === mine || mine === base) return theirs;
  return theirs === base ? mine : null;
}

/** Write a text into a field so that the caret stays with the words around it: only what differs is touched. @param {HTMLTextAreaElement | HTMLInputElement} field @param {string} text */
export function bringWords(field, text) {
  const now = field.value;
  if (now === text) return;
  const most = Math.min(now.length, text.length);
  let head = 0;
  while (head < most && now[head] === text[head]) head += 1;
  let tail = 0;
  while (tail < most - head && now[now.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  field.setRangeText(text.slice(head, text.length - tail), head, now.length - tail, "preserve");
  if (field.value !== text) field.value = text;
}

/** @typedef {{text: string, kind: "same" | "gone" | "new"}} Piece */

/** What became of a text, word by word. @param {string} before @param {string} after @returns {Piece[]} */
export function compared(before, after) {
  const [one, other] = [piecesOf(before), piecesOf(after)];
  if (Math.max(one.length, other.length) > MOST) return [{ text: before, kind: "gone" }, { text: after, kind: "new" }];
  const found = matches(one, other);
  /** @type {Piece[]} */
  const pieces = [];
  /** @param {string} text @param {Piece["kind"]} kind */
  const put = (text, kind) => {
    if (!text) return;
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ text, kind });
  };
  let there = 0;
  one.forEach((word, place) => {
    const at = found[place] ?? -1;
    if (at < 0) return put(word, "gone");
    put(other.slice(there, at).join(""), "new");
    put(word, "same");
    there = at + 1;
    return undefined;
  });
  put(other.slice(there).join(""), "new");
  return pieces;
}
