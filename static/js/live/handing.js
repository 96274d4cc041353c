// Handing over: the chair lets somebody preside over the meeting or an item, everybody sees who presides, the chair takes it back.
import { signal } from "@preact/signals-core";
import { useState } from "preact/hooks";
import { confirmed } from "../web/dialogs.js";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, Icon, Note, html } from "../web/ui.js";
import { doing } from "./doing.js";
import { isOpen, items, may, meeting } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./reading.js").Item} Item */
/** @typedef {{item_id: number | null, to: {id: number, name: string}, at: string}} Handed */

/** What is being handed over: nothing, the whole meeting (null) or an item. */
const asking = signal(/** @type {{item: Item | null} | undefined} */ (undefined));

/** @param {Live} live @returns {Handed[]} */
export const handedOver = (live) => meeting(live).handed ?? [];
/** @param {Live} live */
const isMine = (live) => meeting(live).presider?.id === live.me.value.person_id;
/** @param {Live} live */
const chairs = (live) => (live.me.value.hats ?? []).includes("chair");

/** Open the dialog for an item, or for the whole meeting. @param {Item | null} [item] */
export function askHandOver(item = null) {
  asking.value = { item };
}

/** To whom an item is handed. @param {Live} live @param {number} itemId */
export const handedTo = (live, itemId) => handedOver(live).find((each) => each.item_id === itemId)?.to ?? null;

/** @param {Live} live @param {Handed} handed */
async function takeBack(live, handed) {
  const mine = handed.to.id === live.me.value.person_id;
  const title = mine ? t("Give the meeting back to the chair?") : t("Preside again yourself?");
  const text = mine ? t("The chair presides again at once.") : t("%(name)s presides no longer, from now on.", { name: handed.to.name });
  if (!(await confirmed({ title, text, yes: mine ? t("Give the seat back") : t("Take it back") }))) return;
  await doing(live, "live.take_back", handed.item_id === null ? {} : { item_id: handed.item_id });
}

/** The buttons: hand over, take back. Null for whoever may not. @param {{live: Live}} props */
export function HandOver({ live }) {
  if (!may(live, "live.hand_over") || !isOpen(live)) return null;
  const whole = handedOver(live).find((each) => each.item_id === null);
  const back = whole && whole.to.id !== meeting(live).presider?.id && (chairs(live) || whole.to.id === live.me.value.person_id); // else <Presiding> has it
  return html`<${Button} icon="user-share" onClick=${() => askHandOver()}>${t("Hand over presiding")}<//>
    ${back && html`<${Button} icon="arrow-back-up" onClick=${() => takeBack(live, whole)}>${whole.to.id === live.me.value.person_id ? t("Give the seat back") : t("Take it back")}<//>`}`;
}

/** Who presides instead of the chair, for every screen; with the way back for the chair and for the deputy. @param {{live: Live}} props */
export function Presiding({ live }) {
  const { presider } = meeting(live);
  if (!presider) return null;
  const current = live.sections.value.agenda?.current_id ?? null;
  const held = handedOver(live).find((each) => each.to.id === presider.id && each.item_id !== null && each.item_id === current) ?? handedOver(live).find((each) => each.to.id === presider.id);
  const item = items(live).find((each) => each.id === held?.item_id);
  const what = item ? t("item %(n)s", { n: item.label }) : t("the whole meeting");
  const said = isMine(live) ? t("You preside: %(what)s", { what }) : t("%(name)s presides: %(what)s", { name: presider.name, what });
  const back = held && may(live, "live.hand_over") && (chairs(live) || isMine(live));
  return html`<div role="status"><${Note} icon="gavel"><div class="row-x wraps"><b class="grow">${said}${held ? html` <span class="muted sm">${t("since %(time)s", { time: timeOfDay(held.at) })}</span>` : ""}</b>
    ${back && html`<${Button} icon="arrow-back-up" onClick=${() => takeBack(live, held)}>${isMine(live) ? t("Give the seat back") : t("Take it back")}<//>`}</div><//></div>`;
}

/** Drawn once, by the programme; opened by askHandOver. @param {{live: Live}} props */
export function HandOverDialog({ live }) {
  const found = asking.value;
  return found ? html`<${Choice} live=${live} first=${found.item} />` : null;
}

/** @param {{live: Live, first: Item | null}} props */
function Choice({ live, first }) {
  const [scope, setScope] = useState(first?.id ?? 0);
  const [to, setTo] = useState(0);
  const [reason, setReason] = useState("");
  const close = () => { asking.value = undefined; };
  const people = candidates(live);
  const go = async () => {
    close();
    await doing(live, "live.hand_over", { to_id: to, reason, ...(scope ? { item_id: scope } : {}) });
  };
  return html`<${Dialog} title=${t("Who presides?")} onClose=${close}><div class="col-y hand-over">
    <div class="field"><label for="hand-what">${t("What is handed over")}</label><select class="input" id="hand-what" value=${String(scope)} onChange=${(/** @type {any} */ event) => setScope(Number(event.target.value))}>
      <option value="0">${t("The whole meeting, at once")}</option>${items(live).filter((item) => ["planned", "current"].includes(item.state) && !item.outside).map((item) => html`<option key=${item.id} value=${item.id}>${item.label}. ${item.title}</option>`)}</select></div>
    <fieldset class="hand-people"><legend>${t("To whom")}</legend>${people.map((each) => html`<label key=${each.id} class="hand-row"><input type="radio" name="hand-to" checked=${to === each.id} onChange=${() => setTo(each.id)} /><span><b>${each.name}</b><small class="muted">${each.position}</small></span></label>`)}
      ${people.length === 0 && html`<p class="muted">${t("Nobody who could preside has checked in.")}</p>`}</fieldset>
    <div class="field"><label for="hand-why">${t("Reason (may stay empty)")}</label><input class="input" id="hand-why" maxlength="500" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.target.value)} /></div>
    <p class="sm muted row-x"><${Icon} name="info-circle" size=${20} /><span>${t("The rights move at once. You keep your seat and can take it back at any time.")}</span></p>
    <div class="btns"><${Button} onClick=${close}>${t("Cancel")}<//><${Button} kind="primary" icon="user-share" disabled=${!to} onClick=${go}>${t("Hand over")}<//></div></div><//>`;
}

/** Members who are here, but for the chair and for whoever presides. @param {Live} live @returns {{id: number, name: string, position: string}[]} */
function candidates(live) {
  const { chair, presider } = meeting(live);
  /** @type {any[]} */
  const people = live.sections.value.attendance?.people ?? [];
  return people.filter((each) => (each.voting || each.presidium) && ["present", "late", "remote"].includes(each.presence) && each.id !== chair?.id && each.id !== presider?.id);
}
