// Dragging a row of a list by its handle: with the finger, the pen or the mouse alike. Nothing is sent before the row is let go.
import { useRef, useState } from "preact/hooks";

/** @typedef {{id: number, from: number, to: number, by: number, height: number}} Drag */

/**
 * @param {number[]} ids the rows in their order
 * @param {(id: number, to: number) => unknown} drop
 */
export function useDrag(ids, drop) {
  const [drag, set] = useState(/** @type {Drag | null} */ (null));
  const held = useRef({ y: 0, centres: /** @type {number[]} */ ([]), ids: "" });

  /** @param {number} id @param {PointerEvent} event */
  function begin(id, event) {
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    const row = handle.closest("li");
    const list = row?.parentElement;
    if (!row || !list || event.button > 0) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const boxes = [...list.children].map((child) => child.getBoundingClientRect());
    held.current = { y: event.clientY, centres: boxes.map((box) => box.top + box.height / 2), ids: ids.join() };
    const from = ids.indexOf(id);
    set({ id, from, to: from, by: 0, height: row.getBoundingClientRect().height });
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!drag) return;
    const by = event.clientY - held.current.y;
    const centre = (held.current.centres[drag.from] ?? 0) + by;
    const to = held.current.centres.filter((other, index) => index !== drag.from && other < centre).length;
    set({ ...drag, by, to });
  }

  /** @param {boolean} done */
  function end(done) {
    if (!drag) return;
    set(null);
    if (done && drag.to !== drag.from && held.current.ids === ids.join()) drop(drag.id, drag.to);
  }

  /** How far a row is moved aside. @param {number} id @param {number} index */
  function shift(id, index) {
    if (!drag) return {};
    if (id === drag.id) return { transform: `translateY(${drag.by}px)` };
    if (index > drag.from && index <= drag.to) return { transform: `translateY(${-drag.height}px)` };
    if (index < drag.from && index >= drag.to) return { transform: `translateY(${drag.height}px)` };
    return { transform: "none" };
  }

  /** @param {number} id */
  const handle = (id) => ({
    onPointerDown: (/** @type {PointerEvent} */ event) => begin(id, event),
    onPointerMove: move,
    onPointerUp: () => end(true),
    onPointerCancel: () => end(false),
  });
  return { dragged: drag?.id ?? null, handle, shift };
}
