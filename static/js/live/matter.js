// The matter under discussion on the screens that run the meeting: which item, how long still, who speaks.
import { t } from "../web/i18n.js";
import { html } from "../web/ui.js";
import { SpeakerNow } from "../speaking/queue.js";
import { voteAtHand } from "../voting/index.js";
import { ItemTime } from "./now.js";
import { called, currentItem, speaker } from "./reading.js";
import { happening } from "./scene.js";

/** @typedef {import("../web/live.js").Live} Live */

/** `menu` stands beside the title. While a vote is taken and nobody speaks the card is only as high as its title. @param {{live: Live, menu?: any}} props */
export function Matter({ live, menu }) {
  const item = currentItem(live);
  if (!item) return null;
  const quiet = voteAtHand(live) && !speaker(live) && !called(live);
  const small = quiet || inQuestioning(live); // the panel of questions says itself what is asked
  return html`<section class=${small ? "card-x nowcard quiet" : "card-x nowcard"}><div class="row-x"><span class="muted sm grow nowrap">${t("Item %(n)s", { n: item.label })}</span><${ItemTime} live=${live} bare />${menu}</div>
    <h2 class="clip2">${item.title}</h2>${!quiet && html`<${SpeakerNow} live=${live} big />`}</section>`;
}

/** Whether the vote needs the middle of the screen: while it runs, and its result until the next thing happens. @param {Live} live */
export const asksVote = (live) => voteAtHand(live) !== null || happening(live) === "result";

/** Whether questions are put to respondents now. @param {Live} live */
export const inQuestioning = (live) => Boolean(live.sections.value.questioning?.group) || currentItem(live)?.kind === "questioning";

/** How many written opinions there are on this item. @param {Live} live */
export function opinionsHere(live) {
  const item = currentItem(live)?.id ?? null;
  return (live.sections.value.discussion?.comments ?? []).filter((/** @type {any} */ each) => item === null || each.item_id === item || each.item_id === null).length;
}
