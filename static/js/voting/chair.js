// The chair's and the secretariat's card: what is prepared, what is open, how many have voted, who is missing, what came out.
import { signal } from "@preact/signals-core";
import { useEffect, useRef } from "preact/hooks";
import { ms } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Chip, html } from "../web/ui.js";
import { AgainDialog } from "./again.js";
import { currentQuestion, isRunning } from "./ballot.js";
import { kindLine } from "./chair_words.js";
import { CommitteeDialog, CommitteeLine } from "./committee.js";
import { FiguresDialog } from "./figures.js";
import { Opening, Ready } from "./opening.js";
import { OverDialog, VotesOver } from "./over.js";
import { Preparing } from "./prepare.js";
import { QuestionSheet, ReviewLine, question as picked } from "./reviewing.js";
import { Running } from "./running_vote.js";
import { SpeakForDialog } from "./spoken.js";

/** @typedef {import("./ballot.js").Live} Live */

/** The question whose opening is being looked at; shared with the button in the dock. */
const opening = signal(/** @type {any} */ (null));
/** Nothing, a new question, or the number of the one that is being changed. */
const preparing = signal(/** @type {null | "new" | number} */ (null));

/** @param {Live} live @param {string} action */
const may = (live, action) => (live.me.value.can ?? []).includes(action);
/** @param {Live} live @returns {any[]} */
const questions = (live) => live.sections.value.voting?.questions ?? [];
/** What can still be opened: those that wait for the members first. @param {Live} live @returns {any[]} */
const waiting = (live) => [...questions(live).filter((each) => each.state === "ready"), ...questions(live).filter((each) => each.state === "draft")];

/** The vote that needs the chair's hand now: open, paused, or closed and not yet announced. @param {Live} live */
export const voteAtHand = (live) => {
  const question = currentQuestion(live);
  return question && (isRunning(question) || question.state === "closed") ? question : null;
};
/** How many questions wait to be opened. @param {Live} live */
export const votesWaiting = (live) => waiting(live).length;

/** `aside`: the vote at hand stands elsewhere on the screen; here are the questions that wait. @param {{live: Live, aside?: boolean}} props */
export function ChairVotes({ live, aside = false }) {
  const question = currentQuestion(live);
  const active = voteAtHand(live);
  const agenda = live.sections.value.agenda;
  const recent = question && ["published", "cancelled"].includes(question.state) && (question.item_id === agenda?.current_id || ms(question.published_at ?? question.closed_at) > ms(agenda?.since));
  return html`<section class="card-x chair-votes">
    <div class="row-x"><h3 class="grow">${t("Votes")}</h3>${may(live, "voting.prepare") && html`<${Button} kind="ghost" size="row" icon="plus" onClick=${() => { preparing.value = "new"; }}>${t("New question")}<//>`}</div>
    <${ReviewLine} live=${live} waiting=${waiting(live).length} />
    ${!aside && (active || recent) && html`<${Running} live=${live} question=${question} />`}
    ${waiting(live).map((each) => html`<${Prepared} key=${each.id} live=${live} question=${each} busy=${Boolean(question && isRunning(question))} />`)}
    ${(aside || (!active && !recent)) && waiting(live).length === 0 && html`<p class="muted sm">${t("No question is prepared. Prepare one for the item under discussion.")}</p>`}
    <${VotesOver} live=${live} />
    <${CommitteeLine} live=${live} asks=${waiting(live).some((each) => each.on_paper)} />
  </section>`;
}

/** The vote at hand, wide: how many have voted, the chair's own ballot, the steps. The console stays around it. @param {{live: Live}} props */
export function VoteAtHand({ live }) {
  const question = voteAtHand(live) ?? currentQuestion(live);
  const card = useRef(/** @type {HTMLElement | null} */ (null));
  const running = Boolean(question && isRunning(question));
  // whoever opened it from far down the list sees the vote, not its lower half
  useEffect(() => card.current?.scrollIntoView({ block: "nearest", behavior: "instant" }), [question?.id, running]);
  return question ? html`<section ref=${card} class="card-x chair-votes at-hand" aria-label=${t("The vote")}><${Running} live=${live} question=${question} /></section>` : null;
}

/** What all are waiting for before the next vote: the list that is looked through, the members who say that they are ready. @param {{live: Live}} props */
export function VoteAwaited({ live }) {
  const { waiting: awaited = null, review = null } = live.sections.value.voting ?? {};
  if (voteAtHand(live) || (!awaited && !review)) return null;
  return html`<section class="card-x awaited" aria-label=${t("The next vote")}>${review && html`<${ReviewLine} live=${live} waiting=${votesWaiting(live)} />`}
    ${awaited && html`<b class="clip">${awaited.title}</b><${Ready} question=${awaited} />`}</section>`;
}

/** The vote at hand beside something else, as narrow as it comes. @param {{live: Live}} props */
export function VoteBeside({ live }) {
  const question = voteAtHand(live) ?? currentQuestion(live);
  return question ? html`<section class="card-x chair-votes" aria-label=${t("The vote")}><${Running} live=${live} question=${question} /></section>` : null;
}

/** Where questions are written and opened; once in a page that has the buttons for it. @param {{live: Live}} props */
export function VoteDialogs({ live }) {
  const current = live.sections.value.agenda?.current_id ?? null;
  const door = { meetingId: live.sections.value.meeting?.id, current, act: (/** @type {string} */ name, /** @type {any} */ input) => live.act(name, input) };
  const changed = typeof preparing.value === "number" ? preparing.value : null;
  return html`${preparing.value && html`<${Preparing} key=${String(preparing.value)} door=${door} question=${changed} onClose=${() => { preparing.value = null; }} />`}
    ${opening.value && html`<${Opening} live=${live} question=${opening.value} onClose=${() => { opening.value = null; }} />`}
    <${QuestionSheet} live=${live} edit=${(/** @type {number} */ id) => { preparing.value = id; }} open=${(/** @type {any} */ question) => { opening.value = question; }} />
    <${CommitteeDialog} live=${live} /><${FiguresDialog} live=${live} /><${SpeakForDialog} live=${live} /><${AgainDialog} live=${live} /><${OverDialog} live=${live} />`;
}

/** The dock's one solid button: open the prepared question of this item, or prepare one. @param {{live: Live}} props */
export function ChairVoteButton({ live }) {
  if (!may(live, "voting.run") || voteAtHand(live)) return null;
  const item = live.sections.value.agenda?.current_id;
  const next = waiting(live).find((each) => each.state === "ready") ?? waiting(live).find((each) => each.item_id === item) ?? waiting(live)[0];
  return html`<${Button} kind="primary" icon="checkbox" onClick=${() => { if (next) opening.value = next; else preparing.value = "new"; }}>${t("Open a vote")}<//>`;
}

/** A tap on the words shows the question with what can be done about it. @param {{live: Live, question: any, busy: boolean}} props */
function Prepared({ live, question, busy }) {
  const awaited = live.sections.value.voting?.waiting;
  const ready = question.state === "ready" ? (awaited?.id === question.id ? t("ready: %(n)s of %(all)s", { n: awaited.ready ?? 0, all: awaited.register ?? 0 }) : t("waiting for the members")) : "";
  return html`<div class="vrow"><button type="button" class="vrow-tap grow" aria-haspopup="dialog" onClick=${() => { picked.value = question.id; }}><b class="clip2">${question.title}</b><small class="faint">${kindLine(question)}</small></button>
    ${ready && html`<${Chip} tone="primary">${ready}<//>`}
    ${may(live, "voting.run") && html`<${Button} kind="tint" disabled=${busy} onClick=${() => { opening.value = question; }}>${t("Open")}<//>`}</div>`;
}
