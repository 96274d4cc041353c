// Voting again: a new question that names the old one. For people or several lines only those that did not come through.
import { signal } from "@preact/signals-core";
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Dialog, html } from "../web/ui.js";

/** @typedef {import("./ballot.js").Live} Live */

const asking = signal(/** @type {any} */ (null));

/** Open the dialog that <AgainDialog> draws. @param {any} question */
export function voteAgain(question) {
  asking.value = question;
}

/** The lines that another round would take: those that did not come through. @param {any} question @returns {number[]} */
export function proposed(question) {
  /** @type {any[]} */
  const lines = question.result?.lines ?? [];
  return lines.filter((each) => each.again ?? !(each.elected || each.passed)).map((each) => each.id ?? each.line_id);
}

/** Whether another vote on it makes sense: called off, or not all came through. @param {any} question */
export function mayRepeat(question) {
  if (question.state === "cancelled") return true;
  return question.state === "published" && question.form !== "survey";
}

/** Drawn once in a page. @param {{live: {act: (name: string, input: any) => Promise<any>}, done?: () => void}} props */
export function AgainDialog({ live, done }) {
  return asking.value ? html`<${Choice} live=${live} question=${asking.value} done=${done} />` : null;
}

/** @param {{live: {act: (name: string, input: any) => Promise<any>}, question: any, done?: () => void}} props */
function Choice({ live, question, done }) {
  /** @type {any[]} */
  const lines = question.lines ?? [];
  const first = proposed(question);
  const [kept, keep] = useState(first.length > 0 ? first : lines.map((each) => each.id));
  const [reason, write] = useState("");
  const [problem, say] = useState("");
  const close = () => { asking.value = null; };
  const save = async () => {
    const answer = await live.act("voting.repeat", { question_id: question.id, ...(lines.length ? { lines: kept } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) });
    if (!answer.ok) { say(answer.message ?? ""); return false; }
    close();
    done?.();
    return true;
  };
  const round = (question.round ?? 1) + 1;
  return html`<${Dialog} title=${t("Vote again?")} onClose=${close}><div class="col-y"><p class="semi">${question.title}</p>
    <p class="muted">${t("This makes a new question, round %(n)s, that names this one. The result that stands is not changed.", { n: round })}</p>
    ${lines.length > 0 && html`<fieldset class="field"><legend>${t("On the paper again")}</legend>${lines.map((each) => html`<label class="check" key=${each.id}><input type="checkbox" checked=${kept.includes(each.id)} onChange=${(/** @type {any} */ event) => keep(event.target.checked ? [...kept, each.id] : kept.filter((id) => id !== each.id))} /><span>${each.title}</span></label>`)}</fieldset>`}
    <div class="field"><label for="again-why">${t("Reason (may stay empty)")}</label><textarea id="again-why" class="input" rows="2" maxlength="1000" value=${reason} onInput=${(/** @type {any} */ event) => write(event.target.value)}></textarea></div>
    ${problem && html`<p class="t-oppose" role="alert">${problem}</p>`}
    <div class="btns"><${Button} onClick=${close}>${t("Cancel")}<//><${Button} kind="primary" icon="repeat" disabled=${lines.length > 0 && kept.length === 0} onClick=${save}>${t("Prepare the new vote")}<//></div></div><//>`;
}
