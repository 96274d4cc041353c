// The text of a page set large, line by line as wide as the glass: for eyes that find the page too small.
import { signal } from "@preact/signals-core";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button, html, Icon, Loading, Note } from "../../web/ui.js";
import { t } from "../../web/i18n.js";
import { paragraphs } from "./lines.js";
import { recall, remember } from "./remembered.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {{page: number, paragraphs: import("./lines.js").Paragraph[] | null, source: string, lost: boolean}} Text */

const STEPS = [20, 24, 28, 34, 42];
const step = signal(Math.min(STEPS.length - 1, Math.max(0, Number(recall("large-step") || 1))));

/** @param {1 | -1} by */
export function resize(by) {
  step.value = Math.min(STEPS.length - 1, Math.max(0, step.value + by));
  remember("large-step", String(step.value));
}

/** @param {{desk: Desk}} props */
export function LargeText({ desk }) {
  const page = desk.page.value;
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [again, ask] = useState(0);
  const text = useText(desk, page, again);
  const from = useRef(/** @type {{x: number, y: number} | null} */ (null));
  useLayoutEffect(() => { place.current?.scrollTo(0, 0); }, [page]);
  const swiped = (/** @type {PointerEvent} */ event) => {
    if (!from.current) return;
    const [across, along] = [event.clientX - from.current.x, event.clientY - from.current.y];
    from.current = null;
    if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(along)) desk.step(across < 0 ? 1 : -1);
  };
  return html`<div class=${desk.opening.value.takeable === "none" ? "vlarge held" : "vlarge"} ref=${place} tabindex="0" role="document" aria-label=${t("Text of page %(n)s", { n: page })}
    onPointerDown=${(/** @type {PointerEvent} */ event) => { if (event.pointerType !== "mouse") from.current = { x: event.clientX, y: event.clientY }; }} onPointerUp=${swiped}
    onPointerCancel=${() => { from.current = null; }}>
    <div class="vsteps" role="group" aria-label=${t("Text size")}><${Button} size="sq" icon="text-decrease" disabled=${step.value === 0} aria-label=${t("Smaller text")} onClick=${() => { resize(-1); }} /><${Button} size="sq" icon="text-increase" disabled=${step.value === STEPS.length - 1} aria-label=${t("Larger text")} onClick=${() => { resize(1); }} />
      <${Button} kind="ghost" icon="file-text" onClick=${() => { desk.large.value = false; }}>${t("Show the page itself")}<//></div>
    <div class="vtext" style=${{ fontSize: `${STEPS[step.value]}px` }}>${inside(desk, text, () => ask(again + 1))}</div>
  </div>`;
}

/** @param {Desk} desk @param {Text} text @param {() => void} retry */
function inside(desk, text, retry) {
  if (text.lost) return html`<${Note} tone="warn" icon="wifi-off">${t("The text of this page is not on this tablet.")} <${Button} icon="refresh" onClick=${retry}>${t("Try again")}<//><//>`;
  if (!text.paragraphs) return html`<${Loading} rows=${6} />`;
  if (!text.paragraphs.length) return html`<${Note} icon="photo">${t("This page is a picture without text. Look at the page itself and make it larger with two fingers.")}<//>`;
  return html`${text.source === "ocr" && html`<p class="vmachine"><${Icon} name="scan" size=${20} />${t("Text read by machine from a scan: compare figures and names with the page.")}</p>`}
    ${text.paragraphs.map(({ text: words, heading, centred }, at) => html`<p key=${at} class=${`${heading ? "heading" : ""}${centred ? " centred" : ""}`}>${words}</p>`)}
    ${desk.page.value < desk.last.value && html`<${Button} kind="tint" size="lg" cls="w-full" onClick=${() => { desk.step(1); }}>${t("Go on to page %(n)s", { n: desk.page.value + 1 })}<${Icon} name="chevron-right" /><//>`}`;
}

/** @param {Desk} desk @param {number} page @param {number} again @returns {Text} */
function useText(desk, page, again) {
  const [text, setText] = useState(/** @type {Text} */ ({ page, paragraphs: null, source: "", lost: false }));
  useEffect(() => {
    let wanted = true;
    const keep = (/** @type {Text} */ found) => { if (wanted) setText(found); };
    desk.texts.page(page).then(
      async (found) => keep({ page, paragraphs: paragraphs(await desk.words(page)), source: found?.source ?? "none", lost: false }),
      () => keep({ page, paragraphs: null, source: "", lost: true }),
    );
    return () => { wanted = false; };
  }, [page, again, desk.opening.value.pages.length]);
  return text.page === page ? text : { page, paragraphs: null, source: "", lost: false };
}
