// Easy mode: what is discussed in large type, the page that is presented, and three large buttons: papers, the floor, the vote.
import { signal } from "@preact/signals-core";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Icon, html, useNow } from "../web/ui.js";
import { CheckIn } from "../rollcall/check.js";
import { HelpButton } from "../rollcall/help.js";
import { SpeechTimer } from "../speaking/timer.js";
import { currentQuestion, isRunning as voteRuns, myVote } from "../voting/ballot.js";
import { TimeLeft } from "../voting/clock.js";
import { BeforeVote, CountingCard, nextQuestion, openPanel, openReview, readiness, reviewOf, sayReady } from "../voting/index.js";
import { Refusal, doing } from "./doing.js";
import { JoinConference } from "./joining.js";
import { Notices } from "./now.js";
import { following, pageImage, shownPage, useAhead, viewerAt } from "./page.js";
import { papersOpen } from "./papers.js";
import { called, currentItem, expectedAt, inSession, isOpen, may, meeting, myRequests, queueOf, speaker } from "./reading.js";
import { asked } from "./scene.js";

/** @typedef {import("../web/live.js").Live} Live */

const page = document.documentElement;
/** Whether this person uses easy mode; kept with the account, so that it is so on every tablet. */
export const easy = signal(page.dataset.easy === "1");

/** @param {Live} live @param {boolean} wanted */
export async function setEasy(live, wanted) {
  easy.value = wanted;
  if (wanted) page.dataset.easy = "1";
  else delete page.dataset.easy;
  following.value = true;
  await live.act("organization.set_easy", { easy: wanted });
}

/** The switch in the programme's foot. @param {{live: Live}} props */
export function EasySwitch({ live }) {
  return html`<${Button} kind="ghost" cls="w-full" icon="accessible" onClick=${() => setEasy(live, true)}>${t("Easy mode")}<//>`;
}

/** @param {{live: Live}} props */
export function EasyMain({ live }) {
  const shown = shownPage(live);
  useAhead(shown);
  return html`<div class="easy-room"><div class="easy-top"><div class="grow"><${EasyNow} live=${live} /></div>
      <div class="easy-side"><${Button} icon="layout-dashboard" onClick=${() => setEasy(live, false)}>${t("Full room")}<//><${HelpButton} live=${live} /><${JoinConference} live=${live} cls="btn btn-tint" /></div></div>
    <${Refusal} /><${CheckIn} live=${live} /><${Notices} live=${live} /><${CountingCard} live=${live} /><${BeforeVote} live=${live} />
    ${shown ? html`<a class="easy-page" href=${viewerAt(shown.document_id, shown.page)} aria-label=${t("Open this page in the reader")}><img src=${pageImage(shown, shown.page, 1600)} alt=${t("%(title)s, page %(n)s", { title: shown.title, n: shown.page })} /></a>` : html`<${EasySpeaker} live=${live} />`}</div>`;
}

/** @param {{live: Live}} props */
function EasyNow({ live }) {
  const item = currentItem(live);
  const shown = shownPage(live);
  const found = meeting(live);
  if (found.state === "paused") return html`<h2>${t("Recess")}</h2>`;
  if (found.state === "issued") return html`<p class="muted">${t("Not opened yet")}</p><h2>${found.title}</h2>`;
  if (!isOpen(live)) return html`<p class="muted">${t("The meeting has closed")}</p><h2>${found.title}</h2>`;
  if (!item) return html`<p class="muted">${t("Roll call")}</p><h2>${found.title}</h2>`;
  return html`<p class="muted">${t("Item %(n)s, under discussion", { n: item.label })}${shown ? ` · ${t("%(title)s, page %(n)s", { title: shown.title, n: shown.page })}` : ""}</p><h2 class="clip2">${item.title}</h2>`;
}

/** @param {{live: Live}} props */
function EasySpeaker({ live }) {
  const floor = /** @type {any} */ (speaker(live) ?? called(live));
  const question = asked(live);
  if (!floor && !question) return html`<div class="easy-who"><${Icon} name="microphone" size=${56} cls="faint" /><p class="muted">${t("Nobody is speaking")}</p></div>`;
  return html`<div class="easy-who">${question && html`<p class="easy-question clip4">${question.text || question.subject}</p>`}
    ${floor && html`<p class="muted">${floor.started_at ? t("Speaking now") : t("Invited to speak")}</p><b>${floor.person.name}</b>${floor.ends_at && html`<${SpeechTimer} live=${live} floor=${floor} cls="easy-time" />`}`}</div>`;
}

/** @param {{live: Live}} props */
export function EasyDock({ live }) {
  return html`<div class="easy-dock"><${Button} kind="quiet" cls="easy-btn" onClick=${() => { papersOpen.value = true; }}><${Icon} name="files" size=${40} /><b>${t("Papers")}</b><small>${t("Read and find")}</small><//><${EasyFloor} live=${live} /><${EasyVote} live=${live} /></div>`;
}

/** One tap asks, another takes the wish back. @param {{live: Live}} props */
function EasyFloor({ live }) {
  const now = useNow(live.now, 10000);
  const mine = myRequests(live).find((request) => request.state !== "done");
  const held = live.outbox.value.some((one) => one.name === "speaking.ask" && one.state !== "refused");
  const row = queueOf(live).find((floor) => floor.id === mine?.id);
  const can = may(live, "speaking.ask") && isOpen(live);
  const big = (/** @type {string} */ icon, /** @type {string} */ title, /** @type {string} */ text) => html`<${Icon} name=${icon} size=${40} /><b>${title}</b><small>${text}</small>`;
  if (mine?.state === "speaking") return html`<${Button} cls="easy-btn mine" disabled>${big("microphone", t("You have the floor"), t("The chair gives and ends the time"))}<//>`;
  if (mine?.state === "called") return html`<${Button} cls="easy-btn mine" disabled>${big("microphone", t("You are invited to speak"), t("Please begin"))}<//>`;
  if (mine) return html`<${Button} cls="easy-btn mine" onClick=${() => doing(live, "speaking.withdraw", { floor_id: mine.id })}>${big("hand-off", t("Withdraw my request"), row ? t("Number %(n)s, about %(time)s", { n: mine.position ?? "", time: timeOfDay(expectedAt(live, row, now)) }) : t("You are in the queue"))}<//>`;
  if (held) return html`<${Button} cls="easy-btn" disabled>${big("clock", t("Request waits for the line"), t("It is sent by itself"))}<//>`;
  return html`<${Button} cls="easy-btn" disabled=${!can} onClick=${() => doing(live, "speaking.ask", { kind: "speech", subject: "" })}>${big("hand-stop", t("Ask to speak"), can ? t("One tap puts you into the queue") : t("Not possible now"))}<//>`;
}

/** @param {{live: Live}} props */
function EasyVote({ live }) {
  const question = currentQuestion(live);
  const mine = myVote(live);
  const big = (/** @type {string} */ icon, /** @type {string} */ title, /** @type {any} */ text) => html`<${Icon} name=${icon} size=${40} cls=${icon === "circle-check" ? "t-agree" : ""} /><b>${title}</b><small>${text}</small>`;
  if (question && voteRuns(question) && question.kind !== "hand") {
    const open = () => openPanel(question.id);
    if (mine?.voted) return html`<${Button} cls="easy-btn" onClick=${open}>${big("circle-check", t("Ballot recorded"), question.kind === "open" ? t("See or change it") : t("In the box"))}<//>`;
    if (mine?.may_vote) return html`<${Button} kind="primary" cls="easy-btn" onClick=${open}>${big("checkbox", t("Vote now"), question.ends_at ? html`<${TimeLeft} live=${live} question=${question} />` : t("The vote is open"))}<//>`;
    if (mine?.why === "vote_paused") return html`<${Button} cls="easy-btn" onClick=${open}>${big("player-pause", t("The vote is paused"), t("See the ballot"))}<//>`;
  }
  const next = nextQuestion(live);
  if (next && readiness(live) === "asked") return html`<${Button} kind="primary" cls="easy-btn" onClick=${() => sayReady(live, next)}>${big("check", t("Ready"), t("About to vote"))}<//>`;
  if (!next && reviewOf(live)) return html`<${Button} cls="easy-btn" onClick=${openReview}>${big("list-check", t("See the questions"), t("The chair asks for it"))}<//>`;
  const result = question?.result && inSession(live) ? (question.form && question.form !== "matter" ? t("The result is announced") : question.result.passed ? t("Passed") : t("Not passed")) : "";
  if (result) return html`<${Button} cls="easy-btn" onClick=${() => openPanel(question.id)}>${big("checkbox", t("Vote"), result)}<//>`;
  return html`<${Button} cls="easy-btn" disabled>${big("checkbox", t("Vote"), next ? t("About to vote") : result || t("The vote is not open yet"))}<//>`;
}
