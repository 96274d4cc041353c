// The secretariat's desk: what has been said and decided, who is here, who needs help, what runs now; beside the chair, never against him.
import { signal } from "@preact/signals-core";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { PartEditor } from "../conclusions/parts.js";
import { CommentButton, Comments } from "../discussion/comments.js";
import { QuestioningPanel } from "../questioning/panel.js";
import { CheckIn } from "../rollcall/check.js";
import { HelpList } from "../rollcall/help.js";
import { ScriptCard } from "../runsheet/card.js";
import { QueuePanel } from "../speaking/queue.js";
import { ChairVotes, VoteAwaited, VoteBeside, VoteDialogs, votesWaiting } from "../voting/index.js";
import { Programme } from "./agenda.js";
import { Course } from "./course.js";
import { Refusal } from "./doing.js";
import { enter } from "./entry.js";
import { Presiding } from "./handing.js";
import { TimeLeft } from "./left.js";
import { Matter, asksVote, inQuestioning, opinionsHere } from "./matter.js";
import { Notices, NowCard } from "./now.js";
import { PapersSheet, papersOpen } from "./papers.js";
import { CutOff, Presence } from "./presence.js";
import { currentItem, isRunning, may, meeting, queueOf } from "./reading.js";
import { tell } from "./running.js";
import { Tabs } from "./tabs.js";
import { Wall } from "./wall.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./entry.js").Screen} Screen */

const chosen = signal("");

/** @param {Screen} screen */
function Main({ live, places }) {
  const sees = may(live, "live.see_desk");
  return html`<div class="chair3 desk"><${Programme} live=${live} cls="cag"><div class="prog-foot"><${TimeLeft} live=${live} /></div><//>
    <div class="lmain"><${Refusal} /><${CheckIn} live=${live} /><${Notices} live=${live} /><${Presiding} live=${live} />
      ${currentItem(live) ? html`<${Matter} live=${live} />` : html`<${NowCard} live=${live} />`}<${VoteAwaited} live=${live} />
      <${Below} live=${live} /></div>
    <aside class="lq"><${HelpList} live=${live} />${sees && asksVote(live) && html`<${VoteBeside} live=${live} />`}
      ${sees ? html`<${Presence} live=${live} href=${places.attendance} />` : html`<a class="btn btn-quiet w-full" href=${places.attendance}><${Icon} name="list-check" />${t("Roll call")}</a>`}<a class="btn btn-quiet w-full" href=${places.seats}><${Icon} name="armchair" />${t("Seats")}</a><${CutOff} live=${live} /><${Wall} live=${live} href=${places.hall} /></aside>
    ${papersOpen.value && html`<${PapersSheet} live=${live} meetingId=${meeting(live).id} />`}<${VoteDialogs} live=${live} /></div>`;
}

/** The clerk's part: the queue, the minutes, what was recorded, the opinions, the questions to vote on. @param {{live: Live}} props */
function Below({ live }) {
  const questions = inQuestioning(live);
  return html`<${Tabs} label=${t("The secretary's work")} chosen=${chosen} cls="grow-x" tabs=${[
    questions && { key: "questions", label: t("Questioning"), count: queueOf(live, "questioning").length, body: html`<${QuestioningPanel} live=${live} compact />` },
    { key: "queue", label: t("Requests to speak"), count: queueOf(live).length, body: html`<${QueuePanel} live=${live} compact />` },
    may(live, "conclusions.write") && { key: "minutes", label: t("Text of the minutes"), body: html`<section class="card-x card-pad"><${PartEditor} live=${live} /></section>` },
    may(live, "live.read_journal") && { key: "course", label: t("What has happened"), body: html`<${Course} live=${live} meetingId=${meeting(live).id} />` },
    { key: "opinions", label: t("Opinions"), count: opinionsHere(live), body: html`<${Comments} live=${live} />` },
    may(live, "voting.prepare") && { key: "votes", label: t("Votes"), count: votesWaiting(live), body: html`<${ChairVotes} live=${live} aside=${asksVote(live)} />` },
    may(live, "runsheet.read") && { key: "script", label: t("Run sheet"), body: html`<${ScriptCard} live=${live} />` },
  ]} />`;
}

/** @param {Screen} screen */
function Dock({ live, places }) {
  const shows = may(live, "live.show_page");
  return html`<a class="btn btn-primary" href=${places.attendance}><${Icon} name="list-check" />${t("Roll call")}</a>
    ${shows && isRunning(live) && html`<${Button} icon="speakerphone" onClick=${() => tell(live)}>${t("Tell all")}<//>`}
    <${Button} icon="files" onClick=${() => { papersOpen.value = true; }}>${t("Papers")}<//><${CommentButton} live=${live} />
    <span class="push"></span><a class="btn btn-quiet" href=${places.hall} target="_blank" rel="noopener"><${Icon} name="device-desktop" />${t("Big screen")}</a>`;
}

enter({ Main, Dock, seat: t("Secretary's desk") });
