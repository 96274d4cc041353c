// Who is here and whose tablet is on the line: the half-circle of seats, and the names of those who are cut off.
import { language, t } from "../web/i18n.js";
import { Chip, Icon, html } from "../web/ui.js";
import { Seats } from "../web/seats.js";
import { attendance } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */

const HERE = ["present", "late", "remote"];

/** Members who are here but whose screen is not connected. @param {Live} live @returns {{id: number, name: string}[]} */
function cutOff(live) {
  const known = live.sections.value.connections;
  if (!known) return [];
  const connected = new Set(known);
  return (live.sections.value.attendance?.people ?? []).filter((/** @type {any} */ each) => each.voting && HERE.includes(each.presence) && !connected.has(each.id));
}

/** @param {{live: Live, href?: string}} props */
export function Presence({ live, href = "" }) {
  const { present, total, guests, quorum, people = [] } = attendance(live);
  const off = new Set(cutOff(live).map((each) => each.id));
  const members = people.filter((/** @type {any} */ each) => each.voting);
  const letter = (/** @type {any} */ each) => (!HERE.includes(each.presence) ? "x" : off.has(each.id) ? "w" : "p");
  const states = members.map(letter).join("");
  return html`<section class="card-x presence"><div class="row-x"><h3 class="nowrap grow">${t("Present")} <span class="num">${present}/${total}</span></h3>
      <${Chip} tone=${quorum.met ? "agree" : "warn"} icon=${quorum.met ? "check" : "alert-triangle"}>${quorum.met ? t("Enough") : t("%(need)s needed", { need: quorum.need })}<//></div>
    ${states && html`<${Seats} states=${states} width=${250} radius=${states.length > 40 ? 5 : 8} label=${t("Seats of the members")} />`}
    <div class="legend"><span><i class="lg-here"></i>${t("Here")}</span><span><i class="lg-off"></i>${t("Cut off")}</span><span><i class="lg-away"></i>${t("Away")}</span></div>
    <p class="xs faint">${quorum.rules?.[language] ?? quorum.rule}${guests ? ` · ${t("%(n)s guests", { n: guests })}` : ""}</p>
    ${href && html`<a class="btn btn-ghost" href=${href}><${Icon} name="list-check" />${t("Roll call")}</a>`}</section>`;
}

/** @param {{live: Live}} props */
export function CutOff({ live }) {
  const off = cutOff(live);
  if (off.length === 0) return null;
  return html`<section class="card-x cut-off"><${Icon} name="wifi-off" size=${28} cls="t-warn" /><div class="grow"><b>${t("%(n)s tablets without a line", { n: off.length })}</b>
    <div class="sm muted">${off.slice(0, 4).map((each) => each.name).join(", ")}${off.length > 4 ? "…" : ""}</div></div></section>`;
}
