// The chair's verbs on the meeting itself: open, pause, resume, close, go on to an item, a word to all.
import { askText, confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { doing } from "./doing.js";
import { attendance, isOpen, meeting, nextItem } from "./reading.js";

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
  if (await confirmed({ title: t("End the meeting?"), text, yes: t("End the meeting"), danger: true })) await doing(live, "live.close");
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

/** The way back when all is over. @param {{live: Live, href?: string}} props */
export function BackButton({ live, href = "/" }) {
  if (!meeting(live).state || isOpen(live)) return null;
  return html`<a class="btn btn-primary" href=${href}><${Icon} name="arrow-left" />${t("To the page of the meeting")}</a>`;
}

/** The left end of the chair's dock. @param {{live: Live}} props */
export function RunButtons({ live }) {
  const state = meeting(live).state;
  if (!["in_session", "paused"].includes(state)) return null;
  return html`${state === "in_session" ? html`<${Button} icon="player-pause" onClick=${() => doing(live, "live.pause")}>${t("Recess")}<//>` : html`<${Button} kind="primary" icon="player-play" onClick=${() => doing(live, "live.resume")}>${t("Go on")}<//>`}
    <${Button} icon="speakerphone" onClick=${() => tell(live)}>${t("Tell all")}<//><${Button} icon="flag" onClick=${() => close(live)}>${t("End the meeting")}<//>`;
}

/** What comes next: open, or the next item. @param {{live: Live}} props */
export function NextButton({ live }) {
  const state = meeting(live).state;
  if (state === "issued") return html`<${Button} kind="primary" icon="player-play" onClick=${() => open(live)}>${t("Begin the meeting")}<//>`;
  const next = nextItem(live);
  if (!next || state !== "in_session") return null;
  const met = attendance(live).quorum.met;
  return html`<${Button} disabled=${!met} onClick=${() => goTo(live, next)}>${met ? t("To item %(n)s", { n: next.label }) : t("Waiting for enough members")}<//>`;
}
