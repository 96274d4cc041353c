// Asking: a question into the open group, a debate about the answer just heard, or a question in writing.
import { useEffect, useState } from "preact/hooks";
import { confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, Note, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { isOpen, meeting } from "../live/reading.js";
import { mine, section } from "./state.js";

/** @typedef {import("../web/live.js").Live} Live */

/** The dock's part. @param {{live: Live}} props */
export function QuestionButton({ live }) {
  const [asking, ask] = useState(false);
  const own = mine(live);
  if (!isOpen(live)) return null;
  const waiting = own.requests.filter((each) => each.state === "waiting" && each.position !== null);
  const debate = waiting.find((each) => each.kind === "debate");
  const question = waiting.find((each) => each.kind === "question");
  const about = section(live).question;
  const dialog = asking && html`<${AskDialog} live=${live} onClose=${() => ask(false)} />`;
  if (debate) return html`<${Button} icon="hand-off" cls="dock-floor" onClick=${() => doing(live, "speaking.withdraw", { floor_id: debate.id })}>${t("Withdraw my debate")}<//>${dialog}`;
  const follow = own.may_follow && about && html`<${Button} icon="messages" onClick=${() => doing(live, "questioning.follow_up", { floor_id: about.id })}>${t("Debate the answer")}<//>`;
  if (question) return html`${follow}<${Button} icon="hand-off" onClick=${() => withdraw(live, question.id)}>${t("Withdraw my question")}<//>${dialog}`;
  if (!own.may_ask && !own.may_write) return follow || null;
  return html`${follow}<${Button} icon="message-question" onClick=${() => ask(true)}>${own.may_ask ? t("Put a question") : t("Question in writing")}<//>${dialog}`;
}

/** The words would have to be written again: one question first. @param {Live} live @param {number} id */
async function withdraw(live, id) {
  if (await confirmed({ title: t("Withdraw this question?"), yes: t("Withdraw") })) await doing(live, "speaking.withdraw", { floor_id: id });
}

/** @param {{live: Live, onClose: () => void}} props */
function AskDialog({ live, onClose }) {
  const { group } = section(live);
  const may = mine(live).may_ask;
  const [inWriting, write] = useState(!may);
  const [text, say] = useState("");
  const [to, put] = useState("");
  const [people, know] = useState(/** @type {{id: number, name: string, position: string}[]} */ ([]));
  const toGroup = Boolean(group) && !inWriting;
  useEffect(() => { if (!toGroup && people.length === 0) void invited(meeting(live).id).then(know); }, [toGroup]);
  const missing = !text.trim() || (!toGroup && !to);
  const send = async () => {
    const known = { text: text.trim().normalize("NFC"), written: inWriting };
    const done = await doing(live, "questioning.ask", toGroup ? { ...known, group_id: group?.id } : { ...known, addressee_id: Number(to) });
    if (done) onClose();
  };
  return html`<${Dialog} title=${inWriting ? t("Question in writing") : t("Put a question")} onClose=${onClose}>
    ${toGroup ? html`<p>${t("%(name)s answers: %(group)s", { name: group?.respondent.name ?? "", group: group?.title ?? "" })}</p>`
      : html`<div class="field"><label for="q-to">${t("To whom?")}</label><select id="q-to" class="input" value=${to} onChange=${(/** @type {any} */ event) => put(event.currentTarget.value)}><option value="">${t("Choose")}</option>
        ${people.map((person) => html`<option key=${person.id} value=${String(person.id)}>${[person.name, person.position].filter(Boolean).join(", ")}</option>`)}</select></div>`}
    <div class="field"><label for="q-text">${t("The question")}</label><textarea id="q-text" class="input" rows="5" maxlength="4000" value=${text} onInput=${(/** @type {any} */ event) => say(event.currentTarget.value)}></textarea></div>
    ${may && html`<label class="check"><input type="checkbox" checked=${inWriting} onChange=${(/** @type {any} */ event) => write(event.currentTarget.checked)} /><span>${t("To be answered in writing")}</span></label>`}
    ${inWriting && html`<${Note}>${t("The office passes it on; the answer is due within 20 days.")}<//>`}
    <div class="btns"><${Button} onClick=${onClose}>${t("Cancel")}<//><${Button} kind="primary" icon="send" disabled=${missing} onClick=${send}>${missing ? t("Write the question") : t("Register the question")}<//></div>
  <//>`;
}

/** @param {number} meetingId @returns {Promise<{id: number, name: string, position: string}[]>} */
async function invited(meetingId) {
  try {
    const answer = await fetch(`/api/v1/meetings/${meetingId}/attendance`);
    return answer.ok ? (await answer.json()).data : [];
  } catch {
    return [];
  }
}
