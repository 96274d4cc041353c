// The live parts of the dark bar: state and item at the left, presence and quorum at the right.
import { timeOfDay } from "../web/format.js";
import { isLost } from "../web/connection.js";
import { language, t } from "../web/i18n.js";
import { html } from "../web/ui.js";
import { attendance, currentItem, items, meeting } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */

/** @param {{live: Live, seat?: string}} props */
export function BarSub({ live, seat = "" }) {
  const item = currentItem(live);
  const total = items(live).filter((one) => !one.parent_id).length;
  const all = item && parseInt(item.label, 10) <= total; // a guest invited to some items only does not know how many there are
  const number = item ? (all ? t("Item %(n)s of %(total)s", { n: item.label, total }) : t("Item %(n)s", { n: item.label })) : "";
  return html`<${State} live=${live} /><span class="clip">${[number, seat].filter(Boolean).join(" · ")}</span>`;
}

/** @param {{live: Live}} props */
function State({ live }) {
  const state = meeting(live).state;
  if (state === "in_session") return html`<span class="live"><span class="dot"></span>${t("In session")}</span>`;
  if (state === "paused") return html`<span class="live paused"><span class="dot"></span>${t("In recess")}</span>`;
  if (state === "issued") return html`<span>${t("Not opened yet")}</span>`;
  return state ? html`<span>${t("The meeting has closed")}</span>` : null;
}

/** @param {{live: Live}} props */
export function BarStat({ live }) {
  if (!live.sections.value.attendance) return null;
  const { present, total, quorum } = attendance(live);
  const rule = quorum.rules?.[language] ?? quorum.rule;
  const stale = isLost() && live.knownAt.value;
  const said = stale ? t("as known at %(time)s", { time: timeOfDay(live.knownAt.value) }) : quorum.met ? t("Enough members to meet") : t("Not enough yet, %(need)s needed", { need: quorum.need });
  return html`<div class=${`stat${quorum.met ? "" : " stat-short"}`} title=${rule} role="status"><b><span class="num">${present}/${total}</span> ${t("present")}</b><span>${said}</span></div><span class="sep"></span>`;
}
