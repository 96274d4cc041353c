// One page: its picture, the places found, the words selected, notes and pointing, its text for those who listen.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { NotesLayer } from "../../notes/layer.js";
import { html, Icon } from "../../web/ui.js";
import { t } from "../../web/i18n.js";
import { imageOf, picture } from "./images.js";
import { linesOf } from "./lines.js";
import { PointLayer } from "./point.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("../desk.js").Shape} Shape */
/** @typedef {import("../desk.js").Box} Box */

/** @param {{desk: Desk, page: number, shape: Shape, open: boolean}} props `open`: it lies on the desk now, not beside it */
export function Sheet({ desk, page, shape, open }) {
  const opening = desk.opening.value;
  const made = page <= opening.pages.length;
  const dull = opening.textless.includes(page) ? " dull" : "";
  return html`<div class=${`vpage${dull}`} data-page=${page} style=${{ width: `${shape.width}px`, height: `${shape.height}px` }}>
    ${made ? html`<${Picture} desk=${desk} page=${page} width=${shape.width} />` : html`<${Making} />`}
    ${made && html`<${Hits} desk=${desk} page=${page} />`}
    ${made && open && html`<${Spoken} desk=${desk} page=${page} />`}
    ${made && html`<${Whose} reader=${opening.reader} />`}
    ${made && html`<${Selected} desk=${desk} page=${page} />`}
    ${made && html`<${NotesLayer} desk=${desk} page=${page} shape=${shape} />`}
    ${made && open && html`<${PointLayer} desk=${desk} page=${page} shape=${shape} />`}
    ${opening.recognised.includes(page) && html`<span class="vread"><${Icon} name="scan" size=${16} />${t("Text read by machine")}</span>`}
  </div>`;
}

const SMALL_AFTER_MS = 120;
const LONGEST_MS = 8000;

/** The picture stays until the sharper one for a larger size is decoded. @param {{desk: Desk, page: number, width: number}} props */
function Picture({ desk, page, width }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [failed, setFailed] = useState(0);
  const opening = desk.opening.value;
  const address = imageOf(opening, page, width * (window.devicePixelRatio || 1));
  useLayoutEffect(() => {
    let wanted = true;
    const lay = (/** @type {HTMLImageElement} */ image) => { if (wanted && place.current?.firstChild !== image) place.current?.replaceChildren(image); };
    const sharp = picture(address);
    if (sharp.ready) { lay(sharp.image); sharp.image.dataset.sharp = ""; return undefined; }
    const small = setTimeout(() => {
      if (place.current?.firstChild) return;
      const rough = picture(imageOf(opening, page, 1));
      void rough.loaded.then((good) => { if (good && !sharp.ready && !place.current?.firstChild) lay(rough.image); });
    }, SMALL_AFTER_MS);
    let again = 0;
    void sharp.loaded.then(async (good) => {
      clearTimeout(small);
      if (good) { sharp.image.dataset.sharp = ""; return lay(sharp.image); }
      if (!wanted) return undefined;
      await lesser(opening, page, address, lay, () => wanted && !place.current?.firstChild);
      again = window.setTimeout(() => setFailed(failed + 1), Math.min(LONGEST_MS, 800 * 2 ** failed));
      return undefined;
    });
    return () => { wanted = false; clearTimeout(small); clearTimeout(again); };
  }, [address, failed]);
  return html`<div class="vpict" ref=${place} role="img" aria-label=${t("Page %(n)s of %(all)s", { n: page, all: opening.page_count })}></div>
    ${failed > 1 && !place.current?.firstChild && html`<${Unreachable} />`}`;
}

/** Without a line another kept width may lie on the tablet: better soft than none. @param {import("../desk.js").Opening} opening @param {number} page @param {string} missing @param {(image: HTMLImageElement) => void} lay @param {() => boolean} empty */
async function lesser(opening, page, missing, lay, empty) {
  for (const width of [...opening.widths].reverse()) {
    const address = imageOf(opening, page, width);
    if (address === missing || !empty()) continue;
    const other = picture(address);
    if (await other.loaded) return lay(other.image);
  }
  return undefined;
}

function Making() {
  return html`<div class="making" role="status"><${Icon} name="hourglass" size=${40} /><b>${t("This page is being made")}</b><span>${t("It appears by itself in a moment.")}</span></div>`;
}

function Unreachable() {
  return html`<div class="making" role="status"><${Icon} name="wifi-off" size=${40} cls="t-warn" /><b>${t("This page is not on this tablet")}</b><span>${t("It appears by itself when the line is back.")}</span></div>`;
}

/** The reader's name across the page, so that a photograph tells whose tablet it was. @param {{reader: string}} props */
function Whose({ reader }) {
  return html`<svg class="vwhose" viewBox="0 0 600 850" preserveAspectRatio="none" aria-hidden="true">${[140, 425, 710].map((y) => html`<text class="whose" x="300" y=${y} text-anchor="middle" transform=${`rotate(-28 300 ${y})`}>${reader}</text>`)}</svg>`;
}

/** Boxes of words of a page, one for each line. @param {Desk} desk @param {number} page @param {{from: number, to: number}[]} spans @returns {Box[][]} */
function useBoxes(desk, page, spans) {
  const [boxes, setBoxes] = useState(/** @type {Box[][]} */ ([]));
  const key = spans.map(({ from, to }) => `${from}-${to}`).join();
  useEffect(() => {
    let wanted = true;
    if (!key) setBoxes([]);
    else void desk.words(page).then((words) => { if (wanted) setBoxes(spans.map(({ from, to }) => linesOf(words.slice(from, to + 1)))); });
    return () => { wanted = false; };
  }, [page, key]);
  return boxes;
}

/** The places found on this page; the one that is counted now stands out. @param {{desk: Desk, page: number}} props */
function Hits({ desk, page }) {
  const found = desk.found.value;
  const hits = found ? found.hits.filter((hit) => hit.page === page) : [];
  const now = found ? hits.indexOf(/** @type {any} */ (found.hits[found.at])) : -1;
  const boxes = useBoxes(desk, page, hits);
  return boxes.length > 0 && html`<svg class="vhits" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">${boxes.map((lines, at) => lines.map(([left, top, right, bottom]) => html`
    <rect class=${at === now ? "hit now" : "hit"} x=${left - 3} y=${top - 1} width=${right - left + 6} height=${bottom - top + 2} rx="3" />`))}</svg>`;
}

/** @param {{desk: Desk, page: number}} props */
function Selected({ desk, page }) {
  const chosen = desk.selection.value;
  if (chosen?.page !== page) return null;
  const [first, last] = [chosen.boxes[0], chosen.boxes.at(-1)];
  const grip = (/** @type {"from" | "to"} */ end, /** @type {number} */ x, /** @type {number} */ y) => html`<span class=${`vgrip ${end}`} data-grip=${end} style=${{ left: `${x / 10}%`, top: `${y / 10}%` }}></span>`;
  return html`<svg class="vchosen" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">${chosen.boxes.map(([left, top, right, bottom]) => html`<rect x=${left} y=${top} width=${right - left} height=${bottom - top} />`)}</svg>
    ${chosen.settled && first && last && html`${grip("from", first[0], first[3])}${grip("to", last[2], last[3])}`}`;
}

/** The page's own text, for screen readers and for finding by the browser. @param {{desk: Desk, page: number}} props */
function Spoken({ desk, page }) {
  const [text, setText] = useState("");
  useEffect(() => {
    let wanted = true;
    setText("");
    desk.texts.page(page).then((found) => { if (wanted) setText(found?.text ?? ""); }, () => undefined);
    return () => { wanted = false; };
  }, [page]);
  return html`<div class="sr-only" role="document" aria-label=${t("Text of page %(n)s", { n: page })}>${text.split("\n").map((line, at) => html`<span key=${at}>${line} </span>`)}</div>`;
}
