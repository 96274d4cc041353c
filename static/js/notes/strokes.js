// What each tool does from the touch to the lift: draw, highlight, erase, place a note.
import { choices } from "./choices.js";
import { isAt, noteAt } from "./hits.js";
import { extend, hasRoom, outline, touches } from "./ink.js";
import { content, contentOf, LIMITS } from "./note.js";
import { anchorOf, areaOf, linesOf, wordAt } from "./passage.js";

/** @typedef {import("./hand.js").Place} Place */
/** @typedef {import("./hand.js").Spot} Spot */
/** @typedef {import("./hand.js").Movement} Movement */
/** @typedef {import("./note.js").Content} Content */
/** @typedef {import("./note.js").Stroke} Stroke */
/** @typedef {import("./passage.js").Word} Word */

/** Strokes that follow each other so soon belong to one drawing. */
const TOGETHER_MS = 12000;
const ERASER = 7;

/** The drawing that the next stroke may join. @type {{key: string, page: number, color: string, at: number}} */
let last = { key: "", page: 0, color: "", at: 0 };

/** @param {Place} place @param {Spot} first @returns {Movement} */
export function drawing(place, first) {
  const { wet, ratio } = place;
  const { ink: color, width } = choices.peek();
  /** @type {Stroke} */
  let stroke = { points: [], width };
  let frame = 0;
  const paint = () => { frame = 0; wet.current?.setAttribute("d", outline(stroke, ratio, false)); };
  const add = (/** @type {Spot} */ { x, y, pressure }) => {
    if (extend(stroke.points, x, y, pressure, ratio) || stroke.points.length < LIMITS.points) return;
    commit(place, stroke, color);
    stroke = { points: stroke.points.slice(-1), width };
  };
  const clear = () => {
    cancelAnimationFrame(frame);
    wet.current?.setAttribute("d", "");
  };
  wet.current?.setAttribute("class", `wet c-${color}`);
  add(first);
  paint();
  return {
    move(spots) {
      spots.forEach(add);
      if (!frame) frame = requestAnimationFrame(paint);
    },
    end() {
      commit(place, stroke, color);
      clear();
    },
    drop: clear,
  };
}

/** @param {Place} place @param {Stroke} stroke @param {string} color */
function commit({ notes, page }, stroke, color) {
  if (!stroke.points.length) return;
  const drawn = notes.get(last.key);
  const joins = drawn && last.page === page && last.color === color && Date.now() - last.at < TOGETHER_MS && hasRoom(drawn.strokes);
  if (joins) notes.change(last.key, { strokes: [...drawn.strokes, stroke] });
  const key = joins ? last.key : notes.add(content({ kind: "ink", page, color, strokes: [stroke] }));
  last = { key, page, color, at: Date.now() };
}

/** @param {Place} place @param {Spot} first @returns {Movement} */
export function highlighting(place, first) {
  const { draft, notes, page, ratio, desk } = place;
  const color = choices.peek().highlight;
  /** @type {Word[]} */
  let words = [];
  let to = first;
  let moved = false;
  let ended = false;
  const reach = () => {
    const [from, until] = [wordAt(words, first.x, first.y), wordAt(words, to.x, to.y)];
    return from >= 0 && until >= 0 ? { from, until } : null;
  };
  const paint = () => {
    const found = reach();
    const area = found || wordAt(words, first.x, first.y) >= 0 ? null : areaOf([first.x, first.y], [to.x, to.y]);
    if (found) draft.value = { color, boxes: linesOf(words, found.from, found.until) };
    else if (area) draft.value = { color, boxes: area.boxes ?? [] };
  };
  const commitMark = () => {
    draft.value = null;
    const found = reach();
    const there = noteAt(notes.list.peek(), page, first.x, first.y, ratio);
    if (!moved && there) { notes.selected.value = there.key; return; }
    const area = wordAt(words, first.x, first.y) >= 0 ? null : areaOf([first.x, first.y], [to.x, to.y]);
    const anchor = found ? anchorOf(words, found.from, found.until) : moved ? area : null;
    if (anchor) notes.add(content({ kind: "highlight", page, color, anchor }));
  };
  const known = desk.words(page).then((heard) => { words = heard; if (moved && !ended) paint(); });
  return {
    move(spots) {
      to = spots.at(-1) ?? to;
      moved ||= Math.abs(to.x - first.x) > 6 || Math.abs(to.y - first.y) > 6;
      if (moved) paint();
    },
    end() {
      ended = true;
      void known.then(commitMark);
    },
    drop() { ended = true; draft.value = null; },
  };
}

/** @param {Place} place @param {Spot} first @returns {Movement} */
export function erasing({ notes, page, ratio }, first) {
  /** What the notes were before this sweep. @type {Map<string, Content>} */
  const before = new Map();
  const rub = (/** @type {Spot} */ { x, y }) => {
    for (const note of notes.list.peek()) {
      if (!note.mine || note.page !== page || note.lost || !isAt(note, x, y, ERASER, ratio)) continue;
      if (!before.has(note.key)) before.set(note.key, contentOf(note));
      const strokes = note.strokes.filter((stroke) => !touches(stroke, x, y, ERASER, ratio));
      notes.perform([{ key: note.key, before: null, after: note.kind === "ink" && strokes.length ? { ...contentOf(note), strokes } : null }]);
    }
  };
  const remember = () => {
    const changes = [...before].map(([key, was]) => ({ key, before: was, after: afterOf(notes, key) }));
    notes.history.add(changes, "", Date.now());
    notes.show();
  };
  rub(first);
  return { move: (spots) => spots.forEach(rub), end: remember, drop: remember };
}

/** @param {import("./store.js").Notes} notes @param {string} key */
function afterOf(notes, key) {
  const left = notes.get(key);
  return left ? contentOf(left) : null;
}

/** @param {Place} place @param {Spot} first @returns {Movement} */
export function placing({ notes, page, desk }, first) {
  let moved = false;
  return {
    move(spots) { moved ||= spots.some((spot) => Math.hypot(spot.x - first.x, spot.y - first.y) > 25); },
    end() {
      if (moved) return;
      const at = /** @type {[number, number]} */ ([Math.round(Math.min(985, Math.max(15, first.x))), Math.round(Math.min(985, Math.max(15, first.y)))]);
      const moving = notes.moving.peek();
      if (moving) notes.change(moving, { page, anchor: { at } });
      else notes.write(notes.add(content({ kind: "sticky", page, anchor: { at } })));
      notes.moving.value = null;
      desk.tool.value = "read";
      desk.sheet.value = true;
    },
    drop() {},
  };
}
