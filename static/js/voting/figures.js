// Paper ballots: the counting committee enters what it counted, line by line, with the sums checked while they write; its head confirms.
import { signal } from "@preact/signals-core";
import { useState } from "preact/hooks";
import { confirmed } from "../web/dialogs.js";
import { timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Chip, Dialog, Icon, Note, html } from "../web/ui.js";
import { currentQuestion, isRunning } from "./ballot.js";
import { hasLines, kindLine } from "./chair_words.js";
import { formOf, isPicked, linesOf, offered } from "./marks.js";
import { label, told } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */
/** @typedef {{issued: string, returned: string, invalid: string, counts: Record<string, string>, lines: Record<string, Record<string, string>>}} Written numbers as they are typed */

const entering = signal(false);

/** Open the sheet that <FiguresDialog> draws. */
export function enterFigures() {
  entering.value = true;
}

/** A count as it was typed; what is no whole number from 0 on is none. @param {string | undefined} text */
const number = (text) => (/^\d{1,6}$/.test(text ?? "") ? Number(text) : null);
/** @param {(number | null)[]} numbers */
const sum = (numbers) => numbers.reduce((/** @type {number} */ all, one) => all + (one ?? 0), 0);
/** The marks counted on each line. @param {any} question */
const marksOf = (question) => (isPicked(question) ? ["for"] : offered(question));
/** Whether this paper has ballots that are invalid as a whole. @param {any} question */
const wholeOnly = (question) => !hasLines(question) || isPicked(question);
/** Options counted for the whole paper: those of a matter, and abstaining among alternatives. @param {any} question */
const optionsOf = (question) => (!hasLines(question) ? offered(question) : formOf(question) === "alternatives" && offered(question).includes("abstain") ? ["abstain"] : []);

/** @param {any} question @returns {Written} */
function beginning(question) {
  const before = question.figures;
  const text = (/** @type {any} */ value) => (value === undefined || value === null ? "" : String(value));
  const lines = Object.fromEntries(linesOf(question).map((line) => [line.id, Object.fromEntries(marksOf(question).map((key) => [key, text((before?.lines?.[line.id]?.counts ?? before?.lines?.[line.id])?.[key])]))]));
  return { issued: text(before?.issued), returned: text(before?.returned), invalid: text(before?.invalid || (before ? 0 : "")), counts: Object.fromEntries(optionsOf(question).map((key) => [key, text(before?.counts?.[key])])), lines };
}

/** What is counted on one line, and what is left of the ballots returned: those are invalid there. @param {any} question @param {Written} said @param {number} id */
function lineSums(question, said, id) {
  const counted = sum(marksOf(question).map((key) => number(said.lines[id]?.[key])));
  return { counted, invalid: (number(said.returned) ?? 0) - counted };
}

/** The first thing that cannot be, in words; empty when all sums agree. @param {any} question @param {Written} said @returns {string} */
export function fault(question, said) {
  const [issued, returned, invalid] = [number(said.issued), number(said.returned), number(said.invalid) ?? 0];
  const register = question.register ?? question.electors ?? 0;
  if (issued === null || returned === null) return t("Enter the ballots issued and returned");
  if (register && issued > register) return t("More ballots issued than electors (%(n)s)", { n: register });
  if (returned > issued) return t("More ballots returned than issued");
  const empty = [...optionsOf(question).map((key) => said.counts[key]), ...linesOf(question).flatMap((line) => marksOf(question).map((key) => said.lines[line.id]?.[key]))];
  if (empty.some((each) => number(each) === null)) return t("Fill in every count; write 0 where there is none");
  if (wholeOnly(question) && invalid > returned) return t("More invalid ballots than returned");
  if (!hasLines(question)) return sums(sum(optionsOf(question).map((key) => number(said.counts[key]))) + invalid, returned);
  if (formOf(question) === "alternatives") return sums(sum(linesOf(question).map((line) => lineSums(question, said, line.id).counted)) + sum(optionsOf(question).map((key) => number(said.counts[key]))) + invalid, returned);
  const most = returned - (wholeOnly(question) ? invalid : 0);
  const bad = linesOf(question).find((line) => lineSums(question, said, line.id).counted > most);
  return bad ? t("“%(line)s”: more marks than ballots", { line: bad.title }) : "";
}

/** @param {number} counted @param {number} returned */
const sums = (counted, returned) => (counted === returned ? "" : t("Valid and invalid make %(counted)s, but %(returned)s were returned", { counted, returned }));

/** What the act takes. @param {any} question @param {Written} said */
function spoken(question, said) {
  const counts = Object.fromEntries(optionsOf(question).map((key) => [key, number(said.counts[key]) ?? 0]));
  const lines = Object.fromEntries(linesOf(question).map((line) => [String(line.id), Object.fromEntries(marksOf(question).map((key) => [key, number(said.lines[line.id]?.[key]) ?? 0]))]));
  return { issued: number(said.issued), returned: number(said.returned), ...(wholeOnly(question) ? { invalid: number(said.invalid) ?? 0 } : {}), ...(Object.keys(counts).length ? { counts } : {}), ...(hasLines(question) ? { lines } : {}) };
}

/** The paper with what the committee entered: the committee is told all of it, the desk the marks only once the head confirmed them. @param {Live} live */
function paperAtHand(live) {
  const question = currentQuestion(live);
  if (!question?.on_paper || !isRunning(question)) return null;
  return { ...question, figures: live.me.value.voting?.counting?.figures ?? question.figures ?? null };
}

/** A name for who entered or confirmed, where it is known here. @param {any} question @param {any} who */
const nameOf = (question, who) => (typeof who === "number" ? (question.committee?.people ?? []).find((/** @type {any} */ each) => each.id === who)?.name : who?.name ?? who) ?? "";

/** "at 10:32", with the name in front where it is known. @param {any} question @param {any} who @param {string} at */
function byWhom(question, who, at) {
  const name = nameOf(question, who);
  return name ? t("%(name)s at %(time)s", { name, time: timeOfDay(at) }) : timeOfDay(at);
}

/** Whether this person counts the paper that is being voted on. @param {Live} live */
const counts = (live) => Boolean(live.me.value.voting?.counter);

/** Where the count stands, for the chair, the desk and the committee itself. @param {{live: Live, question: any}} props */
export function PaperCount({ live, question }) {
  const { figures } = question;
  const confirmedAt = figures?.confirmed_at;
  return html`<div class="paper-count"><div class="row-x wraps"><span class="grow">${!figures ? t("Ballots are handed out, put into the box and counted by the counting committee.") : t("Issued %(issued)s, returned %(returned)s", { issued: figures.issued, returned: figures.returned })}</span>
      ${figures && (confirmedAt ? html`<${Chip} tone="agree" icon="check">${t("confirmed")}<//>` : html`<${Chip} tone="warn" icon="clock">${t("waits for the head")}<//>`)}</div>
    ${figures?.entered_at && html`<p class="sm muted">${t("Entered: %(who)s", { who: byWhom(question, figures.entered_by, figures.entered_at) })}</p>`}
    <div class="btns"><a class="btn btn-quiet btn-row" href=${`/questions/${question.id}/ballots.pdf`} target="_blank" rel="noopener"><${Icon} name="printer" size=${20} />${t("Ballot papers")}</a>
      ${counts(live) && html`<${Button} kind="primary" icon="pencil" onClick=${enterFigures}>${figures ? t("See the count") : t("Enter the figures")}<//>`}</div></div>`;
}

/** On the tablet of a member who counts: what is to be counted now. @param {{live: Live}} props */
export function CountingCard({ live }) {
  const question = paperAtHand(live);
  if (!counts(live) || !question) return null;
  return html`<section class="card-x card-pad counting-card" aria-label=${t("Counting committee")}><p class="sm muted row-x"><${Icon} name="users-group" size=${20} />${told(live.me.value, t("You are on the counting committee"))}</p><b class="clip2">${question.title}</b>
    <${PaperCount} live=${live} question=${question} /><${FiguresDialog} live=${live} /></section>`;
}

/** Drawn once in a page. @param {{live: Live}} props */
export function FiguresDialog({ live }) {
  const question = paperAtHand(live);
  if (!entering.value || !question) return null;
  const close = () => { entering.value = false; };
  return html`<${Dialog} title=${t("Figures of the count")} onClose=${close} wide><${Sheet} key=${`${question.id}-${question.figures?.confirmed_at ?? ""}`} live=${live} question=${question} close=${close} /><//>`;
}

/** @param {{live: Live, question: any, close: () => void}} props */
function Sheet({ live, question, close }) {
  const [said, write] = useState(beginning(question));
  const [problem, tell] = useState("");
  const wrong = fault(question, said);
  const fixed = Boolean(question.figures?.confirmed_at);
  const head = live.me.value.voting?.counting?.head ?? false;
  const kept = question.figures && JSON.stringify(spoken(question, said)) === JSON.stringify(spoken(question, beginning(question)));
  const save = async () => {
    const answer = await live.act("voting.enter_figures", { question_id: question.id, ...spoken(question, said) });
    tell(answer.ok ? "" : (answer.message ?? ""));
    return answer.ok;
  };
  const confirm = async () => {
    if (!(await confirmed({ title: t("Confirm these figures?"), text: t("You confirm as head of the counting committee. The chair can then close the vote."), yes: t("Confirm the figures") }))) return;
    const answer = await live.act("voting.confirm_figures", { question_id: question.id, entered_at: question.figures?.entered_at ?? null });
    if (answer.ok) close();
    else tell(answer.message ?? "");
  };
  const reopen = async () => {
    const answer = await live.act("voting.reopen_figures", { question_id: question.id });
    tell(answer.ok ? "" : (answer.message ?? ""));
    return answer.ok;
  };
  return html`<div class="col-y figures-x"><div><p class="semi">${question.title}</p><p class="sm muted">${kindLine(question)}</p></div>
    <fieldset disabled=${fixed} class="col-y">
      <div class="figures-top">${[["issued", t("Ballots issued")], ["returned", t("Ballots returned")], ...(wholeOnly(question) ? [["invalid", t("Invalid ballots")]] : [])].map(([key, name]) => html`<${Count} key=${key} id=${`figures-${key}`} name=${name} value=${/** @type {any} */ (said)[String(key)]} set=${(/** @type {string} */ text) => write({ ...said, [String(key)]: text })} />`)}
        ${wholeOnly(question) && html`<div class="fig"><span class="k">${t("Valid ballots")}</span><span class="v num">${Math.max(0, (number(said.returned) ?? 0) - (number(said.invalid) ?? 0))}</span></div>`}</div>
      ${optionsOf(question).length > 0 && html`<div class="figures-top">${optionsOf(question).map((key) => html`<${Count} key=${key} id=${`figures-of-${key}`} name=${label(key, formOf(question))} value=${said.counts[key]} set=${(/** @type {string} */ text) => write({ ...said, counts: { ...said.counts, [key]: text } })} />`)}</div>`}
      ${hasLines(question) && html`<${LineTable} question=${question} said=${said} write=${write} />`}</fieldset>
    ${wrong ? html`<p class="t-warn row-top" role="status"><${Icon} name="alert-triangle" /><span>${wrong}</span></p>` : html`<p class="t-agree row-top" role="status"><${Icon} name="circle-check" /><span>${t("All sums agree.")}</span></p>`}
    ${fixed && html`<${Note} tone="agree" icon="lock-check">${t("Confirmed: %(who)s", { who: byWhom(question, question.figures.confirmed_by, question.figures.confirmed_at) })}<//>`}
    ${problem && html`<p class="t-oppose" role="alert">${problem}</p>`}
    <div class="btns">${fixed ? head && html`<${Button} icon="arrow-back-up" onClick=${reopen}>${t("Take the confirmation back")}<//>`
      : html`<${Button} kind=${kept ? "quiet" : "primary"} icon="check" disabled=${Boolean(wrong) || kept} onClick=${save}>${kept ? t("The figures are entered") : t("Enter the figures")}<//>
        ${kept && (head ? html`<${Button} kind="primary" icon="lock-check" onClick=${confirm}>${t("Confirm as head")}<//>` : html`<p class="muted">${t("The head of the committee confirms them.")}</p>`)}`}</div></div>`;
}

/** @param {{id: string, name: string, value: string | undefined, set: (text: string) => void, hidden?: boolean}} props */
function Count({ id, name, value, set, hidden = false }) {
  return html`<div class="field"><label for=${id} class=${hidden ? "sr-only" : ""}>${name}</label><input id=${id} class="input num" type="number" min="0" inputmode="numeric" value=${value ?? ""} onInput=${(/** @type {any} */ event) => set(event.target.value)} /></div>`;
}

/** @param {{question: any, said: Written, write: (said: Written) => void}} props */
function LineTable({ question, said, write }) {
  const marks = marksOf(question);
  const each = !wholeOnly(question);
  return html`<div class="tbl-x figures-box"><table class="tbl figures-table stacks"><caption class="sr-only">${t("Counts of each line")}</caption><thead><tr><th scope="col">${t("On the paper")}</th>${marks.map((key) => html`<th scope="col" key=${key}>${label(key, formOf(question))}</th>`)}${each && html`<th scope="col" class="r">${t("Valid")}</th><th scope="col" class="r">${t("Invalid")}</th>`}</tr></thead>
    <tbody>${linesOf(question).map((line) => {
      const { counted, invalid } = lineSums(question, said, line.id);
      return html`<tr key=${line.id}><th scope="row">${line.title}${line.office && html`<small class="muted">${line.office}</small>`}</th>
        ${marks.map((key) => html`<td key=${key} data-label=${label(key, formOf(question))}><${Count} hidden id=${`figures-${line.id}-${key}`} name=${`${line.title}: ${label(key, formOf(question))}`} value=${said.lines[line.id]?.[key]} set=${(/** @type {string} */ text) => write({ ...said, lines: { ...said.lines, [line.id]: { ...said.lines[line.id], [key]: text } } })} /></td>`)}
        ${each && html`<td class="r num" data-label=${t("Valid")}>${counted}</td><td class=${invalid < 0 ? "r num t-oppose" : "r num"} data-label=${t("Invalid")}>${invalid < 0 ? `−${-invalid}` : invalid}</td>`}</tr>`;
    })}</tbody></table></div>`;
}
