// One page on the desk: its image, the reader's name over it, the words looked for, turning by button, swipe and key.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html, Icon } from "../../web/ui.js";
import { t } from "../../web/i18n.js";
import { get } from "./state.js";

/** @typedef {[number, number, number, number, string]} Word */

const SWIPE_PX = 50;
const FACTORS = [1, 1, 1.5, 2];
const MARGIN = 20;

/** @param {number} id @param {number} number @param {number} width pixels on the glass */
export function imageOf(id, number, width) {
  const kept = width <= 240 ? 240 : width <= 1200 ? 1200 : 1800;
  return `/documents/${id}/pages/${number}?w=${kept}`;
}

/** The size of the page on the screen: whole page, whole width, then larger. @param {DOMRect | null} room @param {[number, number]} size @param {number} zoom */
function fitted(room, [width, height], zoom) {
  const inside = { width: Math.max(120, (room?.width ?? 600) - MARGIN), height: Math.max(120, (room?.height ?? 800) - MARGIN) };
  const wide = Math.min(inside.width, 1100);
  const scale = zoom === 0 ? Math.min(inside.width / width, inside.height / height) : (wide / width) * (FACTORS[zoom] ?? 1);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/**
 * @param {{id: number, number: number, of: number, size?: [number, number], zoom: number, sought: string, reader: string, refusal: string,
 *   turn: (by: number) => void}} props
 */
export function Page({ id, number, of, size, zoom, sought, reader, refusal, turn }) {
  const stage = useRef(/** @type {HTMLDivElement | null} */ (null));
  const room = useRoom(stage);
  const shape = fitted(room, size ?? [595, 842], zoom);
  const address = imageOf(id, number, shape.width * (window.devicePixelRatio || 1));
  useEffect(() => {
    for (const next of [number + 1, number - 1]) if (size && next >= 1 && next <= of) new Image().src = imageOf(id, next, shape.width * (window.devicePixelRatio || 1));
  }, [id, number, of, shape.width]);
  useEffect(() => { stage.current?.scrollTo(0, 0); }, [number]);
  const hits = useHits(id, number, size ? sought : "");
  return html`
    <div class=${zoom === 0 ? "vstage fit" : "vstage"} ref=${stage} tabindex="0" aria-label=${t("Page %(n)s of %(all)s", { n: number, all: of || "…" })} ...${swipes(turn, zoom)}>
      <div class="vhold"><div class="vpage" ref=${(/** @type {HTMLElement | null} */ box) => box && Object.assign(box.style, { width: `${shape.width}px`, height: `${shape.height}px` })}>
        ${size ? html`<${Picture} key=${number} address=${address} number=${number} of=${of} />` : html`<${Making} refusal=${refusal} />`}
        ${hits.length > 0 && html`<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">${hits.map(([left, top, right, bottom]) => html`<rect class="hit" x=${left - 2} y=${top - 1} width=${right - left + 4} height=${bottom - top + 2} />`)}</svg>`}
        ${size && html`<${Whose} reader=${reader} />`}
      </div></div>
    </div>
    <button type="button" class="vturn before" aria-label=${t("Previous page")} disabled=${number <= 1} onClick=${() => turn(-1)}><${Icon} name="chevron-left" size=${28} /></button>
    <button type="button" class="vturn after" aria-label=${t("Next page")} disabled=${number >= of} onClick=${() => turn(1)}><${Icon} name="chevron-right" size=${28} /></button>`;
}

/** @param {{address: string, number: number, of: number}} props */
function Picture({ address, number, of }) {
  const [failed, setFailed] = useState(0);
  const source = failed ? `${address}&again=${failed}` : address;
  return html`<img src=${source} alt=${t("Page %(n)s of %(all)s", { n: number, all: of })} draggable=${false}
    onError=${() => setTimeout(() => setFailed(failed + 1), Math.min(8000, 800 * 2 ** failed))} />`;
}

/** @param {{refusal: string}} props */
function Making({ refusal }) {
  if (refusal) return html`<div class="making" role="alert"><${Icon} name="alert-circle" size=${40} cls="t-oppose" /><b>${refusal}</b></div>`;
  return html`<div class="making" role="status"><${Icon} name="hourglass" size=${40} /><b>${t("This page is being made")}</b><span>${t("It appears by itself in a moment.")}</span></div>`;
}

/** The reader's name across the page, so that a photograph tells whose tablet it was. @param {{reader: string}} props */
function Whose({ reader }) {
  return html`<svg viewBox="0 0 600 850" preserveAspectRatio="none" aria-hidden="true">${[140, 425, 710].map((y) => html`<text class="whose" x="300" y=${y} text-anchor="middle" transform=${`rotate(-28 300 ${y})`}>${reader}</text>`)}</svg>`;
}

/** @param {{current: HTMLElement | null}} stage */
function useRoom(stage) {
  const [room, setRoom] = useState(/** @type {DOMRect | null} */ (null));
  useLayoutEffect(() => {
    if (!stage.current) return undefined;
    const watcher = new ResizeObserver(() => setRoom(stage.current?.getBoundingClientRect() ?? null));
    watcher.observe(stage.current);
    return () => watcher.disconnect();
  }, []);
  return room;
}

/** @param {(by: number) => void} turn @param {number} zoom */
function swipes(turn, zoom) {
  if (zoom !== 0) return {};
  let from = /** @type {{x: number, y: number} | null} */ (null);
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => { from = { x: event.clientX, y: event.clientY }; },
    onPointerUp: (/** @type {PointerEvent} */ event) => {
      if (!from) return;
      const across = event.clientX - from.x;
      if (Math.abs(across) > SWIPE_PX && Math.abs(across) > 2 * Math.abs(event.clientY - from.y)) turn(across < 0 ? 1 : -1);
      from = null;
    },
    onPointerCancel: () => { from = null; },
  };
}

/** Boxes of the words looked for. @param {number} id @param {number} number @param {string} sought @returns {Word[]} */
function useHits(id, number, sought) {
  const [hits, setHits] = useState(/** @type {Word[]} */ ([]));
  useEffect(() => {
    setHits([]);
    if (!sought) return undefined;
    let wanted = true;
    void get(`/api/v1/documents/${id}/pages/${number}`).then((/** @type {any} */ page) => { if (wanted && page) setHits(matching(page.words, sought)); });
    return () => { wanted = false; };
  }, [id, number, sought]);
  return hits;
}

/** @param {string} text */
function syllables(text) {
  const bare = text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
  return bare.match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** The words that hold the sought syllables in a row, marks and case apart. @param {Word[]} words @param {string} sought @returns {Word[]} */
export function matching(words, sought) {
  const wanted = syllables(sought);
  const found = words.flatMap((word) => syllables(word[4]).map((text) => ({ text, word })));
  /** @type {Set<Word>} */
  const hits = new Set();
  for (let start = 0; wanted.length && start + wanted.length <= found.length; start += 1) {
    if (wanted.every((text, at) => found[start + at]?.text === text)) wanted.forEach((_, at) => { const hit = found[start + at]; if (hit) hits.add(hit.word); });
  }
  return [...hits];
}
