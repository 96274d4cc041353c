// Two more ways to a page: small pictures of all, and the slider with ticks where notes and hits are.
import { useEffect, useRef } from "preact/hooks";
import { html } from "../../web/ui.js";
import { t } from "../../web/i18n.js";
import { imageOf } from "./page.js";

/** @param {{id: number, ready: number, page: number, go: (to: number) => void}} props */
export function Thumbnails({ id, ready, page, go }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { list.current?.querySelector(".on")?.scrollIntoView({ block: "center" }); }, []);
  return html`<nav class="vthumbs" ref=${list} aria-label=${t("Pages")}>${Array.from({ length: ready }, (_, index) => index + 1).map((number) => html`
    <button type="button" key=${number} class=${number === page ? "on" : ""} aria-current=${number === page ? "page" : null} onClick=${() => go(number)}><img loading="lazy" src=${imageOf(id, number, 240)} alt="" /><span><span class="sr-only">${t("Page")} </span>${number}</span></button>`)}</nav>`;
}

/** @param {{page: number, last: number, noted: Set<number>, found: {page: number}[], go: (to: number) => void}} props */
export function Slider({ page, last, noted, found, go }) {
  const place = (/** @type {number} */ number) => `${last > 1 ? ((number - 1) / (last - 1)) * 100 : 0}%`;
  const ticks = [...[...noted].map((number) => ({ number, cls: "" })), ...found.map((hit) => ({ number: hit.page, cls: "found" }))];
  return html`<div class="vslide"><svg aria-hidden="true">${ticks.map(({ number, cls }) => html`<line class=${cls} x1=${place(number)} x2=${place(number)} y1="0" y2="10" />`)}</svg>
    <input type="range" min="1" max=${last} value=${page} aria-label=${t("Page")} onInput=${(/** @type {any} */ event) => go(Number(event.target.value))} /></div>`;
}
