// A secret ballot: choose, review, cast once. What was chosen leaves this page's memory when the server has it.
import { useEffect } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Bar, Button, Icon, html } from "../web/ui.js";
import { ballot, castSecret, forget, isKnown } from "./ballot.js";
import { TimeLeft } from "./clock.js";
import { empty } from "./marks.js";
import { BallotPage, Head } from "./paper.js";
import { InTheBox, NotKnown } from "./receipt.js";
import { told, whyNot } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */
/** @typedef {import("./marks.js").Marked} Marked */

/** @param {{live: Live, question: any, mine: any, back: () => void}} props */
export function SecretBallot({ live, question, mine, back }) {
  const held = ballot.value?.question === question.id ? ballot.value : null;
  const me = live.me.value;
  if (mine.voted || held?.state === "recorded") return html`<${Cast} live=${live} question=${question} at=${mine.received_at ?? held?.received_at} back=${back} />`;
  if (held?.state === "unknown") {
    return html`<${Page} live=${live} question=${question} back=${back}><${NotKnown} me=${me} known=${isKnown(live, held)} again=${() => castSecret(live, question, held.marked ?? empty())} /><//>`;
  }
  if (!mine.may_vote && mine.why !== "vote_paused") {
    return html`<${Page} live=${live} question=${question} back=${back}><div class="note note-warn" role="status"><${Icon} name="info-circle" /><div>${told(me, whyNot(mine.why))}</div></div><//>`;
  }
  return html`<${BallotPage} live=${live} question=${question} mine=${mine} sending=${held?.state === "sending"} back=${back} cast=${(/** @type {Marked} */ marked) => castSecret(live, question, marked)} />`;
}

/** @param {{live: Live, question: any, at: string | null, back: () => void}} props */
function Cast({ live, question, at, back }) {
  useEffect(() => () => forget(), []);
  return html`<${Page} live=${live} question=${question} back=${back}><${InTheBox} me=${live.me.value} at=${at} />
    <section class="card-x card-pad row-x voters"><div><b class="num">${question.cast}/${question.electors}</b><div class="muted">${t("people have voted")}</div></div>
      <div class="grow"><${Bar} value=${question.cast} max=${question.electors} label=${t("people have voted")} />
        <p class="muted">${t("The result is shown after the box is closed. Meanwhile the papers can be read.")}</p></div></section><//>`;
}

/** The question, what became of the ballot, and the way back. @param {{live: Live, question: any, back: () => void, children?: any}} props */
function Page({ live, question, back, children }) {
  return html`<div class="ballot-page"><div class="vote"><${Head} live=${live} question=${question} />${children}</div>
    <footer class="dock"><${Button} icon="arrow-back-up" onClick=${back}>${t("Back to the room")}<//><span class="push"></span><${TimeLeft} live=${live} question=${question} cls="only-wide" /></footer></div>`;
}
