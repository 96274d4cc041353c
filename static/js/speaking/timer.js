// The time of a speech: by the server's clock, standing while it is stopped, warning before the end, counting on over time.
// Announced to screen readers at the start, at the warning and at the end only.
import { useEffect, useRef } from "preact/hooks";
import { connection } from "../web/connection.js";
import { duration, ms } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Bar, html, useNow } from "../web/ui.js";
import { speaker } from "../live/reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("../live/reading.js").Floor} Floor */
/** @typedef {{left: number, stage: "waits" | "runs" | "low" | "over" | "paused"}} Time */

const WARN_SECONDS = 30;

/** Seconds left (below zero: over time) and the stage of a speech at a moment of the server's clock. @param {Floor} floor @param {number} now @returns {Time} */
export function timeOf(floor, now) {
  if (!floor.started_at) return { left: floor.seconds, stage: "waits" };
  if (floor.paused_at || !floor.ends_at) return { left: floor.left_seconds ?? floor.seconds, stage: "paused" };
  const exact = (ms(floor.ends_at) - now) / 1000;
  const left = exact > 0 ? Math.ceil(exact) : Math.floor(exact);
  return { left, stage: left <= 0 ? "over" : left <= (floor.warn_seconds ?? WARN_SECONDS) ? "low" : "runs" };
}

/** When somebody who waits is expected to speak, by the server's clock in milliseconds. @param {Live} live @param {{ahead_seconds?: number | null}} place @param {number} now */
export function expected(live, place, now) {
  const floor = speaker(live);
  const left = floor ? Math.max(0, timeOf(floor, now).left) : 0;
  return now + (left + (place.ahead_seconds ?? 0)) * 1000;
}

const TONES = { waits: "", runs: "", low: "low t-warn", over: "over t-oppose", paused: "paused muted" };

/** The figures. @param {{live: Live, floor: Floor, cls?: string}} props */
export function SpeechTimer({ live, floor, cls = "timer" }) {
  const { left, stage } = timeOf(floor, useNow(live.now));
  return html`<b class=${`num ${cls} ${TONES[stage]}`.trim()} role="timer" aria-live="off">${duration(left)}</b>
    <span class="sr-only" role="status">${useSaid(floor, stage)}</span>`;
}

/** What a screen reader says: the start, the warning, the end; a pause keeps what was said last. @param {Floor} floor @param {Time["stage"]} stage */
function useSaid(floor, stage) {
  const kept = useRef("");
  const name = floor.person.name;
  if (stage === "runs") kept.current = t("%(name)s begins to speak, %(time)s", { name, time: duration(floor.seconds) });
  if (stage === "low") kept.current = t("%(n)s seconds left", { n: floor.warn_seconds ?? WARN_SECONDS });
  if (stage === "over") kept.current = t("Time is up");
  return kept.current;
}

/** The word beside the figures. @param {{live: Live, floor: Floor, cls?: string}} props */
export function TimeWords({ live, floor, cls = "muted sm time-words" }) {
  const { left, stage } = timeOf(floor, useNow(live.now, 500));
  const words = { waits: "", runs: t("left"), low: html`<b class="t-warn">${t("nearly over")}</b>`, over: html`<b class="t-oppose">${t("over time")}</b>`, paused: html`<b>${t("clock stopped")}</b>` };
  const over = stage === "paused" && left <= 0; // the clock stands, and stands beyond the end
  const estimate = connection.value === "offline" ? t("estimated") : "";
  return html`<span class=${cls}>${words[stage]}<br />${over ? html`<b class="t-oppose">${t("over time")}</b>` : estimate || t("of %(time)s", { time: duration(floor.seconds) })}</span>`;
}

/** @param {{live: Live, floor: Floor}} props */
export function SpeechBar({ live, floor }) {
  const { left, stage } = timeOf(floor, useNow(live.now, 1000));
  const tone = stage === "over" ? "oppose" : stage === "low" ? "warn" : "";
  return html`<${Bar} value=${Math.max(0, floor.seconds - Math.max(0, left))} max=${floor.seconds} tone=${tone} label=${t("Time used")} />`;
}

/** A tablet that was touched before may vibrate. @param {number[]} pattern */
export function vibrate(pattern) {
  if (navigator.userActivation?.hasBeenActive && "vibrate" in navigator) navigator.vibrate(pattern);
}

/** The speaker's own tablet vibrates at the warning, and longer at the end. @param {Live} live @param {Floor | null} floor */
export function useWarning(live, floor) {
  const now = useNow(live.now, 1000);
  const mine = floor !== null && floor.person.id === live.me.value.person_id;
  const stage = mine ? timeOf(floor, now).stage : "waits";
  useEffect(() => {
    if (stage === "low") vibrate([200]);
    if (stage === "over") vibrate([400, 150, 400]);
  }, [floor?.id, stage]);
}
