// From a note to the floor: the request to speak, with the note's words filled in.
import { useState } from "preact/hooks";
import { hold } from "../web/outbox.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, html, Icon } from "../web/ui.js";

const LONGEST = 200;

/** @param {{meetingId: number, text: string, onClose: () => void}} props */
export function FloorDialog({ meetingId, text, onClose }) {
  const [subject, write] = useState(text.replace(/\s+/g, " ").slice(0, LONGEST));
  const [heard, hear] = useState(/** @type {{tone: string, icon: string, text: string} | null} */ (null));
  const ask = async () => {
    const waits = setTimeout(() => hear({ tone: "note note-warn", icon: "clock", text: t("Kept on this device, waiting for the line") }), 3000);
    const answer = await hold("speaking.ask", { meeting_id: meetingId, kind: "speech", subject: subject.trim() });
    clearTimeout(waits);
    if (answer.ok) hear({ tone: "note note-agree", icon: "checks", text: t("You are number %(n)s in the queue.", { n: answer.position }) });
    else hear({ tone: "note note-oppose", icon: "alert-circle", text: answer.message ?? "" });
  };
  return html`<${Dialog} title=${t("Ask for the floor")} onClose=${onClose}>
    ${heard ? html`<div class=${heard.tone} role="status"><${Icon} name=${heard.icon} /><div>${heard.text}</div></div>
      <div class="btns"><${Button} kind="primary" onClick=${onClose}>${t("Close")}<//></div>` : html`
      <div class="field"><label for="floor-subject">${t("About what? (may be left empty)")}</label><textarea id="floor-subject" class="input" rows="3" maxlength=${LONGEST} value=${subject} onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}></textarea></div>
      <p class="muted">${t("The chair and the secretary see these words; your note itself stays yours.")}</p>
      <div class="btns"><${Button} onClick=${onClose}>${t("Cancel")}<//><${Button} kind="primary" icon="hand-stop" onClick=${ask}>${t("Ask for the floor")}<//></div>`}
  <//>`;
}
