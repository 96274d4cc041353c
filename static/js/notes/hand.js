// A finger, a pen or a mouse on a page with a tool in hand: one pointer works, two fingers are the viewer's.
import { effect } from "@preact/signals";
import { drawing, erasing, highlighting, placing } from "./strokes.js";
import { palm } from "./palm.js";

/** @typedef {import("../reading/desk.js").Desk} Desk */
/** @typedef {import("./store.js").Notes} Notes */
/**
 * @typedef {{root: HTMLElement, wet: {current: SVGPathElement | null}, draft: import("@preact/signals").Signal<import("./layer.js").Draft | null>,
 *   desk: Desk, notes: Notes, page: number, ratio: number}} Place
 */
/** @typedef {{x: number, y: number, pressure: number}} Spot thousandths of the page; pressure 0 to 1 */
/** One movement, from the touch to the lift. @typedef {{move: (spots: Spot[]) => void, end: () => void, drop: () => void}} Movement */

/** A second finger within this time means that both want to zoom. */
const YOUNG_MS = 400;

/** @type {Record<string, (place: Place, first: Spot) => Movement>} */
const movements = { ink: drawing, highlight: highlighting, erase: erasing, sticky: placing };

/** Listen on a page. @param {Place} place @returns {() => void} */
export function handle(place) {
  const { root, desk } = place;
  /** @type {{id: number, type: string, since: number, movement: Movement, box: DOMRect} | null} */
  let active = null;
  /** While something is drawn, nobody leads the page away: told by an attribute. @param {typeof active} next */
  const hold = (next) => {
    active = next;
    root.toggleAttribute("data-editing", Boolean(next));
  };
  const drop = () => {
    active?.movement.drop();
    hold(null);
  };
  const spots = (/** @type {PointerEvent} */ event, /** @type {DOMRect} */ box) => {
    const all = event.type === "pointermove" ? event.getCoalescedEvents?.() ?? [] : [];
    return (all.length ? all : [event]).map((each) => ({
      x: ((each.clientX - box.left) / box.width) * 1000,
      y: ((each.clientY - box.top) / box.height) * 1000,
      pressure: each.pointerType === "pen" && each.pressure > 0 ? each.pressure : 0.5,
    }));
  };
  const down = (/** @type {PointerEvent} */ event) => {
    if (event.target instanceof Element && event.target.closest("button")) return; // a pin
    if (active) {
      const young = performance.now() - active.since < YOUNG_MS;
      if (active.type === "touch" && (event.pointerType === "pen" || young)) drop();
      if (event.pointerType !== "pen") return;
    }
    const begin = movements[desk.tool.peek()];
    if (active || !begin || !palm.draws(event)) return;
    event.preventDefault();
    try { root.setPointerCapture(event.pointerId); } catch { return; } // it has lifted already
    const box = root.getBoundingClientRect();
    const [first] = spots(event, box);
    if (first) hold({ id: event.pointerId, type: event.pointerType, since: performance.now(), movement: begin(place, first), box });
  };
  const moved = (/** @type {PointerEvent} */ event) => {
    if (active?.id === event.pointerId) active.movement.move(spots(event, active.box));
  };
  const up = (/** @type {PointerEvent} */ event) => {
    if (active?.id !== event.pointerId) return;
    const { movement, box } = active;
    hold(null);
    if (event.type === "pointercancel") return movement.drop();
    movement.move(spots(event, box));
    movement.end();
  };
  root.addEventListener("pointerdown", down);
  root.addEventListener("pointermove", moved);
  root.addEventListener("pointerup", up);
  root.addEventListener("pointercancel", up);
  const pinched = effect(() => { if (desk.gesture.value === "pinch") drop(); });
  return () => {
    active?.movement.end();
    hold(null);
    pinched();
    root.removeEventListener("pointerdown", down);
    root.removeEventListener("pointermove", moved);
    root.removeEventListener("pointerup", up);
    root.removeEventListener("pointercancel", up);
  };
}
