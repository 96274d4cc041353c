// Earlier texts on an item: looked at, and taken up again. Nothing is overwritten: the text of now stays among them.
import { useEffect, useState } from "preact/hooks";
import { dateTime } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, Empty, ErrorBox, Loading, html } from "../web/ui.js";

/** A text with earlier ones: of an item while the meeting runs, or (with their address) of the minutes. @typedef {{text: {value: string}, replace: (text: string) => Promise<void>, meetingId?: number, itemId?: number | null, versions?: string}} Part */
/** @typedef {{version: number, text: string, at: string, by: {name: string} | null}} Version */

/** @param {{part: Part, writes: boolean, onClose: () => void}} props */
export function Versions({ part, writes, onClose }) {
  const [rows, setRows] = useState(/** @type {Version[] | null} */ (null));
  const [failed, setFailed] = useState(false);
  const [chosen, setChosen] = useState(0);
  const ask = async () => {
    setFailed(false);
    try {
      const response = await fetch(part.versions ?? `/api/v1/meetings/${part.meetingId}/minutes/parts/${part.itemId ?? 0}/versions`, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      setRows((await response.json()).data);
    } catch {
      setFailed(true);
    }
  };
  useEffect(() => { void ask(); }, []);
  const shown = rows?.find((each) => each.version === chosen) ?? rows?.[0];
  return html`<${Dialog} title=${t("Earlier texts")} wide onClose=${onClose}>
    ${failed ? html`<${ErrorBox} title=${t("The earlier texts could not be read.")} retry=${ask} />` : rows === null ? html`<${Loading} rows=${3} />` : !shown ? html`<${Empty} title=${t("Nothing has been written yet.")} icon="history" />`
    : html`<div class="vers"><ul class="vers-l" role="list">${rows.map((each) => html`<li key=${each.version}><button type="button" class=${each === shown ? "ver on" : "ver"} aria-pressed=${each === shown ? "true" : "false"} onClick=${() => setChosen(each.version)}><b>${each.by?.name ?? t("Drafted by the system")}</b><span class="sm muted num">${dateTime(each.at)}</span></button></li>`)}</ul>
      <div class="vers-t"><p class="vers-x">${shown.text || t("(empty)")}</p>
      ${writes && shown.text !== part.text.value && html`<div class="btns"><${Button} kind="primary" icon="history" onClick=${async () => { await part.replace(shown.text); onClose(); }}>${t("Take this text up again")}<//></div>`}</div></div>`}
  <//>`;
}
