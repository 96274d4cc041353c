// The desk's top: the open pages between those before and after, moved, zoomed and turned by hand.
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { beside } from "../desk.js";
import { html } from "../../web/ui.js";
import { t } from "../../web/i18n.js";
import { atHead, bounded, fitted, GAP, whole } from "./camera.js";
import { Hands } from "./hands.js";
import { prepare } from "./images.js";
import { SelectionBar } from "./selected.js";
import { Sheet } from "./sheet.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("./camera.js").Size} Size */
/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {{pages: number[], side: -1 | 0 | 1}} Leaf */

const A4 = /** @type {[number, number]} */ ([595, 842]);
/** Between one leaf and the next while they slide. */
export const BETWEEN = 24;

/** @param {{desk: Desk}} props */
export function Stage({ desk }) {
  const stage = useRef(/** @type {HTMLDivElement | null} */ (null));
  const track = useRef(/** @type {HTMLDivElement | null} */ (null));
  const camera = useRef(/** @type {Camera} */ ({ zoom: 1, x: 0, y: 0 }));
  const [, painted] = useState(0);
  const room = useRoom(stage);
  const opening = desk.opening.value;
  const open = desk.shown.value;
  const zoom = desk.zoom.value;
  const size = (/** @type {number} */ page) => opening.pages[page - 1] ?? opening.pages[0] ?? A4;
  const fit = (/** @type {number[]} */ pages) => fitted(room, pages.map(size));
  const bounds = whole(fit(open));
  const leaves = leavesAround(open, desk.spread.value, desk.last.value);

  const hands = useMemo(() => new Hands(desk, {
    stage, track, camera,
    lens: () => stage.current?.querySelector(".vview.open > .vlens") ?? null,
    room: () => stage.current?.getBoundingClientRect() ?? new DOMRect(),
    moved: () => painted((count) => count + 1),
  }), []);
  hands.bounds = bounds;
  hands.step = room.width + BETWEEN;

  const leaf = useRef(open[0]);
  useLayoutEffect(() => {
    // A new size from the buttons keeps the middle; a new leaf begins at its head.
    const before = camera.current;
    const turned = leaf.current !== open[0];
    leaf.current = open[0];
    const grown = before.zoom === zoom ? before : { zoom, x: before.x * (zoom / before.zoom), y: before.y * (zoom / before.zoom) };
    camera.current = turned && zoom > 1 ? atHead(room, bounds, grown) : bounded(room, bounds, grown);
    hands.lay();
  }, [zoom, open[0], open.length, room.width, room.height, bounds.width, bounds.height]);

  const glass = (window.devicePixelRatio || 1);
  const across = fit(open)[0]?.width ?? 0;
  useLayoutEffect(() => {
    if (!room.width) return undefined;
    const [first, end] = [open[0] ?? 1, open.at(-1) ?? 1];
    const wait = setTimeout(() => prepare(opening, [end + 1, end + 2, first - 1, first - 2], across * glass), 30);
    return () => clearTimeout(wait);
  }, [open[0], open.length, across, opening.pages.length]);

  useLayoutEffect(() => (stage.current ? hands.listen(stage.current) : undefined), []);

  return html`<div class=${`vstage${zoom > 1 ? " near" : ""}`} ref=${stage} tabindex="0" role="group" aria-label=${t("Page %(n)s of %(all)s", { n: open.join("–"), all: desk.last.value })} aria-describedby="vkeys">
    <div class="vtrack" ref=${track}>${room.width > 0 && leaves.map(({ pages, side }) => html`
      <div class=${side ? "vview" : "vview open"} key=${pages[0]} aria-hidden=${side ? "true" : null} style=${{ transform: `translateX(${side * (room.width + BETWEEN)}px)` }}>
        <div class="vlens" style=${{ gap: `${GAP}px`, ...(side ? { transform: "" } : {}) }}>
          ${fit(pages).map((shape, at) => html`<${Sheet} key=${pages[at]} desk=${desk} page=${pages[at]} open=${!side} shape=${side ? shape : { width: shape.width * zoom, height: shape.height * zoom }} />`)}
        </div>
      </div>`)}</div>
    <${SelectionBar} desk=${desk} stage=${stage} />
  </div>`;
}

/** The leaf that lies open, with the one before and the one after. @param {number[]} open @param {1 | 2} spread @param {number} last @returns {Leaf[]} */
function leavesAround(open, spread, last) {
  const [before, after] = [(open[0] ?? 1) - 1, (open.at(-1) ?? 1) + 1];
  return [
    ...(before >= 1 ? [{ pages: beside(before, spread, last), side: /** @type {-1} */ (-1) }] : []),
    { pages: open, side: /** @type {0} */ (0) },
    ...(after <= last ? [{ pages: beside(after, spread, last), side: /** @type {1} */ (1) }] : []),
  ];
}

/** @param {{current: HTMLElement | null}} stage @returns {Size} */
function useRoom(stage) {
  const [room, setRoom] = useState(/** @type {Size} */ ({ width: 0, height: 0 }));
  useLayoutEffect(() => {
    const place = stage.current;
    if (!place) return undefined;
    const measure = () => setRoom((before) => (before.width === place.clientWidth && before.height === place.clientHeight ? before : { width: place.clientWidth, height: place.clientHeight }));
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(place);
    return () => watcher.disconnect();
  }, []);
  return room;
}
