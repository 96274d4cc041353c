// The words around the lines: what the document is about, its grounds, first and last paragraph, recipients; written in place.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { newRequestId, sendAct } from "../web/acts.js";
import { t } from "../web/i18n.js";
import { Icon, html } from "../web/ui.js";
import { Clash, clashed } from "./editor_clash.js";
import { whoIsOn } from "./editor_here.js";
import { at, doc, refresh, words } from "./editor_state.js";

/** Which parts stand before the lines, which behind; the label of each. */
function parts() {
  const decision = doc().family === "decision";
  return {
    before: [
      { part: "abstract", label: t("Abstract") },
      ...(decision ? [{ part: "authority", label: t("Authority: who decides, in capitals") }, { part: "grounds", label: t("Grounds, one a line") }] : []),
      ...(decision ? [] : [{ part: "opening", label: t("First paragraph") }]),
    ],
    behind: [
      { part: "closing", label: decision ? t("Closing words (may be empty)") : t("Last paragraph") },
      { part: "recipients", label: t("Recipients, one a line") },
      ...(decision ? [] : [{ part: "authority", label: t("Above the signature (empty: as the form has it)") }]),
    ],
  };
}

/** Folded, with the beginning of its words to be seen; a resolution's grounds are open. @param {{where: "before" | "behind"}} props */
export function Around({ where }) {
  const shown = parts()[where];
  const title = where === "before" ? (doc().family === "decision" ? t("Abstract and grounds") : t("Abstract and first paragraph")) : t("Last paragraph and recipients");
  const begins = words.value.get(shown[0]?.part ?? "")?.text.value ?? "";
  const fold = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  const unsettled = shown.some(({ part }) => { const draft = words.value.get(part); return draft !== undefined && clashed(draft); });
  useLayoutEffect(() => { if (unsettled && fold.current) fold.current.open = true; }, [unsettled]);
  return html`<details class="cblk caround" ref=${fold} open=${doc().family === "decision" && where === "before"}><summary><b>${title}</b><span class="sm faint clip">${begins}</span></summary>
    ${shown.map(({ part, label }) => html`<${Part} key=${part} part=${part} label=${label} />`)}${where === "behind" && html`<${Signer} />`}</details>`;
}

/** Who is to sign: as the form of the body has it, or somebody named. */
function Signer() {
  if (!doc().edit) return null;
  const [refusal, setRefusal] = useState("");
  /** @param {number} id */
  const name = async (id) => {
    const answer = await sendAct("conclusions.word", { notice_id: doc().id, signer_id: id }, newRequestId());
    setRefusal(answer.ok ? "" : answer.message ?? "");
    await refresh(true);
  };
  return html`<div class="cpart"><label class="label" for="words-signer">${t("Who signs")}</label>
    <select class="input" id="words-signer" onChange=${(/** @type {any} */ event) => void name(Number(event.currentTarget.value))}><option value="0" selected=${!doc().signer_id}>${t("As the body's form has it")}</option>
      ${doc().signers.map((each) => html`<option key=${each.id} value=${each.id} selected=${each.id === doc().signer_id}>${each.position ? `${each.name}, ${each.position}` : each.name}</option>`)}</select>
    ${refusal && html`<p class="said said-refused" role="alert">${refusal}</p>`}</div>`;
}

/** @param {{part: string, label: string}} props */
function Part({ part, label }) {
  const draft = words.value.get(part);
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useLayoutEffect(() => {
    draft?.attach(field.current);
    return () => draft?.attach(null);
  }, [draft]);
  if (!draft) return null;
  if (!doc().edit) return draft.text.value.trim() ? html`<div class="cpart"><span class="label">${label}</span><p>${draft.text.value}</p></div>` : null;
  const others = whoIsOn(`words-${part}`);
  return html`<div class=${at.value === `words-${part}` ? "cpart on" : "cpart"} data-part=${part} onFocusIn=${() => { at.value = `words-${part}`; }}>
    <label class="label" for=${`words-${part}`}>${label}</label>
    <textarea class="input area grows" rows="1" maxlength="20000" id=${`words-${part}`} ref=${field} onInput=${(/** @type {any} */ event) => draft.type(event.currentTarget.value)} onBlur=${() => void draft.save()}></textarea>
    ${clashed(draft) && html`<${Clash} draft=${draft} />`}
    ${others.length > 0 && html`<p class="sm t-primary row-x part-o" role="status"><${Icon} name="pencil" size=${18} />${t("%(name)s is on this line too", { name: others.join(", ") })}</p>`}
    ${draft.state.value === "refused" && html`<p class="said said-refused" role="alert"><${Icon} name="alert-circle" size=${20} />${draft.message.value}</p>`}</div>`;
}
