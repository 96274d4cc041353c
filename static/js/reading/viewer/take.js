// Taking the paper along: the rows of the menu behind "…", and the small sign in the bar that a paper bears signatures.
import { html, Icon } from "../../web/ui.js";
import { connection } from "../../web/connection.js";
import { sendAct } from "../../web/acts.js";
import { toast } from "../../web/dialogs.js";
import { nt, t } from "../../web/i18n.js";
import { askForCopy } from "./copies.js";
import { showSignatures, worst } from "./signatures.js";

/** @typedef {import("../desk.js").Desk} Desk */

/** Guests who came by a personal link have no shelf. Their account numbers are negative. */
const visiting = Number(document.documentElement.dataset.account || document.body.dataset.account || 0) < 0;

/** @param {{desk: Desk}} props */
export function TakeMenu({ desk }) {
  const { id, takeable, signatures } = desk.opening.value;
  const line = connection.value !== "offline";
  mark(takeable);
  return html`
    ${signatures.length
      ? html`<${Row} icon="certificate" label=${nt("%(n)s digital signature", "%(n)s digital signatures", signatures.length)} onClick=${() => leave(() => showSignatures(desk))} />`
      : html`<p class="vsaid"><${Icon} name="certificate" size=${20} />${t("This paper bears no digital signature")}</p>`}
    <hr class="vline" />
    ${takeable === "none" && html`<p class="vsaid"><${Icon} name="lock" size=${20} />${t("For reading here only: the office lets nobody take this paper away")}</p>`}
    ${takeable !== "none" && html`
      <${Row} icon="download" label=${t("Download a copy with my name")} off=${!line} onClick=${() => leave(() => askForCopy(desk, "stamped"))} />
      <${Row} icon="pencil" label=${t("Download with my notes drawn in")} off=${!line} onClick=${() => leave(() => askForCopy(desk, "noted"))} />
      <${Row} icon="printer" label=${t("Print")} off=${!line} onClick=${() => leave(() => askForCopy(desk, "stamped", true))} />`}
    ${takeable === "original" && line && html`<a class="vrow" href=${`/documents/${id}/original`} download><${Icon} name="file-download" /><span class="grow">${t("Download the original file")}</span></a>`}
    ${takeable === "copy" && html`<p class="vsaid"><${Icon} name="lock" size=${20} />${t("The original stays with the office; every copy bears your name")}</p>`}
    <hr class="vline" />
    ${line && html`<a class="vrow" href=${`/api/v1/documents/${id}/notes.jsonld`} download=${`ghi-chu-${id}.jsonld`}><${Icon} name="file-export" /><span class="grow">${t("Export my notes (W3C JSON)")}</span></a>`}
    ${!visiting && html`<${Row} icon="folder-plus" label=${t("Put on my shelf")} off=${!line} onClick=${() => leave(() => shelve(id))} />`}
    ${!line && html`<p class="vsaid" role="status"><${Icon} name="wifi-off" size=${20} />${t("Copies need the line to the server")}</p>`}`;
}

/** @param {{icon: string, label: string, off?: boolean, onClick: () => void}} props */
function Row({ icon, label, off = false, onClick }) {
  return html`<button type="button" class="vrow" disabled=${off} onClick=${onClick}><${Icon} name=${icon} /><span class="grow">${label}</span></button>`;
}

/** How the signatures of the paper stand, in the bar; one tap tells more. @param {{desk: Desk}} props */
export function SignatureBadge({ desk }) {
  const { signatures } = desk.opening.value;
  if (!signatures.length) return null;
  const tone = worst(signatures);
  const said = tone === "agree" ? t("Digitally signed") : tone === "oppose" ? t("Changed after signing") : t("Look at the signatures");
  return html`<button type="button" class=${`vsigned t-${tone}`} aria-label=${`${said}: ${nt("%(n)s digital signature", "%(n)s digital signatures", signatures.length)}`} onClick=${() => showSignatures(desk)}>
    <${Icon} name=${tone === "agree" ? "rosette-discount-check" : "alert-triangle"} size=${20} /><span class="word">${said}</span></button>`;
}

/** Closes the menu (it listens for a press outside itself), then goes on. @param {() => void} on */
function leave(on) {
  document.dispatchEvent(new Event("pointerdown"));
  on();
}

/** The style sheet keeps the browser from printing a paper that may not be taken, or only with a name on it. @param {string} takeable */
function mark(takeable) {
  document.documentElement.dataset.take = takeable;
}

/** @param {number} id */
async function shelve(id) {
  const answer = await sendAct("shelf.put", { file_id: id });
  toast(answer.ok ? t("Put on your shelf") : answer.message || t("The server could not answer. Please try again."));
}
