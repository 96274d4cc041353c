// The big screen: one thing at a time, readable from 15 m. Says so when it is itself cut off.
import { render } from "preact";
import { connection } from "../web/connection.js";
import { connect } from "../web/live.js";
import { duration, ms, timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Icon, Timer, html, useNow } from "../web/ui.js";
import { HallVote, HallVoteFoot, hallShowsVote } from "../voting/index.js";
import { standing } from "../speaking/names.js";
import { HallPage } from "./hall_page.js";
import { shownPage } from "./page.js";
import { attendance, called, currentItem, meeting, queueOf, speaker } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./reading.js").Floor} Floor */

const STALE_MS = 5000;

/** @param {{live: Live}} props */
function Hall({ live }) {
  const refusal = live.refusal.value;
  if (refusal) return html`<main class="hidle"><h1>${refusal.message}</h1></main>`;
  if (!live.sections.value.meeting) return null;
  const state = meeting(live).state;
  if (hallShowsVote(live.sections.value)) return html`<${HallVote} live=${live} />`;
  if (state === "paused") return html`<${Idle} title=${t("Recess")} text=${live.sections.value.notice?.text ?? ""} />`;
  if (state !== "in_session") return html`<${Idle} title=${meeting(live).title} text=${state === "issued" ? t("Please check in on your tablet") : t("The meeting has closed")} />`;
  const floor = speaker(live) ?? called(live);
  if (shownPage(live)) return html`<${HallPage} live=${live} floor=${floor} />`;
  if (floor) return html`<${Speaking} live=${live} floor=${floor} />`;
  const item = currentItem(live);
  if (!item) return html`<${Roll} live=${live} />`;
  const by = [item.presenter && t("%(name)s presents", { name: item.presenter }), item.unit].filter(Boolean).join(" · ");
  return html`<main class="hidle appear"><p>${t("Item %(n)s", { n: item.label })}</p><h1>${item.title}</h1>${by && html`<p>${by}</p>`}${live.sections.value.notice && html`<p class="hnotice">${live.sections.value.notice.text}</p>`}</main>`;
}

/** @param {{title: string, text: string}} props */
function Idle({ title, text }) {
  return html`<main class="hidle appear"><h1>${title}</h1>${text && html`<p>${text}</p>`}</main>`;
}

/** @param {{live: Live}} props */
function Roll({ live }) {
  const { present, total, quorum } = attendance(live);
  return html`<main class="hidle"><p>${t("Roll call")}</p><h1 class="num hroll">${present}/${total}</h1><p>${quorum.met ? t("Enough members to meet") : t("%(need)s needed", { need: quorum.need })}</p></main>`;
}

/** @param {{live: Live, floor: Floor}} props */
function Speaking({ live, floor }) {
  const next = [...queueOf(live), ...queueOf(live, "questioning")].filter((each) => each.id !== floor.id).slice(0, 4);
  return html`<main class="hspk"><section><p class="hlabel">${floor.ends_at ? t("Speaking now") : t("Invited to speak")}</p><div class="hname">${floor.person.name}</div>
      <p class="hwho">${[floor.person.position, standing(floor.stands_for), floor.subject].filter(Boolean).join(" · ")}</p>${floor.ends_at && html`<${Time} live=${live} floor=${floor} />`}</section>
    <section class="hnext"><p class="hlabel">${t("Next")}</p>${next.length ? html`<ol>${next.map((each, index) => html`<li key=${each.id}><span class="n num">${index + 1}</span>${each.person.name}</li>`)}</ol>` : html`<p class="hwho">${t("Nobody waits")}</p>`}</section></main>`;
}

/** @param {{live: Live, floor: Floor}} props */
function Time({ live, floor }) {
  const left = (ms(floor.ends_at) - useNow(live.now, 500)) / 1000;
  return html`<div class="htimes"><${Timer} now=${live.now} endsAt=${floor.ends_at} cls="htime" /><span class="hof">${left > 0 ? t("left") : t("over time")}<br />${t("of %(time)s", { time: duration(floor.seconds) })}</span></div>
    <progress class="bar hbar-time" value=${Math.max(0, floor.seconds - Math.max(0, left))} max=${floor.seconds}></progress>`;
}

/** @param {{live: Live}} props */
function Foot({ live }) {
  const now = useNow(live.now, 1000);
  const stale = connection.value === "offline" || (!live.joined.value && live.knownAt.value && now - live.knownAt.value > STALE_MS);
  if (stale) return html`<span class="stale grow"><${Icon} name="wifi-off" size=${40} />${t("No line. Shown as of %(time)s.", { time: timeOfDay(live.knownAt.value) })}</span>`;
  if (!live.sections.value.meeting) return null;
  const item = currentItem(live);
  const { present, total } = attendance(live);
  if (hallShowsVote(live.sections.value) && live.sections.value.voting.current.result) return html`<${HallVoteFoot} live=${live} />`;
  return html`<span class="grow clip">${item ? html`${t("Item %(n)s", { n: item.label })}: <b>${item.title}</b>` : ""}</span><span>${t("Present")} <b class="num">${present}/${total}</b></span>`;
}

const root = document.getElementById("hall-main");
const foot = document.getElementById("hall-foot");
if (root && foot) {
  const live = connect(Number(root.dataset.meeting), { audience: "hall" });
  render(html`<${Hall} live=${live} />`, root);
  render(html`<${Foot} live=${live} />`, foot);
}
