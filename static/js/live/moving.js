// What whoever presides may decide about one item: put it off, take it up again, take it ahead, hand it to somebody.
import { signal } from "@preact/signals-core";
import { useState } from "preact/hooks";
import { askText } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, Icon, html } from "../web/ui.js";
import { doingWhenSettled } from "./closing.js";
import { doing } from "./doing.js";
import { askHandOver, handedTo } from "./handing.js";
import { inSession, isOpen, may, nextItem } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./reading.js").Item} Item */

/** Ask why, then do it. @param {Live} live @param {Item} item @param {string} act @param {string} title @param {string} yes */
async function withReason(live, item, act, title, yes) {
  const reason = await askText({ title, text: `${item.label}. ${item.title}`, label: t("Reason, as it stands in the minutes"), lines: 2, yes });
  if (reason !== null) await doingWhenSettled(live, act, { item_id: item.id, reason });
}

/** What can be done with an item now. @param {Live} live @param {Item} item */
function choices(live, item) {
  const runs = may(live, "live.run") && inSession(live);
  const ahead = item.state === "planned" || item.state === "current";
  const found = [];
  if (runs && item.state === "planned" && !item.heading && !item.outside && nextItem(live)?.id !== item.id) found.push({ icon: "arrow-up", name: t("Take it ahead"), does: () => withReason(live, item, "live.take_ahead", t("Take this item ahead?"), t("Take it ahead")) });
  if (runs && ahead) found.push({ icon: "clock-pause", name: t("Put it off"), does: () => withReason(live, item, "live.postpone_item", t("Put this item off to a later meeting?"), t("Put it off")) });
  if (runs && item.state === "deferred") found.push({ icon: "arrow-back-up", name: t("Take it up again"), does: () => doing(live, "live.take_up_again", { item_id: item.id }) });
  if (may(live, "live.hand_over") && isOpen(live) && ahead && !item.outside) found.push({ icon: "user-share", name: t("Hand to somebody else"), does: () => askHandOver(item) });
  const to = handedTo(live, item.id);
  if (to && may(live, "live.hand_over")) found.push({ icon: "arrow-back-up", name: t("Take it back from %(name)s", { name: to.name }), does: () => doing(live, "live.take_back", { item_id: item.id }) });
  return found;
}

/** The item of the programme that was tapped. */
const tapped = signal(/** @type {Item | null} */ (null));

/** Whether a tap on an item of the programme offers anything. @param {Live} live @param {Item} item */
export const isDecidable = (live, item) => turns(live, item) || choices(live, item).length > 0;

/** Whether the meeting can turn to an item now. @param {Live} live @param {Item} item */
const turns = (live, item) => may(live, "live.run") && inSession(live) && ["planned", "done"].includes(item.state) && !item.outside && !item.heading;

/** @param {Item} item */
export function decide(item) {
  tapped.value = item;
}

/** What was tapped, as a sheet: turn to it first, then everything else. Drawn once by the programme. @param {{live: Live, onPick?: (item: Item) => unknown}} props */
export function ItemSheet({ live, onPick }) {
  const item = tapped.value;
  if (!item || !onPick) return null;
  const close = () => { tapped.value = null; };
  /** @param {() => unknown} does */
  const then = (does) => { close(); void does(); };
  return html`<${Dialog} title=${`${item.label}. ${item.title}`} onClose=${close}><div class="col-y item-choices">
    ${turns(live, item) && html`<${Button} kind="primary" cls="w-full" icon="arrow-right" onClick=${() => then(() => doing(live, "live.go_to_item", { item_id: item.id }))}>${t("Turn to this item")}<//>`}
    ${choices(live, item).map((each) => html`<${Button} key=${each.name} cls="w-full" icon=${each.icon} onClick=${() => then(each.does)}>${each.name}<//>`)}</div><//>`;
}

/** One button; null when nothing can be decided about the item. @param {{live: Live, item: Item}} props */
export function ItemMenu({ live, item }) {
  const [open, setOpen] = useState(false);
  const found = choices(live, item);
  if (!found.length) return null;
  const close = () => setOpen(false);
  return html`<button type="button" class="btn btn-ghost btn-sq item-menu" aria-haspopup="dialog" aria-label=${t("Decide about item %(n)s", { n: item.label })} onClick=${() => setOpen(true)}><${Icon} name="dots-vertical" /></button>
    ${open && html`<${Dialog} title=${`${item.label}. ${item.title}`} onClose=${close}><div class="col-y item-choices">${found.map((each) => html`<${Button} key=${each.name} cls="w-full" icon=${each.icon} onClick=${() => { close(); void each.does(); }}>${each.name}<//>`)}</div><//>`}`;
}
