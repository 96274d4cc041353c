// Writing down a question: the item, the form of the paper, its lines, the way of voting. Only what is lawful for this body is offered,
// with the reason for what is not. The same dialog on the console, the secretary's desk and the page of the meeting.
import { useEffect, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Dialog, ErrorBox, Icon, Loading, Note, html } from "../web/ui.js";
import { FORMS, LIMITS, formOf, limitWord, said, wayOf, ways } from "./chair_words.js";
import { radioKeys } from "./keys.js";
import { LinesEditor, newLine, spokenLines } from "./lines_editor.js";
import { readQuestion, useOffered } from "./offered.js";
import { label } from "./words.js";

/** @typedef {{meetingId: number, current?: number | null, act: (name: string, input: Record<string, unknown>) => Promise<any>}} Door how acts are sent from this page */
/** @typedef {{item_id: number, title: string, form: string, way: string, lines: import("./lines_editor.js").Line[], seats: string, office: string, optional: string[], rule: string,
 *   seconds: number, changeable: boolean, explanation: string}} Draft */

/** @param {{door: Door, question?: number | null, onClose: () => void}} props `question`: an existing draft to be changed */
export function Preparing({ door, question = null, onClose }) {
  const { offered, failed, again } = useOffered(door.meetingId);
  const [before, know] = useState(/** @type {any} */ (null));
  useEffect(() => { if (question) void readQuestion(question).then((found) => know(found ?? "lost")); }, [question]);
  const title = question ? t("Change the question") : t("Prepare a question");
  const lost = failed || before === "lost";
  return html`<${Dialog} title=${title} onClose=${onClose} wide>
    ${lost ? html`<${ErrorBox} title=${t("The rules could not be read")} text=${t("Nothing was changed.")} retry=${again} />`
      : !offered || (question && !before) ? html`<${Loading} rows=${3} />`
      : html`<${Editor} door=${door} offered=${offered} before=${before} onClose=${onClose} />`}<//>`;
}

/** @param {import("./offered.js").Offered} offered @param {any} before @param {number | null | undefined} current @returns {Draft} */
function beginning(offered, before, current) {
  const form = before?.form ?? "matter";
  const rules = offered.forms.find((each) => each.form === form);
  const marks = (before?.options ?? []).map((/** @type {any} */ each) => each.key ?? each);
  return {
    item_id: before?.item_id ?? current ?? offered.current_id ?? offered.items[0]?.id ?? 0, title: before?.title ?? "", form, way: before ? wayOf(before) : (rules?.usual_way ?? "open"),
    lines: (before?.lines ?? []).map((/** @type {any} */ each) => newLine(each)), seats: String(before?.seats || 1), office: before?.office ?? "",
    optional: before ? marks : (rules?.usual ?? []), rule: before ? (before.rule?.key === offered.rule ? "" : before.rule?.key ?? "") : (rules?.rule ?? ""),
    seconds: before?.seconds ?? offered.seconds ?? 0, changeable: before?.changeable ?? true, explanation: before?.explanation ?? "",
  };
}

/** @param {Draft} draft @param {any} rules what is offered for this form @param {boolean} editing */
function spoken(draft, rules, editing) {
  const form = formOf(draft.form);
  const options = [...rules.fixed, ...rules.optional.filter((/** @type {string} */ key) => draft.optional.includes(key) && !(key === "other" && draft.way !== "open"))];
  return {
    ...(editing ? {} : { item_id: draft.item_id }), title: heading(draft), kind: draft.way === "paper" ? "hand" : draft.way, form: draft.form, on_paper: draft.way === "paper",
    ...(form.lines ? { lines: spokenLines(draft.lines) } : {}), ...(rules.seats ? { seats: seatsOf(draft) } : {}), ...(form.people && draft.office.trim() ? { office: draft.office.trim() } : {}),
    options, ...(draft.rule ? { rule: draft.rule } : {}), seconds: draft.seconds, explanation: draft.explanation.trim(), changeable: draft.changeable,
  };
}

/** What stands over the paper: what was written, else for an election the office. @param {Draft} draft */
function heading(draft) {
  const written = draft.title.trim().normalize("NFC");
  return written || draft.form !== "election" || !draft.office.trim() ? written : `${formOf(draft.form).name()} ${draft.office.trim()}`;
}

/** The number as it stands in its field; whatever is no number there is none. @param {Draft} draft */
const seatsOf = (draft) => (/^\d{1,3}$/.test(draft.seats.trim()) ? Number(draft.seats) : 0);

/** What is still missing, in words; empty: the question can be kept. @param {Draft} draft */
function gap(draft) {
  if (!heading(draft)) return t("Write what is put to the vote");
  const form = formOf(draft.form);
  const lines = spokenLines(draft.lines).length;
  if (form.lines && lines === 0) return form.people ? t("Put at least one person on the paper") : t("Write the lines of the paper");
  if ((draft.form === "paper" || draft.form === "alternatives") && lines < 2) return t("At least two lines are needed");
  if ((draft.form === "election" || draft.form === "choose") && seatsOf(draft) < 1) return draft.form === "choose" ? t("Enter at most how many names") : t("Enter how many are to be elected");
  return "";
}

/** @param {{door: Door, offered: import("./offered.js").Offered, before: any, onClose: () => void}} props */
function Editor({ door, offered, before, onClose }) {
  const [draft, setDraft] = useState(() => beginning(offered, before, door.current));
  const [problem, say] = useState("");
  const turn = (/** @type {Partial<Draft>} */ change) => setDraft((now) => ({ ...now, ...change }));
  const rules = /** @type {any} */ (offered.forms.find((each) => each.form === draft.form) ?? offered.forms[0]);
  const form = formOf(draft.form);
  /** @param {string} key */
  const choose = (key) => {
    const next = /** @type {any} */ (offered.forms.find((each) => each.form === key));
    turn({ form: key, way: next.ways.includes(draft.way) && key === "matter" ? draft.way : next.usual_way, optional: next.usual, rule: next.rule ?? "" });
  };
  const save = async () => {
    const input = spoken(draft, rules, Boolean(before));
    const answer = await door.act(before ? "voting.edit" : "voting.prepare", before ? { question_id: before.id, ...input } : input);
    if (answer.ok) onClose();
    else say([answer.message, ...Object.values(answer.fields ?? {})].filter(Boolean).join(" "));
    return answer.ok;
  };
  const missing = gap(draft);
  return html`<div class="fields prepare-x">
    ${!before && html`<div class="field"><label for="vote-item">${t("Item of the programme")}</label><select id="vote-item" class="input" value=${String(draft.item_id)} onChange=${(/** @type {any} */ event) => turn({ item_id: Number(event.target.value) })}>
      ${offered.items.map((each) => html`<option key=${each.id} value=${String(each.id)}>${each.label}. ${each.title}</option>`)}</select></div>`}
    <${FormTiles} offered=${offered} chosen=${draft.form} choose=${choose} />
    <div class="field"><label for="vote-title">${form.people ? t("What stands over the paper") : t("What is put to the vote")}</label><textarea id="vote-title" class="input area" rows="2" maxlength="300" value=${draft.title}
      placeholder=${form.people ? heading({ ...draft, title: "" }) || form.sample?.() : t("Do you agree to adopt the resolution on …?")} onInput=${(/** @type {any} */ event) => turn({ title: event.target.value })}></textarea></div>
    ${form.people && html`<div class="fields fields-2"><div class="field"><label for="vote-office">${t("Office voted on")}</label><input id="vote-office" class="input" maxlength="200" value=${draft.office} onInput=${(/** @type {any} */ event) => turn({ office: event.target.value })} /></div>
      ${rules.seats && html`<div class="field"><label for="vote-seats">${draft.form === "choose" ? t("At most how many names") : t("How many are to be elected")}</label><input id="vote-seats" class="input num" type="number" min="1" max="99" inputmode="numeric" value=${draft.seats} onInput=${(/** @type {any} */ event) => turn({ seats: event.target.value })} /></div>`}</div>`}
    ${form.lines && html`<${LinesEditor} lines=${draft.lines} set=${(/** @type {any[]} */ lines) => turn({ lines })} people=${form.people ? offered.people : null} withOffice=${Boolean(form.people)} />`}
    <${Way} draft=${draft} rules=${rules} turn=${turn} />
    <${More} draft=${draft} rules=${rules} offered=${offered} turn=${turn} />
    <div class="btns prepare-foot">${problem && html`<p class="t-oppose foot-problem" role="alert">${problem}</p>`}<${Button} onClick=${onClose}>${t("Cancel")}<//><${Button} kind="primary" icon="check" disabled=${Boolean(missing)} onClick=${save}>${missing || t("Keep the question")}<//></div></div>`;
}

/** @param {{offered: import("./offered.js").Offered, chosen: string, choose: (form: string) => void}} props */
function FormTiles({ offered, chosen, choose }) {
  const tiles = FORMS.filter((each) => offered.forms.some((one) => one.form === each.key));
  return html`<div class="field"><span class="label" id="vote-form-label">${t("What kind of paper")}</span><div class="form-tiles" role="radiogroup" aria-labelledby="vote-form-label" onKeyDown=${radioKeys}>${tiles.map((each) => html`<button key=${each.key} type="button" role="radio" data-form=${each.key}
      aria-checked=${chosen === each.key ? "true" : "false"} tabindex=${chosen === each.key ? "0" : "-1"} class=${chosen === each.key ? "form-tile on" : "form-tile"} onClick=${() => choose(each.key)}>
      <${Icon} name=${each.icon} /><b>${each.name()}</b></button>`)}</div><p class="hint">${formOf(chosen).help()}</p></div>`;
}

/** @typedef {{draft: Draft, rules: any, turn: (change: Partial<Draft>) => void}} Part */

/** @param {Part} props */
function Way({ draft, rules, turn }) {
  const names = ways();
  const why = said(rules.why);
  return html`<div class="field"><span class="label" id="vote-way-label">${t("Way of voting")}</span>
    ${rules.ways.length === 1 ? html`<p class="way-only"><${Icon} name=${names[rules.ways[0]]?.icon} />${names[rules.ways[0]]?.name}</p>`
      : html`<div class="seg vkinds" role="radiogroup" aria-labelledby="vote-way-label" onKeyDown=${radioKeys}>${rules.ways.map((/** @type {string} */ each) => html`<button key=${each} type="button" role="radio" data-way=${each}
        aria-checked=${draft.way === each ? "true" : "false"} class=${draft.way === each ? "on" : ""} onClick=${() => turn({ way: each })}><${Icon} name=${names[each]?.icon} size=${20} />${names[each]?.name}</button>`)}</div>`}
    ${why && html`<p class="sm muted row-top"><${Icon} name="info-circle" size=${20} /><span>${why}</span></p>`}</div>
    ${draft.way === "secret" && html`<${Note} icon="lock">${t("Choices are tied to no name. A unanimous result shows how everybody voted, whatever the system does.")}<//>`}`;
}

/** Options, majority, time, explanation: what is usually left as it is. @param {Part & {offered: import("./offered.js").Offered}} props */
function More({ draft, rules, offered, turn }) {
  const free = rules.optional.filter((/** @type {string} */ key) => !(key === "other" && draft.way !== "open"));
  const usual = said(offered.rules.find((each) => each.key === offered.rule)?.said);
  /** @param {string} key @param {boolean} on */
  const tick = (key, on) => turn({ optional: on ? [...draft.optional, key] : draft.optional.filter((each) => each !== key) });
  return html`<details class="more-x"><summary>${t("Options, majority, time limit")}<span class="muted sm">${[free.length > 0 && [...rules.fixed, ...free.filter((/** @type {string} */ key) => draft.optional.includes(key))].map((/** @type {string} */ key) => label(key)).join(", "), draft.seconds > 0 && limitWord(draft.seconds)].filter(Boolean).join(" · ")}</span></summary><div class="fields">
    ${free.length > 0 && html`<fieldset class="field"><legend>${t("Offered besides")}</legend>${free.map((/** @type {string} */ key) => html`<label class="check" key=${key}><input type="checkbox" checked=${draft.optional.includes(key)} onChange=${(/** @type {any} */ event) => tick(key, event.target.checked)} /><span>${label(key)}</span></label>`)}</fieldset>`}
    ${draft.form !== "survey" && html`<div class="field"><label for="vote-rule">${t("Passes with")}</label><select id="vote-rule" class="input" value=${draft.rule} onChange=${(/** @type {any} */ event) => turn({ rule: event.target.value })}>
      <option value="">${usual ? t("As this kind of meeting has it: %(rule)s", { rule: usual }) : t("As this kind of meeting has it")}</option>${offered.rules.filter((each) => each.key !== offered.rule).map((each) => html`<option key=${each.key} value=${each.key}>${capital(said(each.said))}</option>`)}</select></div>`}
    ${["open", "secret"].includes(draft.way) && html`<${Limit} seconds=${draft.seconds} set=${(/** @type {number} */ seconds) => turn({ seconds })} name="prepare" />`}
    ${draft.way === "open" && html`<label class="check"><input type="checkbox" checked=${draft.changeable} onChange=${(/** @type {any} */ event) => turn({ changeable: event.target.checked })} /><span>${t("A ballot may be changed until the close")}</span></label>`}
    <div class="field"><label for="vote-explanation">${t("Explanation on the paper (may stay empty)")}</label><textarea id="vote-explanation" class="input" rows="2" maxlength="2000" value=${draft.explanation} onInput=${(/** @type {any} */ event) => turn({ explanation: event.target.value })}></textarea></div></div></details>`;
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);

/** How long the box stays open. @param {{seconds: number, set: (seconds: number) => void, name: string}} props */
export function Limit({ seconds, set, name }) {
  const choices = LIMITS.includes(seconds) ? LIMITS : [...LIMITS, seconds].sort((one, other) => one - other);
  return html`<div class="field"><span class="label" id=${`limit-${name}`}>${t("Time limit")}</span><div class="seg" role="radiogroup" aria-labelledby=${`limit-${name}`} onKeyDown=${radioKeys}>${choices.map((each) => html`<button key=${each} type="button" role="radio"
    aria-checked=${seconds === each ? "true" : "false"} class=${seconds === each ? "on" : ""} onClick=${() => set(each)}>${limitWord(each)}</button>`)}</div></div>`;
}
