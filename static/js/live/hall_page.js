// The led page on the big screen: the whole page, the passage that glows, and that passage again so large that it is read from 15 m.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Glow, around } from "../web/glow.js";
import { t } from "../web/i18n.js";
import { Icon, Timer, html } from "../web/ui.js";
import { pageImage, shownPage, useAhead } from "./page.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./reading.js").Floor} Floor */
/** @typedef {import("../web/glow.js").Box} Box */
/** @typedef {import("./page.js").Shown} Shown */

const WIDTH = 1800; // pixels asked for: the passage is shown enlarged
const LARGEST = 3.4; // times the width of the glass over the width of the page

/** @param {{live: Live, floor: Floor | null}} props */
export function HallPage({ live, floor }) {
  const shown = shownPage(live);
  useAhead(shown, WIDTH);
  if (!shown) return null;
  const boxes = shown.point?.boxes;
  const [across, down] = shown.shape;
  const kind = ["hpage", across > down && "wide", !boxes && !floor && "calm"].filter(Boolean).join(" ");
  return html`<main class=${kind}>
    <${Sheet} shown=${shown} />
    <section class="hpage-side"><p class="hlabel">${shown.by ? t("%(name)s presents", { name: shown.by.name }) : t("Page shown")}</p>
      <div class="hpage-head"><h1 class="clip2">${shown.title}</h1><span class="hpage-no num">${shown.page}<small>/${shown.pages}</small></span></div>
      ${boxes ? html`<${Passage} shown=${shown} boxes=${boxes} />` : floor && html`<div class="hpage-floor"><p class="hlabel">${floor.ends_at ? t("Speaking now") : t("Invited to speak")}</p><b>${floor.person.name}</b>${floor.ends_at && html`<${Timer} now=${live.now} endsAt=${floor.ends_at} cls="htime" />`}</div>`}
    </section></main>`;
}

/** The whole page, as large as the screen lets it be. @param {{shown: Shown}} props */
function Sheet({ shown }) {
  const [place, size] = useSize();
  const [across, down] = shown.shape;
  const scale = size ? Math.min(size.width / across, size.height / down) : 0;
  const fit = (/** @type {HTMLElement | null} */ page) => page && Object.assign(page.style, { width: `${Math.floor(across * scale)}px`, height: `${Math.floor(down * scale)}px` });
  return html`<div class="hpage-sheet" ref=${place}>${scale > 0 && html`<div class="led-page" ref=${fit}><${Picture} shown=${shown} />${shown.point && html`<${Glow} boxes=${shown.point.boxes} />`}</div>`}</div>`;
}

/** The next page is put in place only when it is there: no white flash on the wall. @param {{shown: Shown}} props */
function Picture({ shown }) {
  const wanted = pageImage(shown, shown.page, WIDTH);
  const [source, setSource] = useState(wanted);
  useLayoutEffect(() => {
    const image = new Image();
    let stale = false;
    image.src = wanted;
    image.decode().catch(() => undefined).then(() => { if (!stale) setSource(wanted); });
    return () => { stale = true; };
  }, [wanted]);
  return html`<img src=${source} alt=${t("%(title)s, page %(n)s", { title: shown.title, n: shown.page })} />`;
}

/** The passage with a little of what stands around it. @param {{shown: Shown, boxes: Box[]}} props */
function Passage({ shown, boxes }) {
  const [place, size] = useSize();
  const [across, down] = shown.shape;
  const [left, top, right, bottom] = around(boxes);
  const scale = size ? Math.min(LARGEST * (size.width / across), (0.94 * size.width) / ((across * (right - left + 16)) / 1000), (0.94 * size.height) / ((down * (bottom - top + 24)) / 1000)) : 0;
  const wide = across * scale;
  const high = down * scale;
  const lay = (/** @type {HTMLElement | null} */ page) => size && page && Object.assign(page.style, {
    width: `${wide}px`, height: `${high}px`,
    left: `${Math.round(size.width / 2 - (wide * (left + right)) / 2000)}px`, top: `${Math.round(size.height / 2 - (high * (top + bottom)) / 2000)}px`,
  });
  return html`<div class="hpage-lens" ref=${place}>${scale > 0 && html`<div class="led-page" ref=${lay}><img src=${pageImage(shown, shown.page, WIDTH)} alt="" /><${Glow} boxes=${boxes} /></div>`}
    <span class="hpage-tag"><${Icon} name="pointer" size=${28} />${t("The passage presented")}</span></div>`;
}

/** The room an element has, as it is. @returns {[{current: any}, {width: number, height: number} | null]} */
function useSize() {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const [size, setSize] = useState(/** @type {{width: number, height: number} | null} */ (null));
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const look = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const watcher = new ResizeObserver(look);
    look();
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return [place, size];
}
