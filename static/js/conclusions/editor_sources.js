// A sheet to choose from: what minutes, votes, promises and opinions say, taken into the draft as lines; nothing twice.
import { useEffect, useState } from "preact/hooks";
import { newRequestId, sendAct } from "../web/acts.js";
import { nt, t } from "../web/i18n.js";
import { Button, Chip, Dialog, Empty, ErrorBox, Loading, html } from "../web/ui.js";
import { address, ask, doc, refresh } from "./editor_state.js";

/** @typedef {{key: string, kind: "minutes" | "vote" | "promise" | "opinion", item_id: number | null, text: string, by: string, taken: boolean}} Source */

/** @param {{onClose: () => void}} props */
export function Sources({ onClose }) {
  const [rows, setRows] = useState(/** @type {Source[] | null} */ (null));
  const [failed, setFailed] = useState(false);
  const [chosen, setChosen] = useState(/** @type {Set<string>} */ (new Set()));
  const [refusal, setRefusal] = useState("");
  const read = async () => {
    const found = await ask(address("sources"));
    setFailed(!found);
    if (!found) return;
    setRows(found.data);
    setChosen(new Set(found.data.filter((/** @type {Source} */ each) => !each.taken && each.kind !== "opinion").map((/** @type {Source} */ each) => each.key)));
  };
  useEffect(() => { void read(); }, []);
  const take = async () => {
    const answer = await sendAct("conclusions.take_sources", { notice_id: doc().id, keys: [...chosen] }, newRequestId());
    if (!answer.ok) { setRefusal(answer.message ?? ""); return false; }
    await refresh(true);
    onClose();
    return true;
  };
  /** @param {string} key */
  const turn = (key) => setChosen(new Set(chosen.has(key) ? [...chosen].filter((each) => each !== key) : [...chosen, key]));
  const items = [{ id: null, title: t("For the whole meeting"), label: "" }, ...doc().items];
  return html`<${Dialog} title=${t("Take from minutes, votes and opinions")} wide onClose=${onClose}>
    ${failed ? html`<${ErrorBox} title=${t("What the meeting left could not be read.")} retry=${read} />` : !rows ? html`<${Loading} rows=${4} />` : !rows.length ? html`<${Empty} title=${t("Nothing to take yet")} text=${t("Conclusions noted in the minutes, results of votes, promises and opinions appear here.")} icon="inbox" />`
    : html`<div class="srcs">${items.map((item) => {
        const own = rows.filter((each) => each.item_id === item.id);
        return own.length > 0 && html`<fieldset key=${`${item.id}`} class="srcs-i"><legend>${item.label && html`<span class="num">${item.label}.</span> `}${item.title}</legend>
          ${own.map((each) => html`<label class="check srcs-r" key=${each.key}><input type="checkbox" checked=${each.taken || chosen.has(each.key)} disabled=${each.taken} onChange=${() => turn(each.key)} />
            <span class="grow"><span class="row-x srcs-h"><${Kind} source=${each} />${each.taken && html`<${Chip} tone="agree" icon="check">${t("In the draft already")}<//>`}</span>${each.text}</span></label>`)}</fieldset>`;
      })}</div>
      ${refusal && html`<p class="said said-refused" role="alert">${refusal}</p>`}
      <div class="btns"><${Button} kind="primary" icon="check" disabled=${!chosen.size} onClick=${take}>${chosen.size ? nt("Take %(n)s text", "Take %(n)s texts", chosen.size) : t("Choose what to take")}<//></div>`}
  <//>`;
}

/** @param {{source: Source}} props */
function Kind({ source }) {
  const names = { minutes: t("From the minutes"), vote: t("Result of the vote"), promise: t("Promise in questioning"), opinion: t("Somebody's opinion") };
  return html`<span class="sm muted">${names[source.kind]}${source.by ? `: ${source.by}` : ""}</span>`;
}
