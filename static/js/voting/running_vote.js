// The vote at hand in the chair's hands: its state, who is still missing, the time, the steps, what came out.
import { useState } from "preact/hooks";
import { askText, confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Bar, Button, Icon, html } from "../web/ui.js";
import { mayRepeat, voteAgain } from "./again.js";
import { isRunning } from "./ballot.js";
import { hasLines, kindLine, limitWord, stateWord } from "./chair_words.js";
import { TimeLeft } from "./clock.js";
import { PaperCount } from "./figures.js";
import { HandCounts } from "./hands.js";
import { OwnBallot } from "./own.js";
import { SpokenList } from "./spoken.js";
import { Tally } from "./tally.js";
import { TieForm, isTied } from "./tie.js";

/** @typedef {import("./ballot.js").Live} Live */
/** @typedef {(name: string, more?: Record<string, unknown>) => Promise<boolean>} Run */

/** Fewer secret ballots than this tell too much of each. */
const FEW = 5;

/** @param {Live} live @param {string} action */
const may = (live, action) => (live.me.value.can ?? []).includes(action);

/** @param {{live: Live, question: any}} props */
export function Running({ live, question }) {
  const [problem, say] = useState("");
  /** @type {Run} */
  const run = async (name, more = {}) => {
    const answer = await live.act(name, { question_id: question.id, ...more });
    say(answer.ok ? "" : (answer.message ?? ""));
    return answer.ok;
  };
  const running = isRunning(question);
  const byHand = question.kind === "hand";
  const shown = !running && question.state !== "cancelled";
  return html`<div class="vnow">
    <div class="sm muted vkindline"><${Icon} name=${question.kind === "secret" || question.on_paper ? "lock" : byHand ? "hand-stop" : "users"} size=${18} /><span class="grow">${kindLine(question)} · <b role="status" class=${question.state === "paused" ? "t-warn" : ""}>${stateWord(question.state)}</b></span>
      ${running && (question.ends_at || typeof question.left === "number") && html`<${TimeLeft} live=${live} question=${question} />`}</div>
    <b class="clip2">${question.title}</b>
    ${running && html`<${SpokenList} live=${live} question=${question} />`}
    <div class=${hasLines(question) && shown ? "vnow-grid wide" : "vnow-grid"}><div class="vnow-left">
    ${running && !byHand && html`<${Received} live=${live} question=${question} />`}
    ${running && byHand && (question.on_paper ? html`<${PaperCount} live=${live} question=${question} />` : may(live, "voting.enter_counts") && html`<${HandCounts} live=${live} question=${question} />`)}
    <${QuorumNow} live=${live} question=${question} running=${running} />
    ${shown && html`<${Tally} question=${question} />`}
    ${isTied(question) && html`<${TieForm} live=${live} question=${question} />`}
    ${question.state === "cancelled" && html`<p class="sm muted">${question.reason}</p>`}
    ${problem && html`<p class="t-oppose sm" role="alert">${problem}</p>`}
    ${may(live, "voting.run") && !["published", "cancelled"].includes(question.state) && html`<${Steps} question=${question} run=${run} />`}
    ${may(live, "voting.prepare") && mayRepeat(question) && html`<div><${Button} size="row" icon="repeat" onClick=${() => voteAgain(question)}>${t("Vote again")}<//></div>`}
    </div><${OwnBallot} live=${live} /></div></div>`;
}

/** Enough members at the opening, and now: a loss is noted and voids nothing. @param {{live: Live, question: any, running: boolean}} props */
function QuorumNow({ live, question, running }) {
  const at = question.quorum;
  const { quorum, present, total } = live.sections.value.attendance ?? {};
  if (!at || !quorum || !running) return null;
  const lost = at.met && !quorum.met;
  return html`<p class=${lost ? "sm t-warn quorum-now" : "sm muted quorum-now"}><${Icon} name=${quorum.met ? "circle-check" : "alert-triangle"} size=${18} /><span>${t("At the opening %(present)s/%(total)s", { present: at.present, total: at.total })} · ${t("now %(present)s/%(total)s", { present, total })}${
    lost ? `. ${t("Fewer than %(need)s are here now: this is noted, the vote stands.", { need: at.need })}` : ""}</span></p>`;
}

/** @param {{question: any, run: Run}} props */
function Steps({ question, run }) {
  const cancel = async () => {
    const reason = await askText({ title: t("Why is this vote called off?"), label: t("Reason") });
    if (reason) await run("voting.cancel", { reason });
  };
  const close = async () => {
    const missing = question.kind === "hand" ? 0 : question.electors - question.cast;
    const spoken = (question.spoken ?? []).filter((/** @type {any} */ each) => each.state === "asked").length;
    const text = [missing > 0 && t("%(n)s people present have not voted yet.", { n: missing }), spoken > 0 && t("%(n)s spoken ballots wait for your confirmation; they will not count.", { n: spoken }), missing > 0 && question.kind === "secret" && question.cast < FEW && t("With so few secret ballots the result can show how each voted.")].filter(Boolean).join(" ");
    if (text && !(await confirmed({ title: t("Close the vote?"), text, yes: t("Close the vote") }))) return undefined;
    return run("voting.close");
  };
  const publish = async () => {
    const tied = isTied(question);
    if (tied && !(await confirmed({ title: t("Announce it undecided?"), text: t("The votes are equal and no statement is recorded: nothing is decided then."), yes: t("Announce the result") }))) return undefined;
    return run("voting.publish", tied ? { confirm: true } : {});
  };
  if (question.state === "closed") {
    return html`<div class="vsteps"><${Button} kind=${isTied(question) ? "quiet" : "primary"} icon="speakerphone" cls="w-full" onClick=${publish}>${t("Announce the result")}<//>
      <${Button} kind="ghost" size="row" onClick=${cancel}>${t("Call it off")}<//></div>`;
  }
  const unconfirmed = question.on_paper && !question.figures?.confirmed_at;
  return html`<div class="vsteps">
    <${Button} kind="primary" cls="w-full" icon="lock" disabled=${unconfirmed} onClick=${close}>${unconfirmed ? t("Waiting for the confirmed figures") : t("Close the vote")}<//>
    <div class="row-x">${question.state === "open"
      ? html`<${Button} cls="grow" size="row" icon="player-pause" onClick=${() => run("voting.pause")}>${t("Pause the vote")}<//>`
      : html`<${Button} cls="grow" size="row" icon="player-play" onClick=${() => run("voting.resume")}>${t("Resume the vote")}<//>`}
      ${question.ends_at && html`<${Button} size="row" icon="plus" onClick=${() => run("voting.extend", { seconds: 60 })}>${limitWord(60)}<//>`}
      <${Button} kind="ghost" size="row" onClick=${cancel}>${t("Call it off")}<//></div>
  </div>`;
}

/** How many ballots are in; names of who is missing only where the server gives them: in open votes, by rule. @param {{live: Live, question: any}} props */
function Received({ live, question }) {
  const names = question.missing ?? null;
  const missing = question.not_cast ?? Math.max(0, question.electors - question.cast);
  return html`<div class="received"><div class="row-x"><b class="num big">${question.cast}/${question.electors}</b><span class="muted sm">${t("ballots received")}</span></div>
    <${Bar} value=${question.cast} max=${question.electors} label=${t("ballots received")} />
    ${missing > 0 && (names ? html`<details open=${names.length <= 4}><summary class="sm">${t("Not yet: %(n)s", { n: missing })}</summary>
      <ul class="missing sm">${names.map((/** @type {any} */ each) => html`<li key=${each.id}><${Icon} name="user" size=${18} />${each.name}</li>`)}</ul></details>`
      : html`<p class="sm muted">${question.kind === "secret" ? t("Not yet: %(n)s. In a secret vote nobody's name is shown.", { n: missing }) : t("Not yet: %(n)s", { n: missing })}</p>`)}</div>`;
}
