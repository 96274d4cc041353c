// How long the box stays open, and how many ballots are in it. The server's clock; what is true at the end only the server says.
import { duration, ms } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Icon, html, useNow } from "../web/ui.js";

/** @typedef {import("./ballot.js").Live} Live */

const WARN_SECONDS = 30;
const AROUND = 326.7;

/** Seconds until the end; null where the vote has no end of its own. @param {any} question @param {number} now @returns {number | null} */
export function secondsLeft(question, now) {
  if (question.state === "paused") return typeof question.left === "number" ? question.left : null;
  if (question.state !== "open" || !question.ends_at) return null;
  return Math.max(0, Math.ceil((ms(question.ends_at) - now) / 1000));
}

/** Said once at 30 seconds and once at the end, never in between. @param {{left: number | null, running: boolean}} props */
function Said({ left, running }) {
  const text = left === null || !running || left > WARN_SECONDS ? "" : left > 0 ? t("30 seconds left") : t("Time is up. The vote is closing.");
  return html`<span class="sr-only" role="status">${text}</span>`;
}

/** In a dock, a strip or a foot: "03:12 left". @param {{live: Live, question: any, cls?: string}} props */
export function TimeLeft({ live, question, cls = "" }) {
  const left = secondsLeft(question, useNow(live.now, 500));
  if (left === null) return question.state === "paused" ? html`<span class=${`vtime ${cls}`}><${Icon} name="player-pause" />${t("The vote is paused")}</span>` : null;
  const running = question.state === "open";
  const tone = running && left <= WARN_SECONDS ? " t-warn" : "";
  return html`<span class=${`vtime ${cls}${tone}`}><${Icon} name=${running ? "clock" : "player-pause"} />
    <span>${running && left === 0 ? t("Time is up") : html`${running ? t("Time left:") : t("Paused, time left:")} <b class="num" role="timer" aria-live="off">${duration(left)}</b>${!live.joined.value && html` <small>${t("estimated")}</small>`}`}</span>
    <${Said} left=${left} running=${running} /></span>`;
}

/** The ring beside the question: time where there is an end, else how many have voted. @param {{live: Live, question: any}} props */
export function VoteRing({ live, question }) {
  const left = secondsLeft(question, useNow(live.now, 500));
  if (left === null) return html`<${CastRing} question=${question} />`;
  const running = question.state === "open";
  const share = Math.min(1, left / Math.max(question.seconds || 0, left, 1));
  const low = running && left <= WARN_SECONDS;
  return html`<${Ring} share=${share} cls=${low ? "low" : ""}><b class="num" role="timer" aria-live="off">${duration(left)}</b>
    <span>${!running ? t("voting is paused") : left === 0 ? t("time is up") : live.joined.value ? t("time left") : t("estimated")}</span><${Said} left=${left} running=${running} /><//>`;
}

/** How many have voted, as a ring. @param {{question: any}} props */
export function CastRing({ question }) {
  const share = question.electors ? Math.min(1, question.cast / question.electors) : 0;
  return html`<${Ring} share=${share}><b class="num">${question.cast}/${question.electors}</b><span>${question.state === "paused" ? t("voting is paused") : t("ballots in")}</span><//>`;
}

/** @param {{share: number, cls?: string, children?: any}} props */
function Ring({ share, cls = "", children }) {
  return html`<div class=${`ring ${cls}`.trim()}>
    <svg viewBox="0 0 120 120" width="124" height="124" aria-hidden="true"><circle cx="60" cy="60" r="52" class="r0"></circle>
      <circle cx="60" cy="60" r="52" class=${share ? "r1" : "r1 none"} stroke-dasharray=${`${(AROUND * share).toFixed(1)} ${AROUND}`} transform="rotate(-90 60 60)"></circle></svg>
    <div>${children}</div>
  </div>`;
}
