// The ballot paper. An open vote takes over the screen until its close, or until the person goes back to the room.
import { signal } from "@preact/signals-core";
import { useEffect, useRef } from "preact/hooks";
import { stepAside } from "../web/aside.js";
import { t } from "../web/i18n.js";
import { Bar, Button, Chip, Icon, html } from "../web/ui.js";
import { ballot, changeRecorded, castOpen, currentQuestion, draftOf, draw, dropDraft, forget, isRunning, keepOnly, myVote } from "./ballot.js";
import { TimeLeft, VoteRing } from "./clock.js";
import { empty, fromServer, hasLines, offered } from "./marks.js";
import { Outcome } from "./outcome.js";
import { BallotPage } from "./paper.js";
import { NotCounted, NotRecorded, Recorded, SpokenWaits } from "./receipt.js";
import { SecretBallot } from "./secret.js";
import { ICONS, formWord, kindWord, label, needSentence, told, whyNot } from "./words.js";

/** @typedef {import("./ballot.js").Live} Live */
/** @typedef {{live: Live, question: any, mine: any, held: any, back: () => void}} Opened */

/** The question this person went back to the room from. */
const left = signal(/** @type {number | null} */ (null));
/** The question whose ballot this person asked to see. */
export const panelOpen = signal(/** @type {number | null} */ (null));
/** Questions that this page has seen open: only their results are shown by themselves. */
const seen = new Set();

/** Show the ballot paper of a question. @param {number} question */
export function openPanel(question) {
  left.value = null;
  panelOpen.value = question;
}

/** @param {{live: Live, quiet?: boolean}} props `quiet`: only when it is asked for, and only while it can be filled in */
export function VotePanel({ live, quiet = false }) {
  const question = currentQuestion(live);
  const mine = myVote(live);
  if (question && isRunning(question)) seen.add(question.id);
  useEffect(() => keepOnly(question, mine?.voted), [question?.id, question?.state, mine?.voted]);
  if (!question || !(question.result || (mine?.elector && question.kind !== "hand"))) return null;
  const asked = panelOpen.value === question.id;
  if (!mine?.elector && !asked) return null;
  const own = ballot.value?.question === question.id ? ballot.value : null;
  if (left.value === question.id || (quiet && !(asked && (isRunning(question) || own))) || !(seen.has(question.id) || asked)) return null;
  if (givesWay(live, question) && !asked) return null;
  const back = () => { left.value = question.id; panelOpen.value = null; };
  return html`<${Takeover} name=${question.title} stage=${stageOf(question, mine ?? {}, own)} back=${back}><${Paper} live=${live} question=${question} mine=${mine ?? {}} back=${back} /><//>`;
}

/** A result gives way when the meeting rests; a ballot of which this page does not know yet what became of it does not. @param {Live} live @param {any} question */
function givesWay(live, question) {
  const held = ballot.value;
  const own = held && held.question === question.id ? held.state : "";
  return live.sections.value.meeting?.state !== "in_session" && !isRunning(question) && !["refused", "sending", "held", "unknown"].includes(own);
}

/** Which screen of the ballot is shown; the focus goes along when it changes. @param {any} question @param {any} mine @param {any} held */
function stageOf(question, mine, held) {
  const { reviewing, changing } = draftOf(question);
  if (held && held.state !== "recorded" && !(held.state === "unknown" && mine.voted)) return `${question.id}-${held.state}`;
  if (!isRunning(question)) return `${question.id}-over-${question.result ? "result" : question.state}`;
  if ((held || mine.voted) && !changing) return `${question.id}-recorded`;
  return `${question.id}-${reviewing ? "review" : "mark"}`;
}

/** Covers the room with all that lies open in it; it cannot be reached meanwhile, and gets the focus back. @param {{name: string, stage: string, back: () => void, children?: any}} props */
function Takeover({ name, stage, back, children }) {
  const whole = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    const bringBack = stepAside();
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const behind = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#live-main, #live-dock")]);
    for (const part of behind) part.inert = true;
    return () => {
      for (const part of behind) part.inert = false;
      (before?.isConnected && before !== document.body ? before : document.getElementById("main"))?.focus({ preventScroll: true });
      bringBack();
    };
  }, []);
  useEffect(() => { // each stage begins at its top: a long list before it may have been scrolled, on a phone with the whole page of the ballot
    for (const part of [whole.current, ...(whole.current?.querySelectorAll(".vote, .ballot, .ballot-list") ?? [])]) part?.scrollTo(0, 0);
    /** @type {HTMLElement | undefined} */ ([...(whole.current?.querySelectorAll("[data-focus]") ?? [])].at(-1))?.focus({ preventScroll: true });
  }, [stage]);
  /** @param {any} event */
  const keys = (event) => { if (event.key === "Escape" && event.target?.tagName !== "TEXTAREA") back(); };
  return html`<div ref=${whole} class="takeover" role="dialog" aria-label=${name} onKeyDown=${keys}>${children}</div>`;
}

/** @param {{live: Live, question: any, mine: any, back: () => void}} props */
function Paper({ live, question, mine, back }) {
  const held = ballot.value?.question === question.id ? ballot.value : null;
  if (held?.state === "refused") {
    const kept = question.kind === "open" && mine.voted ? fromServer(question, mine) : null;
    const leave = () => { forget(); back(); };
    return html`<${Frame} live=${live} question=${question} back=${leave}><${NotCounted} me=${live.me.value} question=${question} code=${held.code} message=${held.message} kept=${kept} again=${isRunning(question) && held.code !== "vote_closed" ? forget : undefined} /><//>`;
  }
  const late = held?.state === "unknown" && !isRunning(question) && live.joined.value;
  if (late && !mine.voted) { // the server is there again and never had it
    return html`<${Frame} live=${live} question=${question} back=${() => { forget(); back(); }}><${NotCounted} me=${live.me.value} question=${question} code="vote_closed" message="" kept=${null} /><//>`;
  }
  if (!isRunning(question) && (late || !["sending", "held", "unknown"].includes(held?.state ?? ""))) {
    return html`<${Frame} live=${live} question=${question} back=${back}><${Outcome} question=${question} /><//>`;
  }
  if (question.kind === "secret") return html`<${SecretBallot} live=${live} question=${question} mine=${mine} back=${back} />`;
  return html`<${OpenBallot} live=${live} question=${question} mine=${mine} held=${held} back=${back} />`;
}

/** @param {Opened} props */
function OpenBallot({ live, question, mine, held, back }) {
  const me = live.me.value;
  const { changing } = draftOf(question);
  const frame = (/** @type {any} */ inside) => html`<${Frame} live=${live} question=${question} back=${back}>${inside}<//>`;
  if (held?.state === "held") return frame(html`<${NotRecorded} me=${me} question=${question} marked=${held.marked} tries=${held.tries} />`);
  const recorded = held?.state === "recorded" || (mine.voted && held?.state !== "sending");
  if (recorded && !changing) return frame(html`<${OpenReceipt} live=${live} question=${question} mine=${mine} held=${held} />`);
  const spoken = mine.asked && !mine.voted && !changing && held?.state !== "sending";
  if (spoken) return frame(html`<${SpokenWaits} me=${me} question=${question} marked=${fromServer(question, mine.asked)} /><div class="change"><span class="grow"></span><${Button} size="lg" icon="checkbox" onClick=${() => draw(question, { changing: true })}>${t("Vote myself")}<//></div>`);
  if (!mine.may_vote && mine.why !== "vote_paused") return frame(html`<div class="note note-warn" role="status"><${Icon} name="info-circle" /><div>${told(me, whyNot(mine.why))}</div></div>`);
  const sending = held?.state === "sending";
  if (!hasLines(question)) return frame(html`<${Choices} live=${live} question=${question} mine=${mine} sending=${sending ? held.marked.choice : null} />`);
  return html`<${BallotPage} live=${live} question=${question} mine=${mine} sending=${sending} back=${back} cast=${(/** @type {any} */ marked) => castOpen(live, question, marked)} keep=${recorded ? dropDraft : undefined} />`;
}

/** @param {{live: Live, question: any, mine: any, held: any}} props */
function OpenReceipt({ live, question, mine, held }) {
  const marked = held?.state === "recorded" ? held.marked : fromServer(question, mine);
  const changeable = question.changeable && question.state === "open" && mine.may_vote;
  const others = changeable && !hasLines(question) ? offered(question).filter((key) => key !== marked.choice || key === "other") : [];
  const change = (/** @type {string} */ key) => (key === "other" ? draw(question, { marked: { ...empty(), choice: "other", text: marked.text }, changing: true }) : castOpen(live, question, { ...empty(), choice: key }));
  return html`<${Recorded} me=${live.me.value} question=${question} marked=${marked} at=${held?.received_at ?? mine.received_at} spoken=${mine.spoken === true} />
    ${changeable && html`<div class="change">
      <span class="grow"><b>${t("Change it?")}</b> <span class="muted">${t("The last ballot received before the close is the one that counts.")}</span></span>
      ${hasLines(question) ? html`<${Button} size="lg" icon="pencil" onClick=${() => changeRecorded(question, mine)}>${t("Change the ballot")}<//>`
        : others.map((key) => html`<${Button} key=${key} size="lg" icon=${ICONS[key]} onClick=${() => change(key)}>${key === marked.choice ? t("Change the text") : label(key)}<//>`)}
    </div>`}`;
}

const LETTERS = /** @type {Record<string, string>} */ ({ for: "a", against: "o", abstain: "s", other: "p" });

/** One tap sends; only another opinion is written first, and stays while the room changes around it. @param {{live: Live, question: any, mine: any, sending: string | null}} props */
function Choices({ live, question, mine, sending }) {
  const me = live.me.value;
  const { marked, changing } = draftOf(question);
  const writing = marked.choice === "other";
  const tap = (/** @type {string} */ key) => (key === "other" ? draw(question, { marked: { ...marked, choice: "other" } }) : void castOpen(live, question, { ...empty(), choice: key }));
  return html`<div class=${`choices choices-${question.options.length}${writing ? " low" : ""}`} role="group" aria-label=${t("The choices")}>
      ${offered(question).map((key) => html`<button key=${key} type="button" class=${`choice c-${LETTERS[key] ?? "s"}`} disabled=${sending !== null || !mine.may_vote}
        aria-busy=${sending === key ? "true" : null} aria-expanded=${key === "other" ? String(writing) : null} onClick=${() => tap(key)}>
        <span class="cic">${sending === key ? html`<span class="spin"></span>` : html`<${Icon} name=${ICONS[key]} size=${56} />`}</span>
        <b>${sending === key ? t("Sending") : label(key)}</b></button>`)}
    </div>
    ${writing && html`<${Other} live=${live} question=${question} sending=${sending} />`}
    ${!mine.may_vote ? html`<div class="note note-warn" role="status"><${Icon} name="player-pause" /><div>${told(me, whyNot(mine.why))}</div></div>`
      : !writing && html`<p class="vhint"><${Icon} name="hand-click" size=${28} /><span>${question.changeable
        ? told(me, t("One tap sends the ballot. You can change it until the chair closes the vote."))
        : t("One tap sends the ballot. It cannot be changed.")}</span></p>`}
    ${changing && !writing && html`<div class="change"><span class="grow"></span><${Button} icon="arrow-back-up" onClick=${dropDraft}>${t("Leave it as recorded")}<//></div>`}`;
}

/** @param {{live: Live, question: any, sending: string | null}} props */
function Other({ live, question, sending }) {
  const { marked, changing } = draftOf(question);
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  const text = marked.text.trim();
  return html`<div class="otherbox"><label class="label" for="other-opinion">${told(live.me.value, t("Your opinion"))}</label>
    <textarea ref=${field} id="other-opinion" class="input area" rows="3" maxlength="2000" required aria-describedby="other-hint" value=${marked.text} onInput=${(/** @type {any} */ event) => draw(question, { marked: { ...marked, text: event.target.value } })}></textarea>
    <div class="row-x wraps"><span id="other-hint" class="muted grow">${t("Counted as not in favour; the text is entered in the minutes.")}</span>
      <${Button} size="lg" onClick=${() => (changing ? dropDraft() : draw(question, { marked: empty() }))}>${t("Cancel")}<//>
      <${Button} kind="primary" size="lg" icon="send" disabled=${!text || sending !== null} onClick=${() => castOpen(live, question, { ...empty(), choice: "other", text })}>${text ? t("Send this opinion") : t("Write the opinion first")}<//></div></div>`;
}

/** Heading and foot of an open vote's paper. @param {{live: Live, question: any, back: () => void, children?: any}} props */
function Frame({ live, question, back, children }) {
  const secret = question.kind === "secret" || question.on_paper;
  const named = question.kind === "open" ? t("Names and choices are entered in the minutes") : "";
  return html`<div class="vote">
    <header class="vq">
      <div class="grow">
        <div class="row-x vkind"><${Chip} tone="primary" icon=${secret ? "lock" : question.kind === "hand" ? "hand-stop" : "users"}>${kindWord(question.kind, question.on_paper)}<//>${formWord(question) && html`<${Chip}>${formWord(question)}<//>`}
          <span class="muted">${secret ? t("Nobody can see who chose what") : named}</span><${TimeLeft} live=${live} question=${question} cls="only-narrow" /></div>
        <h1 tabindex="-1" data-focus>${question.title}</h1>
        ${isRunning(question) && question.explanation && html`<details class="more"><summary>${t("About this question")}</summary><p class="muted">${question.explanation}</p></details>`}
      </div>
      <${VoteRing} live=${live} question=${question} />
    </header>
    ${children}
    <footer class="vinfo">
      <${Button} icon="arrow-back-up" onClick=${back}>${t("Back to the room")}<//>
      <span class="grow muted">${needSentence(question)}</span>
      <span class="cast"><${Bar} value=${question.cast} max=${question.electors} label=${t("Ballots received")} />
        <span><b class="num">${question.cast}/${question.electors}</b> ${t("ballots received")}</span></span>
    </footer>
  </div>`;
}
