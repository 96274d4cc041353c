// The delegate's seat: what is discussed, who speaks, when is my turn, can I vote? In easy mode the same with three large buttons.
import { signal } from "@preact/signals-core";
import { useEffect } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, html } from "../web/ui.js";
import { CommentButton, Comments, writing } from "../discussion/comments.js";
import { QuestionButton, QuestioningPanel } from "../questioning/panel.js";
import { CheckIn } from "../rollcall/check.js";
import { HelpButton } from "../rollcall/help.js";
import { FloorButton } from "../speaking/asking.js";
import { QueuePanel, SpeakerNow } from "../speaking/queue.js";
import { BeforeVote, CountingCard, VotePanel, VoteStrip } from "../voting/index.js";
import { Programme } from "./agenda.js";
import { Refusal } from "./doing.js";
import { EasyDock, EasyMain, EasySwitch, easy } from "./easy.js";
import { enter } from "./entry.js";
import { HandOver, Presiding } from "./handing.js";
import { JoinConference } from "./joining.js";
import { inQuestioning } from "./matter.js";
import { ItemTime, Notices, NowCard } from "./now.js";
import { PagePanel, following, shownPage } from "./page.js";
import { PapersSheet, papersOpen } from "./papers.js";
import { currentItem, meeting, may } from "./reading.js";
import { BackButton } from "./running.js";
import { Tabs } from "./tabs.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./entry.js").Screen} Screen */

/** What fills the middle: the presenter's page, the questioning, or the opinions. */
const middle = signal("");

/** @param {Screen} screen */
function Main({ live, places }) {
  const papers = papersOpen.value && html`<${PapersSheet} live=${live} meetingId=${meeting(live).id} />`;
  if (easy.value) return html`<${EasyMain} live=${live} />${papers}`;
  return html`<div class="live3"><${Programme} live=${live}><div class="prog-foot"><${HandOver} live=${live} /><${JoinConference} live=${live} />
      ${(may(live, "speaking.run") || may(live, "live.hand_over")) && html`<a class="btn btn-tint w-full" href=${places.room}>${t("To the chair's console")}</a>`}${inQuestioning(live) && html`<${HelpButton} live=${live} />`}<${EasySwitch} live=${live} /></div><//>
    <div class="lmain"><${CheckIn} live=${live} /><${Refusal} /><${CountingCard} live=${live} /><${Notices} live=${live} /><${Presiding} live=${live} /><${BeforeVote} live=${live} /><${Middle} live=${live} /></div>
    <aside class="lq"><${SpeakerNow} live=${live} /><${QueuePanel} live=${live} /></aside>${papers}</div>`;
}

/** @param {{live: Live}} props */
function Middle({ live }) {
  const page = shownPage(live);
  const questions = inQuestioning(live);
  useEffect(() => {
    if (page && following.value) middle.value = "page";
    if (!page && middle.value === "page") middle.value = "";
  }, [page?.document_id, page?.page]);
  useEffect(() => { if (writing.value) middle.value = "opinions"; }, [writing.value]);
  const follow = () => { following.value = true; middle.value = "page"; };
  const card = html`<${NowCard} live=${live}>${page && html`<${Button} kind="tint" icon="file-text" onClick=${follow}>${t("Page %(n)s is shown", { n: page.page })}<//>`}<//>`;
  const tabs = [
    questions && { key: "questions", label: t("Questioning"), body: html`<${QuestioningPanel} live=${live} />` },
    page && { key: "page", label: t("Page shown"), body: html`<${PagePanel} live=${live} />` },
    { key: "opinions", label: t("Written opinions"), body: html`<${Comments} live=${live} />` },
  ].filter(Boolean);
  if (questions && !["page", "opinions"].includes(middle.value)) return html`<${Tabs} label=${t("What belongs to this item")} chosen=${middle} cls="grow-x" tabs=${tabs} />`;
  if (page && middle.value === "page" && currentItem(live)) return html`<${Slim} live=${live} /><${Tabs} label=${t("What belongs to this item")} chosen=${middle} cls="grow-x page-card" tabs=${tabs} />`;
  if (tabs.length === 1) return html`${card}<${Comments} live=${live} />`;
  return html`${card}<${Tabs} label=${t("What belongs to this item")} chosen=${middle} cls="grow-x" tabs=${tabs} />`;
}

/** The item in one line, so that the page has the room. @param {{live: Live}} props */
function Slim({ live }) {
  const item = currentItem(live);
  return item ? html`<section class="card-x now-slim" aria-label=${t("The item under discussion")}><span class="num semi">${item.label}</span><h2 class="grow clip">${item.title}</h2><${ItemTime} live=${live} bare /></section>` : null;
}

/** @param {Screen} screen */
function Dock({ live, places }) {
  if (easy.value) return html`<${BackButton} live=${live} href=${places.leave} /><${EasyDock} live=${live} />`;
  const questions = inQuestioning(live); // then the dock belongs to questions; help moves to the programme's foot
  return html`<${BackButton} live=${live} href=${places.leave} />${questions && html`<${QuestionButton} live=${live} />`}<${FloorButton} live=${live} />${!questions && html`<${CommentButton} live=${live} />`}
    <${Button} icon="files" onClick=${() => { papersOpen.value = true; }}>${t("Papers")}<//>${!questions && html`<${HelpButton} live=${live} />`}
    <span class="push"></span><${VoteStrip} live=${live} />`;
}

/** @param {Screen} screen */
const Vote = ({ live }) => html`<${VotePanel} live=${live} />`;

enter({ Main, Dock, Vote });
