// The chair's verbs on the meeting itself: open, pause, resume, close, go on to an item, a word to all.
import { signal } from "@preact/signals-core";
import { useState } from "preact/hooks";
import { askText, confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, Icon, html } from "../web/ui.js";
import { doingWhenSettled } from "./closing.js";
import { doing } from "./doing.js";
import { attendance, isOpen, may, meeting, nextItem } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./reading.js").Item} Item */

/** @param {Live} live */
export async function open(live) {
  const { present, need, met } = { ...attendance(live).quorum, present: attendance(live).present };
  const text = met ? "" : t("Only %(present)s are here and %(need)s are needed. The roll call opens; items and votes wait until enough are here.", { present, need });
  if (await confirmed({ title: t("Begin the meeting?"), text, yes: t("Begin the meeting") })) await doing(live, "live.open");
}

/** @param {Live} live */
export async function close(live) {
  const left = (live.sections.value.agenda?.items ?? []).filter((/** @type {Item} */ item) => item.state === "planned" && !item.outside && !item.heading).length;
  const text = left ? t("%(n)s items have not been dealt with. The minutes are drafted now.", { n: left }) : t("The minutes are drafted now.");
  if (await confirmed({ title: t("End the meeting?"), text, yes: t("End the whole meeting"), danger: true })) await doingWhenSettled(live, "live.close");
}

/** @param {Live} live @param {Item} item */
export async function goTo(live, item) {
  const title = t("Turn to item %(n)s?", { n: item.label });
  if (await confirmed({ title, text: item.title, yes: t("Turn to this item") })) await doing(live, "live.go_to_item", { item_id: item.id });
}

/** @param {Live} live */
export async function tell(live) {
  const before = live.sections.value.notice?.text ?? "";
  const text = await askText({ title: t("A word to everyone in the room"), label: t("Shown on all screens; leave it empty to take it away"), value: before, optional: true, lines: 2, yes: t("Show") });
  if (text !== null) await doing(live, "live.tell", { text });
}

const resting = signal(false);
const adjourning = signal(false);

/** Opens the dialog that <Recess> draws. */
export function recess() {
  resting.value = true;
}

/** For how long the meeting rests; every screen counts down to the end. @param {{live: Live}} props */
export function Recess({ live }) {
  if (!resting.value) return null;
  const close = () => { resting.value = false; };
  /** @param {number} minutes */
  const rest = async (minutes) => {
    close();
    const until = minutes ? { until: new Date(Math.floor((live.now() + minutes * 60000) / 60000) * 60000).toISOString() } : {};
    await doing(live, "live.pause", until);
  };
  return html`<${Dialog} title=${t("For how long does the meeting rest?")} onClose=${close}><div class="col-y item-choices">
    <div class="rest-minutes">${[5, 10, 15, 20, 30, 60].map((minutes) => html`<${Button} key=${minutes} onClick=${() => rest(minutes)}>${t("%(n)s minutes", { n: minutes })}<//>`)}</div>
    <${Button} cls="w-full" icon="player-pause" onClick=${() => rest(0)}>${t("Without a set end")}<//></div><//>`;
}

/** Opens the dialog that <Adjourn> draws. */
export function adjourn() {
  adjourning.value = true;
}

/** @param {number} days @param {number} from server ms */
function dayAfter(days, from) {
  const day = new Date(from + days * 86400000 + 7 * 3600000).toISOString().slice(0, 10);
  return day;
}

/** The dialog of adjourning: on which day and at what hour it goes on, and why. @param {{live: Live}} props */
export function Adjourn({ live }) {
  return adjourning.value ? html`<${AdjournDialog} live=${live} />` : null;
}

/** @param {{live: Live}} props */
function AdjournDialog({ live }) {
  const [day, setDay] = useState(dayAfter(1, live.now()));
  const [hour, setHour] = useState("08:00");
  const [reason, setReason] = useState("");
  const close = () => { adjourning.value = false; };
  const go = async () => {
    close();
    await doingWhenSettled(live, "live.adjourn", { resumes_at: `${day}T${hour}:00+07:00`, reason: reason.trim() });
  };
  return html`<${Dialog} title=${t("Adjourn to another day?")} onClose=${close}><div class="col-y">
    <p class="muted">${t("Everybody is told when it goes on. The roll call is taken anew then; the item being dealt with goes on where it stands.")}</p>
    <div class="row-x wraps"><div class="field grow"><label for="adjourn-day">${t("It goes on")}</label><input class="input num" id="adjourn-day" type="date" min=${dayAfter(1, live.now())} value=${day} onInput=${(/** @type {any} */ event) => setDay(event.target.value)} /></div>
      <div class="field"><label for="adjourn-hour">${t("At")}</label><input class="input num" id="adjourn-hour" type="time" value=${hour} onInput=${(/** @type {any} */ event) => setHour(event.target.value)} /></div></div>
    <div class="field"><label for="adjourn-why">${t("Reason, as it stands in the minutes")}</label><textarea class="input" id="adjourn-why" rows="2" maxlength="500" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.target.value)}></textarea></div>
    <div class="btns"><${Button} onClick=${close}>${t("Cancel")}<//><${Button} kind="primary" icon="calendar-event" disabled=${!day || !hour || !reason.trim()} onClick=${go}>${t("Adjourn the meeting")}<//></div></div><//>`;
}

/** The way back when all is over. @param {{live: Live, href?: string}} props */
export function BackButton({ live, href = "/" }) {
  if (!meeting(live).state || isOpen(live)) return null;
  return html`<a class="btn btn-primary" href=${href}><${Icon} name="arrow-left" />${t("To the page of the meeting")}</a>`;
}

/** The left end of the chair's dock. @param {{live: Live}} props */
export function RunButtons({ live }) {
  const state = meeting(live).state;
  if (!["in_session", "paused"].includes(state) || !may(live, "live.run")) return null;
  return html`${state === "in_session" ? html`<${Button} icon="player-pause" onClick=${recess}>${t("Recess")}<//>` : html`<${Button} kind="primary" icon="player-play" onClick=${() => doing(live, "live.resume")}>${t("Go on")}<//>`}
    <${Button} icon="speakerphone" onClick=${() => tell(live)}>${t("Tell all")}<//><${Button} icon="calendar-event" onClick=${adjourn}>${t("Another day")}<//><${Button} icon="flag" aria-label=${t("End the whole meeting")} onClick=${() => close(live)}>${t("End the meeting")}<//><${Adjourn} live=${live} /><${Recess} live=${live} />`;
}

/** What comes next: open, or the next item. @param {{live: Live}} props */
export function NextButton({ live }) {
  const state = meeting(live).state;
  if (!may(live, "live.run")) return null;
  if (state === "issued") return html`<${Button} kind="primary" icon="player-play" onClick=${() => open(live)}>${t("Begin the meeting")}<//>`;
  const next = nextItem(live);
  if (!next || state !== "in_session") return null;
  const met = attendance(live).quorum.met;
  return html`<${Button} disabled=${!met} onClick=${() => goTo(live, next)}>${met ? t("To item %(n)s", { n: next.label }) : t("Waiting for enough members")}<//>`;
}
