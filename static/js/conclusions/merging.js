// A merge of two people's paragraphs that loses none; the same rule as meeting/conclusions/merging.py, held to the same cases.
// Here it brings what others wrote into a field that somebody is typing in.

/** Stands between two versions of the same lines. */
export const CLASH = "[Hai người cùng sửa: giữ đoạn đúng, bỏ đoạn kia và dòng này]";

/** @param {string} text @returns {string[]} */
export const linesOf = (text) => (text === "" ? [] : text.split("\n"));

/** The number at a place; 0 beyond the end. @param {ArrayLike<number>} list @param {number} place */
const num = (list, place) => list[place] ?? 0;

/** For each line of `one` the line of `other` that it stands for in a longest common run of lines, or -1. @param {string[]} one @param {string[]} other @returns {number[]} */
export function matches(one, other) {
  const width = other.length + 1;
  const longest = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const down = num(longest, (i + 1) * width + j);
      const right = num(longest, i * width + j + 1);
      longest[i * width + j] = one[i] === other[j] ? num(longest, (i + 1) * width + j + 1) + 1 : Math.max(down, right);
    }
  }
  const found = one.map(() => -1);
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) { found[i] = j; i += 1; j += 1; }
    else if (num(longest, (i + 1) * width + j) >= num(longest, i * width + j + 1)) i += 1;
    else j += 1;
  }
  return found;
}

/** @param {string[]} one @param {string[]} other */
const same = (one, other) => one.length === other.length && one.every((line, place) => line === other[place]);

/** What stays where both changed the same stretch. @param {string[]} base @param {string[]} theirs @param {string[]} mine @returns {string[]} */
function both(base, theirs, mine) {
  /** @type {[string[], string[]][]} */
  const ways = [[theirs, mine], [mine, theirs]];
  for (const [one, other] of ways) {
    if (!other.length || one.join("\n").startsWith(other.join("\n"))) return one;
    if (base.length && same(other.slice(0, base.length), base)) return [...one, ...other.slice(base.length)];
    if (base.length && same(other.slice(-base.length), base)) return [...other.slice(0, -base.length), ...one];
  }
  return base.some((line) => line.trim()) ? [...theirs, CLASH, ...mine] : [...theirs, ...mine];
}

/** One stretch between lines that all three share. @param {string[]} base @param {string[]} theirs @param {string[]} mine @returns {string[]} */
function stretch(base, theirs, mine) {
  if (same(theirs, mine) || same(mine, base)) return theirs;
  return same(theirs, base) ? mine : both(base, theirs, mine);
}

/** Both texts began as `base`; nothing that either of them wrote is lost. @param {string} base @param {string} theirs @param {string} mine @returns {string} */
export function merged(base, theirs, mine) {
  const [from, one, other] = [linesOf(base), linesOf(theirs), linesOf(mine)];
  const [ofOne, ofOther] = [matches(from, one), matches(from, other)];
  /** @type {string[]} */
  const kept = [];
  let [b, t, m] = [0, 0, 0];
  from.forEach((line, place) => {
    const [inOne, inOther] = [ofOne[place] ?? -1, ofOther[place] ?? -1];
    if (inOne < 0 || inOther < 0) return;
    kept.push(...stretch(from.slice(b, place), one.slice(t, inOne), other.slice(m, inOther)), line);
    [b, t, m] = [place + 1, inOne + 1, inOther + 1];
  });
  kept.push(...stretch(from.slice(b), one.slice(t), other.slice(m)));
  return kept.join("\n");
}

/**
 * Write a text into a field so that the caret stays with the words it stands in: only the lines that differ are touched.
 * @param {HTMLTextAreaElement} field @param {string} text
 */
export function bringIn(field, text) {
  if (field.value === text) return;
  const [now, wanted] = [field.value.split("\n"), text.split("\n")];
  const found = matches(now, wanted);
  const starts = [0];
  now.forEach((line, place) => starts.push(num(starts, place) + line.length + 1));
  /** @type {Change[]} */
  const changes = [];
  let [here, there] = [0, 0];
  for (let place = 0; place <= now.length; place += 1) {
    const at = place < now.length ? found[place] ?? -1 : wanted.length;
    if (at < 0) continue;
    if (place > here || at > there) changes.push(change(now.length, starts, here, place, wanted.slice(there, at)));
    [here, there] = [place + 1, at + 1];
  }
  for (const each of changes.reverse()) field.setRangeText(each.text, each.from, each.to, "preserve");
  if (field.value !== text) field.value = text;
}

/** @typedef {{from: number, to: number, text: string}} Change */

/** Lines here..place become `lines`, with the line end that belongs to them. @param {number} count @param {number[]} starts @param {number} here @param {number} place @param {string[]} lines @returns {Change} */
function change(count, starts, here, place, lines) {
  const [from, to] = [num(starts, here), num(starts, place)];
  if (place < count) return { from, to, text: lines.map((line) => `${line}\n`).join("") };
  const end = num(starts, count) - 1; // the last line has no line end
  if (here === 0) return { from: 0, to: end, text: lines.join("\n") };
  return { from: from - 1, to: end, text: lines.map((line) => `\n${line}`).join("") };
}
