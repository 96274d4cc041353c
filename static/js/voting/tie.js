// Equal votes in a secret vote: the chair says on which side he stands, after the count; the statement is recorded. No ballot is read.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { radioKeys } from "./keys.js";
import { label } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

/** Whether a closed question waits for the chair's side. @param {any} question */
export const isTied = (question) => question?.state === "closed" && question.result?.tie === "open" && !question.result?.settled;

/** @param {{live: Live, question: any}} props */
export function TieForm({ live, question }) {
  const [side, choose] = useState("");
  const [statement, write] = useState("");
  const [problem, say] = useState("");
  const may = (live.me.value.can ?? []).includes("voting.settle_tie");
  const settle = async () => {
    const answer = await live.act("voting.settle_tie", { question_id: question.id, side, statement: statement.trim() });
    say(answer.ok ? "" : (answer.message ?? ""));
    return answer.ok;
  };
  return html`<section class="tie-x" aria-label=${t("The votes are equal")}><b class="row-x"><${Icon} name="scale" />${t("The votes are equal")}</b>
    <p class="sm">${t("The side of whoever chairs decides. It is stated now and written into the minutes; no ballot is read for it.")}</p>
    ${may ? html`<div class="seg" role="radiogroup" aria-label=${t("The chair's side")} onKeyDown=${radioKeys}>${["for", "against"].map((each) => html`<button key=${each} type="button" role="radio" aria-checked=${side === each ? "true" : "false"} class=${side === each ? "on" : ""} onClick=${() => choose(each)}>${label(each)}</button>`)}</div>
      <div class="field"><label for="tie-words">${t("Statement for the minutes")}</label><textarea id="tie-words" class="input" rows="2" maxlength="1000" value=${statement} onInput=${(/** @type {any} */ event) => write(event.target.value)}></textarea></div>
      ${problem && html`<p class="t-oppose sm" role="alert">${problem}</p>`}
      <${Button} kind="primary" cls="w-full" icon="gavel" disabled=${!side || !statement.trim()} onClick=${settle}>${!side ? t("Choose the side") : !statement.trim() ? t("Write the statement") : t("Record the statement")}<//>`
    : html`<p class="sm muted">${t("Waiting for the chair's statement.")}</p>`}</section>`;
}
