// The chair's own ballot: a panel in the console, which stays while the vote is open. The same states as on the large paper.
import { useEffect, useState } from "preact/hooks";
import { timeWithSeconds } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { ballot, castOpen, castSecret, currentQuestion, forget, isRunning, myVote, sendNow } from "./ballot.js";
import { ICONS, label, told, whyNot } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

const LETTERS = /** @type {Record<string, string>} */ ({ for: "a", against: "o", abstain: "s", other: "p" });

/** Shown while a vote is open in which this person is an elector. @param {{live: Live}} props */
export function OwnBallot({ live }) {
  const question = currentQuestion(live);
  const mine = myVote(live);
  const held = question && ballot.value?.question === question.id ? ballot.value : null;
  useEffect(() => {
    if (ballot.value && question && ballot.value.question !== question.id) forget();
  }, [question?.id]);
  if (!question || !mine?.elector || question.kind === "hand" || !(isRunning(question) || held?.state === "refused")) return null;
  return html`<section class="own-ballot" aria-label=${t("My ballot")}><h4><${Icon} name=${question.kind === "secret" ? "lock" : "user-check"} size=${20} />${told(live.me.value, t("Your own ballot"))}</h4>
    ${question.kind === "secret" ? html`<${Secret} live=${live} question=${question} mine=${mine} held=${held} />` : html`<${Open} live=${live} question=${question} mine=${mine} held=${held} />`}</section>`;
}

/** @typedef {{live: Live, question: any, mine: any, held: any}} Own */

/** @param {Own} props */
function Open({ live, question, mine, held }) {
  const [changing, change] = useState(false);
  const me = live.me.value;
  if (held?.state === "refused") return html`<${Refused} me=${me} held=${held} kept=${mine.voted ? mine.choice : null} />`;
  if (held?.state === "held") {
    return html`<div class="own-said own-warn" role="alert"><${Icon} name="alert-triangle" /><div><b>${told(me, t("Your ballot has not been recorded"))}</b><span>${t("It is being sent again, try number %(tries)s.", { tries: held.tries })}</span></div></div>
      <${Button} cls="w-full" icon="refresh" onClick=${() => sendNow()}>${t("Send again now")}<//>`;
  }
  const recorded = held?.state === "recorded" || (mine.voted && held?.state !== "sending");
  if (recorded && !changing) {
    const choice = held?.state === "recorded" ? held.choice : mine.choice;
    return html`<${Received} title=${told(me, t("Your ballot has been recorded"))} choice=${choice ? label(choice) : ""} at=${held?.received_at ?? mine.received_at} />
      ${question.changeable && question.state === "open" && html`<${Button} kind="ghost" cls="w-full" onClick=${() => change(true)}>${t("Change it")}<//>`}`;
  }
  if (!mine.may_vote && !changing) return html`<p class="sm muted">${whyNot(mine.why)}</p>`;
  const sending = held?.state === "sending" ? held.choice : null;
  /** @param {string} choice */
  const choose = (choice) => { change(false); void castOpen(live, question, choice); };
  const offered = question.options.filter((/** @type {any} */ each) => each.key !== "other");
  return html`<div class="own-choices">${offered.map((/** @type {any} */ each) => html`<button key=${each.key} type="button" class=${`own-choice c-${LETTERS[each.key] ?? "s"}`} disabled=${sending !== null} aria-busy=${sending === each.key ? "true" : null} onClick=${() => choose(each.key)}>
    ${sending === each.key ? html`<span class="spin"></span>` : html`<${Icon} name=${ICONS[each.key]} size=${28} />`}<b>${sending === each.key ? t("Sending") : label(each.key)}</b></button>`)}</div>`;
}

/** One colour for all choices, and nothing of the choice is kept after it is cast. @param {Own} props */
function Secret({ live, question, mine, held }) {
  const [choice, choose] = useState(/** @type {string | null} */ (null));
  const me = live.me.value;
  if (mine.voted || held?.state === "recorded") return html`<${Received} title=${told(me, t("Your secret ballot is in the box"))} at=${mine.received_at ?? held?.received_at} />`;
  if (held?.state === "refused") return html`<${Refused} me=${me} held=${held} kept=${null} />`;
  if (held?.state === "unknown") {
    return html`<div class="own-said own-warn" role="alert"><${Icon} name="alert-triangle" /><div><b>${t("No answer came from the server")}</b><span>${t("Sending again never counts twice.")}</span></div></div>
      <${Button} cls="w-full" icon="refresh" onClick=${() => castSecret(live, question, held.choice ?? "")}>${t("Send again")}<//>`;
  }
  if (!mine.may_vote) return html`<p class="sm muted">${whyNot(mine.why)}</p>`;
  return html`<div class="own-choices" role="radiogroup" aria-label=${question.title}>${question.options.map((/** @type {any} */ each) => html`<button key=${each.key} type="button" role="radio" aria-checked=${each.key === choice ? "true" : "false"} class=${each.key === choice ? "own-choice c-n on" : "own-choice c-n"} onClick=${() => choose(each.key)}>
      <${Icon} name=${each.key === choice ? "square-check" : "square"} size=${28} /><b>${label(each.key)}</b></button>`)}</div>
    <${Button} kind="tint" cls="w-full" icon="lock-check" disabled=${choice === null} onClick=${() => castSecret(live, question, choice ?? "")}>${choice === null ? t("Choose a box first") : t("Put the ballot into the box")}<//>`;
}

/** Drawn only from the server's acknowledgement. @param {{title: string, at: string | null, choice?: string}} props */
function Received({ title, at, choice = "" }) {
  return html`<div class="own-said own-done" role="status" aria-live="assertive"><${Icon} name="circle-check" size=${28} /><div><b>${title}</b>${choice && html`<span class="own-what">${t("Choice:")} <b>${choice}</b></span>`}<span>${t("Received by the server at")} <span class="num">${timeWithSeconds(at)}</span></span></div></div>`;
}

/** @param {{me: any, held: any, kept: string | null}} props */
function Refused({ me, held, kept }) {
  return html`<div class="own-said own-late" role="alert"><${Icon} name="alert-circle" size=${28} /><div><b>${held.code === "vote_closed" ? told(me, t("Your ballot came too late")) : told(me, t("Your ballot was not counted"))}</b>
    <span>${kept ? html`${t("The ballot recorded before is the one that counts:")} <b>${label(kept)}</b>` : held.message}</span></div></div><${Button} kind="ghost" cls="w-full" onClick=${() => forget()}>${t("Close")}<//>`;
}
