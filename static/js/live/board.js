// Roll call: one tap marks somebody as present; a second opens what is known of them. Counts, quorum, items, seats, sheets.
import { signal } from "@preact/signals-core";
import { toast } from "../web/dialogs.js";
import { timeOfDay } from "../web/format.js";
import { language, t } from "../web/i18n.js";
import { ErrorBox, Icon, Loading, Note, html } from "../web/ui.js";
import { HelpList } from "../rollcall/help.js";
import { ByItem } from "../rollcall/items.js";
import { Papers } from "../rollcall/papers.js";
import { asked, usePeople } from "../rollcall/people.js";
import { PersonSheet, picked } from "../rollcall/person.js";
import { SeatMap } from "../rollcall/seats.js";
import { ICONS, bare, folded, isHere, words } from "../rollcall/words.js";
import { standing } from "../speaking/names.js";
import { Refusal, doing } from "./doing.js";
import { enter } from "./entry.js";
import { attendance, isOpen, may } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./entry.js").Screen} Screen */
/** @typedef {import("../rollcall/words.js").Attender} Attender */

const shown = signal("all");
const view = signal(/** @type {"people" | "items" | "seats"} */ ("people"));
const wanted = signal("");

/** @param {Attender} person */
const kind = (person) => (isHere(person.presence) ? "here" : person.presence === "excused" || person.presence === "left" ? "away" : "wait");

/** @param {Screen} screen */
function Main({ live }) {
  const { people, failed, again } = usePeople(live);
  if (failed) return html`<${ErrorBox} title=${t("The list could not be read")} retry=${again} />`;
  if (!people) return html`<${Loading} rows=${6} />`;
  const open = people.find((person) => person.id === picked.value);
  return html`<div class="chkin"><section class="col-y chk-list"><${Refusal} /><${Views} />
      ${view.value === "people" && html`<${People} live=${live} people=${people} />`}
      ${view.value === "items" && html`<${ByItem} live=${live} people=${people} />`}
      ${view.value === "seats" && html`<${SeatMap} live=${live} people=${people} pick=${(/** @type {number} */ id) => { picked.value = id; }} />`}</section>
    <aside class="col-y"><${HelpList} live=${live} /><${Figures} live=${live} />
      <${Papers} live=${live} />
      <section class="card-x card-pad col-y"><h3>${t("Tablets")}</h3>${tablets(live, people)}</section></aside>
    ${open && html`<${PersonSheet} key=${open.id} live=${live} person=${open} />`}</div>`;
}

function Views() {
  const tabs = /** @type {["people" | "items" | "seats", string, string][]} */ ([["people", t("Names"), "users"], ["items", t("By item"), "list-numbers"], ["seats", t("Seats"), "armchair"]]);
  return html`<div class="row-x wraps chk-tools"><div class="seg" role="tablist" aria-label=${t("How the roll is shown")}>${tabs.map(([key, label, icon]) => html`<button key=${key} type="button" role="tab" class=${view.value === key ? "on" : ""} aria-selected=${view.value === key} onClick=${() => { view.value = key; }}><${Icon} name=${icon} size=${20} />${label}</button>`)}</div>
    ${view.value === "people" && html`<label class="find-x grow"><span class="sr-only">${t("Find a name")}</span><${Icon} name="search" size=${20} /><input class="input" type="search" placeholder=${t("Find a name")} value=${wanted.value} onInput=${(/** @type {any} */ event) => { wanted.value = event.currentTarget.value; }} /></label>`}</div>`;
}

/** @param {{live: Live, people: Attender[]}} props */
function People({ live, people }) {
  const count = (/** @type {string} */ look) => people.filter((person) => kind(person) === look).length;
  const tabs = [["all", t("All"), people.length], ["wait", t("Not here yet"), count("wait")], ["away", t("Excused or left"), count("away")], ["here", t("Here"), count("here")]];
  const letters = folded(wanted.value.trim());
  const rows = people.filter((person) => (shown.value === "all" || kind(person) === shown.value) && (!letters || folded(person.name).includes(letters)));
  const groups = /** @type {[string, Attender[]][]} */ ([
    ["", rows.filter((person) => person.voting && !person.stands_for)],
    [t("Substitutes"), rows.filter((person) => person.stands_for)],
    [t("Guests"), rows.filter((person) => !person.voting && !person.stands_for)],
  ]);
  return html`<div class="row-x wraps"><div class="seg" role="group" aria-label=${t("Who is shown")}>${tabs.map(([key, label, n]) => html`<button key=${key} type="button" class=${shown.value === key ? "on" : ""} aria-pressed=${shown.value === key} onClick=${() => { shown.value = String(key); }}>${label} <span class="num">${n}</span></button>`)}</div>
      <span class="push sm muted">${isOpen(live) ? t("Tap a name to mark as present") : t("Tap a name to put it right")}</span></div>
    ${groups.map(([title, group]) => group.length > 0 && html`<div key=${title}>${title && html`<h3 class="chk-guests">${title} <span class="num muted">${group.filter((person) => isHere(person.presence)).length}/${group.length}</span></h3>`}<div class="people">${group.map((person) => html`<${Tile} key=${person.id} live=${live} person=${person} />`)}</div></div>`)}
    ${rows.length === 0 && html`<p class="muted">${t("Nobody in this list.")}</p>`}`;
}

/** Tap: present. Mistaken: taken back at once, with that reason. @param {Live} live @param {Attender} person */
async function markHere(live, person) {
  if (!(await doing(live, "live.mark", { people: [person.id], presence: "present" }))) return;
  asked.value += 1;
  toast(t("%(name)s is present", { name: person.name }), async () => {
    await doing(live, "live.correct_attendance", { person_id: person.id, presence: person.presence === "excused" ? "excused" : "absent", reason: t("Tapped by mistake") });
    asked.value += 1;
  });
}

/** @param {{live: Live, person: Attender}} props */
function Tile({ live, person }) {
  const look = kind(person);
  const more = () => { picked.value = person.id; };
  const calls = look !== "here" && isOpen(live) && may(live, "live.correct_attendance");
  const signed = look === "wait" ? "" : person.presence === "late" ? "check" : ICONS[person.presence];
  return html`<div class=${`person ${look}`}><button type="button" class="person-tap" onClick=${calls ? () => markHere(live, person) : more}>
      <span class="pi">${signed && html`<${Icon} name=${signed} size=${20} />`}</span><span class="grow"><b class="clip2">${bare(person.name)}</b><small>${said(person, look)}</small></span></button>
    ${person.help && html`<${Icon} name="lifebuoy" cls="t-warn" label=${t("Calls for help")} />`}
    ${calls && html`<button type="button" class="btn btn-ghost btn-sq person-more" aria-label=${t("More about %(name)s", { name: person.name })} onClick=${more}><${Icon} name="dots" /></button>`}</div>`;
}

/** @param {Attender} person @param {string} look */
function said(person, look) {
  const here = [person.arrived_at ? timeOfDay(person.arrived_at) : "", person.presence === "present" ? "" : words()[person.presence]];
  const left = [words().left, person.left_at ? timeOfDay(person.left_at) : ""];
  const state = look === "here" ? here : person.presence === "left" ? left : [look === "wait" ? t("Not here yet") : person.absence === "asked" ? t("Reported absent, not decided") : words()[person.presence]];
  return [person.seat, person.stands_for && standing(person.stands_for), ...state, person.corrected_at && t("put right")].filter(Boolean).join(" · ");
}

/** @param {{live: Live}} props */
function Figures({ live }) {
  const { present, total, quorum } = attendance(live);
  const seen = live.sections.value.attendance ?? {};
  const rows = /** @type {[string, number, string][]} */ ([[t("Came late"), seen.late, "clock"], [t("Left early"), seen.left, "door-exit"], [t("Online"), seen.remote, "video"], [t("Excused"), seen.excused, "minus"], [t("Without an excuse, or not here yet"), seen.absent, "circle-dashed"], [t("Substitutes"), seen.substitutes, "users"], [t("Guests"), seen.guests, "user-plus"]]);
  return html`<section class="card-x card-pad center figures"><p class="muted">${t("Present")}</p><p class="num chk-big">${present}<span>/${total}</span></p>
      <svg class="qbar" viewBox="0 0 100 16" preserveAspectRatio="none" role="img" aria-label=${t("%(need)s needed", { need: quorum.need })}><rect width="100" height="16" rx="3" class="q0" /><rect width=${total ? (100 * present) / total : 0} height="16" rx="3" class=${quorum.met ? "q1" : "q2"} /><rect x=${total ? (100 * quorum.need) / total - 0.5 : 0} width="1" height="16" class="q3" /></svg>
      <p class="sm muted">${t("%(need)s needed", { need: quorum.need })}: ${quorum.rules?.[language] ?? quorum.rule}</p>
      ${seen.item && html`<p class="sm">${t("At this item so far: %(n)s", { n: seen.item.present })}</p>`}</section>
    <${Note} tone=${quorum.met ? "agree" : "warn"} icon=${quorum.met ? "circle-check" : "alert-triangle"}><b>${quorum.met ? t("Enough members to meet") : t("%(n)s more are needed", { n: quorum.need - present })}</b><//>
    <section class="card-x card-pad chk-counts"><dl>${rows.filter(([, n]) => n > 0).map(([label, n, icon]) => html`<div class="kv" key=${label}><dt><${Icon} name=${icon} size=${20} /> ${label}</dt><dd class="num">${n}</dd></div>`)}</dl></section>`;
}

/** @param {Live} live @param {Attender[]} people */
function tablets(live, people) {
  const known = live.sections.value.connections;
  if (!known) return html`<p class="sm muted">${t("The chair and the secretary see who is connected.")}</p>`;
  const connected = new Set(known);
  const off = people.filter((person) => isHere(person.presence) && !connected.has(person.id));
  return html`<div class="kv"><span class="muted">${t("Connected")}</span><b class="num">${people.filter((person) => connected.has(person.id)).length}</b></div>
    <div class="kv"><span class=${off.length ? "t-warn" : "muted"}>${t("Here without a line")}</span><b class="num">${off.length}</b></div>${off.length > 0 && html`<p class="sm muted">${off.map((person) => person.name).join(", ")}</p>`}`;
}

enter({ Main, seat: t("Roll call") });
