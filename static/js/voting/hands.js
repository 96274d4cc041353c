// A show of hands, counted at the table.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, html } from "../web/ui.js";
import { label } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

/** @param {{live: Live, question: any}} props */
export function HandCounts({ live, question }) {
  const [counts, set] = useState(/** @type {Record<string, number>} */ (question.hand_counts ?? {}));
  const [said, say] = useState("");
  const save = async () => {
    const answer = await live.act("voting.enter_counts", { question_id: question.id, counts });
    say(answer.ok ? t("The counts are entered.") : (answer.message ?? ""));
  };
  return html`<div class="hands">${question.options.map((/** @type {any} */ each) => html`<div class="field" key=${each.key}><label for=${`hands-${each.key}`}>${label(each.key)}</label>
      <input id=${`hands-${each.key}`} class="input num" type="number" min="0" max=${question.electors} inputmode="numeric" value=${counts[each.key] ?? ""}
        onInput=${(/** @type {any} */ event) => set({ ...counts, [each.key]: Number(event.target.value) })} /></div>`)}
    <${Button} kind="tint" icon="check" cls="w-full" onClick=${save}>${t("Enter the counts")}<//>
    ${said && html`<p class="sm muted" role="status">${said}</p>`}</div>`;
}
