// The big screen in the hands of the console: what stands on it now, one tap to put something else there, one tap back.
import { useState } from "preact/hooks";
import { askText } from "../web/dialogs.js";
import { dateTime, timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Chip, Dialog, Icon, html, useNow } from "../web/ui.js";
import { doing, Refusal } from "./doing.js";
import { shownPage, viewerAt, whoLeads } from "./page.js";
import { papersOpen } from "./papers.js";
import { isOpen, isRunning, may, meeting } from "./reading.js";
import { comes, pinned, sceneLine, sceneNames, sceneOf } from "./scene.js";

/** @typedef {import("../web/live.js").Live} Live */

/** @param {Live} live @param {string} scene @param {Record<string, unknown>} [more] */
const show = (live, scene, more = {}) => doing(live, "live.show_scene", { scene, ...more });
/** @param {Live} live @param {number} minutes @returns {string} */
const inMinutes = (live, minutes) => new Date(Math.floor((live.now() + minutes * 60000) / 60000) * 60000).toISOString();

/** @param {{live: Live, href?: string}} props */
export function Wall({ live, href = "" }) {
  const [choosing, choose] = useState(false);
  const name = sceneOf(live);
  const isPinned = pinned(live).name !== "auto";
  const steers = may(live, "live.show_page") && isOpen(live);
  const page = shownPage(live);
  return html`<section class="card-x wall" aria-label=${t("Big screen")}>
    <div class="row-x"><h3 class="grow">${t("Big screen")}</h3>${isPinned ? html`<${Chip} tone="warn" icon="pin">${t("Kept on the wall")}<//>` : html`<${Chip} icon="refresh">${t("By itself")}<//>`}</div>
    <a class="wall-mini" href=${href} target="_blank" rel="noopener" title=${t("Open the big screen")}><span class="wall-name">${sceneNames()[name]}</span><b class="clip2">${sceneLine(live)}</b>${name === "page" && page && html`<small class="clip">${whoLeads(page)}</small>`}${name === "break" && pinned(live).until && html`<small class="num">${t("until %(time)s", { time: timeOfDay(pinned(live).until) })}</small>`}</a>
    ${steers && html`<div class="wall-btns">${isPinned && html`<${Button} kind="tint" icon="refresh" onClick=${() => show(live, "auto")}>${t("Back to what happens")}<//>`}
      <${Button} icon="device-desktop" onClick=${() => choose(true)}>${t("Change the screen")}<//>
      ${page && html`<div class="row-x wall-page"><a class="btn btn-quiet grow" href=${viewerAt(page.document_id, page.page)}>${t("See the page")}</a><${Button} icon="player-stop" onClick=${() => doing(live, "live.show_page")}>${t("Take it off")}<//></div>`}</div>`}
    ${choosing && html`<${Scenes} live=${live} onClose=${() => choose(false)} />`}</section>`;
}

const ICONS = /** @type {Record<string, string>} */ ({
  auto: "refresh", welcome: "qrcode", agenda: "list-numbers", item: "messages", page: "file-text", speaker: "microphone",
  vote: "checkbox", result: "circle-check", break: "player-pause", notice: "speakerphone", blank: "square",
});

/** @param {{live: Live, onClose: () => void}} props */
function Scenes({ live, onClose }) {
  const names = sceneNames();
  const now = pinned(live).name;
  const vote = live.sections.value.voting?.current;
  const open = ["welcome", "agenda", "item", ...(shownPage(live) ? ["page"] : []), "speaker", ...(comes(live) || (vote && !vote.result && vote.state !== "cancelled") ? ["vote"] : []), ...(vote?.result ? ["result"] : []), "break", "notice", "blank"];
  /** @param {string} scene */
  const pick = async (scene) => {
    const text = scene === "notice" ? await askText({ title: t("A notice on the big screen"), label: t("What shall stand there?"), value: pinned(live).text, lines: 2, yes: t("Show") }) : "";
    if (text !== null && (await show(live, scene, text ? { text } : {}))) onClose();
  };
  /** @param {number} minutes */
  const rest = async (minutes) => { if (await show(live, "break", { until: inMinutes(live, minutes) })) onClose(); };
  return html`<${Dialog} title=${t("What shall the big screen show?")} wide onClose=${onClose}><${Refusal} />
    <${Button} kind=${now === "auto" ? "tint" : "primary"} size="lg" cls="w-full" icon="refresh" aria-pressed=${now === "auto" ? "true" : "false"} onClick=${() => pick("auto")}>${t("What happens, by itself")}<//>
    <div class="scenes">${open.map((scene) => html`<${Button} key=${scene} icon=${ICONS[scene] ?? ""} cls=${scene === now ? "on" : ""} aria-pressed=${scene === now ? "true" : "false"} onClick=${() => pick(scene)}>${names[scene]}<//>`)}</div>
    <div class="row-x wraps"><span class="muted">${t("Recess with its end:")}</span>${[5, 10, 15, 30].map((minutes) => html`<${Button} key=${minutes} onClick=${() => rest(minutes)}>${t("%(n)s minutes", { n: minutes })}<//>`)}</div>
    ${isRunning(live) && html`<div class="row-x wraps"><span class="muted">${t("A page of a paper:")}</span><${Button} icon="files" onClick=${() => { onClose(); papersOpen.value = true; }}>${t("Choose a paper")}<//></div>`}<//>`;
}

/** While the meeting rests: until when, told to the whole hall by one tap. @param {{live: Live}} props */
export function RecessCard({ live }) {
  const now = useNow(live.now, 5000);
  const { name, until } = pinned(live);
  const ends = name === "break" && until ? Date.parse(until) : 0;
  const left = Math.ceil((ends - now) / 60000);
  if (meeting(live).adjourned) return html`<section class="note note-warn recess-card"><${Icon} name="calendar-event" size=${28} cls="t-warn" /><div class="grow"><b>${t("Adjourned")}</b><div class="sm">${t("Goes on: %(when)s", { when: dateTime(meeting(live).resumes_at) })}</div></div></section>`;
  const said = !ends ? t("The hall has not been told when it goes on.") : left > 0 ? t("Goes on at %(time)s, in %(n)s minutes.", { time: timeOfDay(ends), n: left }) : t("The recess was to end at %(time)s.", { time: timeOfDay(ends) });
  return html`<section class="note note-warn recess-card"><${Icon} name="player-pause" size=${28} cls="t-warn" /><div class="grow"><b>${t("The meeting is in recess.")}</b><div class="sm">${said}</div></div>
    ${may(live, "live.show_page") && html`<div class="row-x wraps">${[5, 10, 15, 30].map((minutes) => html`<${Button} key=${minutes} onClick=${() => show(live, "break", { until: inMinutes(live, minutes) })}>${t("%(n)s minutes", { n: minutes })}<//>`)}</div>`}</section>`;
}
