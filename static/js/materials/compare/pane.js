// One version's page with its passages: taken out on the left, added on the right; told by line and sign, not by colour alone.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { imageOf } from "../../reading/viewer/images.js";
import { t } from "../../web/i18n.js";
import { html, Icon } from "../../web/ui.js";

/** @typedef {import("./rows.js").Version} Version */
/** @typedef {import("./rows.js").Drawn} Drawn */
/** @typedef {import("./rows.js").Box} Box */

const SIGN_GAP = 44; // thousandths between two signs at the margin

/**
 * @param {{side: "old" | "new", version: Version, page: number | null, marks: Drawn[], now: number, zoom: number, reader: string, whole: boolean,
 *   pick: (change: number) => void, scrolled: (share: number, from: HTMLElement) => void}} props
 */
export function Pane({ side, version, page, marks, now, zoom, reader, whole, pick, scrolled }) {
  const stage = useRef(/** @type {HTMLElement | null} */ (null));
  const room = useRoom(stage);
  const shape = page ? (version.pages[page - 1] ?? [595, 842]) : [595, 842];
  const size = fitted(room, shape, zoom);
  useEffect(() => { bring(stage.current, marks.find((mark) => mark.change === now)?.boxes[0], size); }, [now, page, zoom, size.height]);
  const label = side === "old" ? t("Version %(n)s, before", { n: version.number }) : t("Version %(n)s, now", { n: version.number });
  const lay = (/** @type {HTMLElement | null} */ sheet) => sheet && Object.assign(sheet.style, { width: `${size.width}px`, height: `${size.height}px` });
  const share = (/** @type {HTMLElement} */ on) => on.scrollTop / Math.max(1, on.scrollHeight - on.clientHeight);
  return html`<figure class=${`cpane ${side}`}><figcaption><b>${label}</b>${page && html`<span class="num muted">${t("page %(n)s", { n: page })}</span>`}</figcaption>
    <div class="cstage" ref=${stage} tabindex="0" onScroll=${(/** @type {any} */ event) => scrolled(share(event.currentTarget), event.currentTarget)}>
      ${page ? html`<div class=${whole ? "csheet whole" : "csheet"} ref=${lay}>
        <img key=${page} src=${imageOf(/** @type {any} */ (version), page, size.width * (devicePixelRatio || 1))} alt=${`${label}, ${t("page %(n)s", { n: page })}`} draggable=${false} />
        <${Lines} side=${side} marks=${marks} now=${now} /><${Whose} reader=${reader} />
        ${signed(marks).map((mark) => html`<${Sign} key=${mark.change} side=${side} mark=${mark} on=${mark.change === now} pick=${pick} />`)}
      </div>` : html`<div class="cnone" ref=${lay}><${Icon} name=${side === "old" ? "plus" : "minus"} size=${40} /><span>${t("Not in version %(n)s", { n: version.number })}</span></div>`}
    </div></figure>`;
}

/** @param {{side: "old" | "new", marks: Drawn[], now: number}} props */
function Lines({ side, marks, now }) {
  return html`<svg class="clines" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">${marks.flatMap((mark) => mark.boxes.map(([left, top, right, bottom]) => {
    const at = side === "old" ? (top + bottom) / 2 : bottom + 1;
    const cls = [mark.empty ? "gap" : "", mark.change === now ? "on" : ""].join(" ");
    return html`<g class=${cls}><rect x=${left - 2} y=${top - 1} width=${right - left + 4} height=${bottom - top + 2} />${!mark.empty && html`<line x1=${left - 2} x2=${right + 2} y1=${at} y2=${at} />`}</g>`;
  }))}</svg>`;
}

/** Signs at the margin, where there is room for them. @param {Drawn[]} marks @returns {Drawn[]} */
function signed(marks) {
  let last = -SIGN_GAP;
  return [...marks].sort((one, other) => (one.boxes[0]?.[1] ?? 0) - (other.boxes[0]?.[1] ?? 0)).filter(({ boxes, empty }) => {
    const top = boxes[0]?.[1];
    if (top === undefined || empty || top - last < SIGN_GAP) return false;
    last = top;
    return true;
  });
}

/** @param {{side: "old" | "new", mark: Drawn, on: boolean, pick: (change: number) => void}} props */
function Sign({ side, mark, on, pick }) {
  const [, top, , bottom] = /** @type {Box} */ (mark.boxes[0]);
  const place = (/** @type {HTMLElement | null} */ sign) => sign && Object.assign(sign.style, { top: `${(top + bottom) / 20}%` });
  const label = side === "old" ? t("Change %(n)s: words taken out", { n: mark.change + 1 }) : t("Change %(n)s: words added", { n: mark.change + 1 });
  return html`<button type="button" ref=${place} class=${on ? "csign on" : "csign"} aria-label=${label} aria-pressed=${on} onClick=${() => pick(mark.change)}><${Icon} name=${side === "old" ? "minus" : "plus"} size=${16} /></button>`;
}

/** @param {{reader: string}} props */
function Whose({ reader }) {
  return html`<svg class="cwhose" viewBox="0 0 600 850" preserveAspectRatio="none" aria-hidden="true">${[210, 640].map((y) => html`<text x="300" y=${y} text-anchor="middle" transform=${`rotate(-28 300 ${y})`}>${reader}</text>`)}</svg>`;
}

/** Whole page, whole width, larger. @param {{width: number, height: number} | null} room @param {number[]} shape @param {number} zoom */
function fitted(room, [width = 595, height = 842], zoom) {
  const inside = { width: Math.max(120, (room?.width ?? 480) - 24), height: Math.max(120, (room?.height ?? 640) - 24) };
  const scale = zoom === 0 ? Math.min(inside.width / width, inside.height / height) : (inside.width / width) * (zoom === 1 ? 1 : 1.6);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The passage in the middle of an enlarged page. @param {HTMLElement | null} stage @param {Box | undefined} box @param {{width: number, height: number}} size */
function bring(stage, box, size) {
  if (!stage || !box) return;
  stage.scrollTop = (size.height * (box[1] + box[3])) / 2000 - stage.clientHeight / 2;
  stage.scrollLeft = (size.width * (box[0] + box[2])) / 2000 - stage.clientWidth / 2;
}

/** @param {{current: HTMLElement | null}} stage */
function useRoom(stage) {
  const [room, setRoom] = useState(/** @type {{width: number, height: number} | null} */ (null));
  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return undefined;
    const watcher = new ResizeObserver(([entry]) => { if (entry) setRoom({ width: element.offsetWidth, height: element.offsetHeight }); });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return room;
}
