// Before the box opens: is everybody there, who is offline, who is ready, for how long, what the secrecy is worth.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Bar, Button, Dialog, Icon, Note, html } from "../web/ui.js";
import { hasLines, kindLine } from "./chair_words.js";
import { CommitteeLine } from "./committee.js";
import { Limit } from "./prepare.js";

/** @typedef {import("./ballot.js").Live} Live */

const MOST_NAMES = 6;
const FEW = 5;

/** The question that waits for the members, as the chamber knows it. @param {Live} live @param {number} id */
const awaited = (live, id) => (live.sections.value.voting?.waiting?.id === id ? live.sections.value.voting.waiting : null);

/** @param {Live} live @returns {any[]} members with a vote who are here */
function votersHere(live) {
  /** @type {any[]} */
  const people = live.sections.value.attendance?.people ?? [];
  return people.filter((each) => ["present", "late", "remote"].includes(each.presence) && each.voting !== false);
}

/** @param {{live: Live, question: any, onClose: () => void}} props */
export function Opening({ live, question, onClose }) {
  const now = { ...question, ...((live.sections.value.voting?.questions ?? []).find((/** @type {any} */ each) => each.id === question.id) ?? {}), ...(awaited(live, question.id) ?? {}) };
  const [warning, warn] = useState(/** @type {any} */ (null));
  const [seconds, limit] = useState(now.seconds ?? 0);
  const few = warning?.code === "few_electors";
  const takesTime = now.kind !== "hand";
  const open = async () => {
    const answer = await live.act("voting.open", { question_id: question.id, ...(few ? { confirm: true } : {}), ...(takesTime && now.seconds !== undefined ? { seconds } : {}) });
    if (answer.ok) onClose();
    else warn(answer);
  };
  const ready = async () => {
    const answer = await live.act("voting.ready", { question_id: question.id });
    warn(answer.ok ? null : answer);
    return answer.ok;
  };
  return html`<${Dialog} title=${t("Open the vote")} onClose=${onClose} wide>
    <div class="col-y opening-x"><div><p class="lg semi">${now.title}</p><p class="muted">${kindLine(now)}</p></div>
    ${hasLines(now) && html`<ol class="opening-lines">${now.lines.map((/** @type {any} */ each) => html`<li key=${each.id}><span>${each.title}</span>${each.office && html`<small class="muted">${each.office}</small>`}</li>`)}</ol>`}
    <${Elsewhere} live=${live} question=${now} />
    <${Present} live=${live} question=${now} />
    ${now.on_paper && html`<${CommitteeLine} live=${live} asks />`}
    ${now.state === "draft" ? takesTime && html`<p class="sm muted row-top"><${Icon} name="info-circle" size=${20} /><span>${t("You may fix the list of voters first: members then mark on their tablets that they are ready. Opening at once fixes it too.")}</span></p>` : html`<${Ready} question=${now} />`}
    ${takesTime && now.seconds !== undefined && html`<${Limit} seconds=${seconds} set=${limit} name="opening" />`}</div>
    <div class="btns prepare-foot">${warning && html`<p class=${`foot-problem row-top ${few ? "t-warn" : "t-oppose"}`} role="alert"><${Icon} name="alert-triangle" /><span>${warning.message}</span></p>`}${now.state === "draft" && takesTime && html`<${Button} icon="list-check" onClick=${ready}>${t("Fix the list, ask who is ready")}<//>`}
      <${Button} kind="primary" icon="checkbox" onClick=${open}>${few ? t("Open it all the same") : t("Open the vote")}<//></div><//>`;
}

/** Quorum, tablets without a line, and what secrecy is worth among so many. @param {{live: Live, question: any}} props */
function Present({ live, question }) {
  const { attendance, connections } = live.sections.value;
  const quorum = attendance?.quorum;
  const here = votersHere(live);
  const offline = connections && question.kind !== "hand" ? here.filter((each) => !connections.includes(each.id)) : [];
  const few = question.kind === "secret" && here.length < FEW;
  return html`${quorum && html`<${Note} tone=${quorum.met ? "agree" : "warn"} icon=${quorum.met ? "circle-check" : "alert-triangle"}><b class="num">${attendance.present}/${attendance.total}</b> ${t("with a vote are present")}. ${quorum.met ? t("Enough to vote.") : t("Not enough: %(need)s are needed.", { need: quorum.need })}<//>`}
    ${offline.length > 0 && html`<${Note} tone="warn" icon="wifi-off">${offlineSentence(offline.map((each) => each.name))}<//>`}
    ${few && html`<${Note} tone="warn" icon="eye">${t("Only %(n)s electors: the result can show how each voted. Opening asks you to confirm it.", { n: here.length })}<//>`}
    ${question.kind === "secret" && !few && html`<${Note} icon="lock">${t("Choices are tied to no name. A unanimous result shows how everybody voted, whatever the system does.")}<//>`}`;
}

/** A question of another item than the one under discussion: seldom meant. @param {{live: Live, question: any}} props */
function Elsewhere({ live, question }) {
  const { items = [], current_id: current = null } = live.sections.value.agenda ?? {};
  const item = (/** @type {number | null} */ id) => items.find((/** @type {any} */ each) => each.id === id);
  const [own, now] = [item(question.item_id), item(current)];
  if (!own || !now || own.id === now.id) return null;
  return html`<${Note} tone="warn" icon="alert-triangle">${t("This question belongs to item %(own)s (%(title)s), but item %(now)s is under discussion.", { own: own.label, title: own.title, now: now.label })}<//>`;
}

/** How many have said that they are ready. @param {{question: any}} props */
export function Ready({ question }) {
  const { ready = 0, register = 0 } = question;
  return html`<div class="ready-x" role="status"><div class="row-x"><${Icon} name="checks" /><span class="grow">${t("Ready to vote")}</span><b class="num">${ready}/${register}</b></div><${Bar} value=${ready} max=${register} label=${t("Ready to vote")} tone="agree" />
    ${question.not_ready?.length > 0 && html`<details class="not-ready"><summary class="sm">${t("Not ready yet: %(n)s", { n: question.not_ready.length })}</summary><p class="sm muted">${question.not_ready.map((/** @type {any} */ each) => each.name).join(", ")}</p></details>`}</div>`;
}

/** The first names, and how many more. @param {string[]} names */
function offlineSentence(names) {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length - MOST_NAMES;
  if (more <= 0) return t("Offline now: %(names)s. They could miss the vote.", { names: shown });
  return t("Offline now: %(names)s and %(more)s more. They could miss the vote.", { names: shown, more });
}
