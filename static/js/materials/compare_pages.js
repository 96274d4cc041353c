// What changed, page beside page: the older version left, the newer one right, turned together, from change to change.
import { batch, computed, signal } from "@preact/signals-core";
import { render } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { imageOf } from "../reading/viewer/images.js";
import { sendAct } from "../web/acts.js";
import { nt, t } from "../web/i18n.js";
import { Button, html, Icon } from "../web/ui.js";
import { Pane } from "./compare/pane.js";
import { changesOf, drawnOn, listed, pageOf } from "./compare/rows.js";

/** @typedef {import("./compare/rows.js").Comparing} Comparing */
/** @typedef {import("./compare/rows.js").Row} Row */
/** @typedef {ReturnType<typeof makeTable>} Table */

const ZOOMS = 3;
const AGAIN_MS = 1500;
const ICONS = { changed: "pencil", added: "plus", removed: "minus", moved: "arrows-exchange", unread: "eye-off", unchanged: "check" };

/** @returns {Record<string, string>} */
const fates = () => ({ changed: t("changed"), added: t("added"), removed: t("taken out"), moved: t("moved"), unread: t("not comparable"), unchanged: t("as before") });

/** @param {Comparing} data */
function makeTable(data) {
  const changes = changesOf(data.pages);
  const all = signal(false);
  const row = signal(changes[0]?.row ?? 0);
  const now = signal(changes.length ? 0 : -1);
  const rows = computed(() => listed(data.pages, all.value));
  return {
    data, changes, all, row, now, rows, zoom: signal(0), side: signal(/** @type {"old" | "new"} */ ("new")),
    old: drawnOn(changes, "old"), new: drawnOn(changes, "new"),
    /** To a change. @param {number} to */
    go(to) {
      const change = changes[to];
      if (change) batch(() => { now.value = to; row.value = change.row; });
    },
    /** To a page, and its first change if it has one. @param {number} at */
    open(at) {
      batch(() => { row.value = at; now.value = changes.findIndex((change) => change.row === at); });
    },
    /** The next or previous page of the list. @param {1 | -1} by */
    turn(by) {
      const next = by > 0 ? rows.value.find((at) => at > row.value) : rows.value.findLast((at) => at < row.value);
      if (next !== undefined) this.open(next);
    },
    /** The next or previous change, also from a page that has none. @param {1 | -1} by */
    step(by) {
      const from = now.value >= 0 ? now.value + by : by > 0 ? changes.findIndex((change) => change.row > row.value) : changes.findLastIndex((change) => change.row < row.value);
      this.go(from);
    },
  };
}

/** @param {{table: Table}} props */
function Compare({ table }) {
  const { data } = table;
  useEffect(() => listen(table), []);
  useEffect(() => { if (!data.marked) void again(data); }, []);
  return html`<div class="cmpv"><${Bar} table=${table} />
    <div class="cwork"><${List} table=${table} /><${Panes} table=${table} /></div>
    <${Words} table=${table} /><${Foot} table=${table} /></div>`;
}

/** @param {number} n */
const pages = (n) => nt("%(n)s page is different", "%(n)s pages are different", n);

/** @param {{table: Table}} props */
function Bar({ table: { data } }) {
  const differ = data.pages.filter((row) => row.kind !== "unchanged").length;
  const said = data.read_number === data.older.number ? t("You read version %(read)s; %(pages)s", { read: data.older.number, pages: pages(differ) }) : pages(differ);
  const go = (/** @type {number} */ from, /** @type {number} */ to) => location.assign(`${data.here}?from=${from}&to=${to}`);
  const choice = (/** @type {{number: number, read: boolean}} */ each) => html`<option value=${each.number}>${t("version %(n)s", { n: each.number })}${each.read ? ` · ${t("read by you")}` : ""}</option>`;
  return html`<header class="cbar"><a class="btn btn-ghost btn-sq" href=${data.back} aria-label=${t("Back to the paper")}><${Icon} name="arrow-left" size=${28} /></a>
    <div class="grow cbar-title"><h1 class="clip">${data.title}</h1><span class="xs muted clip">${said}</span></div>
    ${data.versions.length > 2 && html`<div class="cvers"><select class="input" aria-label=${t("Earlier version")} value=${data.older.number} onChange=${(/** @type {any} */ event) => go(Number(event.target.value), data.newer.number)}>${data.versions.filter((each) => each.number < data.newer.number).map(choice)}</select>
      <${Icon} name="arrow-right" cls="faint" /><select class="input" aria-label=${t("New version")} value=${data.newer.number} onChange=${(/** @type {any} */ event) => go(Math.min(data.older.number, Number(event.target.value) - 1), Number(event.target.value))}>${data.versions.slice(1).map(choice)}</select></div>`}
    <a class="btn btn-quiet" href=${data.text_url}><${Icon} name="list-details" /><span class="word">${t("The changed words")}</span></a></header>`;
}

/** @param {{table: Table}} props */
function List({ table }) {
  const { data, all, row } = table;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }); }, [row.value]);
  return html`<nav class="clist" aria-label=${t("Pages")}><button type="button" class="cfilter" role="switch" aria-checked=${!all.value} onClick=${() => { all.value = !all.value; }}><span class="cswitch"></span>${t("Only changed pages")}</button>
    <ol class="plain" ref=${list}>${table.rows.value.map((at) => html`<${Entry} key=${at} row=${data.pages[at]} data=${data} on=${at === row.value} open=${() => table.open(at)} />`)}</ol></nav>`;
}

/** @param {{row: Row, data: Comparing, on: boolean, open: () => void}} props */
function Entry({ row, data, on, open }) {
  const [version, page] = row.new_page ? [data.newer, row.new_page] : [data.older, row.old_page ?? 1];
  return html`<li><button type="button" class=${`centry ${row.kind}${on ? " on" : ""}`} aria-current=${on ? "page" : null} onClick=${open}><img loading="lazy" src=${imageOf(/** @type {any} */ (version), page, 120)} alt="" />
    <span><b class="num">${row.new_page ? t("Page %(n)s", { n: page }) : t("Page %(n)s before", { n: page })}</b><small><${Icon} name=${ICONS[row.kind]} size=${16} />${fates()[row.kind]}</small>${row.marks.length > 0 && html`<small class="muted">${nt("%(n)s place", "%(n)s places", row.marks.length)}</small>`}</span></button></li>`;
}

/** @param {{table: Table}} props */
function Panes({ table }) {
  const { data, changes, now, zoom } = table;
  const row = /** @type {Row} */ (data.pages[table.row.value]);
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const change = changes[now.value];
  const scrolled = useMemo(() => together(place), []);
  const pane = (/** @type {"old" | "new"} */ side) => {
    const page = pageOf(change, row, side);
    return html`<${Pane} side=${side} version=${side === "old" ? data.older : data.newer} page=${page} marks=${(page && table[side].get(page)) || []} now=${now.value} zoom=${zoom.value} reader=${data.reader}
      whole=${row.kind === "added" || row.kind === "removed"} pick=${(/** @type {number} */ to) => table.go(to)} scrolled=${scrolled} />`;
  };
  return html`<main class=${`cpanes only-${table.side.value}`} ref=${place}>
    <div class="seg csides" role="tablist">${/** @type {const} */ (["old", "new"]).map((side) => html`<button type="button" role="tab" class=${table.side.value === side ? "on" : ""} aria-selected=${table.side.value === side} onClick=${() => { table.side.value = side; }}>${side === "old" ? t("Version %(n)s, before", { n: data.older.number }) : t("Version %(n)s, now", { n: data.newer.number })}</button>`)}</div>
    ${pane("old")}${pane("new")}</main>`;
}

/** The words of the change in hand, large enough to read. @param {{table: Table}} props */
function Words({ table }) {
  const { data, changes, now } = table;
  const row = /** @type {Row} */ (data.pages[table.row.value]);
  const mark = changes[now.value]?.mark;
  return html`<section class="cwords" aria-live="polite">
    ${!data.marked && html`<p class="t-warn">${t("The places of the changes are being found; they appear here by themselves.")}</p>`}
    ${row.rough ? html`<p class="t-warn"><${Icon} name="alert-triangle" size=${20} />${t("Scanned, and read too badly to mark single places: look at both pages yourself.")}</p>`
      : row.kind === "unread" ? html`<p class="t-warn"><${Icon} name="alert-triangle" size=${20} />${t("This page has no text that could be read (a scan). Look at both pictures yourself.")}</p>`
      : row.recognised && html`<span class="chip chip-warn"><${Icon} name="scan" size=${16} />${t("Scanned: compared roughly")}</span>`}
    ${mark ? html`<p class="cword">${mark.gone && html`<del><span class="sr-only">${t("Taken out:")} </span>${mark.gone}</del>`}${mark.gone && mark.come && html`<${Icon} name="arrow-right" size=${20} cls="faint" />`}${mark.come && html`<ins><span class="sr-only">${t("New:")} </span>${mark.come}</ins>`}</p>`
      : html`<p class="muted">${whole(row)}</p>`}</section>`;
}

/** @param {Row} row */
function whole(row) {
  if (row.kind === "added") return t("This page is new.");
  if (row.kind === "removed") return t("This page was taken out.");
  if (row.kind === "moved") return t("This page stood on page %(n)s before; its words are the same.", { n: row.old_page });
  return row.kind === "unchanged" ? t("Nothing is different on this page.") : "";
}

/** @param {{table: Table}} props */
function Foot({ table }) {
  const { changes, now, zoom, rows, row } = table;
  const at = rows.value.indexOf(row.value);
  return html`<footer class="cfoot"><${Button} size="sq" icon="chevron-left" aria-label=${t("Previous page")} disabled=${at === 0 || !rows.value.some((each) => each < row.value)} onClick=${() => table.turn(-1)} />
    <${Button} size="sq" icon="chevron-right" aria-label=${t("Next page")} disabled=${!rows.value.some((each) => each > row.value)} onClick=${() => table.turn(1)} />
    <span class="cfoot-mid"><${Button} icon="arrow-up" aria-label=${t("Previous change")} disabled=${now.value === 0 || (now.value < 0 && !changes.some((each) => each.row < row.value))} onClick=${() => table.step(-1)}><span class="word">${t("Previous change")}</span><//>
      <b class="num" role="status">${now.value >= 0 ? now.value + 1 : "–"} / ${changes.length}</b>
      <${Button} kind="primary" icon="arrow-down" aria-label=${t("Next change")} disabled=${now.value >= changes.length - 1 && now.value >= 0} onClick=${() => table.step(1)}><span class="word">${t("Next change")}</span><//></span>
    <${Button} size="sq" icon="zoom-out" aria-label=${t("Smaller")} disabled=${zoom.value === 0} onClick=${() => { zoom.value -= 1; }} />
    <${Button} size="sq" icon="zoom-in" aria-label=${t("Larger")} disabled=${zoom.value === ZOOMS - 1} onClick=${() => { zoom.value += 1; }} /></footer>`;
}

/** Both pages scroll as one. @param {{current: HTMLElement | null}} place */
function together(place) {
  let leader = /** @type {HTMLElement | null} */ (null);
  let timer = 0;
  return (/** @type {number} */ share, /** @type {HTMLElement} */ from) => {
    if (leader && leader !== from) return;
    leader = from;
    clearTimeout(timer);
    timer = window.setTimeout(() => { leader = null; }, 120);
    for (const other of place.current?.querySelectorAll(".cstage") ?? []) {
      if (other === from) continue;
      other.scrollTop = share * (other.scrollHeight - other.clientHeight);
      other.scrollLeft = from.scrollLeft;
    }
  };
}

/** Arrows across: pages; arrows down and up, or n and p: changes; + and −: size. @param {Table} table */
function listen(table) {
  const keys = /** @type {Record<string, () => void>} */ ({
    ArrowRight: () => table.turn(1), PageDown: () => table.turn(1), ArrowLeft: () => table.turn(-1), PageUp: () => table.turn(-1),
    n: () => table.step(1), p: () => table.step(-1), ArrowDown: () => table.step(1), ArrowUp: () => table.step(-1),
    "+": () => { table.zoom.value = Math.min(ZOOMS - 1, table.zoom.value + 1); }, "-": () => { table.zoom.value = Math.max(0, table.zoom.value - 1); },
  });
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const run = keys[event.key];
    if (!run || event.ctrlKey || event.metaKey || event.altKey || (event.target instanceof HTMLElement && event.target.matches("input, select, textarea"))) return;
    event.preventDefault();
    run();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

/** A comparison of old knows no places: it is made once more, and shown when it is done. @param {Comparing} data */
async function again(data) {
  const answer = await sendAct("materials.compare", { older_id: data.older.submission_id, newer_id: data.newer.submission_id });
  for (let state = answer.ok ? "waiting" : "failed"; state === "waiting";) {
    await new Promise((done) => { setTimeout(done, AGAIN_MS); });
    const found = await fetch(`/api/v1${data.here.replace("/papers/", "/requirements/")}?from=${data.older.number}&to=${data.newer.number}`).then((heard) => heard.json(), () => ({ state: "waiting" }));
    state = found.state;
    if (state === "ready") location.reload();
  }
}

const root = document.getElementById("compare");
if (root) {
  const data = /** @type {Comparing} */ (JSON.parse(root.dataset.comparing ?? "{}"));
  root.replaceChildren();
  render(html`<${Compare} table=${makeTable(data)} />`, root);
}
