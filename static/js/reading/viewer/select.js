// Selecting words of a page: by mouse, or by a long press and two grips.
import { linesOf } from "./lines.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("../desk.js").Word} Word */

/** Thousandths of the page at a point of the glass. @param {Element} sheet @param {{clientX: number, clientY: number}} event @returns {[number, number]} */
export function placeOn(sheet, event) {
  const box = sheet.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * 1000, ((event.clientY - box.top) / box.height) * 1000];
}

/** The page under a point of the glass. @param {Element} stage @param {{clientX: number, clientY: number}} event @returns {HTMLElement | null} */
export function sheetAt(stage, event) {
  for (const sheet of stage.querySelectorAll(".vview.open .vpage")) {
    const box = sheet.getBoundingClientRect();
    if (event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom) return /** @type {HTMLElement} */ (sheet);
  }
  return null;
}

/** The word under a place, -1 where there is none. @param {Word[]} words @param {[number, number]} place @param {number} [slack] */
export function wordAt(words, [x, y], slack = 3) {
  return words.findIndex(([left, top, right, bottom]) => x >= left - slack && x <= right + slack && y >= top - slack && y <= bottom + slack);
}

/** The word nearest to a place: lines first, then along the line. @param {Word[]} words @param {[number, number]} place */
export function nearestWord(words, [x, y]) {
  let best = -1;
  let least = Infinity;
  words.forEach(([left, top, right, bottom], at) => {
    const down = y < top ? top - y : y > bottom ? y - bottom : 0;
    const across = x < left ? left - x : x > right ? x - right : 0;
    const away = down * 20 + across;
    if (away < least) { least = away; best = at; }
  });
  return best;
}

/** @param {Desk} desk @param {number} page @param {Word[]} words @param {number} one @param {number} other @param {boolean} settled */
export function choose(desk, page, words, one, other, settled) {
  const [from, to] = one <= other ? [one, other] : [other, one];
  const chosen = words.slice(from, to + 1);
  if (from < 0 || !chosen.length) return;
  desk.selection.value = { page, from, to, text: textOf(chosen), boxes: linesOf(chosen), settled };
}

/** The words as they are copied: lines of one paragraph are one line. @param {Word[]} words */
function textOf(words) {
  return words.map((word) => word[4]).join(" ").normalize("NFC");
}

/** @param {string} text @returns {Promise<boolean>} */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text);
  }
}

/** Where the clipboard is not offered (plain http). @param {string} text */
function copyByHand(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr-only";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
