// The bar below the page: all pages, one back, where we are, one on, the slider, larger and smaller; or three large buttons.
import { useEffect, useRef } from "preact/hooks";
import { Button, html, Icon } from "../../web/ui.js";
import { t } from "../../web/i18n.js";
import { enlarge } from "./keys.js";
import { Slider } from "./ways.js";

/** @typedef {import("../desk.js").Desk} Desk */

/** @param {{desk: Desk, drawer: boolean, toggleDrawer: () => void}} props */
export function Foot({ desk, drawer, toggleDrawer }) {
  if (desk.easy.value) return html`<${EasyFoot} desk=${desk} />`;
  const { next, previous } = desk.opening.value;
  const { first, end } = edges(desk);
  return html`<footer class="vfoot">
    <${Button} cls="vall" icon="layout-grid" aria-pressed=${drawer} aria-label=${t("Pages")} onClick=${() => { toggleDrawer(); }}><span class="word">${t("Pages")}</span><//>
    ${first && previous ? html`<a class="btn btn-quiet btn-sq" href=${`/documents/${previous.id}`} aria-label=${t("Previous paper: %(title)s", { title: previous.title })}><${Icon} name="chevrons-left" /></a>` : html`<${Button} size="sq" icon="chevron-left" aria-label=${t("Previous page")} disabled=${first} onClick=${() => { desk.step(-1); }} />`}
    <${Where} desk=${desk} />
    ${end && next ? html`<a class="btn btn-quiet btn-sq" href=${`/documents/${next.id}`} aria-label=${t("Next paper: %(title)s", { title: next.title })}><${Icon} name="chevrons-right" /></a>` : html`<${Button} size="sq" icon="chevron-right" aria-label=${t("Next page")} disabled=${end} onClick=${() => { desk.step(1); }} />`}
    <${Slider} desk=${desk} />
    <${Button} size="sq" icon="zoom-out" cls="out" aria-label=${t("Smaller")} disabled=${!desk.large.value && desk.zoom.value <= 1} onClick=${() => { enlarge(desk, 1 / 1.4); }} />
    <${Button} size="sq" icon="zoom-in" cls="in" aria-label=${t("Larger")} disabled=${!desk.large.value && desk.zoom.value >= 5} onClick=${() => { enlarge(desk, 1.4); }} />
    <button type="button" class="btn btn-quiet btn-sq notes-toggle" aria-expanded=${desk.sheet.value} aria-label=${t("Notes and places found")} onClick=${() => { desk.sheet.value = !desk.sheet.value; }}><${Icon} name="note" /></button>
  </footer>`;
}

/** @param {Desk} desk */
export function edges(desk) {
  const open = desk.shown.value;
  return { first: (open[0] ?? 1) <= 1, end: (open.at(-1) ?? 1) >= desk.last.value };
}

/** "Page 7 of 32": always in sight; a tap there asks for a page. @param {{desk: Desk}} props */
function Where({ desk }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const { page_count: all } = desk.opening.value;
  const page = desk.page.value;
  useEffect(() => { if (field.current && document.activeElement !== field.current) field.current.value = String(page); }, [page]);
  /** @param {any} event */
  const go = (event) => {
    const wanted = Number(event.target.value.trim());
    if (wanted) desk.turn(wanted);
    event.target.value = String(desk.page.value);
  };
  return html`<label class="pgno num"><span class="vword">${t("Page")}</span><input ref=${field} class="vgo" inputmode="numeric" aria-label=${t("Go to page")} defaultValue=${page} onChange=${go}
    onFocus=${(/** @type {any} */ event) => event.target.select()} onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") field.current?.blur(); }} /> / ${all || "…"}</label>`;
}

/** @param {{desk: Desk}} props */
function EasyFoot({ desk }) {
  const { next } = desk.opening.value;
  const { first, end } = edges(desk);
  const following = desk.following.value;
  return html`<footer class="vfoot veasy">
    <${Button} size="lg" icon="chevron-left" disabled=${first} onClick=${() => { desk.step(-1); }}>${t("Previous page")}<//>
    ${following ? html`<${Button} size="lg" kind=${following.on ? "tint" : "primary"} icon=${following.on ? "player-pause" : "presentation"} aria-pressed=${following.on} onClick=${() => { following.toggle(); }}>${following.on ? t("Following: page %(n)s", { n: following.page }) : t("Follow the presenter")}<//>`
      : html`<${Button} size="lg" icon="text-size" aria-pressed=${desk.large.value} onClick=${() => { desk.large.value = !desk.large.value; }}>${desk.large.value ? t("Whole page") : t("Large text")}<//>`}
    ${end && next ? html`<a class="btn btn-quiet btn-lg" href=${`/documents/${next.id}`}>${t("Next paper")}<${Icon} name="chevrons-right" /></a>` : html`<${Button} size="lg" disabled=${end} onClick=${() => { desk.step(1); }}>${t("Next page")}<${Icon} name="chevron-right" /><//>`}
  </footer>`;
}
