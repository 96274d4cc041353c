// The place in the dock that always says how it stands with voting.
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { currentQuestion, isRunning, myVote } from "./ballot.js";
import { openPanel } from "./panel.js";
import { whyNot } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

/** @param {{live: Live}} props */
export function VoteStrip({ live }) {
  const question = currentQuestion(live);
  const mine = myVote(live);
  if (!question || !(isRunning(question) || shownResult(live, question))) {
    if (!live.me.value?.can?.includes("voting.cast")) return null; // a guest never votes
    return html`<${Waiting} icon="checkbox" title=${t("The vote is not open yet")} text=${t("The chair opens it after the discussion")} />`;
  }
  if (question.state === "cancelled") return html`<${Waiting} icon="ban" title=${t("This vote was called off")} text=${question.reason} />`;
  if (!isRunning(question)) {
    const result = question.result;
    const title = !result ? t("The vote is closed") : result.passed ? t("Passed") : t("Not passed");
    const text = result ? t("%(votes)s in favour of %(count)s", { votes: result.counts.for ?? 0, count: result.base_count }) : t("The chair will announce the result");
    return html`<${Waiting} icon=${result?.passed ? "circle-check" : "clock"} title=${title} text=${text} />`;
  }
  if (question.kind === "hand") return html`<${Waiting} icon="hand-stop" title=${t("Show of hands")} text=${question.title} />`;
  if (mine?.voted) return html`<${Button} icon="circle-check" onClick=${() => openPanel(question.id)}>${t("Ballot recorded")}<//>`;
  if (mine?.may_vote) return html`<${Button} kind="primary" icon="checkbox" onClick=${() => openPanel(question.id)}>${t("Vote now")}<//>`;
  return html`<${Waiting} icon="info-circle" title=${t("A vote is open")} text=${whyNot(mine?.why ?? "not_elector")} />`;
}

/** A result stays in the strip until the meeting goes on to another item. @param {Live} live @param {any} question */
function shownResult(live, question) {
  const item = live.sections.value.agenda?.current_id ?? null;
  return ["published", "closed", "cancelled"].includes(question.state) && (item === null || item === question.item_id);
}

/** @param {{icon: string, title: string, text: string}} props */
function Waiting({ icon, title, text }) {
  return html`<div class="dock-wait" role="status"><${Icon} name=${icon} size=${28} /><div><b>${title}</b><small>${text}</small></div></div>`;
}
