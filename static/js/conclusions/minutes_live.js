// The minutes while the meeting runs: its course grows by itself, and the secretariat writes beside it.
import { effect, signal } from "@preact/signals-core";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { connect } from "../web/live.js";
import { Chip, Empty, ErrorBox, Icon, Loading, Note, html } from "../web/ui.js";
import { isRunning, meeting } from "../live/reading.js";
import { PartEditor } from "./parts.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{at: string, kind: string, title: string, text: string}} Row */
/** @typedef {{id: number, label: string, title: string, state: string, outside: boolean, heading: boolean, aside: string, started_at: string | null, ended_at: string | null, present: number | null, total: number, rows: Row[]}} Matter */
/** @typedef {{attendance: string[], rows: Row[], items: Matter[]}} Course */

const QUIET_MS = 700; // several changes at once are read together
/** Sections that the course is drawn from. */
const SOURCES = ["meeting", "agenda", "attendance", "speaking", "questioning", "voting", "discussion"];
const MARKS = { auto: "presentation", speech: "microphone", question: "help-circle", answer: "message-reply", opinion: "message", vote: "checkbox", note: "info-circle" };

const course = signal(/** @type {Course | null} */ (null));
const failed = signal(false);

/** Read the course anew whenever something it tells of has changed. @param {Live} live @param {number} meetingId */
function keepUp(live, meetingId) {
  let timer = 0;
  let running = false;
  let again = false;
  /** @type {unknown[]} */
  let seen = [];
  const read = async () => {
    if (running) { again = true; return; }
    running = true;
    try {
      const response = await fetch(`/api/v1/meetings/${meetingId}/course`, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      course.value = await response.json();
      failed.value = false;
    } catch {
      failed.value = true;
      timer = window.setTimeout(read, 3000);
    }
    running = false;
    if (again) { again = false; void read(); }
  };
  effect(() => {
    const now = SOURCES.map((name) => live.sections.value[name]);
    if (!live.sections.value.meeting || now.every((each, place) => each === seen[place])) return;
    seen = now;
    clearTimeout(timer);
    timer = window.setTimeout(read, QUIET_MS);
  });
  void read();
}

/** @param {{live: Live, places: DOMStringMap}} props */
function Page({ live, places }) {
  if (live.refusal.value) return html`<${ErrorBox} title=${t("You cannot enter this room")} text=${live.refusal.value.message} />`;
  const found = course.value;
  const ready = Boolean(found && live.sections.value.meeting);
  useEffect(() => {
    if (!ready) return;
    const at = document.getElementById(location.hash.slice(1)) ?? document.querySelector(".mitem.now");
    at?.scrollIntoView({ block: "start" });
  }, [ready]);
  if (!live.sections.value.meeting || !found) return failed.value ? html`<${ErrorBox} title=${t("The course of the meeting could not be read. It is asked for again by itself.")} />` : html`<${Loading} rows=${5} />`;
  const over = meeting(live).state === "held";
  const shown = found.items.filter((item) => !item.heading || item.rows.length);
  return html`<div class="mlive"><section class="mlive-l">
      ${over && html`<${Note} tone="agree" icon="check"><b>${t("The meeting is over: its minutes have been drafted from this.")}</b> <a href=${places.minutes} data-reload>${t("Open the minutes")}</a><//>`}
      ${failed.value && html`<${Note} tone="warn" icon="wifi-off">${t("What is shown may be older. What you write is kept on this device.")}<//>`}
      <article class="card-x mitem" id="part-0"><div class="card-h"><h2 class="grow">${t("The meeting as a whole")}</h2></div>
        <ul class="matt">${found.attendance.map((line, place) => html`<li key=${place}>${line}</li>`)}</ul>
        ${found.rows.length > 0 && html`<${Feed} rows=${found.rows} />`}
        <${PartEditor} live=${live} itemId=${null} heading=${t("The secretary's text")} /></article>
      ${shown.map((item) => html`<${Item} key=${item.id} live=${live} item=${item} />`)}
      ${shown.length === 0 && html`<${Empty} title=${t("The programme has no items yet")} icon="list" />`}
    </section><aside class="mlive-r"><${Contents} live=${live} items=${shown} /></aside></div>`;
}

/** @param {{live: Live, item: Matter}} props */
function Item({ live, item }) {
  const writes = !item.outside && !(item.aside && !item.started_at);
  return html`<article class=${item.state === "current" ? "card-x mitem now" : "card-x mitem"} id=${`part-${item.id}`}>
    <div class="card-h"><span class="ag-no num">${item.label}</span><h2 class="grow">${item.title}</h2><${When} item=${item} /></div>
    ${item.rows.length > 0 ? html`<${Feed} rows=${item.rows} />` : html`<p class="muted mnone">${item.outside ? t("This item is dealt with outside the system.") : item.aside || (item.started_at ? t("Nothing has been recorded yet.") : t("Not begun yet"))}</p>`}
    ${writes && html`<${PartEditor} live=${live} itemId=${item.id} heading=${t("The secretary's text")} />`}</article>`;
}

/** @param {{item: Matter}} props */
function When({ item }) {
  const here = item.present !== null ? html`<span class="sm muted nowrap">${t("present %(n)s of %(total)s", { n: item.present, total: item.total })}</span>` : null;
  if (item.state === "current") return html`${here}<${Chip} tone="oppose" icon="player-record">${t("Running since %(time)s", { time: timeOfDay(item.started_at) })}<//>`;
  if (item.aside) return html`${here}<${Chip} tone="warn">${t("Set aside")}<//>`;
  if (!item.started_at) return null;
  return html`${here}<span class="num sm muted nowrap">${timeOfDay(item.started_at)}${item.ended_at ? ` – ${timeOfDay(item.ended_at)}` : ""}</span>`;
}

/** What the system recorded, in order of time. @param {{rows: Row[]}} props */
function Feed({ rows }) {
  return html`<ol class="mfeed mcourse" role="list">${rows.map((row, place) => html`<li class=${row.kind === "vote" ? "mrow mvote" : "mrow"} key=${place}><span class="num faint">${timeOfDay(row.at)}</span>
    <span class=${row.kind === "vote" ? "mk mk-v" : ["speech", "question", "answer"].includes(row.kind) ? "mk mk-s" : "mk"}><${Icon} name=${MARKS[/** @type {keyof typeof MARKS} */ (row.kind)] ?? "info-circle"} size=${18} /></span>
    <div class="grow"><b>${row.title}</b>${row.text && html`<p>${row.text}</p>`}</div>
    ${row.kind === "vote" && html`<span class="row-x xs t-agree nowrap"><${Icon} name="lock" size=${16} />${t("Recorded by the system")}</span>`}</li>`)}</ol>`;
}

/** Every item with the way to it, and where a text was written. @param {{live: Live, items: Matter[]}} props */
function Contents({ live, items }) {
  const written = live.sections.value.minutes?.parts ?? {};
  return html`<nav class="card-x card-pad mtoc" aria-label=${t("Items")}><h2>${t("Items")}</h2>
    <a href="#part-0"><span class="grow">${t("The meeting as a whole")}</span>${written["0"] && html`<${Icon} name="pencil" size=${18} label=${t("has a text")} />`}</a>
    ${items.map((item) => html`<a key=${item.id} href=${`#part-${item.id}`} class=${item.state === "current" ? "on" : ""} aria-current=${item.state === "current" ? "true" : null}><span class="num">${item.label}</span><span class="grow clip2">${item.title}</span>${written[String(item.id)] && html`<${Icon} name="pencil" size=${18} label=${t("has a text")} />`}</a>`)}
    ${!isRunning(live) && meeting(live).state === "issued" && html`<p class="sm muted">${t("The meeting has not begun. What is written now stands in its minutes later.")}</p>`}</nav>`;
}

const root = document.getElementById("minutes-live");
if (root) {
  const places = root.dataset;
  const meetingId = Number(places.meeting);
  const live = connect(meetingId);
  keepUp(live, meetingId);
  root.replaceChildren();
  render(html`<${Page} live=${live} places=${places} />`, root);
}
