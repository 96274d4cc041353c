// Opinions that came before the newest ones on the screen: read when somebody asks for them.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, html } from "../web/ui.js";
import { currentItem, meeting } from "../live/reading.js";
import { Thread } from "./thread.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./thread.js").Comment} Comment */

const MOST = 200;

/** @param {number} meetingId @param {number | undefined} itemId @returns {Promise<Comment[] | null>} null when they could not be read */
async function earlier(meetingId, itemId) {
  /** @type {Comment[]} */
  let found = [];
  let cursor = "0";
  try {
    while (cursor) {
      const only = itemId ? `&item_id=${itemId}` : "";
      const response = await fetch(`/api/v1/meetings/${meetingId}/comments?limit=${MOST}&cursor=${cursor}${only}`, { headers: { Accept: "application/json" } });
      if (!response.ok) return null;
      const page = await response.json();
      found = [...found, ...page.data];
      cursor = page.next ?? "";
    }
  } catch {
    return null;
  }
  return found.reverse();
}

/** @param {{live: Live, known: Comment[]}} props */
export function Older({ live, known }) {
  const [rows, show] = useState(/** @type {Comment[]} */ ([]));
  const [failed, fail] = useState(false);
  const item = currentItem(live)?.id;
  const shown = rows.filter((row) => !known.some((each) => each.id === row.id) && (!item || row.item_id === item));
  const ask = async () => {
    const found = await earlier(meeting(live).id, item);
    fail(found === null);
    if (found) show(found);
  };
  return html`${shown.map((each) => html`<${Thread} key=${each.id} live=${live} comment=${each} />`)}
    ${shown.length === 0 && html`<div class="cm-older"><${Button} kind="ghost" icon="history" onClick=${ask}>${t("Show earlier opinions")}<//>${failed && html`<span class="said said-refused" role="alert">${t("They could not be read. Please try again.")}</span>`}</div>`}`;
}
