// Earlier versions of a document: listed, compared word by word with the text of now, taken up again as a new version.
import { useEffect, useState } from "preact/hooks";
import { newRequestId, sendAct } from "../web/acts.js";
import { dateTime } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, Empty, ErrorBox, Loading, html } from "../web/ui.js";
import { fieldName, valueText } from "./editor_names.js";
import { FIELDS, address, ask, doc, lines, refresh, words } from "./editor_state.js";
import { compared } from "./merging_words.js";

/** @typedef {{version: number, at: string, by: {name: string} | null}} Head */
/** @typedef {{words: Record<string, string>, lines: Record<string, any>[]}} Content */

/** @param {{onClose: () => void}} props */
export function Versions({ onClose }) {
  const [rows, setRows] = useState(/** @type {Head[] | null} */ (null));
  const [failed, setFailed] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [content, setContent] = useState(/** @type {Content | null} */ (null));
  const [refusal, setRefusal] = useState("");
  const read = async () => {
    const found = await ask(address("versions?limit=100"));
    setFailed(!found);
    if (!found) return;
    setRows(found.data);
    setChosen(found.data[1]?.version ?? found.data[0]?.version ?? 0);
  };
  useEffect(() => { void read(); }, []);
  useEffect(() => {
    if (!chosen) return;
    setContent(null);
    void ask(address(`versions/${chosen}`)).then((found) => { setFailed(!found); setContent(found?.content ?? null); });
  }, [chosen]);
  const again = async () => {
    const answer = await sendAct("conclusions.restore_version", { notice_id: doc().id, version: chosen }, newRequestId());
    if (!answer.ok) { setRefusal(answer.message ?? ""); return false; }
    await refresh(true);
    onClose();
    return true;
  };
  return html`<${Dialog} title=${t("Earlier versions")} wide onClose=${onClose}>
    ${failed ? html`<${ErrorBox} title=${t("The earlier versions could not be read.")} retry=${read} />` : rows === null ? html`<${Loading} rows=${3} />` : !rows.length ? html`<${Empty} title=${t("Nothing was changed since the draft was begun")} icon="history" />`
    : html`<div class="vers"><ul class="vers-l" role="list">${rows.map((each, place) => html`<li key=${each.version}><button type="button" class=${each.version === chosen ? "ver on" : "ver"} aria-pressed=${each.version === chosen ? "true" : "false"} onClick=${() => setChosen(each.version)}><b>${each.by?.name ?? ""}</b><span class="sm muted num">${dateTime(each.at)}${place === 0 ? ` · ${t("newest")}` : ""}</span></button></li>`)}</ul>
      <div class="vers-t"><p class="sm muted">${t("Struck out: no longer there. Underlined: new since then.")}</p><div class="vers-x">${content ? html`<${Compared} then=${content} />` : html`<${Loading} rows=${3} />`}</div>
      ${refusal && html`<p class="said said-refused" role="alert">${refusal}</p>`}
      ${doc().edit && content && html`<div class="btns"><${Button} kind="primary" icon="history" onClick=${again}>${t("Take this version up again")}<//></div>`}</div></div>`}
  <//>`;
}

/** From then to now, line by line. @param {{then: Content}} props */
function Compared({ then }) {
  const now = new Map(lines.value.map((each) => [each.id.value, each]));
  const known = new Set(then.lines.map((each) => each.id));
  const added = lines.value.filter((each) => !known.has(each.id.value));
  const parts = Object.entries(then.words).filter(([part, text]) => (words.value.get(part)?.text.value ?? "").trim() !== text.trim());
  return html`${then.lines.map((line) => {
      const here = now.get(line.id);
      return html`<div key=${line.id}><${Changes} before=${line.text} after=${here?.draft.text.value ?? ""} />${here && html`<${Fields} before=${line} after=${here.draft.shown.value} />`}</div>`;
    })}
    ${added.map((line) => html`<${Changes} key=${line.key} before="" after=${line.draft.text.value} />`)}
    ${parts.map(([part, text]) => html`<${Changes} key=${part} before=${text} after=${words.value.get(part)?.text.value ?? ""} />`)}`;
}

/** @param {{before: string, after: string}} props */
function Changes({ before, after }) {
  return html`<p>${compared(before, after).map((piece, place) => (piece.kind === "gone" ? html`<del key=${place}>${piece.text}</del>` : piece.kind === "new" ? html`<ins key=${place}>${piece.text}</ins>` : piece.text))}</p>`;
}

/** @param {{before: Record<string, any>, after: Record<string, any>}} props */
function Fields({ before, after }) {
  const changed = FIELDS.filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null));
  if (!changed.length) return null;
  return html`<ul class="sm vers-f">${changed.map((name) => html`<li key=${name}>${fieldName(name)}: <del>${valueText(name, before[name])}</del> → <ins>${valueText(name, after[name])}</ins></li>`)}</ul>`;
}
