// What was promised: everybody in the room reads it; the desk and the podium note and correct it; whoever promised confirms it.
import { useState } from "preact/hooks";
import { askText } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Button, Chip, Dialog, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { may, meeting } from "../live/reading.js";
import { dueWords, respondent, section } from "./state.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./state.js").Vow} Vow */

/** @param {{live: Live}} props */
export function Vows({ live }) {
  const [noting, note] = useState(/** @type {Vow | "new" | null} */ (null));
  const rows = section(live).promises;
  const keeps = may(live, "questioning.keep_promises") && Boolean(meeting(live).opened_at);
  const notes = keeps && respondent(live);
  if (rows.length === 0 && !notes) return null;
  return html`<section class="col-y vows" aria-label=${t("Promises for the minutes")}><div class="row-x"><h3 class="grow">${t("Promises for the minutes")}</h3>
      ${notes && html`<${Button} kind="tint" icon="quote" onClick=${() => note("new")}>${t("Note a promise")}<//>`}</div>
    <div aria-live="polite" class="col-y">${rows.map((vow) => html`<${Row} key=${vow.id} live=${live} vow=${vow} edit=${keeps ? () => note(vow) : null} />`)}</div>
    ${noting && html`<${VowDialog} live=${live} vow=${noting === "new" ? null : noting} onClose=${() => note(null)} />`}</section>`;
}

/** @param {{live: Live, vow: Vow, edit: (() => void) | null}} props */
function Row({ live, vow, edit }) {
  const own = vow.person.id === live.me.value.person_id && vow.state === "open";
  return html`<article class="pledge"><${Icon} name="quote" /><div class="grow"><p>${vow.text}</p><div class="sm muted">${[vow.person.name, vow.unit?.name, dueWords(vow)].filter(Boolean).join(" · ")}</div>
      ${vow.answer === "objected" && html`<p class="sm t-oppose">${t("Objection: %(text)s", { text: vow.answer_text })}</p>`}
      ${own && vow.answer === "" && html`<${Own} live=${live} vow=${vow} />`}</div>
    ${vow.answer === "confirmed" && html`<${Chip} tone="agree" icon="check">${t("Confirmed")}<//>`}
    ${edit && vow.state === "open" && html`<${Button} kind="ghost" size="sq" aria-label=${t("Correct this promise")} onClick=${edit}><${Icon} name="pencil" /><//>`}</article>`;
}

/** Whoever promised says whether it was noted rightly. @param {{live: Live, vow: Vow}} props */
function Own({ live, vow }) {
  const object = async () => {
    const text = await askText({ title: t("What is not right?"), label: t("Say what you promised"), yes: t("Object") });
    if (text) await doing(live, "questioning.answer_promise", { promise_id: vow.id, agrees: false, text });
  };
  return html`<div class="btns"><${Button} kind="primary" icon="check" onClick=${() => doing(live, "questioning.answer_promise", { promise_id: vow.id, agrees: true })}>${t("I said so")}<//>
    <${Button} onClick=${object}>${t("That is not right")}<//></div>`;
}

/** @param {{live: Live, vow: Vow | null, onClose: () => void}} props */
function VowDialog({ live, vow, onClose }) {
  const [text, write] = useState(vow?.text ?? "");
  const [due, put] = useState(vow?.due_on ?? "");
  const send = async () => {
    const known = { text: text.trim().normalize("NFC"), due_on: due };
    const done = vow ? await doing(live, "questioning.edit_promise", { promise_id: vow.id, ...known }) : await doing(live, "questioning.note_promise", known);
    if (done) onClose();
  };
  return html`<${Dialog} title=${vow ? t("Correct this promise") : t("Promise of %(name)s", { name: respondent(live)?.name ?? "" })} onClose=${onClose}>
    <div class="field"><label for="vow-text">${t("What was promised")}</label><textarea id="vow-text" class="input" rows="4" maxlength="2000" value=${text} onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}></textarea></div>
    <div class="field"><label for="vow-due">${t("By which day")}</label><input id="vow-due" class="input" type="date" value=${due} onInput=${(/** @type {any} */ event) => put(event.currentTarget.value)} /></div>
    <p class="sm muted">${t("It stands on every screen at once, in the minutes, and in the register of promises until it is kept.")}</p>
    <div class="btns"><${Button} onClick=${onClose}>${t("Cancel")}<//><${Button} kind="primary" icon="check" disabled=${!text.trim() || !due} onClick=${send}>${!text.trim() || !due ? t("Words and day are needed") : t("Note it")}<//></div>
  <//>`;
}
