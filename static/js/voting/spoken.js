// A tablet that fails in an open vote: the secretary enters what the member said aloud, whoever presides confirms it. Never in a secret vote.
import { signal } from "@preact/signals-core";
import { useState } from "preact/hooks";
import { askText } from "../web/dialogs.js";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Chip, Dialog, Icon, Note, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { currentQuestion, isRunning } from "./ballot.js";
import { Cards } from "./cards.js";
import { nameOf } from "./chair_words.js";
import { empty, fromServer, hasLines, input, isPicked, isWhole, linesOf, marking, offered } from "./marks.js";
import { radioKeys, tabStop } from "./keys.js";
import { Rows } from "./rows.js";
import { label } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */

/** Whose ballot is being entered: nobody, anybody (0), or a person. */
const entering = signal(/** @type {number | null} */ (null));

/** @param {Live} live @param {string} action */
const may = (live, action) => (live.me.value.can ?? []).includes(action);

/** What was said, in words. @param {any} question @param {any} spoken */
function heard(question, spoken) {
  const mine = fromServer(question, spoken);
  if (!hasLines(question)) return [label(mine.choice), spoken.text].filter(Boolean).join(": ");
  if (mine.choice) return label(mine.choice);
  return linesOf(question).filter((line) => mine.choices[line.id]).map((line) => (isPicked(question) ? line.title : `${line.title}: ${label(mine.choices[line.id] ?? "", question.form)}`)).join(" · ") || t("Nobody chosen");
}

/** Ballots that wait for a yes, then those decided; the secretary's button below. @param {{live: Live, question: any}} props */
export function SpokenList({ live, question }) {
  /** @type {any[]} */
  const all = question.spoken ?? [];
  const asked = all.filter((each) => each.state === "asked");
  const taken = all.filter((each) => each.state === "confirmed");
  const enters = may(live, "voting.cast_for") && question.kind === "open" && question.state === "open";
  if (!asked.length && !taken.length && !enters) return null;
  return html`<section class="spoken-x" aria-label=${t("Spoken ballots")}>
    ${asked.map((each) => html`<${Asked} key=${each.id} live=${live} question=${question} spoken=${each} />`)}
    ${taken.length > 0 && html`<p class="sm muted row-top"><${Icon} name="microphone" size=${18} /><span>${t("Entered by the secretary: %(names)s", { names: taken.map((each) => nameOf(each.person)).join(", ") })}</span></p>`}
    ${enters && html`<div><${Button} size="row" icon="microphone" onClick=${() => { entering.value = 0; }}>${t("Enter a spoken ballot")}<//></div>`}</section>`;
}

/** @param {{live: Live, question: any, spoken: any}} props */
function Asked({ live, question, spoken }) {
  const by = spoken.entered_by;
  const mine = (typeof by === "object" ? by?.id : null) === live.me.value.person_id;
  const decides = may(live, "voting.confirm_spoken") && !mine;
  const refuse = async () => {
    const reason = await askText({ title: t("Refuse this spoken ballot?"), label: t("Reason"), lines: 2, yes: t("Refuse it") });
    if (reason !== null) await doing(live, "voting.refuse_spoken", { spoken_id: spoken.id, reason });
  };
  return html`<div class="spoken-row" role="group" aria-label=${nameOf(spoken.person)}><div class="grow"><b>${nameOf(spoken.person)}</b><span class="spoken-what">${heard(question, spoken)}</span>
      <small class="muted">${[spoken.reason, t("entered by %(name)s at %(time)s", { name: nameOf(by), time: timeOfDay(spoken.entered_at) })].filter(Boolean).join(" · ")}</small></div>
    ${decides ? html`<div class="btns"><${Button} kind="tint" icon="check" onClick=${() => doing(live, "voting.confirm_spoken", { spoken_id: spoken.id })}>${t("Confirm")}<//><${Button} kind="ghost" onClick=${refuse}>${t("Refuse")}<//></div>`
      : html`<${Chip} tone="warn" icon="clock">${t("waiting for the chair")}<//>`}</div>`;
}

/** Drawn once in a page. @param {{live: Live}} props */
export function SpeakForDialog({ live }) {
  const question = currentQuestion(live);
  if (entering.value === null || !question || !isRunning(question)) return null;
  return html`<${SpeakFor} key=${question.id} live=${live} question=${question} />`;
}

/** Who has not voted: by name where the rules show it, else everybody with a vote who is here. @param {Live} live @param {any} question @returns {any[]} */
function without(live, question) {
  const waits = new Set((question.spoken ?? []).filter((/** @type {any} */ each) => each.state === "asked").map((/** @type {any} */ each) => each.person?.id));
  const here = (live.sections.value.attendance?.people ?? []).filter((/** @type {any} */ each) => ["present", "late", "remote"].includes(each.presence) && each.voting !== false);
  return (question.missing ?? here).filter((/** @type {any} */ each) => !waits.has(each.id));
}

const REASONS = [() => t("The tablet does not work"), () => t("The tablet has no line"), () => t("The member asked for it")];

/** @param {{live: Live, question: any}} props */
function SpeakFor({ live, question }) {
  const [person, choose] = useState(entering.value || 0);
  const [marked, mark] = useState(empty());
  const [reason, write] = useState("");
  const [problem, say] = useState("");
  const close = () => { entering.value = null; };
  const people = without(live, question);
  const whole = isWhole(question, marked) && (marked.choice !== "other" || marked.text.trim());
  /** @param {number | null} line @param {string} key */
  const put = (line, key) => mark({ ...marking(question, marked, line, key), text: marked.text });
  const save = async () => {
    const ballot = input(question, { ...marked, text: marked.choice === "other" ? marked.text.trim() : "" });
    const answer = await live.act("voting.cast_for", { question_id: question.id, person_id: person, reason: reason.trim(), ...ballot }, { resend: "brief" });
    if (answer.ok) close();
    else say(answer.message ?? "");
    return answer.ok;
  };
  const gap = !person ? t("Choose who spoke") : !whole ? t("Enter what was said") : !reason.trim() ? t("Say why") : "";
  return html`<${Dialog} title=${t("Enter a spoken ballot")} onClose=${close} wide=${hasLines(question)}><div class="col-y speak-for">
    <p class="sm muted">${t("Only what the member said aloud. It counts once whoever presides has confirmed it, and the minutes say that it was entered by the secretary.")}</p>
    <div class="field"><label for="spoken-who">${t("Who spoke")}</label><select id="spoken-who" class="input" value=${String(person)} onChange=${(/** @type {any} */ event) => choose(Number(event.target.value))}><option value="0">${t("Choose …")}</option>
      ${people.map((each) => html`<option key=${each.id} value=${String(each.id)}>${each.name}</option>`)}</select></div>
    ${people.length === 0 && html`<${Note} icon="circle-check">${t("Everybody who is here has voted.")}<//>`}
    ${hasLines(question) ? html`<div class="speak-lines">${isPicked(question) ? html`<${Cards} question=${question} marked=${marked} mark=${put} />` : html`<${Rows} question=${question} marked=${marked} mark=${put} />`}</div>`
      : html`<div class="field"><span class="label" id="spoken-said">${t("What was said")}</span><div class="seg" role="radiogroup" aria-labelledby="spoken-said" onKeyDown=${radioKeys}>${offered(question).map((key, place) => html`<button key=${key} type="button" role="radio" class=${marked.choice === key ? "on" : ""}
        aria-checked=${marked.choice === key ? "true" : "false"} tabIndex=${tabStop(marked.choice === key, Boolean(marked.choice), place === 0)} onClick=${() => put(null, key)}>${label(key)}</button>`)}</div></div>`}
    ${marked.choice === "other" && html`<div class="field"><label for="spoken-text">${t("Other opinion")}</label><textarea id="spoken-text" class="input" rows="2" maxlength="2000" value=${marked.text} onInput=${(/** @type {any} */ event) => mark({ ...marked, text: event.target.value })}></textarea></div>`}
    <div class="field"><label for="spoken-why">${t("Why the secretary enters it")}</label><div class="chips-x">${REASONS.map((each) => html`<button key=${each()} type="button" class=${reason === each() ? "chip-btn on" : "chip-btn"} aria-pressed=${reason === each() ? "true" : "false"} onClick=${() => write(each())}>${each()}</button>`)}</div>
      <input id="spoken-why" class="input" maxlength="500" value=${reason} onInput=${(/** @type {any} */ event) => write(event.target.value)} /></div>
    ${problem && html`<p class="t-oppose" role="alert">${problem}</p>`}
    <div class="btns"><${Button} onClick=${close}>${t("Cancel")}<//><${Button} kind="primary" icon="check" disabled=${Boolean(gap)} onClick=${save}>${gap || t("Send for confirmation")}<//></div></div><//>`;
}
