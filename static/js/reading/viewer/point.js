// The passage that the presenter points at, over the page; and, for whoever leads, the frame he draws with a finger or pen.
import { useEffect, useRef, useState } from "preact/hooks";
import { Glow, around } from "../../web/glow.js";
import { t } from "../../web/i18n.js";
import { html } from "../../web/ui.js";
import { ledOf } from "./led.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("../../web/glow.js").Box} Box */

const LEAST = 8; // thousandths: a tap is no frame

/** @param {{desk: Desk, page: number, shape: import("../desk.js").Shape}} props */
export function PointLayer({ desk, page }) {
  const led = ledOf(desk);
  const now = led.shown.value;
  const boxes = led.here.value && now?.page === page ? now.point?.boxes : null;
  const layer = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { if (boxes && led.on.peek() && !led.leads.peek()) bring(layer.current, around(boxes)); }, [JSON.stringify(boxes)]);
  if (!led.live) return null;
  const draws = desk.tool.value === "point" && led.leads.value;
  return html`<div class="point-layer" ref=${layer}>${boxes && html`<${Glow} boxes=${boxes} label=${t("Marked by %(name)s", { name: now?.by?.name ?? t("The presenter") })} />`}
    ${draws && html`<${Frame} done=${(/** @type {Box} */ box) => { desk.tool.value = "read"; void led.point([box], page); }} />`}</div>`;
}

/** A page enlarged beyond the glass moves so that the passage is seen. @param {HTMLElement | null} layer @param {Box} box */
function bring(layer, [, top, , bottom]) {
  const stage = layer?.closest(".vstage");
  if (!layer || !stage || layer.clientHeight <= stage.clientHeight) return;
  const page = layer.getBoundingClientRect();
  const middle = page.top + (page.height * (top + bottom)) / 2000 - stage.getBoundingClientRect().top;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  stage.scrollBy({ top: middle - stage.clientHeight / 2, behavior: calm ? "auto" : "smooth" });
}

/** @param {{done: (box: Box) => void}} props */
function Frame({ done }) {
  const [drawn, draw] = useState(/** @type {{from: [number, number], to: [number, number]} | null} */ (null));
  const box = drawn && boxOf(drawn.from, drawn.to);
  /** @param {PointerEvent} event @returns {[number, number]} */
  const place = (event) => {
    const within = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const share = (/** @type {number} */ at, /** @type {number} */ size) => Math.max(0, Math.min(1000, Math.round((1000 * at) / size)));
    return [share(event.clientX - within.left, within.width), share(event.clientY - within.top, within.height)];
  };
  const press = (/** @type {PointerEvent} */ event) => {
    if (!event.isPrimary) return;
    event.stopPropagation();
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    draw({ from: place(event), to: place(event) });
  };
  const move = (/** @type {PointerEvent} */ event) => { if (drawn && event.isPrimary) draw({ from: drawn.from, to: place(event) }); };
  const release = (/** @type {PointerEvent} */ event) => {
    if (!drawn || !event.isPrimary) return;
    const made = boxOf(drawn.from, place(event));
    draw(null);
    if (made[2] - made[0] >= LEAST && made[3] - made[1] >= LEAST) done(made);
  };
  return html`<div class="point-frame" onPointerDown=${press} onPointerMove=${move} onPointerUp=${release} onPointerCancel=${() => draw(null)}>
    <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">${box && html`<rect class="glow-drawn" x=${box[0]} y=${box[1]} width=${box[2] - box[0]} height=${box[3] - box[1]} />`}</svg></div>`;
}

/** @param {[number, number]} one @param {[number, number]} other @returns {Box} */
const boxOf = (one, other) => [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[0], other[0]), Math.max(one[1], other[1])];
