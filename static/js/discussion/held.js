// An opinion or a reply that this device keeps until the line is back.
import { t } from "../web/i18n.js";
import { drop } from "../web/outbox.js";
import { Avatar, Button, Queued, html } from "../web/ui.js";

/** @typedef {import("../web/live.js").Live} Live */

/** @param {{live: Live, held: import("../web/outbox.js").Held}} props */
export function Held({ live, held }) {
  return html`<article class="cm held"><${Avatar} name=${live.me.value.name ?? ""} /><div class="grow"><p class="cm-text">${held.input.text}</p>
    ${held.state === "refused" ? html`<span class="said said-refused">${held.message}</span> <${Button} kind="ghost" onClick=${() => drop(held.request_id)}>${t("Remove")}<//>` : html`<${Queued} />`}</div></article>`;
}
