// The page as it will be printed, drawn by the server from the same layout as the PDF, again after every save. The line that is
// being written is marked on it; a touch on the page leads to the line.
import { effect, signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Chip, ErrorBox, Icon, Loading, html } from "../web/ui.js";
import { address, at, doc, drawn, goTo, lines } from "./editor_state.js";
import { view } from "./editor_view.js";

/** @typedef {{name: string, page: number, from: number, to: number}} Place */
/** @typedef {{digest: string, pages: string[], places: Place[], version: number}} Pages */

const HEIGHT_MM = 297;
const QUIET_MS = 60;
const AGAIN_MS = 2500;

/** @type {import("@preact/signals").Signal<Pages | null>} */
const pages = signal(null);
/** "": shown as it is; anew: an older drawing is shown while a new one is made; gone: it could not be made. */
const state = signal(/** @type {"" | "anew" | "gone"} */ (""));
let running = false;
let again = false;
let timer = 0;

async function draw() {
  if (running) { again = true; return; }
  running = true;
  again = false;
  try {
    const response = await fetch(address("pages"), { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    /** @type {Pages} */
    const found = await response.json();
    await ready(found);
    pages.value = found;
    state.value = "";
  } catch {
    state.value = "gone";
    timer = window.setTimeout(() => void draw(), AGAIN_MS);
  }
  running = false;
  if (again) void draw();
}

/** The pictures are here before they take the place of the old ones: nothing flickers. @param {Pages} found */
async function ready(found) {
  const before = new Set(pages.value?.pages ?? []);
  await Promise.all(found.pages.filter((each) => !before.has(each)).map(async (each) => {
    const picture = new Image();
    picture.src = each;
    await picture.decode();
  }));
}

/** Draw now and after every save. */
export function follow() {
  effect(() => {
    void drawn.value;
    clearTimeout(timer);
    if (pages.peek()) state.value = "anew";
    timer = window.setTimeout(() => void draw(), QUIET_MS);
  });
}

/** The name of what is written just now, as the marks of the page have it. */
function marked() {
  const line = lines.value.find((each) => each.key === at.value);
  if (line) return line.id.value ? `line-${line.id.value}` : "";
  return at.value.startsWith("words-") ? at.value.slice(6) : "";
}

/** @param {{party: boolean}} props */
export function PagePane({ party }) {
  const found = pages.value;
  return html`<div class="row-x sm cedr-h"><b>${t("A4 page")}</b><${Chip} tone="agree" icon="check">${party ? t("Form of the Party") : t("Form of Decree 30")}<//>
      <span class="push muted" role="status">${state.value === "gone" ? t("The page is being drawn again") : state.value === "anew" ? t("Drawing") : found ? t("Pages: %(n)s", { n: found.pages.length }) : ""}</span></div>
    ${!found ? (state.value === "gone" ? html`<${ErrorBox} title=${t("The page is being drawn again")} text=${t("Your text is kept. The page follows by itself.")} />` : html`<${Loading} rows=${6} />`)
    : found.pages.map((source, place) => html`<${Picture} key=${place} source=${source} number=${place + 1} of=${found.pages.length} places=${found.places.filter((each) => each.page === place + 1)} />`)}`;
}

/** @param {{source: string, number: number, of: number, places: Place[]}} props */
function Picture({ source, number, of, places }) {
  const name = marked();
  const here = places.find((each) => each.name === name);
  return html`<div class="pgimg" onClick=${(/** @type {MouseEvent} */ event) => touched(event, places)}>
    <img src=${source} alt=${t("Page %(n)s of %(total)s as it will be printed", { n: number, total: of })} width="794" height="1123" />
    ${here && html`<${Mark} place=${here} />`}</div>`;
}

/** @param {{place: Place}} props */
function Mark({ place }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.top = `${((place.from - 1) / HEIGHT_MM) * 100}%`;
    box.current.style.height = `${((place.to - place.from + 2) / HEIGHT_MM) * 100}%`;
  }, [place.from, place.to]);
  useLayoutEffect(() => {
    const pane = box.current?.closest(".cedr");
    if (!pane || !box.current || pane.contains(document.activeElement)) return;
    const [inner, outer] = [box.current.getBoundingClientRect(), pane.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) pane.scrollBy({ top: inner.top - outer.top - outer.height / 3 });
  }, [place.name, place.page]);
  return html`<i class="pgmark" ref=${box} aria-hidden="true"></i>`;
}

/** @param {MouseEvent} event @param {Place[]} places */
function touched(event, places) {
  const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
  const y = ((event.clientY - box.top) / box.height) * HEIGHT_MM;
  const hit = places.find((each) => y >= each.from - 1 && y <= each.to + 1);
  if (!hit || !doc().edit) return;
  view.value = "write";
  const line = lines.value.find((each) => hit.name === `line-${each.id.value}`);
  if (line) {
    at.value = line.key;
    goTo.value = line.key;
    return;
  }
  const field = document.getElementById(`words-${hit.name === "signature" ? "authority" : hit.name}`);
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
}

/** The ways to look: only on narrow screens all three, beside the text the last two. @param {{counts: number}} props */
export function Views({ counts }) {
  /** @type {["write" | "page" | "beside", string, string][]} */
  const ways = [["write", "edit", t("The text")], ["page", "file-text", t("The printed page")], ...(doc().edit ? [/** @type {["beside", string, string]} */ (["beside", "link", t("On the same matter")])] : [])];
  return html`<div class="seg ced-views" role="group" aria-label=${t("View")}>${ways.map(([name, icon, label]) => html`<${Button} key=${name} kind="ghost" size="row" icon=${icon} cls=${`v-${name}${view.value === name ? " on" : ""}`} aria-pressed=${view.value === name ? "true" : "false"} onClick=${() => { view.value = name; }}>${label}${name === "beside" && counts > 0 ? html` <${Icon} name="point" size=${16} />` : ""}<//>`)}</div>`;
}
