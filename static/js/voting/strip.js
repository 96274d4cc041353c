// The place in the dock that always says how it stands with voting.
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { ballot, currentQuestion, isRunning, myVote } from "./ballot.js";
import { TimeLeft } from "./clock.js";
import { formOf } from "./marks.js";
import { openPanel } from "./panel.js";
import { nextQuestion, openReview, readiness, reviewOf, sayReady } from "./waiting.js";
import { told, whyNot } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

/** @param {{live: Live}} props */
export function VoteStrip({ live }) {
  const question = currentQuestion(live);
  const mine = myVote(live);
  if (question && isRunning(question)) return html`<${Now} live=${live} question=${question} mine=${mine} />`;
  const next = nextQuestion(live);
  if (next && readiness(live) === "asked") return html`<${Button} kind="primary" icon="check" onClick=${() => sayReady(live, next)}><${Two} title=${t("Ready")} text=${t("About to vote")} /><//>`;
  if (next) return html`<${Waiting} icon="circle-check" title=${t("About to vote")} text=${t("Ready: %(ready)s of %(register)s", { ready: next.ready ?? 0, register: next.register ?? 0 })} />`;
  if (reviewOf(live)) return html`<${Button} kind="tint" icon="list-check" onClick=${openReview}>${t("See the questions")}<//>`;
  if (!question || !shownResult(live, question)) {
    if (!live.me.value?.can?.includes("voting.cast")) return null; // a guest never votes
    return html`<${Waiting} icon="checkbox" title=${t("The vote is not open yet")} text=${t("The chair opens it after the discussion")} />`;
  }
  if (question.state === "cancelled") return html`<${Waiting} icon="ban" title=${t("This vote was called off")} text=${question.reason} />`;
  return html`<${Over} question=${question} />`;
}

/** @param {{live: Live, question: any, mine: any}} props */
function Now({ live, question, mine }) {
  const time = html`<${TimeLeft} live=${live} question=${question} />`;
  if (question.kind === "hand") return html`<${Waiting} icon=${question.on_paper ? "file-text" : "hand-stop"} title=${question.on_paper ? t("Voting on paper ballots") : t("Show of hands")} text=${question.title} />`;
  const held = ballot.value?.question === question.id ? ballot.value?.state : "";
  if (held === "held" || held === "unknown") return html`<${Button} kind="oppose-line" icon="alert-triangle" onClick=${() => openPanel(question.id)}>${told(live.me.value, t("Your ballot has not been recorded"))}<//>`;
  if (mine?.voted || held === "recorded") return html`<${Button} icon="circle-check" onClick=${() => openPanel(question.id)}><${Two} title=${t("Ballot recorded")} text=${time} /><//>`;
  if (mine?.may_vote) return html`<${Button} kind="primary" icon="checkbox" onClick=${() => openPanel(question.id)}><${Two} title=${t("Vote now")} text=${question.ends_at ? time : t("Voting now")} /><//>`;
  if (mine?.why === "vote_paused") return html`<${Button} icon="player-pause" onClick=${() => openPanel(question.id)}><${Two} title=${t("The vote is paused")} text=${t("See the ballot")} /><//>`;
  return html`<${Waiting} icon="info-circle" title=${t("A vote is open")} text=${told(live.me.value, whyNot(mine?.why ?? "not_elector"))} />`;
}

/** @param {{question: any}} props */
function Over({ question }) {
  const result = question.result;
  if (!result) return html`<${Waiting} icon="clock" title=${t("The vote is closed")} text=${t("The chair will announce the result")} />`;
  const see = (/** @type {string} */ icon, /** @type {string} */ title, /** @type {string} */ text) => html`<${Button} icon=${icon} onClick=${() => openPanel(question.id)}><${Two} title=${title} text=${text} /><//>`;
  if (formOf(question) !== "matter") return see("chart-bar", t("The result is announced"), t("See the result"));
  return see(result.passed ? "circle-check" : "circle-x", result.passed ? t("Passed") : t("Not passed"), t("%(votes)s in favour of %(count)s", { votes: result.counts.for ?? 0, count: result.base_count }));
}

/** A result stays in the strip until the meeting goes on to another item. @param {Live} live @param {any} question */
function shownResult(live, question) {
  const item = live.sections.value.agenda?.current_id ?? null;
  return ["published", "closed", "cancelled"].includes(question.state) && (item === null || item === question.item_id);
}

/** A button's title with a smaller line. @param {{title: string, text: any}} props */
const Two = ({ title, text }) => html`<span class="two"><span>${title}</span><small>${text}</small></span>`;

/** @param {{icon: string, title: string, text: string}} props */
function Waiting({ icon, title, text }) {
  return html`<div class="dock-wait" role="status"><${Icon} name=${icon} size=${28} /><div><b>${title}</b><small>${text}</small></div></div>`;
}
