// Doing acts from the room: a refusal is said in one place, in the server's words, until the next act or a tap.
import { signal } from "@preact/signals-core";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";

/** @typedef {import("../web/live.js").Live} Live */

/** What was refused last: the sentence, or null. */
export const refused = signal(/** @type {string | null} */ (null));

/**
 * Do an act; true when the server did it. What it refuses is shown by <Refusal>.
 * @param {Live} live @param {string} name @param {Record<string, unknown>} [input]
 * @returns {Promise<boolean>}
 */
export async function doing(live, name, input = {}) {
  refused.value = null;
  const answer = await live.act(name, input);
  if (answer.ok) return true;
  refused.value = answer.message || t("The line is down. Nothing was changed; please try again.");
  return false;
}

/** The last refusal, above what the person was doing. */
export function Refusal() {
  if (!refused.value) return null;
  return html`<div class="note note-oppose refusal" role="alert"><${Icon} name="alert-circle" cls="t-oppose" /><div class="grow">${refused.value}</div>
    <${Button} kind="ghost" onClick=${() => { refused.value = null; }}>${t("Close")}<//></div>`;
}
