// Roll call: everybody's tile, set right with a reason; how many are here and how many are needed.
import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { timeOfDay } from "../web/format.js";
import { language, t } from "../web/i18n.js";
import { Button, Dialog, Icon, Loading, Note, html } from "../web/ui.js";
import { Refusal, doing } from "./doing.js";
import { enter } from "./entry.js";
import { attendance, meeting } from "./reading.js";
import { standing } from "../speaking/names.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./entry.js").Screen} Screen */
/** @typedef {{id: number, name: string, position: string, voting: boolean, stands_for: string | null, presence: string, arrived_at: string | null, reason: string, corrected_at: string | null}} Attender */

const HERE = ["present", "late", "remote"];
const shown = signal("all");
const picked = signal(/** @type {Attender | null} */ (null));

/** @returns {Record<string, string>} */
const words = () => ({ present: t("Present"), late: t("Late"), left: t("Left early"), remote: t("Taking part from elsewhere"), excused: t("Absent, excused"), absent: t("Absent") });

/** The list: the desk has it in the live state, the clerk reads it again at each change. @param {Live} live @returns {Attender[] | null} */
function usePeople(live) {
  const given = live.sections.value.attendance?.people;
  const counted = JSON.stringify([live.sections.value.attendance?.present, live.sections.value.attendance?.guests]);
  const [read, know] = useState(/** @type {Attender[] | null} */ (null));
  useEffect(() => {
    if (given) return;
    void fetch(`/api/v1/meetings/${meeting(live).id}/attendance`).then((answer) => answer.json()).then((body) => know(body.data), () => undefined);
  }, [given ? "" : counted, picked.value]);
  return given ?? read;
}

/** @param {Attender} person */
const kind = (person) => (HERE.includes(person.presence) ? "here" : person.presence === "excused" || person.presence === "left" ? "away" : "wait");

/** @param {Screen} screen */
function Main({ live }) {
  const people = usePeople(live);
  if (!people) return html`<${Loading} rows=${6} />`;
  const count = (/** @type {string} */ wanted) => people.filter((person) => kind(person) === wanted).length;
  const tabs = [["all", t("All"), people.length], ["wait", t("Not here yet"), count("wait")], ["away", t("Excused or left"), count("away")], ["here", t("Here"), count("here")]];
  const rows = people.filter((person) => shown.value === "all" || kind(person) === shown.value);
  const members = rows.filter((person) => person.voting);
  const guests = rows.filter((person) => !person.voting);
  return html`<div class="chkin"><section class="col-y chk-list"><${Refusal} />
      <div class="row-x wraps"><div class="seg" role="tablist">${tabs.map(([key, label, n]) => html`<button key=${key} type="button" role="tab" class=${shown.value === key ? "on" : ""} aria-selected=${shown.value === key} onClick=${() => { shown.value = String(key); }}>${label} <span class="num">${n}</span></button>`)}</div>
        <span class="push sm muted">${t("Tap a name to put it right")}</span></div>
      <div class="people">${members.map((person) => html`<${Tile} key=${person.id} person=${person} />`)}</div>
      ${guests.length > 0 && html`<h3 class="chk-guests">${t("Guests")}</h3><div class="people">${guests.map((person) => html`<${Tile} key=${person.id} person=${person} />`)}</div>`}
      ${rows.length === 0 && html`<p class="muted">${t("Nobody in this list.")}</p>`}</section>
    <aside class="col-y"><${Figures} live=${live} />
      <section class="card-x card-pad col-y"><h3>${t("Tablets")}</h3>${tablets(live, people)}</section></aside>
    ${picked.value && html`<${Correction} live=${live} person=${picked.value} />`}</div>`;
}

/** @param {{person: Attender}} props */
function Tile({ person }) {
  const look = kind(person);
  const said = look === "here" ? [person.arrived_at ? timeOfDay(person.arrived_at) : "", person.presence === "present" ? "" : words()[person.presence]].filter(Boolean).join(" · ") : look === "wait" ? t("Not here yet") : words()[person.presence];
  const icon = look === "here" ? "check" : look === "away" ? "minus" : "";
  return html`<button type="button" class=${`person ${look}`} onClick=${() => { picked.value = person; }}>
    <span class="pi">${icon && html`<${Icon} name=${icon} size=${20} />`}</span><span class="grow"><b class="clip2">${person.name.replace(/^(Ông|Bà|Đồng chí)\s/u, "")}</b><small>${person.stands_for ? `${standing(person.stands_for)} · ` : ""}${said}${person.corrected_at ? ` · ${t("put right")}` : ""}</small></span></button>`;
}

/** @param {{live: Live}} props */
function Figures({ live }) {
  const { present, total, quorum } = attendance(live);
  return html`<section class="card-x card-pad center figures"><p class="muted">${t("Present")}</p><p class="num chk-big">${present}<span>/${total}</span></p>
      <svg class="qbar" viewBox="0 0 100 16" preserveAspectRatio="none" role="img" aria-label=${t("%(need)s needed", { need: quorum.need })}><rect width="100" height="16" rx="3" class="q0" /><rect width=${total ? (100 * present) / total : 0} height="16" rx="3" class=${quorum.met ? "q1" : "q2"} /><rect x=${total ? (100 * quorum.need) / total - 0.5 : 0} width="1" height="16" class="q3" /></svg>
      <p class="sm muted">${t("%(need)s needed", { need: quorum.need })}: ${quorum.rules?.[language] ?? quorum.rule}</p></section>
    <${Note} tone=${quorum.met ? "agree" : "warn"} icon=${quorum.met ? "circle-check" : "alert-triangle"}><b>${quorum.met ? t("Enough members to meet") : t("%(n)s more are needed", { n: quorum.need - present })}</b><//>`;
}

/** @param {Live} live @param {Attender[]} people */
function tablets(live, people) {
  const known = live.sections.value.connections;
  if (!known) return html`<p class="sm muted">${t("The chair and the secretary see who is connected.")}</p>`;
  const connected = new Set(known);
  const off = people.filter((person) => HERE.includes(person.presence) && !connected.has(person.id));
  return html`<div class="kv"><span class="muted">${t("Connected")}</span><b class="num">${people.filter((person) => connected.has(person.id)).length}</b></div>
    <div class="kv"><span class=${off.length ? "t-warn" : "muted"}>${t("Here without a line")}</span><b class="num">${off.length}</b></div>${off.length > 0 && html`<p class="sm muted">${off.map((person) => person.name).join(", ")}</p>`}`;
}

/** @param {{live: Live, person: Attender}} props */
function Correction({ live, person }) {
  const [presence, choose] = useState(HERE.includes(person.presence) ? "absent" : "present");
  const [reason, write] = useState("");
  const close = () => { picked.value = null; };
  const save = async () => {
    if (await doing(live, "live.correct_attendance", { person_id: person.id, presence, reason: reason.trim().normalize("NFC") })) close();
  };
  return html`<${Dialog} title=${person.name} onClose=${close}><p class="muted">${[person.position, standing(person.stands_for), words()[person.presence], person.reason].filter(Boolean).join(" · ")}</p><${Refusal} />
    <fieldset class="kinds"><legend class="label">${t("What is true?")}</legend>${Object.entries(words()).map(([key, label]) => html`<label key=${key} class=${key === presence ? "kind on" : "kind"}><input type="radio" name="presence" checked=${key === presence} onChange=${() => choose(key)} />${label}</label>`)}</fieldset>
    <div class="field"><label for="why">${t("Reason")}</label><input id="why" class="input" maxlength="500" value=${reason} onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)} /></div>
    <div class="btns"><${Button} onClick=${close}>${t("Cancel")}<//><${Button} kind="primary" disabled=${!reason.trim()} onClick=${save}>${reason.trim() ? t("Put right") : t("Give a reason first")}<//></div><//>`;
}

enter({ Main });
