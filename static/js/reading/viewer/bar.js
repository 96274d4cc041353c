// The bar above the page: where the paper belongs, finding, ways of looking, taking along; and the strip about versions.
import { useEffect, useRef, useState } from "preact/hooks";
import { date } from "../../web/format.js";
import { nt, t } from "../../web/i18n.js";
import { Connection, html, Icon } from "../../web/ui.js";
import { FindBox } from "./found.js";
import * as take from "./take.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("./seeking.js").Seeker} Seeker */

/** @param {{desk: Desk, seeker: Seeker, help: () => void}} props */
export function Bar({ desk, seeker, help }) {
  const opening = desk.opening.value;
  const line = [
    opening.item_number && t("Item %(n)s", { n: opening.item_number }), opening.detail, opening.version && t("version %(n)s", { n: opening.version }),
    t("updated %(date)s", { date: date(opening.updated_at) }),
    opening.page_count && opening.seen.length ? t("you have read %(seen)s/%(all)s pages", { seen: opening.seen.length, all: opening.page_count }) : "",
  ].filter(Boolean).join(" · ");
  return html`<header class=${seeker.open.value ? "vbar finding" : "vbar"}>
    <a class="btn btn-ghost btn-sq" href=${opening.back} aria-label=${t("Back")}><${Icon} name="arrow-left" size=${28} /></a>
    <div class="grow vname"><h1 class="clip">${opening.title}</h1><div class="xs faint clip">${line}</div></div>
    ${seeker.open.value && html`<${FindBox} desk=${desk} seeker=${seeker} />`}
    <${take.SignatureBadge} desk=${desk} />
    <${Connection} />
    ${!seeker.open.value && html`<button type="button" class="btn btn-quiet btn-sq" aria-label=${t("Find in this paper")} onClick=${() => { seeker.open.value = true; }}><${Icon} name="search" /></button>`}
    <${Menu} icon="eye" label=${t("How to read")}><${Looks} desk=${desk} help=${help} /><//>
    <${Menu} icon="dots" label=${t("Take along")}><${take.TakeMenu} desk=${desk} /><//>
  </header>`;
}

/** @param {{icon: string, label: string, children?: any}} props */
function Menu({ icon, label, children }) {
  const [open, setOpen] = useState(false);
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    if (!open) return undefined;
    const shut = (/** @type {Event} */ event) => {
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !(event.target instanceof Node && place.current?.contains(event.target))) setOpen(false);
      if (event instanceof KeyboardEvent && event.key === "Escape") place.current?.querySelector("button")?.focus();
    };
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, shut);
    return () => { for (const name of ["pointerdown", "keydown"]) document.removeEventListener(name, shut); };
  }, [open]);
  return html`<div class="vmenu" ref=${place}><button type="button" class="btn btn-quiet btn-sq" aria-expanded=${open} aria-label=${label} onClick=${() => setOpen(!open)}><${Icon} name=${icon} /></button>
    <div class="vpop" hidden=${!open} role="group" aria-label=${label}>${children}</div></div>`;
}

/** @param {{desk: Desk, help: () => void}} props */
function Looks({ desk, help }) {
  const row = (/** @type {string} */ icon, /** @type {string} */ label, /** @type {import("@preact/signals-core").Signal<boolean>} */ state) => html`
    <button type="button" class="vrow" role="switch" aria-checked=${state.value} onClick=${() => { state.value = !state.value; }}><${Icon} name=${icon} /><span class="grow">${label}</span><i class="vswitch" aria-hidden="true"></i></button>`;
  return html`<button type="button" class="vrow" role="switch" aria-checked=${desk.spread.value === 2} onClick=${() => { desk.spread.value = desk.spread.value === 1 ? 2 : 1; }}><${Icon} name="columns-2" /><span class="grow">${t("Two pages side by side")}</span><i class="vswitch" aria-hidden="true"></i></button>
    ${row("text-size", t("Large text"), desk.large)}
    ${row("moon", t("Night"), desk.night)}
    ${row("accessible", t("Easy reading: three large buttons"), desk.easy)}
    <button type="button" class="vrow" data-text-size><${Icon} name="letter-case" /><span class="grow">${t("Text size of buttons")}</span><span class="num faint" data-text-size-value>${document.documentElement.dataset.text || "100"}%</span></button>
    <button type="button" class="vrow" onClick=${help}><${Icon} name="help" /><span class="grow">${t("How to read here")}</span></button>`;
}

/** A newer version, or what changed since the one that was read; put away, it stays away as long as the browser is open. @param {{desk: Desk}} props */
export function Strip({ desk }) {
  const { strip, id } = desk.opening.value;
  const key = `viewer.strip.${id}.${strip?.newer?.number ?? strip?.read_number}`;
  const [away, setAway] = useState(() => put(key));
  if (!strip || away || !(strip.newer || strip.read_number)) return null;
  const shut = () => { put(key, true); setAway(true); };
  return html`<div class="vstrip" role="status"><${Icon} name=${strip.newer ? "alert-circle" : "refresh"} size=${20} /><span class="grow">${said(strip)}</span>
    <button type="button" class="btn btn-ghost btn-sq vaway" aria-label=${t("Put this line away")} onClick=${shut}><${Icon} name="x" /></button>
    ${strip.newer ? html`<a class="btn btn-quiet" href=${`/documents/${strip.newer.file_id}`}>${t("Open the new version")}</a>` : html`
      ${strip.changed_pages.slice(0, 6).map((page) => html`<button type="button" class="btn btn-ghost num" key=${page} aria-label=${t("Page %(n)s", { n: page })} onClick=${() => desk.turn(page)}>${page}</button>`)}
      ${strip.compare_url && html`<a class="btn btn-quiet" href=${strip.compare_url}>${t("See what changed")}</a>`}`}</div>`;
}

/** @param {NonNullable<import("../desk.js").Opening["strip"]>} strip */
function said({ newer, number, read_number: read, changed }) {
  if (newer) return t("This is version %(n)s. Version %(newer)s has been published.", { n: number, newer: newer.number });
  if (changed === null) return `${t("You read version %(n)s", { n: read })}.`;
  return `${nt("You read version %(read)s: %(n)s page is different", "You read version %(read)s: %(n)s pages are different", changed, { read })}.`;
}

/** Whether a line was put away in this session; with `now` it is. @param {string} key @param {boolean} [now] */
function put(key, now = false) {
  try {
    if (now) sessionStorage.setItem(key, "1");
    return sessionStorage.getItem(key) === "1";
  } catch {
    return now;
  }
}
