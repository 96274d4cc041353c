// One person on the roll: what is known, what is true now (one tap), and setting past times right with a reason.
import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { date, timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, Icon, html } from "../web/ui.js";
import { Refusal, doing } from "../live/doing.js";
import { isOpen, meeting } from "../live/reading.js";
import { standing } from "../speaking/names.js";
import { asked } from "./people.js";
import { ICONS, hows, isHere, words } from "./words.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./words.js").Attender} Attender */
/** @typedef {{spans: {presence: string, from: string, until: string | null, how: string, by: string | null}[], corrections: {at: string, by: string, before: string, after: string, reason: string}[]}} History */
/** @typedef {{from: string, until: string, remote: boolean}} Row */

/** Whose sheet is open, by person id. */
export const picked = signal(0);
const ZONE = "Asia/Ho_Chi_Minh";
const close = () => { picked.value = 0; };

/** @param {{live: Live, person: Attender}} props */
export function PersonSheet({ live, person }) {
  const [told, know] = useState(/** @type {History | null} */ (null));
  const [correcting, correct] = useState("");
  const number = meeting(live).id;
  useEffect(() => {
    void fetch(`/api/v1/meetings/${number}/attendance/${person.id}`).then((answer) => (answer.ok ? answer.json() : null)).then(know, () => undefined);
  }, [person.presence, person.corrected_at, asked.value]);
  /** @param {string} presence */
  const mark = async (presence) => {
    if (await doing(live, "live.mark", { people: [person.id], presence })) { asked.value += 1; close(); }
  };
  const here = isHere(person.presence);
  const remote = meeting(live).form && meeting(live).form !== "in_person";
  return html`<${Dialog} title=${person.name} onClose=${close} wide><p class="muted">${[person.position, person.stands_for && standing(person.stands_for), person.seat && t("Seat %(label)s", { label: person.seat })].filter(Boolean).join(" · ")}</p>
    <p class="row-x"><${Icon} name=${ICONS[person.presence] ?? "circle-dashed"} /><b>${words()[person.presence]}</b>${person.reason ? html`<span class="muted">${person.reason}</span>` : ""}</p><${Refusal} />
    ${isOpen(live) && !correcting && html`<div class="btns wraps">
      ${(!here || person.presence === "remote") && html`<${Button} kind="primary" icon="check" onClick=${() => mark("present")}>${person.presence === "left" ? t("Back again") : t("Is in the room")}<//>`}
      ${remote && person.presence !== "remote" && html`<${Button} icon="video" onClick=${() => mark("remote")}>${t("Takes part online")}<//>`}
      ${here && html`<${Button} icon="door-exit" onClick=${() => mark("left")}>${t("Leaves now")}<//>`}</div>`}
    ${correcting ? html`<${Correction} live=${live} person=${person} told=${told} by=${correcting} back=${() => correct("")} />`
      : html`<${Past} told=${told} /><div class="btns wraps"><${Button} icon="clock-edit" onClick=${() => correct("times")}>${t("Set times right")}<//><${Button} icon="pencil" onClick=${() => correct("word")}>${t("Set the state right")}<//></div>`}<//>`;
}

/** @param {{told: History | null}} props */
function Past({ told }) {
  if (!told) return null;
  if (!told.spans.length && !told.corrections.length) return html`<p class="sm muted">${t("Nothing has been recorded yet.")}</p>`;
  return html`<ul class="past">${told.spans.map((span) => html`<li key=${span.from}><${Icon} name=${ICONS[span.presence] ?? "check"} size=${20} /><span class="grow"><b class="num">${timeOfDay(span.from)} – ${span.until ? timeOfDay(span.until) : t("now")}</b> ${span.presence === "present" ? "" : words()[span.presence]}</span><span class="sm muted">${[hows()[span.how], span.by].filter(Boolean).join(": ")}</span></li>`)}
    ${told.corrections.map((each) => html`<li key=${each.at}><${Icon} name="pencil" size=${20} /><span class="grow">${t("%(before)s became %(after)s: %(reason)s", { before: words()[each.before] ?? "", after: words()[each.after] ?? "", reason: each.reason })}</span><span class="sm muted">${each.by}, ${timeOfDay(each.at)}</span></li>`)}</ul>`;
}

/** @param {string} moment @returns {string} "08:20" in local time, for an input of time */
const clock = (moment) => new Date(moment).toLocaleTimeString("sv-SE", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
/** @param {number | string} moment @returns {string} "2026-11-23" */
const day = (moment) => new Date(moment).toLocaleDateString("sv-SE", { timeZone: ZONE });

/** @param {{live: Live, person: Attender, told: History | null, by: string, back: () => void}} props */
function Correction({ live, person, told, by, back }) {
  const found = meeting(live);
  const today = day(found.closed_at ?? (found.opened_at ? live.now() : found.starts_at));
  const [presence, choose] = useState(isHere(person.presence) ? "absent" : "present");
  const [rows, change] = useState(/** @type {Row[]} */ (told?.spans.length ? told.spans.map((span) => ({ from: clock(span.from), until: span.until ? clock(span.until) : "", remote: span.presence === "remote" })) : [{ from: clock(found.opened_at ?? found.starts_at), until: "", remote: false }]));
  const [reason, write] = useState("");
  const filled = rows.every((row) => row.from);
  const at = (/** @type {string} */ time) => `${today}T${time}:00+07:00`;
  const save = async () => {
    const what = by === "times" ? { times: rows.map((row) => ({ since: at(row.from), until: row.until ? at(row.until) : null, remote: row.remote })) } : { presence };
    if (await doing(live, "live.correct_attendance", { person_id: person.id, ...what, reason: reason.trim().normalize("NFC") })) { asked.value += 1; close(); }
  };
  /** @param {number} place @param {Partial<Row>} part */
  const put = (place, part) => change(rows.map((row, index) => (index === place ? { ...row, ...part } : row)));
  const quick = [t("Forgot to check in"), t("Tablet without power"), t("Tapped by mistake")];
  return html`${by === "times" ? html`<fieldset class="stays"><legend class="label">${t("When were they here? (%(day)s)", { day: date(today) })}</legend>
      ${rows.map((row, place) => html`<div class="stay" key=${place}><label><span>${t("came at")}</span><input class="input" type="time" required value=${row.from} onInput=${(/** @type {any} */ event) => put(place, { from: event.currentTarget.value })} /></label>
        <label><span>${t("left at")}</span><input class="input" type="time" value=${row.until} onInput=${(/** @type {any} */ event) => put(place, { until: event.currentTarget.value })} /></label>
        ${found.form && found.form !== "in_person" && html`<label class="row-x"><input type="checkbox" checked=${row.remote} onChange=${(/** @type {any} */ event) => put(place, { remote: event.currentTarget.checked })} />${t("online")}</label>`}
        <button type="button" class="btn btn-ghost btn-sq" aria-label=${t("Take this line away")} disabled=${rows.length < 2} onClick=${() => change(rows.filter((_, index) => index !== place))}><${Icon} name="x" /></button></div>`)}
      <div class="row-x wraps"><${Button} size="row" icon="plus" onClick=${() => change([...rows, { from: "", until: "", remote: false }])}>${t("Came back")}<//><span class="sm muted">${t("Leave the last end empty when they are still here.")}</span></div></fieldset>`
    : html`<fieldset class="kinds"><legend class="label">${t("What is true?")}</legend>${Object.entries(words()).map(([key, label]) => html`<label key=${key} class=${key === presence ? "kind on" : "kind"}><input type="radio" name="presence" checked=${key === presence} onChange=${() => choose(key)} />${label}</label>`)}</fieldset>`}
    <div class="field"><label for="why">${t("Reason")}</label><input id="why" class="input" maxlength="500" value=${reason} onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)} /></div>
    <div class="row-x wraps">${quick.map((each) => html`<${Button} key=${each} size="row" onClick=${() => write(each)}>${each}<//>`)}</div>
    <div class="btns"><${Button} onClick=${back}>${t("Back")}<//><${Button} kind="primary" disabled=${!reason.trim() || (by === "times" && !filled)} onClick=${save}>${reason.trim() ? t("Put right") : t("Give a reason first")}<//></div>`;
}
