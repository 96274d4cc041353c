// Taking part from elsewhere: the address of the video conference, for those who may join it.
import { t } from "../web/i18n.js";
import { Icon, html } from "../web/ui.js";
import { isOpen, meeting } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */

/** The address, if it is one that a browser may open. @param {unknown} link @returns {string} */
export function conference(link) {
  try {
    const address = new URL(String(link ?? ""));
    return ["https:", "http:"].includes(address.protocol) ? address.href : "";
  } catch {
    return "";
  }
}

/** Whether this person takes part from elsewhere, or may. @param {Live} live */
export function joinsRemotely(live) {
  const { form, link } = meeting(live);
  const invited = Boolean(live.me.value.attendance) || (live.me.value.can ?? []).includes("live.see_desk");
  return invited && isOpen(live) && ["online", "hybrid"].includes(form ?? "") && conference(link) !== "";
}

/** @param {{live: Live, cls?: string}} props */
export function JoinConference({ live, cls = "btn btn-tint w-full" }) {
  if (!joinsRemotely(live)) return null;
  return html`<a class=${cls} href=${conference(meeting(live).link)} target="_blank" rel="noopener noreferrer"><${Icon} name="video" />${t("Into the video conference")}</a>`;
}
