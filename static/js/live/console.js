// The chair's console: what now, who next, are we late, is everyone connected, what is on the wall? It stays, whatever happens.
import { signal } from "@preact/signals-core";
import { t } from "../web/i18n.js";
import { Icon, html } from "../web/ui.js";
import { Comments } from "../discussion/comments.js";
import { QuestioningPanel } from "../questioning/panel.js";
import { CheckIn } from "../rollcall/check.js";
import { ScriptCard } from "../runsheet/card.js";
import { QueuePanel } from "../speaking/queue.js";
import { ChairVoteButton, ChairVotes, ReadyLine, VoteAtHand, VoteAwaited, VoteDialogs, VotePanel, votesWaiting } from "../voting/index.js";
import { Programme } from "./agenda.js";
import { StillOpen } from "./closing.js";
import { Refusal } from "./doing.js";
import { enter } from "./entry.js";
import { HandOver, Presiding } from "./handing.js";
import { TimeLeft } from "./left.js";
import { Matter, asksVote, inQuestioning, opinionsHere } from "./matter.js";
import { ItemMenu } from "./moving.js";
import { Notices, NowCard } from "./now.js";
import { PapersSheet, papersOpen } from "./papers.js";
import { CutOff, Presence } from "./presence.js";
import { currentItem, inSession, meeting, may, queueOf } from "./reading.js";
import { BackButton, NextButton, RunButtons, goTo } from "./running.js";
import { Tabs } from "./tabs.js";
import { Wall } from "./wall.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./entry.js").Screen} Screen */

const chosen = signal("");

/** @param {Screen} screen */
function Main({ live, places }) {
  const runs = may(live, "live.run") && inSession(live);
  return html`<div class="chair3 console"><${Programme} live=${live} cls="cag" onPick=${runs ? (/** @type {any} */ item) => goTo(live, item) : undefined}>
      <div class="prog-foot"><${TimeLeft} live=${live} /><a class="btn btn-ghost w-full seat-link" href=${places.seat}><${Icon} name="armchair" />${t("To my seat")}</a></div><//>
    <div class="lmain"><${Refusal} /><${StillOpen} live=${live} /><${CheckIn} live=${live} /><${Notices} live=${live} /><${Presiding} live=${live} /><${ReadyLine} live=${live} />
      ${currentItem(live) ? html`<${Matter} live=${live} menu=${html`<${ItemMenu} live=${live} item=${currentItem(live)} />`} />` : html`<${NowCard} live=${live} />`}
      ${asksVote(live) && html`<${VoteAtHand} live=${live} />`}<${VoteAwaited} live=${live} />
      <${Below} live=${live} /></div>
    <aside class="lq"><${Presence} live=${live} /><${CutOff} live=${live} /><${Wall} live=${live} href=${places.hall} /><div class="aside-foot"><${HandOver} live=${live} /></div></aside>
    ${papersOpen.value && html`<${PapersSheet} live=${live} meetingId=${meeting(live).id} />`}</div>`;
}

/** Who waits, the words to say, what is written, what can be voted on: one of them at a time. @param {{live: Live}} props */
function Below({ live }) {
  const waiting = queueOf(live).length + queueOf(live, "questioning").length;
  const questions = inQuestioning(live);
  return html`<${Tabs} label=${t("What belongs to this item")} chosen=${chosen} cls="grow-x" tabs=${[
    questions && { key: "questions", label: t("Questioning"), count: queueOf(live, "questioning").length, body: html`<${QuestioningPanel} live=${live} compact />` },
    { key: "queue", label: t("Requests to speak"), count: questions ? queueOf(live).length : waiting, body: html`<${QueuePanel} live=${live} compact />` },
    may(live, "runsheet.read") && { key: "script", label: t("Run sheet"), body: html`<${ScriptCard} live=${live} />` },
    { key: "opinions", label: t("Opinions"), count: opinionsHere(live), body: html`<${Comments} live=${live} />` },
    { key: "votes", label: t("Votes"), count: votesWaiting(live), body: html`<${ChairVotes} live=${live} aside=${asksVote(live)} />` },
  ]} />`;
}

/** @param {Screen} screen */
function Dock({ live, places }) {
  return html`<${BackButton} live=${live} href=${places.leave} /><${RunButtons} live=${live} /><span class="push"></span><${NextButton} live=${live} />${inSession(live) && html`<${ChairVoteButton} live=${live} />`}<${VoteDialogs} live=${live} />`;
}

/** The chair's own ballot paper over the console, when it is asked for. @param {Screen} screen */
const Vote = ({ live }) => html`<${VotePanel} live=${live} quiet />`;

enter({ Main, Dock, Vote, seat: t("Chair's console") });
