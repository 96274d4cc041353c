// Looks for words through the whole paper as they are typed, and goes from place to place.
import { effect, signal } from "@preact/signals-core";
import { hitsOn, ranked, bare, tokens } from "../finding.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("../finding.js").Hit} Hit */

const TYPING_MS = 220;
export const LONGEST = 200; // letters: nobody looks for more, and the panel repeats them
const LOST = /** @type {const} */ ("offline");

/** @param {Desk} desk */
export function makeSeeker(desk) {
  const open = signal(Boolean(desk.q));
  const sought = signal(desk.q);
  let run = 0;
  let timer = 0;
  let arrived = false; // typed words are only listed; the first Enter goes to the place, the next ones on from there

  /** @param {string} words @param {boolean} goThere */
  async function look(words, goThere) {
    run += 1;
    const mine = run;
    const wanted = tokens(words.split(/\s+/));
    if (!wanted.length) { desk.found.value = words ? { sought: words, state: "done", hits: [], at: 0, unread: 0 } : null; return; }
    const { page_count: last, textless } = desk.opening.value;
    /** @type {Hit[]} */
    const whole = [];
    /** @type {Hit[]} */
    const begun = [];
    let there = !goThere;
    let state = /** @type {"looking" | "done" | "offline"} */ ("looking");
    const tell = () => {
      const before = desk.found.peek();
      const hits = ranked(whole.length ? whole : begun, words);
      const kept = before?.sought === words && before.hits[before.at];
      const at = kept ? hits.findIndex((hit) => hit.page === kept.page && hit.from === kept.from) : nearest(hits, desk.page.peek());
      desk.found.value = { sought: words, state, hits, at, unread: textless.length };
    };
    for (let number = 1; number <= last; number += 1) {
      let page = null;
      try { page = await desk.texts.page(number); } catch { state = LOST; }
      if (mine !== run) return;
      if (page && flat(page).includes(wanted[0]?.bare ?? "")) {
        whole.push(...hitsOn(page, wanted, false));
        if (!whole.length) begun.push(...hitsOn(page, wanted, true));
      }
      if (number % 50 === 0 || number === last) {
        if (number === last && state === "looking") state = "done";
        tell();
        if (!there && (desk.found.peek()?.hits.length ?? 0) > 0 && number >= desk.page.peek()) { there = true; goTo(desk.found.peek()?.at ?? 0); }
        await new Promise((next) => setTimeout(next, 0));
      }
    }
    if (!there && desk.found.peek()?.hits.length) goTo(desk.found.peek()?.at ?? 0);
  }

  /** @param {number} at */
  function goTo(at) {
    const found = desk.found.peek();
    if (!found?.hits.length) return;
    arrived = true;
    const next = (at + found.hits.length) % found.hits.length;
    desk.found.value = { ...found, at: next };
    const page = found.hits[next]?.page;
    if (page && !desk.shown.peek().includes(page)) desk.turn(page);
    else if (page) desk.show(page);
  }

  /** @param {1 | -1} by */
  function next(by) {
    const found = desk.found.peek();
    if (found) goTo(Math.max(found.at, by > 0 ? -1 : 0) + by);
  }

  /** @param {string} words @param {boolean} [now] typed and sent: go to the first place */
  function seek(words, now = false) {
    const clean = words.trim().normalize("NFC").slice(0, LONGEST);
    clearTimeout(timer);
    if (now && clean === desk.found.peek()?.sought) return arrived ? next(1) : goTo(desk.found.peek()?.at ?? 0);
    arrived = false;
    sought.value = clean;
    if (now) void look(clean, true);
    else timer = window.setTimeout(() => void look(clean, false), TYPING_MS);
    return undefined;
  }

  function close() {
    run += 1;
    clearTimeout(timer);
    open.value = false;
    sought.value = "";
    desk.found.value = null;
  }

  let begun = false;
  effect(() => {
    if (begun || !desk.q || !desk.opening.value.pages.length) return;
    begun = true;
    void look(desk.q, true);
  });
  return { open, sought, seek, next, goTo, close };
}

/** @typedef {ReturnType<typeof makeSeeker>} Seeker */

/** The first place on or after a page; exact ones come first in the list. @param {Hit[]} hits @param {number} page */
function nearest(hits, page) {
  const exact = hits.findIndex((hit) => hit.exact && hit.page >= page);
  return exact >= 0 ? exact : Math.max(0, hits.findIndex((hit) => hit.page >= page));
}

/** @type {WeakMap<object, string>} */
const flats = new WeakMap();

/** The page's letters without marks, made once. @param {import("../words.js").PageText} page */
function flat(page) {
  const before = flats.get(page);
  if (before !== undefined) return before;
  const made = bare(page.joined);
  flats.set(page, made);
  return made;
}
