// Ways to a page: small pictures of all, the contents, and the slider with ticks where notes and places found are.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html, Icon } from "../../web/ui.js";
import { t } from "../../web/i18n.js";
import { imageOf } from "./images.js";

/** @typedef {import("../desk.js").Desk} Desk */

const ROW_PX = 196;
const BEYOND = 3;

/** @param {{desk: Desk, shut: () => void}} props */
export function Drawer({ desk, shut }) {
  const { outline } = desk.opening.value;
  const [tab, setTab] = useState("pages");
  const go = (/** @type {number} */ to) => { desk.turn(to); if (matchMedia("(max-width: 1000px)").matches) shut(); };
  return html`<nav class="vdrawer" aria-label=${t("Ways to a page")}>
    <div class="row-x vtabs" role="tablist">
      ${[["pages", t("Pages")], ["contents", t("Contents")]].map(([name, label]) => html`<button type="button" role="tab" key=${name} aria-selected=${tab === name} onClick=${() => setTab(name ?? "pages")}>${label}</button>`)}
      <button type="button" class="btn btn-ghost btn-sq push" aria-label=${t("Close")} onClick=${shut}><${Icon} name="x" /></button>
    </div>
    ${tab === "pages" ? html`<${Thumbnails} desk=${desk} go=${go} />` : html`<${Contents} outline=${outline} desk=${desk} go=${go} />`}
  </nav>`;
}

/** Only the rows in sight are there, so that a thousand pages weigh no more than ten. @param {{desk: Desk, go: (to: number) => void}} props */
function Thumbnails({ desk, go }) {
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [seen, setSeen] = useState({ top: 0, height: 800 });
  const opening = desk.opening.value;
  const ready = opening.pages.length;
  const rows = Math.ceil(ready / 2);
  useLayoutEffect(() => {
    const place = list.current;
    if (!place) return;
    place.scrollTop = Math.max(0, Math.floor((desk.page.peek() - 1) / 2) * ROW_PX - place.clientHeight / 3);
    setSeen({ top: place.scrollTop, height: place.clientHeight });
    place.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, []);
  const first = Math.max(0, Math.floor(seen.top / ROW_PX) - BEYOND);
  const end = Math.min(rows, Math.ceil((seen.top + seen.height) / ROW_PX) + BEYOND);
  const numbers = Array.from({ length: Math.max(0, Math.min(ready, end * 2) - first * 2) }, (_, at) => first * 2 + at + 1);
  const ticked = new Set(desk.marks.value.map((mark) => mark.page));
  return html`<div class="vthumbs" ref=${list} onScroll=${(/** @type {any} */ event) => setSeen({ top: event.target.scrollTop, height: event.target.clientHeight })}>
    <div class="vroll" style=${{ height: `${rows * ROW_PX}px` }}><div class="vrows" style=${{ transform: `translateY(${first * ROW_PX}px)` }}>${numbers.map((number) => html`
      <button type="button" key=${number} class=${`${desk.shown.value.includes(number) ? "on" : ""}${opening.seen.includes(number) ? " seen" : ""}`} aria-current=${number === desk.page.value ? "page" : null} onClick=${() => go(number)}>
        <img loading="lazy" decoding="async" src=${imageOf(opening, number, 1)} alt="" /><span class="num"><span class="sr-only">${t("Page")} </span>${number}${ticked.has(number) && html`<${Icon} name="note" size=${16} label=${t("With a note")} />`}</span></button>`)}</div></div>
    ${ready < opening.page_count && html`<p class="xs faint" role="status">${t("%(n)s of %(all)s pages are made.", { n: ready, all: opening.page_count })}</p>`}
  </div>`;
}

/** @param {{outline: {title: string, page: number, level: number}[], desk: Desk, go: (to: number) => void}} props */
function Contents({ outline, desk, go }) {
  if (!outline.length) return html`<p class="vnone">${t("This paper has no table of contents of its own. The pages and the box to find words lead everywhere.")}</p>`;
  const now = outline.findLastIndex((entry) => entry.page <= desk.page.value);
  const told = outline.some((entry) => /** @type {any} */ (entry).found);
  return html`<div class="vindex">${told && html`<p class="xs faint vnone">${t("Headings found by the system")}</p>`}<ol class="vcontents">${outline.map((entry, at) => html`<li key=${at} class=${`level-${Math.min(4, entry.level)}`}>
    <button type="button" aria-current=${at === now ? "true" : null} onClick=${() => go(entry.page)}><span>${entry.title}</span><span class="num">${entry.page}</span></button></li>`)}</ol></div>`;
}

/** @param {{desk: Desk}} props */
export function Slider({ desk }) {
  const last = desk.last.value;
  const [held, setHeld] = useState(/** @type {number | null} */ (null));
  const shown = held ?? desk.page.value;
  const place = (/** @type {number} */ number) => `${last > 1 ? ((number - 1) / (last - 1)) * 100 : 0}%`;
  const hits = [...new Set((desk.found.value?.hits ?? []).map((hit) => hit.page))];
  const changed = desk.opening.value.strip?.changed_pages ?? [];
  const ticks = [...changed.map((page) => ({ page, cls: "changed" })), ...desk.marks.value, ...hits.map((page) => ({ page, cls: "found" }))];
  useEffect(() => {
    if (held === null) return undefined;
    const timer = setTimeout(() => desk.turn(held), last > 60 ? 90 : 0);
    return () => clearTimeout(timer);
  }, [held]);
  return html`<div class="vslide"><svg aria-hidden="true">${ticks.map(({ page, cls }) => html`<line class=${cls} x1=${place(page)} x2=${place(page)} y1="0" y2="10" />`)}</svg>
    <input type="range" min="1" max=${last} value=${shown} aria-label=${t("Page")} aria-valuetext=${t("Page %(n)s of %(all)s", { n: shown, all: last })}
      onInput=${(/** @type {any} */ event) => setHeld(Number(event.target.value))} onChange=${(/** @type {any} */ event) => { desk.turn(Number(event.target.value)); setHeld(null); }} />
    ${held !== null && html`<output class="num vbubble" style=${{ left: place(held) }}>${held}</output>`}</div>`;
}
