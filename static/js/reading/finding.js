// Finding words in the paper, with or without their marks, over the words of its pages: works without a line.

/** @typedef {import("./desk.js").Box} Box */
/** @typedef {import("./words.js").PageText} PageText */
/** @typedef {{page: number, from: number, to: number, exact: boolean, before: string, text: string, after: string}} Hit words `from`…`to` */
/** @typedef {{sought: string, state: "looking" | "done" | "offline", hits: Hit[], at: number, unread: number}} Found `at` is the hit shown; `unread` pages have no text */

/** @typedef {{bare: string, marked: string, word: number}} Token */

/** Lower case without tone marks and letter marks, đ as d. @param {string} text */
export function bare(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}

/** The syllables of words, each with the number of its word. @param {string[]} words @returns {Token[]} */
export function tokens(words) {
  return words.flatMap((word, at) => (word.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []).map((marked) => ({ marked, bare: bare(marked), word: at })));
}

const AROUND = 7;

/**
 * All places of the words in a row, marks and case apart. The last syllable may be the beginning of one when `open`.
 * @param {PageText} page @param {Token[]} wanted @param {boolean} open @returns {Hit[]}
 */
export function hitsOn(page, wanted, open) {
  const words = page.joined ? page.joined.split("\n") : [];
  const found = tokens(words);
  /** @type {Hit[]} */
  const hits = [];
  for (let start = 0; wanted.length && start + wanted.length <= found.length; start += 1) {
    const same = (/** @type {"bare" | "marked"} */ which) => wanted.every((token, at) => {
      const there = found[start + at]?.[which] ?? "";
      return open && at === wanted.length - 1 ? there.startsWith(token[which]) : there === token[which];
    });
    if (!same("bare")) continue;
    const from = found[start]?.word ?? 0;
    const to = found[start + wanted.length - 1]?.word ?? from;
    const passage = (/** @type {number} */ first, /** @type {number} */ end) => words.slice(Math.max(0, first), Math.max(0, end)).join(" ");
    hits.push({ page: page.number, from, to, exact: same("marked"), before: passage(from - AROUND, from), text: passage(from, to + 1), after: passage(to + 1, to + 1 + AROUND) });
  }
  return hits;
}

/** Typed with marks, what bears the same marks comes first; all else in the order of the pages. @param {Hit[]} hits @param {string} sought @returns {Hit[]} */
export function ranked(hits, sought) {
  const typed = sought.normalize("NFC").toLowerCase();
  if (bare(typed) === typed) return hits;
  return [...hits.filter((hit) => hit.exact), ...hits.filter((hit) => !hit.exact)];
}
