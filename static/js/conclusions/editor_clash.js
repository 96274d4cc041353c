// Two people changed the same words: both versions stand in the text until somebody keeps one.
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { CLASH } from "./merging.js";

/** @typedef {{text: {value: string}, replace: (text: string) => unknown}} Draft */

/** @param {Draft} draft */
export const clashed = (draft) => draft.text.value.includes(CLASH);

/** Of one paragraph the version to keep is chosen by a press; among several lines it is chosen in the text. @param {{draft: Draft}} props */
export function Clash({ draft }) {
  const versions = draft.text.value.split(`\n${CLASH}\n`);
  const plain = versions.length === 2 && !versions.some((each) => each.includes("\n"));
  return html`<div class="note note-warn" role="alert"><${Icon} name="arrows-split" /><div class="grow"><b>${t("Two people changed the same words. Keep the right version: the document cannot be approved before.")}</b>
    ${plain && html`<div class="cclash">${versions.map((each, place) => html`<div key=${place}><p>${each}</p><${Button} kind="quiet" size="row" icon="check" onClick=${() => draft.replace(each)}>${place === 0 ? t("Keep the first") : t("Keep the second")}<//></div>`)}</div>
      <${Button} kind="ghost" size="row" onClick=${() => draft.replace(versions.join(" "))}>${t("Keep both, one after the other")}<//>`}</div></div>`;
}
