// Words into lines, and lines into paragraphs: for marks on the page and for the large text.

/** @typedef {import("../desk.js").Word} Word */
/** @typedef {import("../desk.js").Box} Box */
/** @typedef {{box: Box, text: string}} Line */

/** Whether a word goes on in the line of a box. @param {Box} box @param {Word} word */
function goesOn([left, top, right, bottom], word) {
  const shared = Math.min(bottom, word[3]) - Math.max(top, word[1]);
  return shared > 0.5 * Math.min(bottom - top, word[3] - word[1]) && word[0] >= left && word[0] >= right - 12;
}

/** One box for each line of the words. @param {Word[]} words @returns {Box[]} */
export function linesOf(words) {
  return lines(words).map((line) => line.box);
}

/** A gap as wide as this (thousandths) parts the columns of a table. */
const COLUMN = 30;

/** @param {Word[]} words @returns {Line[]} */
export function lines(words) {
  /** @type {Line[]} */
  const found = [];
  for (const word of words) {
    const line = found.at(-1);
    if (!line || !goesOn(line.box, word)) {
      found.push({ box: [word[0], word[1], word[2], word[3]], text: word[4] });
      continue;
    }
    line.text += (word[0] - line.box[2] > COLUMN ? "\u2002·\u2002" : " ") + word[4];
    line.box = [line.box[0], Math.min(line.box[1], word[1]), Math.max(line.box[2], word[2]), Math.max(line.box[3], word[3])];
  }
  return found;
}

/** @typedef {{text: string, heading: boolean, centred: boolean}} Paragraph */

/**
 * Lines into paragraphs: a new one where the line before ended early, where this one is set in or lies far below, and for rows
 * of a table. Broken words at the end of a line are not joined: Vietnamese does not break them.
 * @param {Word[]} words @returns {Paragraph[]}
 */
export function paragraphs(words) {
  const all = lines(words);
  if (!all.length) return [];
  const left = percentile(all.map((line) => line.box[0]), 0.1);
  const right = percentile(all.map((line) => line.box[2]), 0.9);
  const height = percentile(all.map((line) => line.box[3] - line.box[1]), 0.5);
  const ends = (/** @type {Line} */ line) => line.box[2] < right - 60;
  const row = (/** @type {Line} */ line) => line.text.includes("\u2002·\u2002");
  /** @type {Paragraph[]} */
  const found = [];
  all.forEach((line, at) => {
    const before = all[at - 1];
    const far = before ? line.box[1] - before.box[3] > height * 0.9 || line.box[1] < before.box[1] - height : true;
    const begins = !before || far || ends(before) || line.box[0] > left + 25 || row(line) || row(before) || /^([-–+•]|\d+[.)]|[a-zđ]\))\s/.test(line.text);
    const last = found.at(-1);
    if (!begins && last) last.text += ` ${line.text}`;
    else found.push({ text: line.text, heading: isHeading(line.text), centred: line.box[0] > left + 120 && line.box[2] < right - 60 });
  });
  return found;
}

/** @param {string} text */
function isHeading(text) {
  const letters = text.replace(/[^\p{L}]/gu, "");
  return letters.length > 3 && letters === letters.toUpperCase();
}

/** @param {number[]} values @param {number} share */
function percentile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
