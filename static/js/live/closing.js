// What keeps the meeting from closing or resting: every open thing in its own words, each with a way to settle it, and the way on.
import { signal } from "@preact/signals-core";
import { confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { refused } from "./doing.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{code: string, message: string, settle?: {act: string, input: Record<string, unknown>}}} Objection */

/** What was wanted and what stood against it; null when nothing does. */
const held = signal(/** @type {{name: string, input: Record<string, unknown>, objections: Objection[]} | null} */ (null));

/**
 * Do an act that open things may hold back; what they are is then shown by <StillOpen>.
 * @param {Live} live @param {string} name @param {Record<string, unknown>} [input] @returns {Promise<boolean>}
 */
export async function doingWhenSettled(live, name, input = {}) {
  refused.value = null;
  held.value = null;
  const answer = await live.act(name, input);
  if (answer.ok) return true;
  const objections = answer.facts?.objections;
  if (Array.isArray(objections) && objections.length) held.value = { name, input, objections };
  else refused.value = answer.message || t("The line is down. Nothing was changed; please try again.");
  return false;
}

/** @param {string} act */
function settling(act) {
  const names = { "speaking.stop": t("End the speech"), "voting.close": t("Close the vote"), "questioning.end": t("End the questioning"), "questioning.end_group": t("End the questioning"), "questioning.stop": t("Stop the questioning") };
  return names[/** @type {keyof typeof names} */ (act)] ?? t("Settle it");
}

/** @param {string} name */
function again(name) {
  return name === "live.close" ? t("End the whole meeting") : name === "live.adjourn" ? t("Adjourn the meeting") : t("Try again");
}

/** @param {{live: Live}} props */
export function StillOpen({ live }) {
  const found = held.value;
  if (!found) return null;
  /** @param {Objection} objection */
  const settle = async (objection) => {
    if (!objection.settle) return;
    const asks = objection.settle.act === "voting.close" && !(await confirmed({ title: t("Close the vote?"), text: objection.message, yes: t("Close the vote"), danger: true }));
    if (asks) return;
    const answer = await live.act(objection.settle.act, objection.settle.input);
    if (!answer.ok) { refused.value = answer.message ?? null; return; }
    if (held.value) held.value = { ...held.value, objections: held.value.objections.filter((each) => each !== objection) };
  };
  return html`<section class="note note-warn still-open" role="alert"><${Icon} name="alert-triangle" size=${28} cls="t-warn" /><div class="grow col-y">
    <b>${found.objections.length ? t("First settle what is still open") : t("Everything is settled")}</b>
    ${found.objections.map((each) => html`<div key=${each.code} class="row-x wraps"><span class="grow">${each.message}</span>${each.settle && html`<${Button} onClick=${() => settle(each)}>${settling(each.settle.act)}<//>`}</div>`)}
    <div class="row-x wraps"><${Button} kind=${found.objections.length ? "quiet" : "primary"} onClick=${() => doingWhenSettled(live, found.name, found.input)}>${again(found.name)}<//><${Button} kind="ghost" onClick=${() => { held.value = null; }}>${t("Not now")}<//></div></div></section>`;
}
