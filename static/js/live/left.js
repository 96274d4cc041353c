// Time left: of the item, of the meeting, and whether the programme still fits.
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Bar, Icon, html, useNow } from "../web/ui.js";
import { currentItem, isRunning, items, meeting } from "./reading.js";
import { leftOfItem, leftOfMeeting, spare, used } from "./timing.js";

/** @typedef {import("../web/live.js").Live} Live */

/** "1 giờ 20 phút"; below a minute it is a minute. @param {number} seconds */
export function inWords(seconds) {
  const minutes = Math.max(1, Math.ceil(Math.abs(seconds) / 60));
  const hours = Math.floor(minutes / 60);
  if (!hours) return t("%(n)s minutes", { n: minutes });
  return minutes % 60 ? t("%(hours)s h %(minutes)s min", { hours, minutes: minutes % 60 }) : t("%(hours)s hours", { hours });
}

/** @param {{live: Live}} props */
export function TimeLeft({ live }) {
  const now = useNow(live.now, 5000);
  if (!isRunning(live)) return null;
  const found = meeting(live);
  const item = currentItem(live);
  const ofItem = item ? leftOfItem(item, now) : null;
  const untilEnd = leftOfMeeting(found.ends_at, now);
  const ofMeeting = untilEnd !== null && untilEnd < 24 * 3600 ? untilEnd : null;
  const over = spare(found.ends_at, items(live), now);
  if (ofItem === null && ofMeeting === null) return null;
  return html`<section class="time-left" aria-label=${t("Time left")}>
    ${item && ofItem !== null && html`<div class=${ofItem < 0 ? "t-oppose" : ""}><div class="row-x"><span class="grow sm">${t("Item %(n)s", { n: item.label })}</span><b class="num">${ofItem >= 0 ? t("%(time)s left", { time: inWords(ofItem) }) : t("%(time)s over", { time: inWords(ofItem) })}</b></div>
      <${Bar} thin value=${Math.min(item.minutes_planned * 60, used(item, now))} max=${item.minutes_planned * 60} tone=${ofItem < 0 ? "oppose" : ""} label=${t("Time of the item")} /></div>`}
    ${ofMeeting !== null && html`<div class="row-x"><span class="grow sm">${t("The meeting, until %(time)s", { time: timeOfDay(found.ends_at) })}</span><b class=${`num ${ofMeeting < 0 ? "t-oppose" : ""}`.trim()}>${ofMeeting >= 0 ? t("%(time)s left", { time: inWords(ofMeeting) }) : t("%(time)s over", { time: inWords(ofMeeting) })}</b></div>`}
    ${over !== null && over <= -300 && html`<p class="sm t-warn row-x"><${Icon} name="clock-exclamation" size=${20} /><span>${t("The programme needs %(time)s more than is left.", { time: inWords(over) })}</span></p>`}</section>`;
}
