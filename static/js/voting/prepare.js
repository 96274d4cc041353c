// Writing down a question, and opening one: the chair sees the quorum and who is offline before the box opens.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Dialog, Icon, Note, html } from "../web/ui.js";
import { kindWord } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

const MOST_NAMES = 6;

const RULES = [
  ["", () => t("As this kind of meeting has it")],
  ["more_than_half", () => t("More than half of all members")],
  ["two_thirds", () => t("At least two thirds of all members")],
  ["three_quarters", () => t("At least three quarters of all members")],
  ["more_than_half_of_present", () => t("More than half of those present")],
];

/** @param {{live: Live, onClose: () => void}} props */
export function Preparing({ live, onClose }) {
  const items = (live.sections.value.agenda?.items ?? []).filter((/** @type {any} */ each) => !each.outside);
  const [item, setItem] = useState(live.sections.value.agenda?.current_id ?? items[0]?.id);
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState("open");
  const [rule, setRule] = useState("");
  const [problem, say] = useState("");
  const save = async () => {
    const answer = await live.act("voting.prepare", { item_id: item, title: title.trim(), kind, ...(rule ? { rule } : {}) });
    if (answer.ok) onClose();
    else say(answer.message ?? "");
  };
  return html`<${Dialog} title=${t("Prepare a question")} onClose=${onClose}>
    <div class="fields">
      <div class="field"><label for="vote-item">${t("Item of the programme")}</label><select id="vote-item" class="input" value=${item} onChange=${(/** @type {any} */ event) => setItem(Number(event.target.value))}>
        ${items.map((/** @type {any} */ each) => html`<option key=${each.id} value=${each.id}>${each.label}. ${each.title}</option>`)}</select></div>
      <div class="field"><label for="vote-title">${t("What is put to the vote")}</label><textarea id="vote-title" class="input area" rows="2" maxlength="300" value=${title}
        placeholder=${t("Do you agree to adopt the resolution on …?")} onInput=${(/** @type {any} */ event) => setTitle(event.target.value)}></textarea></div>
      <div class="field"><span class="label">${t("Way of voting")}</span><div class="seg vkinds" role="radiogroup">${["open", "secret", "hand"].map((each) => html`<button key=${each} type="button" role="radio"
        aria-checked=${kind === each ? "true" : "false"} class=${kind === each ? "on" : ""} onClick=${() => setKind(each)}>${kindWord(each)}</button>`)}</div></div>
      <div class="field"><label for="vote-rule">${t("Passes with")}</label><select id="vote-rule" class="input" value=${rule} onChange=${(/** @type {any} */ event) => setRule(event.target.value)}>
        ${RULES.map(([key, word]) => html`<option key=${key} value=${key}>${/** @type {() => string} */ (word)()}</option>`)}</select></div>
    </div>
    ${kind === "secret" && html`<${Note} icon="info-circle">${t("A unanimous result shows how everybody voted, whatever the system does.")}<//>`}
    ${problem && html`<p class="t-oppose" role="alert">${problem}</p>`}
    <div class="btns"><${Button} kind="primary" icon="check" disabled=${!title.trim()} onClick=${save}>${t("Keep the question")}<//></div>
  <//>`;
}

/** @param {{live: Live, question: any, onClose: () => void}} props */
export function Opening({ live, question, onClose }) {
  const [warning, warn] = useState(/** @type {any} */ (null));
  const { attendance, connections } = live.sections.value;
  const quorum = attendance?.quorum;
  const here = (attendance?.people ?? []).filter((/** @type {any} */ each) => ["present", "late", "remote"].includes(each.presence) && each.voting !== false);
  const offline = connections ? here.filter((/** @type {any} */ each) => !connections.includes(each.id)) : [];
  const open = async () => {
    const answer = await live.act("voting.open", { question_id: question.id, ...(warning?.code === "few_electors" ? { confirm: true } : {}) });
    if (answer.ok) onClose();
    else warn(answer);
  };
  const few = warning?.code === "few_electors";
  return html`<${Dialog} title=${t("Open the vote")} onClose=${onClose}>
    <p class="lg semi">${question.title}</p><p class="muted">${kindWord(question.kind)}</p>
    ${quorum && html`<${Note} tone=${quorum.met ? "agree" : "warn"} icon=${quorum.met ? "circle-check" : "alert-triangle"}><b class="num">${attendance.present}/${attendance.total}</b> ${t("with a vote are present")}.
      ${quorum.met ? t("Enough to vote.") : t("Not enough: %(need)s are needed.", { need: quorum.need })}<//>`}
    ${offline.length > 0 && html`<${Note} tone="warn" icon="wifi-off">${offlineSentence(offline.map((/** @type {any} */ each) => each.name))}<//>`}
    ${question.kind === "secret" && html`<${Note} icon="lock">${t("Choices are tied to no name. A unanimous result shows how everybody voted, whatever the system does.")}<//>`}
    ${warning && html`<p class=${few ? "t-warn" : "t-oppose"} role="alert"><${Icon} name="alert-triangle" /> ${warning.message}</p>`}
    <div class="btns"><${Button} kind="primary" icon="checkbox" onClick=${open}>${few ? t("Open it all the same") : t("Open the vote")}<//></div>
  <//>`;
}

/** The first names, and how many more. @param {string[]} names */
function offlineSentence(names) {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length - MOST_NAMES;
  if (more <= 0) return t("Offline now: %(names)s. They could miss the vote.", { names: shown });
  return t("Offline now: %(names)s and %(more)s more. They could miss the vote.", { names: shown, more });
}
