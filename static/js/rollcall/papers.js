// The papers of the roll call: the sheet to sign, the table, and the cards with the codes of the seats.
import { signal } from "@preact/signals-core";
import { useEffect } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { may, meeting } from "../live/reading.js";

/** @typedef {import("../web/live.js").Live} Live */

const cards = signal(/** @type {{state: string, address: string | null} | null} */ (null));
const WAIT_MS = 1500;

/** @param {{live: Live}} props */
export function Papers({ live }) {
  const number = meeting(live).id;
  const look = () => fetch(`/api/v1/meetings/${number}/seat-cards`).then((answer) => (answer.ok ? answer.json() : null)).then((found) => { cards.value = found; }, () => undefined);
  const making = ["waiting", "running"].includes(cards.value?.state ?? "");
  useEffect(() => { void look(); }, []);
  useEffect(() => {
    if (!making) return undefined;
    const timer = setInterval(look, WAIT_MS);
    return () => clearInterval(timer);
  }, [making]);
  if (!may(live, "rollcall.make_sheets")) return null;
  const order = async () => { if (await doing(live, "rollcall.make_cards", { base: location.origin })) await look(); };
  return html`<section class="card-x card-pad col-y chk-papers"><h3>${t("Papers of the roll call")}</h3>
    <a class="btn btn-quiet w-full" href=${`/meetings/${number}/attendance.pdf`} target="_blank" rel="noopener"><${Icon} name="printer" />${t("Attendance sheet (PDF)")}</a>
    <a class="btn btn-quiet w-full" href=${`/meetings/${number}/attendance.xlsx`}><${Icon} name="file-spreadsheet" />${t("Table (XLSX)")}</a>
    ${cards.value?.address && html`<a class="btn btn-quiet w-full" href=${cards.value.address} target="_blank" rel="noopener"><${Icon} name="qrcode" />${t("Seat cards (PDF)")}</a>`}
    ${making ? html`<p class="said said-queued" role="status"><span class="spin"></span>${t("The cards are being made")}</p>`
      : html`<${Button} kind=${cards.value?.address ? "ghost" : "quiet"} icon="qrcode" cls="w-full" onClick=${order}>${cards.value?.address ? t("Make the cards anew") : t("Make cards with codes for the seats")}<//>`}
    ${cards.value?.state === "failed" && html`<p class="sm t-oppose" role="alert">${t("The cards could not be made. Please try again.")}</p>`}</section>`;
}
