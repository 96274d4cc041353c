// A statement given in writing instead of spoken. What is half typed stays on this device.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Dialog, html } from "../web/ui.js";
import { doing } from "../live/doing.js";

/** @typedef {import("../web/live.js").Live} Live */

/** @param {{live: Live, wanted: {id: number, item_id: number | null, subject: string}, onClose: () => void}} props */
export function WriteDialog({ live, wanted, onClose }) {
  const key = `statement:${wanted.id}`;
  const [text, put] = useState(sessionStorage.getItem(key) ?? "");
  /** @param {string} value */
  const keep = (value) => { put(value); sessionStorage.setItem(key, value); };
  const send = async () => {
    const about = wanted.item_id === null ? {} : { item_id: wanted.item_id };
    if (!(await doing(live, "discussion.post", { text: text.trim().normalize("NFC"), ...about }))) return;
    sessionStorage.removeItem(key);
    onClose();
  };
  return html`<${Dialog} title=${t("Your statement in writing")} onClose=${onClose}>
    <div class="field"><label for="statement">${wanted.subject || t("Your statement")}</label><textarea id="statement" class="input" rows="6" maxlength="4000" value=${text} onInput=${(/** @type {any} */ event) => keep(event.currentTarget.value)}></textarea></div>
    <div class="btns"><${Button} onClick=${onClose}>${t("Put aside")}<//><${Button} kind="primary" icon="send" disabled=${!text.trim()} onClick=${send}>${text.trim() ? t("Send statement") : t("Write something first")}<//></div>
  <//>`;
}
