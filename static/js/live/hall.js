// The big screen: one thing at a time, readable from 15 m, for days without a hand. It says so when it is itself cut off.
import { render } from "preact";
import { connect } from "../web/live.js";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Icon, html, useNow } from "../web/ui.js";
import { HallResult, HallVote, HallVoteFoot } from "../voting/index.js";
import { HallPage } from "./hall_page.js";
import { Agenda, Blank, Closed, Notice, OneItem, Recess, Roll, Speaking, Welcome } from "./hall_scenes.js";
import { attendance, called, currentItem, speaker } from "./reading.js";
import { sceneOf } from "./scene.js";

/** @typedef {import("../web/live.js").Live} Live */

const STALE_MS = 5000;
const DRAWN_WIDE = 1920;
const DRAWN_HIGH = 1080;

/** Every scene is drawn for 1920 × 1080 and enlarged or reduced as a whole to the screen that hangs there. */
function fit() {
  const scale = Math.max(0.3, Math.min(innerWidth / DRAWN_WIDE, innerHeight / DRAWN_HIGH));
  document.documentElement.style.setProperty("--hall", String(scale));
}

/** @type {Record<string, (props: {live: Live, code: string}) => any>} */
const SCENES = {
  welcome: Welcome, agenda: Agenda, item: OneItem, roll: Roll, speaker: Speaking, break: Recess, notice: Notice, blank: Blank, closed: Closed,
  vote: HallVote, result: HallResult, page: ({ live }) => html`<${HallPage} live=${live} floor=${speaker(live) ?? called(live)} />`,
};

/** @param {{live: Live, code: string}} props */
function Hall({ live, code }) {
  const refusal = live.refusal.value;
  if (refusal) return html`<main class="hidle"><h1>${refusal.message}</h1></main>`;
  if (!live.sections.value.meeting) return null;
  const name = sceneOf(live);
  const Scene = SCENES[name] ?? OneItem;
  return html`<${Scene} key=${name} live=${live} code=${code} />`;
}

/** @param {{live: Live}} props */
function Foot({ live }) {
  const now = useNow(live.now, 1000);
  if (!live.joined.value && now - live.lostAt.value > STALE_MS) {
    const said = live.knownAt.value ? t("No line. Shown as of %(time)s.", { time: timeOfDay(live.lostAt.value) }) : t("Connecting again");
    return html`<span class="stale grow" role="status"><${Icon} name="wifi-off" size=${40} />${said}</span>`;
  }
  if (!live.sections.value.meeting) return null;
  const scene = sceneOf(live);
  if (scene === "result") return html`<${HallVoteFoot} live=${live} />`;
  if (scene === "blank") return null;
  const item = currentItem(live);
  const { present, total } = attendance(live);
  const named = item && ["page", "speaker", "vote"].includes(scene);
  return html`<span class="grow clip">${named ? html`${t("Item %(n)s", { n: item.label })}: <b>${item.title}</b>` : ""}</span><span>${t("Present")} <b class="num">${present}/${total}</b></span>`;
}

const root = document.getElementById("hall-main");
const foot = document.getElementById("hall-foot");
if (root && foot) {
  fit();
  window.addEventListener("resize", fit);
  const live = connect(Number(root.dataset.meeting), { audience: "hall" });
  render(html`<${Hall} live=${live} code=${root.dataset.code ?? ""} />`, root);
  render(html`<${Foot} live=${live} />`, foot);
}
