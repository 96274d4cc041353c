// The chair's and the secretariat's card: what is prepared, what is open, how many have voted, who is missing, what came out.
import { signal } from "@preact/signals-core";
import { useState } from "preact/hooks";
import { askText, confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Bar, Button, Icon, html } from "../web/ui.js";
import { currentQuestion, isRunning } from "./ballot.js";
import { HandCounts } from "./hands.js";
import { Outcome } from "./outcome.js";
import { OwnBallot } from "./own.js";
import { Opening, Preparing } from "./prepare.js";
import { kindWord } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

/** The question whose opening is being looked at; shared with the button in the dock. */
const opening = signal(/** @type {any} */ (null));
const preparing = signal(false);

/** @param {Live} live @param {string} action */
const may = (live, action) => (live.me.value.can ?? []).includes(action);
/** @param {Live} live @returns {any[]} */
const questions = (live) => live.sections.value.voting?.questions ?? [];
/** @param {Live} live @returns {any[]} what can still be opened */
const waiting = (live) => questions(live).filter((each) => each.state === "draft" || each.state === "ready");

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
  const recent = question && ["published", "cancelled"].includes(question.state) && question.item_id === live.sections.value.agenda?.current_id;
  return html`<section class="card-x chair-votes">
    <div class="row-x"><h3 class="grow">${t("Votes")}</h3>${may(live, "voting.prepare") && html`<${Button} kind="ghost" size="row" icon="plus" onClick=${() => { preparing.value = true; }}>${t("New question")}<//>`}</div>
    ${!aside && (active || recent) && html`<${Running} live=${live} question=${question} />`}
    ${waiting(live).map((each) => html`<${Prepared} key=${each.id} live=${live} question=${each} busy=${Boolean(question && isRunning(question))} />`)}
    ${(aside || (!active && !recent)) && waiting(live).length === 0 && html`<p class="muted sm">${t("No question is prepared. Prepare one for the item under discussion.")}</p>`}
  </section>`;
}

/** The vote at hand, wide: how many have voted, the chair's own ballot, the steps. The console stays around it. @param {{live: Live}} props */
export function VoteAtHand({ live }) {
  const question = voteAtHand(live) ?? currentQuestion(live);
  return question ? html`<section class="card-x chair-votes at-hand" aria-label=${t("The vote")}><${Running} live=${live} question=${question} /></section>` : null;
}

/** Where questions are written and opened; once in a page that has the buttons for it. @param {{live: Live}} props */
export function VoteDialogs({ live }) {
  return html`${preparing.value && html`<${Preparing} live=${live} onClose=${() => { preparing.value = false; }} />`}
    ${opening.value && html`<${Opening} live=${live} question=${opening.value} onClose=${() => { opening.value = null; }} />`}`;
}

/** The dock's one solid button: open the prepared question of this item, or prepare one. @param {{live: Live}} props */
export function ChairVoteButton({ live }) {
  if (!may(live, "voting.run") || voteAtHand(live)) return null;
  const item = live.sections.value.agenda?.current_id;
  const next = waiting(live).find((each) => each.item_id === item) ?? waiting(live)[0];
  return html`<${Button} kind="primary" icon="checkbox" onClick=${() => { if (next) opening.value = next; else preparing.value = true; }}>${t("Open a vote")}<//>`;
}

/** @param {{live: Live, question: any, busy: boolean}} props */
function Prepared({ live, question, busy }) {
  return html`<div class="vrow"><div class="grow"><b class="clip2">${question.title}</b><small class="faint">${kindWord(question.kind)}</small></div>
    ${may(live, "voting.run") && html`<${Button} kind="tint" disabled=${busy} onClick=${() => { opening.value = question; }}>${t("Open")}<//>`}</div>`;
}

/** @param {{live: Live, question: any}} props */
function Running({ live, question }) {
  const [problem, say] = useState("");
  const run = async (/** @type {string} */ name, /** @type {Record<string, unknown>} */ more = {}) => {
    const answer = await live.act(name, { question_id: question.id, ...more });
    say(answer.ok ? "" : (answer.message ?? ""));
    return answer.ok;
  };
  const cancel = async () => {
    const reason = await askText({ title: t("Why is this vote called off?"), label: t("Reason") });
    if (reason) await run("voting.cancel", { reason });
  };
  const running = isRunning(question);
  return html`<div class="vnow">
    <div class="sm muted vkindline"><${Icon} name=${question.kind === "secret" ? "lock" : "users"} size=${18} />${kindWord(question.kind)} · ${stateWord(question.state)}</div>
    <b class="clip2">${question.title}</b>
    <div class="vnow-grid"><div class="vnow-left">
    ${running && question.kind !== "hand" && html`<${Received} question=${question} />`}
    ${running && question.kind === "hand" && may(live, "voting.enter_counts") && html`<${HandCounts} live=${live} question=${question} />`}
    ${!running && question.state !== "cancelled" && html`<${Outcome} question=${question} short=${true} />`}
    ${question.state === "cancelled" && html`<p class="sm muted">${question.reason}</p>`}
    ${problem && html`<p class="t-oppose sm" role="alert">${problem}</p>`}
    ${may(live, "voting.run") && question.state !== "published" && question.state !== "cancelled" && html`<${Steps} question=${question} run=${run} cancel=${cancel} />`}
    </div><${OwnBallot} live=${live} /></div></div>`;
}

/** @param {{question: any, run: (name: string) => Promise<boolean>, cancel: () => Promise<unknown>}} props */
function Steps({ question, run, cancel }) {
  const close = async () => {
    const missing = question.electors - question.cast;
    if (question.kind !== "hand" && missing > 0) {
      const sure = await confirmed({ title: t("Close the vote?"), text: t("%(n)s people present have not voted yet.", { n: missing }), yes: t("Close the vote") });
      if (!sure) return undefined;
    }
    return run("voting.close");
  };
  if (question.state === "closed") {
    return html`<div class="vsteps"><${Button} kind="primary" icon="speakerphone" cls="w-full" onClick=${() => run("voting.publish")}>${t("Announce the result")}<//>
      <${Button} kind="ghost" size="row" onClick=${cancel}>${t("Call it off")}<//></div>`;
  }
  return html`<div class="vsteps">
    <${Button} kind="primary" cls="w-full" icon="lock" onClick=${close}>${t("Close the vote")}<//>
    <div class="row-x">${question.state === "open"
      ? html`<${Button} cls="grow" size="row" icon="player-pause" onClick=${() => run("voting.pause")}>${t("Pause the vote")}<//>`
      : html`<${Button} cls="grow" size="row" icon="player-play" onClick=${() => run("voting.resume")}>${t("Resume the vote")}<//>`}
      <${Button} kind="ghost" size="row" onClick=${cancel}>${t("Call it off")}<//></div>
  </div>`;
}

/** @param {{question: any}} props */
function Received({ question }) {
  const missing = question.missing ?? [];
  return html`<div class="received"><div class="row-x"><b class="num big">${question.cast}/${question.electors}</b><span class="muted sm">${t("ballots received")}</span></div>
    <${Bar} value=${question.cast} max=${question.electors} label=${t("ballots received")} />
    ${missing.length > 0 && html`<details><summary class="sm">${t("Not yet: %(n)s", { n: missing.length })}</summary>
      <ul class="missing sm">${missing.map((/** @type {any} */ each) => html`<li key=${each.id}><${Icon} name="user" size=${18} />${each.name}</li>`)}</ul></details>`}</div>`;
}

/** @param {string} state */
function stateWord(state) {
  const words = /** @type {Record<string, string>} */ ({ open: t("voting is open"), paused: t("voting is paused"), closed: t("voting is closed"), published: t("result announced"), cancelled: t("called off") });
  return words[state] ?? state;
}
