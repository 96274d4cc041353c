// What was written without a line and waits to be sent: how many notes, opinions and other acts, each by name, never a ballot.
import { Button, html, Icon } from "../web/ui.js";
import { timeOfDay } from "../web/format.js";
import { nt, t } from "../web/i18n.js";
import { drop, flush, NOTES, outbox } from "../web/outbox.js";

/** @typedef {import("../web/outbox.js").Held} Held */

/** Going along silently: nobody needs to know how far they have read. */
const SILENT = new Set(["materials.mark_read", "notify.mark_seen"]);

export const shown = () => outbox.value.filter((held) => !SILENT.has(held.name));

/** "3 notes, 1 opinion" @param {Held[]} held @returns {string} */
export function counted(held) {
  const notes = held.filter((each) => NOTES.has(each.name)).length;
  const opinions = held.filter((each) => each.name === "discussion.post").length;
  const rest = held.length - notes - opinions;
  return [notes && nt("%(n)s note", "%(n)s notes", notes), opinions && nt("%(n)s opinion", "%(n)s opinions", opinions), rest && nt("%(n)s other act", "%(n)s other acts", rest)].filter(Boolean).join(", ");
}

/** @param {Held} held @returns {string} */
function what(held) {
  if (held.name === "notes.put") return t("Note on page %(page)s", { page: held.input.page });
  if (held.name === "notes.remove") return t("A note taken away");
  if (held.name === "discussion.post") return t("Opinion");
  if (held.name === "speaking.ask") return t("Request for the floor");
  if (held.name === "live.check_in") return t("Check-in");
  if (held.name === "agenda.reply") return t("Answer to the invitation");
  return t("Act");
}

/** The list; nothing when nothing waits. */
export function Waiting() {
  const all = shown();
  if (!all.length) return null;
  const waits = all.filter((held) => held.state !== "refused");
  return html`<section class="card-x card-pad col-y waits" aria-label=${t("Waiting to be sent")}>
    ${waits.length > 0 && html`<div class="row-x"><${Icon} name="clock" cls="t-warn" /><b class="grow">${t("Waiting to be sent: %(what)s", { what: counted(waits) })}</b><${Button} kind="ghost" size="row" icon="refresh" onClick=${() => flush()}>${t("Send again now")}<//></div>`}
    <ul class="plain-list">${all.map((held) => html`<li key=${held.request_id} class="row-x">
      <span class="grow"><span class="med">${what(held)}</span>${held.input.text && html`<span class="d-block sm muted clip2">${held.input.text}</span>`}${held.state === "refused" && html`<span class="d-block sm t-oppose">${t("Not recorded: %(why)s", { why: held.message ?? "" })}</span>`}</span>
      <span class="sm faint num">${timeOfDay(held.at)}</span>
      ${held.state === "refused" && html`<${Button} kind="ghost" size="row" onClick=${() => drop(held.request_id)}>${t("I have read this")}<//>`}
    </li>`)}</ul>
  </section>`;
}
