// Reading a paper page by page. The page's address always names the page, so that back, reload and a link find it again.
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, html, Icon } from "../web/ui.js";
import { t } from "../web/i18n.js";
import { Notes } from "./viewer/notes.js";
import { Page } from "./viewer/page.js";
import { Slider, Thumbnails } from "./viewer/ways.js";
import { useDocument, useFound, useMarks } from "./viewer/state.js";
import { useFollow } from "./viewer/follow.js";

/** @typedef {{id: number, page_count: number, pages: [number, number][], state: string, page: number, q: string, seen: number[],
 *   notes: Record<string, string>, reader: string, live_meeting_id: number | null}} Opening */

/** Whole page, whole width, larger. */
const ZOOMS = 4;

/** @param {{opening: Opening}} props */
function Viewer({ opening }) {
  const paper = useDocument(opening);
  const [page, setPage] = useState(opening.page);
  const [zoom, setZoom] = useZoom();
  const [thumbs, setThumbs] = useState(false);
  const [notesOpen, setNotesOpen] = useState(false);
  const [noted, setNoted] = useState(() => new Set(Object.keys(opening.notes).map(Number)));
  const found = useFound(opening);
  const last = Math.max(1, paper.page_count);
  const show = (/** @type {number} */ wanted) => setPage(Math.max(1, Math.min(last, Math.round(wanted) || 1)));
  const follow = useFollow(opening, show);
  /** The reader's own turn pauses following; the presenter's does not. @param {number} wanted */
  const turn = (wanted) => { follow.pause(); show(wanted); };
  useMarks(opening.id, page, paper.page_count);
  useEffect(() => {
    const address = new URL(location.href);
    address.searchParams.set("page", String(page));
    history.replaceState(null, "", address);
  }, [page]);
  useEffect(() => {
    const wanted = found.firstAfter(page);
    if (found.fresh && wanted) turn(wanted);
  }, [found.pages]);
  useEffect(() => keys(page, last, turn, setZoom), [page, last]);

  return html`
    <div class="vmid">
      <${Page} id=${opening.id} number=${page} of=${paper.page_count} size=${paper.pages[page - 1]} zoom=${zoom} sought=${found.sought}
        reader=${opening.reader} turn=${(/** @type {number} */ by) => turn(page + by)} refusal=${paper.refusal} />
      ${thumbs && html`<${Thumbnails} id=${opening.id} ready=${paper.pages.length} page=${page} go=${(/** @type {number} */ to) => { turn(to); setThumbs(false); }} />`}
    </div>
    <${Notes} file=${opening.id} page=${page} notes=${opening.notes} shut=${!notesOpen} onChange=${setNoted} go=${turn} follow=${follow} found=${found} paper=${paper} />
    <footer class="vfoot">
      <${Button} icon="layout-grid" aria-pressed=${thumbs} aria-label=${t("Pages")} onClick=${() => { setThumbs(!thumbs); }}><span class="word">${t("Pages")}</span><//>
      <${Button} size="sq" icon="chevron-left" aria-label=${t("Previous page")} disabled=${page <= 1} onClick=${() => { turn(page - 1); }} />
      <label class="pgno num"><span class="sr-only">${t("Go to page")}</span><input inputmode="numeric" value=${page} onChange=${(/** @type {any} */ event) => { turn(Number(event.target.value)); event.target.value = String(page); }} onFocus=${(/** @type {any} */ event) => event.target.select()} /> / ${paper.page_count || "…"}</label>
      <${Button} size="sq" icon="chevron-right" aria-label=${t("Next page")} disabled=${page >= last} onClick=${() => { turn(page + 1); }} />
      <${Slider} page=${page} last=${last} noted=${noted} found=${found.pages} go=${turn} />
      <${Button} size="sq" icon="zoom-out" cls="out" aria-label=${t("Smaller")} disabled=${zoom === 0} onClick=${() => { setZoom(zoom - 1); }} />
      <${Button} size="sq" icon="zoom-in" aria-label=${t("Larger")} disabled=${zoom === ZOOMS - 1} onClick=${() => { setZoom(zoom + 1); }} />
      <button type="button" class="btn btn-quiet btn-sq notes-toggle" aria-expanded=${notesOpen} aria-label=${t("Notes")} onClick=${() => setNotesOpen(!notesOpen)}><${Icon} name="note" /></button>
    </footer>`;
}

/** The size chosen last is used again for the next paper. @returns {[number, (zoom: number | ((before: number) => number)) => void]} */
function useZoom() {
  const key = "viewer.zoom";
  const [zoom, setZoom] = useState(() => Math.min(ZOOMS - 1, Math.max(0, Number(sessionStorage.getItem(key)) || 0)));
  useEffect(() => sessionStorage.setItem(key, String(zoom)), [zoom]);
  return [zoom, setZoom];
}

/** @param {number} page @param {number} last @param {(to: number) => void} turn @param {(change: (zoom: number) => number) => void} setZoom */
function keys(page, last, turn, setZoom) {
  const steps = /** @type {Record<string, number>} */ ({ ArrowRight: page + 1, PageDown: page + 1, ArrowLeft: page - 1, PageUp: page - 1, Home: 1, End: last });
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.target instanceof HTMLElement && event.target.matches("input, textarea")) return;
    const to = steps[event.key];
    if (to !== undefined) turn(to);
    else if (event.key === "+" || event.key === "=") setZoom((zoom) => Math.min(ZOOMS - 1, zoom + 1));
    else if (event.key === "-") setZoom((zoom) => Math.max(0, zoom - 1));
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

const root = document.getElementById("viewer");
if (root) {
  const opening = /** @type {Opening} */ (JSON.parse(root.dataset.opening ?? "{}"));
  root.replaceChildren();
  render(html`<${Viewer} opening=${opening} />`, root);
}
