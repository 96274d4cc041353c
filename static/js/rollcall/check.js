// The delegate's card for checking in: one tap; from elsewhere where the rules let them; the code where the room asks for it.
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { meeting } from "../live/reading.js";

/** @typedef {import("../web/live.js").Live} Live */

/** Over everything while somebody has not checked in; a quiet line for who is here but does not count. @param {{live: Live}} props */
export function CheckIn({ live }) {
  const mine = live.me.value.attendance;
  if (!mine) return null;
  if (!mine.may_check_in) return html`<${Elsewhere} live=${live} mine=${mine} />`;
  const waits = live.outbox.value.some((held) => held.name === "live.check_in" && held.input.meeting_id === meeting(live).id);
  const again = mine.presence === "left" && !meeting(live).adjourned; // adjourned: nobody left, the roll is called anew
  const coded = mine.code;
  return html`<section class="note note-warn check-in"><${Icon} name=${coded ? "qrcode" : "user-check"} size=${28} cls="t-warn" /><div class="grow"><b>${again ? t("You have left the meeting") : t("You have not checked in")}</b>
      <div class="sm">${said(mine)}</div></div>
    <div class="row-x check-ways">${mine.room && !coded && html`<${Button} kind="primary" size="lg" icon="check" busy=${waits} busyLabel=${t("Waiting for the line")} onClick=${() => doing(live, "live.check_in")}>${again ? t("I am back") : t("I am here")}<//>`}
      ${mine.remote && html`<${Button} kind=${mine.room && !coded ? "quiet" : "primary"} size="lg" icon="video" busy=${waits} busyLabel=${t("Waiting for the line")} onClick=${() => doing(live, "live.check_in", { remote: true })}>${t("Taking part online")}<//>`}</div></section>`;
}

/** @param {any} mine */
function said(mine) {
  if (mine.code) return mine.seat ? t("Scan the code on your seat %(label)s or at the door with the camera of your tablet or phone.", { label: mine.seat }) : t("Scan the code at the door with the camera of your tablet or phone.");
  if (mine.seat && mine.room) return t("Your seat: %(label)s", { label: mine.seat });
  return mine.voting ? t("You are counted as present, and can vote, after checking in.") : t("Please check in as a guest.");
}

/** Who takes part online: the way into the conference, and what that means here. @param {{live: Live, mine: any}} props */
function Elsewhere({ live, mine }) {
  if (mine.presence !== "remote") return null;
  const link = meeting(live).link;
  const safe = /^https?:\/\//.test(link ?? "") ? link : "";
  const silent = mine.voting && !mine.counts;
  if (!safe && !silent && !mine.room) return null;
  return html`<section class="note check-in"><${Icon} name="video" size=${24} /><div class="grow"><b>${t("You take part online")}</b>
      ${silent && html`<div class="sm">${t("By the rules of this kind of meeting, who takes part online may speak but is not counted and does not vote.")}</div>`}</div>
    ${safe && html`<a class="btn btn-quiet" href=${safe} target="_blank" rel="noopener noreferrer"><${Icon} name="external-link" />${t("To the video conference")}</a>`}
    ${mine.room && !mine.code && html`<${Button} kind="ghost" icon="armchair" onClick=${() => doing(live, "live.check_in", { remote: false })}>${t("I am in the room now")}<//>`}</section>`;
}
