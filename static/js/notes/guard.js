// Keeps palms from the page: while a pen writes, a resting hand neither draws nor turns, moves or presses anything there.
import { palm } from "./palm.js";

/** @typedef {import("../reading/desk.js").Desk} Desk */

const HEARD = ["pointerover", "pointerdown", "pointermove", "pointerup", "pointercancel", "click"];

/** Listens before everybody else, as long as the viewer is open. @param {Desk} desk @returns {() => void} */
export function guard(desk) {
  /** Pointers that are palms until they lift. @type {Set<number>} */
  const palms = new Set();
  /** Fingers on the page, so that they can be called palms when the pen comes down. @type {Map<number, Element>} */
  const fingers = new Map();
  const heard = (/** @type {Event} */ event) => {
    if (!(event instanceof PointerEvent)) return;
    palm.notice(event, performance.now());
    const place = event.target instanceof Element ? event.target.closest(".vmid, .vstage") : null;
    if (event.pointerType === "pen" && event.type === "pointerdown") disown(fingers, palms);
    if (event.pointerType !== "touch" || !place) return;
    const ended = event.type === "pointerup" || event.type === "pointercancel";
    if (event.type === "pointerdown" && desk.tool.peek() !== "read" && palm.ignores(event, performance.now())) palms.add(event.pointerId);
    const ignored = palms.has(event.pointerId) || (event.type === "click" && desk.tool.peek() !== "read" && palm.ignores(event, performance.now()));
    if (ended) palms.delete(event.pointerId);
    if (ended) fingers.delete(event.pointerId);
    else if (event.type === "pointerdown" && !ignored) fingers.set(event.pointerId, /** @type {Element} */ (event.target));
    if (!ignored) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  for (const name of HEARD) window.addEventListener(name, heard, { capture: true });
  return () => { for (const name of HEARD) window.removeEventListener(name, heard, { capture: true }); };
}

/** Fingers that came down before the pen were the side of the hand: whoever followed them hears that they are gone. @param {Map<number, Element>} fingers @param {Set<number>} palms */
function disown(fingers, palms) {
  for (const [pointerId, target] of [...fingers]) {
    target.dispatchEvent(new PointerEvent("pointercancel", { pointerId, pointerType: "touch", bubbles: true }));
    palms.add(pointerId);
  }
  fingers.clear();
}
