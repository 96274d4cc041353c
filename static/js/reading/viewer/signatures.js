// The digital signatures of a paper, in plain words: whose, when, whether the content is what was signed.
import { render } from "preact";
import { dateTime } from "../../web/format.js";
import { nt, t } from "../../web/i18n.js";
import { Button, Chip, Dialog, html, Icon } from "../../web/ui.js";

/** @typedef {import("../desk.js").Desk} Desk */
/**
 * @typedef {{name: string, organisation: string, page: number | null, signed_at: string | null, time: string, kind: string,
 *   tone: "agree" | "warn" | "oppose", sentence: string, details: string[]}} Signature
 */

/** The tone of the one that most asks for a look. @param {Record<string, any>[]} signatures @returns {"agree" | "warn" | "oppose"} */
export function worst(signatures) {
  const tones = signatures.map((each) => each.tone);
  return tones.includes("oppose") ? "oppose" : tones.includes("warn") ? "warn" : "agree";
}

/** @param {Desk} desk */
export function showSignatures(desk) {
  const place = document.createElement("div");
  document.body.append(place);
  const close = () => { render(null, place); place.remove(); };
  render(html`<${Sheet} desk=${desk} close=${close} />`, place);
}

/** @param {{desk: Desk, close: () => void}} props */
function Sheet({ desk, close }) {
  const signatures = /** @type {Signature[]} */ (desk.opening.value.signatures);
  return html`<${Dialog} title=${nt("%(n)s digital signature", "%(n)s digital signatures", signatures.length)} wide onClose=${close}>
    <ol class="vsigs plain">${signatures.map((each, place) => html`<${Card} key=${place} signature=${each} go=${(/** @type {number} */ page) => { close(); desk.turn(page); }} />`)}</ol>
  <//>`;
}

const ICONS = { agree: "rosette-discount-check", warn: "alert-triangle", oppose: "alert-circle" };

/** @param {{signature: Signature, go: (page: number) => void}} props */
function Card({ signature, go }) {
  const { name, organisation, page, signed_at: at, tone } = signature;
  const who = signature.kind === "timestamp" ? t("Time stamp") : name || t("Signer unknown");
  return html`<li class="vsig">
    <div class="vsig-head"><${Icon} name=${ICONS[tone]} size=${28} cls=${`t-${tone}`} /><div class="grow"><b class="d-block">${who}</b>${organisation && html`<span class="sm muted d-block">${organisation}</span>`}</div>
      ${page && html`<${Button} kind="ghost" onClick=${() => go(page)}>${t("Page %(n)s", { n: page })}<//>`}</div>
    <p class="vsig-said"><${Chip} tone=${tone}>${signature.sentence}<//> ${at && html`<span class="num">${dateTime(at)}</span>`}</p>
    <ul class="vsig-more">${signature.details.map((sentence) => html`<li key=${sentence}>${sentence}</li>`)}</ul>
  </li>`;
}
