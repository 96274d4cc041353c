// The chair's console: what now, who next, are we late, is everyone connected, what is on the wall?
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { Comments } from "../discussion/comments.js";
import { ChairQueue, ChairSpeaker } from "../speaking/running.js";
import { ChairVoteButton, ChairVotes, VotePanel, hallShowsVote } from "../voting/index.js";
import { Behind, Programme } from "./agenda.js";
import { Refusal } from "./doing.js";
import { enter } from "./entry.js";
import { CheckIn, ItemTime, Notices, NowCard } from "./now.js";
import { doing } from "./doing.js";
import { shownPage, viewerAt, whoLeads } from "./page.js";
import { PapersSheet, papersOpen } from "./papers.js";
import { CutOff, Presence } from "./presence.js";
import { currentItem, inSession, isRunning, meeting, may, speaker } from "./reading.js";
import { BackButton, NextButton, RunButtons, goTo } from "./running.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./entry.js").Screen} Screen */

/** @param {Screen} screen */
function Main({ live, places }) {
  const runs = may(live, "live.run") && inSession(live);
  return html`<div class="chair3"><${Programme} live=${live} cls="cag" onPick=${runs ? (/** @type {any} */ item) => goTo(live, item) : undefined}><${Behind} live=${live} /><a class="btn btn-ghost w-full seat-link" href=${places.seat}><${Icon} name="armchair" />${t("To my seat")}</a><//>
    <div class="lmain"><${CheckIn} live=${live} /><${Refusal} /><${Notices} live=${live} />
      ${currentItem(live) ? html`<${Matter} live=${live} />` : html`<${NowCard} live=${live} />`}
      <${ChairQueue} live=${live} /><${Comments} live=${live} /></div>
    <aside class="lq"><${ChairVotes} live=${live} /><${Presence} live=${live} /><${CutOff} live=${live} /><${Wall} live=${live} href=${places.hall} /></aside>
    ${papersOpen.value && html`<${PapersSheet} live=${live} meetingId=${meeting(live).id} />`}</div>`;
}

/** @param {{live: Live}} props */
function Matter({ live }) {
  const item = currentItem(live);
  if (!item) return null;
  return html`<section class="card-x nowcard"><div class="row-x wraps"><span class="muted sm grow">${t("Item %(n)s, under discussion", { n: item.label })}</span><${ItemTime} live=${live} bare /></div>
    <h2>${item.title}</h2><${ChairSpeaker} live=${live} /></section>`;
}

/** @param {{live: Live, href?: string}} props */
function Wall({ live, href = "" }) {
  const page = shownPage(live);
  const shows = hallShowsVote(live.sections.value) ? t("The vote") : page ? whoLeads(page) : speaker(live) ? t("The speaker") : currentItem(live) ? t("The item") : t("The title of the meeting");
  return html`<section class="card-x wall"><div class="row-x"><${Icon} name="device-desktop" size=${28} cls="t-primary" /><div class="grow"><div class="sm muted">${t("The big screen shows")}</div><b>${shows}</b></div></div>
    <a class="btn btn-quiet w-full" href=${href} target="_blank" rel="noopener">${t("Open the big screen")}</a>
      ${page && html`<div class="btns wall-page"><a class="btn btn-quiet grow" href=${viewerAt(page.document_id, page.page)}><${Icon} name="file-text" />${t("Open the paper presented")}</a><${Button} icon="player-stop" onClick=${() => doing(live, "live.show_page")}>${t("Take it off")}<//></div>`}
      ${isRunning(live) && html`<${Button} cls="w-full" icon="files" onClick=${() => { papersOpen.value = true; }}>${t("Show a paper")}<//>`}</section>`;
}

/** @param {Screen} screen */
function Dock({ live, places }) {
  return html`<${BackButton} live=${live} href=${places.leave} /><${RunButtons} live=${live} /><span class="push"></span><${NextButton} live=${live} />${inSession(live) && html`<${ChairVoteButton} live=${live} />`}`;
}

/** @param {Screen} screen */
const Vote = ({ live }) => html`<${VotePanel} live=${live} quiet=${true} />`;

enter({ Main, Dock, Vote, seat: t("Chair's console") });
