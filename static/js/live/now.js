// The matter under discussion, or what the meeting waits for.
import { dateTime } from "../web/format.js";
import { language, t } from "../web/i18n.js";
import { Bar, Chip, Note, html, useNow } from "../web/ui.js";
import { betweenItems } from "./scene.js";
import { RecessCard } from "./wall.js";
import { attendance, currentItem, meeting, usedSeconds } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */

/** @param {{live: Live, children?: any}} props */
export function NowCard({ live, children }) {
  const item = currentItem(live);
  if (!item) return html`<${Before} live=${live}>${children}<//>`;
  return html`<section class="card-x now-item" aria-label=${t("The item under discussion")}>
    <div class="row-x wraps"><${Chip} tone="primary" icon="messages">${t("Under discussion")}<//>
      <span class="muted sm">${[item.presenter && t("%(name)s presents", { name: item.presenter }), item.unit].filter(Boolean).join(" · ")}</span></div>
    <h2>${item.title}</h2>
    <div class="row-x now-foot">${children}<${ItemTime} live=${live} /></div>
  </section>`;
}

/** Minutes left of the item; bare: without the bar. @param {{live: Live, bare?: boolean}} props */
export function ItemTime({ live, bare = false }) {
  const now = useNow(live.now, 5000);
  const item = currentItem(live);
  if (!item || !item.minutes_planned) return null;
  const left = item.minutes_planned - usedSeconds(item, now) / 60;
  const said = left > 0 ? t("%(n)s minutes left for this item", { n: Math.ceil(left) }) : t("%(n)s minutes over the plan", { n: Math.ceil(-left) });
  if (bare) return html`<span class=${`push sm ${left > 0 ? "muted" : "t-oppose"}`}>${said}</span>`;
  return html`<div class="grow item-time"><div class=${left > 0 ? "sm muted" : "sm t-oppose"}>${said}</div>
    <${Bar} thin value=${Math.min(item.minutes_planned, item.minutes_planned - left)} max=${item.minutes_planned} tone=${left > 0 ? "" : "oppose"} label=${said} /></div>`;
}

/** @param {{live: Live, children?: any}} props */
function Before({ live, children }) {
  const found = meeting(live);
  const { present, quorum } = attendance(live);
  const rule = quorum.rules?.[language] ?? quorum.rule;
  if (found.state === "issued") {
    return html`<section class="card-x now-item"><div class="row-x wraps"><${Chip} icon="clock">${t("Not opened yet")}<//><span class="muted sm">${dateTime(found.starts_at)} · ${found.place}</span></div>
      <h2>${found.title}</h2><p class="muted">${t("The chair opens the meeting. Please check in.")}</p></section>`;
  }
  if (!["in_session", "paused"].includes(found.state)) {
    return html`<section class="card-x now-item"><${Chip} icon="circle-check">${t("The meeting has closed")}<//><h2>${found.title}</h2><p class="muted">${t("Closed at %(when)s.", { when: dateTime(found.closed_at) })}</p></section>`;
  }
  if (live.sections.value.agenda?.elsewhere) {
    return html`<section class="card-x now-item"><div class="row-x wraps"><${Chip} icon="list-numbers">${t("Another item is being dealt with")}<//></div>
      <h2>${t("The screen turns to your item by itself when it comes.")}</h2></section>`;
  }
  if (betweenItems(live) && quorum.met) {
    return html`<section class="card-x now-item"><div class="row-x wraps"><${Chip} tone="primary" icon="list-numbers">${t("Between two items")}<//></div>
      <h2>${t("The chair turns to the next item.")}</h2>${children && html`<div class="row-x now-foot">${children}</div>`}</section>`;
  }
  return html`<section class="card-x now-item"><div class="row-x wraps"><${Chip} tone="primary" icon="user-check">${t("Roll call")}<//><span class="muted sm">${rule}</span></div>
    <h2>${quorum.met ? t("Enough members are here. The chair turns to the first item.") : t("Waiting for members: %(present)s here, %(need)s needed", { present, need: quorum.need })}</h2>
    <div class="row-x now-foot">${children}<div class="grow"><${Bar} value=${present} max=${quorum.need} tone=${quorum.met ? "agree" : ""} label=${t("Roll call")} /></div></div></section>`;
}

/** The chair's word to all, and the recess. @param {{live: Live}} props */
export function Notices({ live }) {
  const told = live.sections.value.notice;
  return html`${meeting(live).state === "paused" && html`<${RecessCard} live=${live} />`}
    ${told && html`<div role="status"><${Note} icon="speakerphone">${told.text}<//></div>`}`;
}
