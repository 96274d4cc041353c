// Finds in a page what the server found in its store, by the same rules: marks and đ do not matter, nor how letters are composed,
// where a tone stands or whether y or i is written. What was typed with marks is preferred as it was typed.
import { element } from "../web/elements.js";

/** @typedef {[folded: string, exact: string]} Said one syllable; `exact` is empty where it was typed without marks */
/** @typedef {{alternatives: Said[][], strict: boolean}} Need */
/** @typedef {{folded: string, exact: string, start: number, end: number, sentence: number}} Syllable */
/** @typedef {[start: number, end: number]} Span */

const TONES = /** @type {Record<string, string>} */ ({ "\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5" });
const TOKEN = /\d{1,3}(?:\.\d{3}){1,6}(?![\p{L}\p{N}_]|\.[\p{L}\p{N}])|[\p{L}\p{N}\p{M}]+/gu;
const ENDS = /[.!?;…](?=\s|$)|\n\s*\n/;
const Y_ENDS = /^(?:[hklmst]|qu)y$/;
const GAP = 3;
const FARTHEST = 16;
const SMALL_WORDS = "của và các những về việc tại theo cho là được có đã số ngày trong với do để"; // as in meeting/search/language/rewriting.py
const INLINE = new Set(["A", "ABBR", "B", "BDI", "CODE", "EM", "I", "LABEL", "MARK", "S", "SMALL", "SPAN", "STRONG", "SUB", "SUP", "TIME", "U"]);
const UNREAD = "script, style, svg, button, select, input, textarea, .sr-only, .es, [hidden]";

/** @param {string} letters */
const oneI = (letters) => (Y_ENDS.test(letters) ? `${letters.slice(0, -1)}i` : letters);

/** @param {string} word @returns {Said} */
export function forms(word) {
  const lower = word.toLowerCase().replaceAll("ð", "đ");
  if (/^[\d.]+$/.test(lower)) {
    const number = lower.replaceAll(".", "").replace(/^0+(?=\d)/, "");
    return [number, number];
  }
  let tone = "";
  let letters = "";
  for (const letter of lower.normalize("NFD")) {
    if (letter in TONES) tone = TONES[letter] ?? "";
    else letters += letter;
  }
  return [oneI(letters.replace(/\p{M}/gu, "").replaceAll("đ", "d")), oneI(letters.normalize("NFC")) + tone];
}

const SMALL = new Set(SMALL_WORDS.split(" ").map((word) => forms(word)[1]));

/** The point of TP., Q. or UB. ends no sentence. @param {string} gap @param {string} before */
function endsSentence(gap, before) {
  return ENDS.test(gap) && !(gap.startsWith(". ") && /^\p{Lu}{1,3}$/u.test(before));
}

/** @param {string} text @returns {Syllable[]} */
export function syllables(text) {
  /** @type {Syllable[]} */
  const found = [];
  let sentence = 0;
  for (const match of text.matchAll(TOKEN)) {
    const before = found.at(-1);
    if (before && endsSentence(text.slice(before.end, match.index), text.slice(before.start, before.end))) sentence += 1;
    const [folded, exact] = forms(match[0]);
    found.push({ folded, exact, start: match.index, end: match.index + match[0].length, sentence });
  }
  return found;
}

/** The next place of a syllable: right there, or past small words and a few others. @param {string} folded @param {Syllable[]} text @param {number} from @param {number} gap */
function ahead(folded, text, from, gap) {
  let others = 0;
  for (let at = from; at < Math.min(from + (gap ? FARTHEST : 1), text.length); at += 1) {
    const here = /** @type {Syllable} */ (text[at]);
    if (here.folded === folded) return at;
    if (!SMALL.has(here.exact) && (others += 1) > gap) return -1;
  }
  return -1;
}

/** @param {Said[]} run @param {Syllable[]} text @param {number} gap @returns {Syllable[][]} where the run stands, in order, inside one sentence */
function placesOf(run, text, gap) {
  const found = [];
  let after = 0;
  for (let start = 0; start < text.length; start += 1) {
    if (start < after || text[start]?.folded !== run[0]?.[0]) continue;
    const places = [start];
    for (const [folded] of run.slice(1)) {
      const at = ahead(folded, text, /** @type {number} */ (places.at(-1)) + 1, gap);
      if (at < 0 || text[at]?.sentence !== text[start]?.sentence) break;
      places.push(at);
    }
    if (places.length < run.length) continue;
    after = /** @type {number} */ (places.at(-1)) + 1;
    found.push(places.map((at) => /** @type {Syllable} */ (text[at])));
  }
  return found;
}

/** @param {Said[]} run @param {Syllable[]} places */
function asTyped(run, places) {
  return run.every(([, exact], at) => !exact || places[at]?.exact === exact);
}

/** Neighbours marked as one. @param {Syllable[]} places @param {string} text @returns {Span[]} */
function joined(places, text) {
  /** @type {Span[]} */
  const spans = [];
  for (const { start, end } of places) {
    const last = spans.at(-1);
    if (last && !/[\p{L}\p{N}]/u.test(text.slice(last[1], start))) last[1] = end;
    else spans.push([start, end]);
  }
  return spans;
}

/** The longest pieces of two syllables and more. @param {Said[]} run @param {Syllable[]} text @returns {Syllable[][]} */
function inParts(run, text) {
  for (let length = run.length - 1; length > 1; length -= 1) {
    const found = [];
    for (let start = 0; start + length <= run.length; start += 1) found.push(...placesOf(run.slice(start, start + length), text, 0));
    if (found.length) return found;
  }
  return [];
}

/** @param {Need} need @param {Syllable[]} read @returns {Syllable[][]} */
function answers(need, read) {
  for (const gap of need.strict ? [0] : [0, GAP]) {
    const found = need.alternatives.flatMap((run) => placesOf(run, read, gap).map((places) => ({ places, exact: asTyped(run, places) })));
    const exact = found.filter((each) => each.exact);
    if (found.length) return (exact.length ? exact : found).map((each) => each.places);
  }
  return need.strict ? [] : need.alternatives.flatMap((run) => inParts(run, read));
}

/** The places of a text that answer, each a list of spans. @param {Need[]} needs @param {string} text @returns {Span[][]} */
export function spansIn(needs, text) {
  const read = syllables(text);
  const found = needs.flatMap((need) => answers(need, read)).map((places) => joined(places, text));
  found.sort((a, b) => (a[0]?.[0] ?? 0) - (b[0]?.[0] ?? 0));
  let end = -1;
  return found.filter((spans) => {
    const free = (spans[0]?.[0] ?? 0) >= end;
    if (free) end = spans.at(-1)?.[1] ?? end;
    return free;
  });
}

/** @param {Node} node */
function blockOf(node) {
  let at = node.parentElement;
  while (at && INLINE.has(at.tagName)) at = at.parentElement;
  return at;
}

/** The text of some roots, with the nodes it came from; other blocks are other sentences. @param {Iterable<Element>} roots */
function gathered(roots) {
  /** @type {{node: Text, start: number}[]} */
  const nodes = [];
  let text = "";
  let block = /** @type {Element | null} */ (null);
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      if (node.parentElement?.closest(UNREAD)) continue;
      const here = blockOf(node);
      if (here !== block) text += "\n\n";
      block = here;
      nodes.push({ node, start: text.length });
      text += node.data;
    }
  }
  return { nodes, text };
}

/** The parts of text nodes that a place covers. @typedef {{node: Text, from: number, to: number, place: number}} Part */

/** @param {Iterable<Element>} roots @param {Need[]} needs @returns {{parts: Part[], count: number}} */
function partsIn(roots, needs) {
  const { nodes, text } = gathered(roots);
  const places = spansIn(needs, text);
  const wanted = places.flatMap((spans, place) => spans.map((span) => ({ span, place })));
  /** @type {Part[]} */
  const parts = [];
  let first = 0;
  for (const { node, start } of nodes) {
    const end = start + node.data.length;
    while (first < wanted.length && /** @type {{span: Span}} */ (wanted[first]).span[1] <= start) first += 1;
    for (let at = first; at < wanted.length; at += 1) {
      const { span, place } = /** @type {{span: Span, place: number}} */ (wanted[at]);
      if (span[0] >= end) break;
      parts.push({ node, from: Math.max(span[0] - start, 0), to: Math.min(span[1] - start, node.data.length), place });
    }
  }
  return { parts, count: places.length };
}

/** What answers, as ranges: nothing in the page is changed. @param {Iterable<Element>} roots @param {Need[]} needs @returns {Range[][]} */
export function rangesIn(roots, needs) {
  const { parts, count } = partsIn(roots, needs);
  /** @type {Range[][]} */
  const places = Array.from({ length: count }, () => []);
  for (const { node, from, to, place } of parts) {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    places[place]?.push(range);
  }
  return places.filter((each) => each.length);
}

/**
 * Marks what answers inside some elements with <mark>, also where it runs across <b> or <a>. For text that nothing draws again.
 * @param {Iterable<Element>} roots
 * @param {Need[]} needs
 * @returns {HTMLElement[][]} the marks of each place, in order
 */
export function markIn(roots, needs) {
  const { parts, count } = partsIn(roots, needs);
  /** @type {HTMLElement[][]} */
  const marks = Array.from({ length: count }, () => []);
  for (const { node, from, to, place } of parts.reverse()) {
    const hit = node.splitText(from);
    hit.splitText(to - from);
    const made = element("mark", { class: "hit" });
    hit.replaceWith(made);
    made.append(hit);
    marks[place]?.unshift(made);
  }
  return marks.filter((each) => each.length);
}
