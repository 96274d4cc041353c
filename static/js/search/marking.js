// Opened from a hit (?mark=…): the words are marked where they stand, with a small bar that goes from place to place. The marks are
// painted over the page and change nothing in it, so that a page that draws itself again and again keeps working.
import { element, icon } from "../web/elements.js";
import { nt, t } from "../web/i18n.js";
import { forms, rangesIn } from "./marks.js";

/** @typedef {import("./marks.js").Need} Need */

/** Without a line: the words themselves, quoted ones together; fields and what is left out mark nothing. @param {string} typed @returns {Need[]} */
function plainly(typed) {
  const rest = typed.replace(/(?:^|\s)-\S+/g, " ").replace(/[\p{L}\s]{2,12}:(?:"[^"]*"|\S+)/gu, " ");
  const parts = [...rest.matchAll(/["“”«»]([^"“”«»]*)["“”«»]?|([^"“”«»]+)/g)];
  const said = parts.map((part) => ({ words: (part[1] ?? part[2] ?? "").match(/[\p{L}\p{N}\p{M}]+/gu) ?? [], strict: part[1] !== undefined }));
  return said.filter((each) => each.words.length).map(({ words, strict }) => ({ alternatives: [words.map(forms)], strict }));
}

/** What is to be marked: the server reads what was typed, abbreviations and dates too. @param {string} typed @returns {Promise<Need[]>} */
async function needsOf(typed) {
  try {
    const answer = await fetch(`/search/marks?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(4000) });
    if (answer.ok) return (await answer.json()).needs;
  } catch {
    // the line is down: the page itself was opened, so its words can still be marked
  }
  return plainly(typed);
}

const LATE_MS = 150;
const PATIENCE_MS = 6000;

/** @param {Range} range */
const within = (range) => range.startContainer.parentElement;

/** Whether a place can be looked at, if need be by opening what it lies in. @param {Range[]} place */
function canBeShown(place) {
  const [first] = place;
  return first !== undefined && (first.getClientRects().length > 0 || within(first)?.closest("details:not([open])") !== null);
}

/** Where to look: the parts of the page that hold the text, else the other such parts, else the whole of it. */
function lookedIn() {
  const choices = ["[data-markable]", "[data-markable-else]", "main"].map((each) => Array.from(document.querySelectorAll(each)));
  return choices.filter((each) => each.length);
}

/** @param {Need[]} needs @returns {Range[][]} */
function placesOf(needs) {
  for (const roots of lookedIn()) {
    const places = rangesIn(roots, needs).filter(canBeShown);
    if (places.length) return places;
  }
  return [];
}

/** @param {Range[][]} places @param {number} now */
function paint(places, now) {
  if (!("highlights" in CSS)) return;
  CSS.highlights.set("found", new Highlight(...places.flat()));
  const here = new Highlight(...(places[now] ?? []));
  here.priority = 1;
  CSS.highlights.set("found-now", here);
}

/** @param {Range[]} place @param {ScrollBehavior} behavior */
function goTo(place, behavior) {
  const top = place[0] && within(place[0]);
  for (let at = top?.closest("details:not([open])"); at; at = at.parentElement?.closest("details:not([open])")) at.setAttribute("open", "");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  top?.scrollIntoView({ block: "center", behavior: calm ? "instant" : behavior });
}

/** @param {Need[]} needs @param {string} typed */
function mark(needs, typed) {
  /** @type {Range[][]} */
  let places = [];
  let now = 0;
  let moved = false;
  const text = element("span", { class: "grow num-in", role: "status" });
  /** @param {string} name @param {string} label @param {number} step */
  const stepping = (name, label, step) => {
    const made = element("button", { type: "button", class: "btn btn-quiet btn-sq", "aria-label": label, title: label }, icon(name));
    made.addEventListener("click", () => {
      moved = true;
      now = (now + step + places.length) % places.length;
      tell();
      goTo(places[now] ?? [], "smooth");
    });
    return made;
  };
  const steps = [stepping("chevron-up", t("Place before"), -1), stepping("chevron-down", t("Next place"), 1)];
  const off = element("button", { type: "button", class: "btn btn-ghost" }, t("Take the marks away"));
  const box = element("div", { class: "marksbar", role: "region", "aria-label": t("Marked: %(said)s", { said: typed }) }, icon("search"), text, ...steps, off);

  const tell = () => {
    paint(places, now);
    for (const step of steps) step.hidden = places.length < 2;
    const said = !places.length ? t("“%(said)s” does not stand on this page.", { said: typed }) : places.length > 1 ? t("place %(at)s of %(all)s", { at: now + 1, all: places.length }) : nt("%(n)s place marked", "%(n)s places marked", 1);
    if (text.textContent !== said) text.textContent = said;
  };
  const again = () => {
    const before = places.length;
    places = placesOf(needs);
    now = Math.min(now, Math.max(places.length - 1, 0));
    if (places.length) box.isConnected || document.body.append(box);
    if (places.length || box.isConnected) tell();
    if (!before && places.length && !moved) goTo(places[now] ?? [], "instant");
  };

  let timer = 0;
  const seen = new MutationObserver((changes) => {
    if (changes.every((change) => box.contains(change.target) || change.target === document.body)) return;
    clearTimeout(timer);
    timer = setTimeout(again, LATE_MS);
  });
  seen.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["hidden", "open", "data-view"] });
  const late = setTimeout(() => {
    if (box.isConnected) return;
    document.body.append(box);
    tell();
  }, PATIENCE_MS);
  off.addEventListener("click", () => {
    seen.disconnect();
    clearTimeout(late);
    clearTimeout(timer);
    paint([], 0);
    box.remove();
    const address = new URL(location.href);
    address.searchParams.delete("mark");
    history.replaceState(history.state, "", address);
  });
  again();
}

const typed = (new URL(location.href).searchParams.get("mark") ?? "").trim().slice(0, 300);
const needs = typed ? await needsOf(typed) : [];
if (needs.length) mark(needs, typed);
