// The programme at the left: done with its real time, now, next with when it is expected.
import { useEffect, useRef } from "preact/hooks";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Icon, html, useNow } from "../web/ui.js";
import { HandOverDialog, handedTo } from "./handing.js";
import { ItemSheet, decide, isDecidable } from "./moving.js";
import { expectedStarts, isOpen, items, minutesBehind, usedSeconds } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./reading.js").Item} Item */

/** @param {{live: Live, onPick?: (item: Item) => unknown, children?: any, cls?: string}} props */
export function Programme({ live, onPick, children, cls = "" }) {
  const now = useNow(live.now, 10000);
  const expected = isOpen(live) ? expectedStarts(live, now) : null;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const current = live.sections.value.agenda?.current_id;
  useEffect(() => {
    const row = list.current?.querySelector("[aria-current]");
    if (row instanceof HTMLElement && list.current) list.current.scrollTop = Math.max(0, row.offsetTop - list.current.offsetTop - 120);
  }, [current]);
  return html`<nav ref=${list} tabindex="0" class=${`lagenda ${cls}`.trim()} aria-label=${t("Programme")}><ol>
    ${items(live).map((item) => html`<li key=${item.id}><${Row} to=${handedTo(live, item.id)} item=${item} now=${now} expected=${expected ? expected.get(item.id) : null} onPick=${onPick && isDecidable(live, item) ? decide : undefined} /></li>`)}
  </ol>${children}<${ItemSheet} live=${live} onPick=${onPick} /><${HandOverDialog} live=${live} /></nav>`;
}

/** @param {{item: Item, now: number, expected: number | null | undefined, to: {name: string} | null, onPick?: (item: Item) => unknown}} props */
function Row({ item, now, expected, to, onPick }) {
  const depth = item.label.split(".").length - 1;
  const tone = [item.state === "current" ? "now" : item.state === "done" ? "done" : "", depth ? `deep-${depth}` : "", isAside(item) ? "aside" : ""].filter(Boolean).join(" ");
  const inside = html`<span class="n num">${item.state === "done" ? html`<${Icon} name="check" size=${20} />` : item.label}</span>
    <span class="grow"><b>${item.title}</b><small>${said(item, expected)}</small>${over(item, now)}${to && html`<small> · ${t("%(name)s presides", { name: to.name })}</small>`}</span>`;
  const current = item.state === "current" ? "step" : null;
  if (!onPick) return html`<div class=${`ag-step${item.heading && item.state === "planned" ? " heading" : ""} ${tone}`} aria-current=${current}>${inside}</div>`;
  return html`<button type="button" class=${`ag-step${item.heading && item.state === "planned" ? " heading" : ""} ${tone}`} aria-current=${current} onClick=${() => onPick(item)}>${inside}</button>`;
}

/** @param {Item} item @param {number | null | undefined} expected null: the meeting is over */
function said(item, expected) {
  if (item.outside) return t("Outside the system");
  if (item.state === "current") return t("Under discussion");
  if (item.state === "done") return t("Done %(time)s", { time: timeOfDay(item.ended_at) });
  if (item.state === "deferred") return t("Deferred");
  if (item.state === "withdrawn") return t("Withdrawn");
  if (item.heading && item.state === "planned") return expected ? t("about %(time)s", { time: timeOfDay(expected) }) : "";
  if (expected === null) return t("Not dealt with");
  const minutes = item.minutes_planned ? t("%(n)s minutes", { n: item.minutes_planned }) : "";
  return [minutes, expected ? t("about %(time)s", { time: timeOfDay(expected) }) : ""].filter(Boolean).join(", ");
}

/** Put off to a later meeting, or withdrawn: it cannot be called. @param {Item} item */
const isAside = (item) => item.state === "deferred" || item.state === "withdrawn";

/** @param {Item} item @param {number} now */
function over(item, now) {
  if (!item.minutes_planned || !["done", "current"].includes(item.state)) return null;
  const minutes = Math.floor(usedSeconds(item, now) / 60) - item.minutes_planned;
  return minutes > 0 ? html`<small class="over"> · ${t("%(n)s minutes over", { n: minutes })}</small>` : null;
}

/** @param {{live: Live}} props */
export function Behind({ live }) {
  const behind = minutesBehind(live, useNow(live.now, 15000));
  if (behind < 3) return null;
  return html`<div class="note note-warn sm behind"><${Icon} name="clock-exclamation" /><span>${t("%(n)s minutes behind the programme", { n: behind })}</span></div>`;
}
