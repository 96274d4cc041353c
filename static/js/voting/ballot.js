// One person's ballot while this page is open. It lives in this page's memory only: nothing is ever stored on the device.
import { signal } from "@preact/signals-core";
import { mayAskAgain, newRequestId } from "../web/acts.js";
import { empty, fromServer, input, isSecret } from "./marks.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./marks.js").Marked} Marked */
/**
 * sending: on its way, at most 3 s; held: not recorded, this page keeps trying (open vote); unknown: a secret ballot whose
 * answer was lost, resent only by a tap; recorded: acknowledged by the server; refused: it will not count.
 * @typedef {{question: number, state: "sending" | "held" | "unknown" | "recorded" | "refused", marked: Marked,
 *   request_id: string, tries: number, received_at: string | null, code: string, message: string, since?: number}} Ballot `since`: when its answer was lost
 */
/** A ballot that is being filled in: no news from the server touches it. @typedef {{question: number, marked: Marked, reviewing: boolean, changing: boolean}} Draft */

const HELD_AFTER_MS = 3000;
const TRY_EVERY_MS = 2000;

export const ballot = signal(/** @type {Ballot | null} */ (null));
const drafted = signal(/** @type {Draft | null} */ (null));

/** The newest wish of this person: an older one stops being sent. */
let wish = 0;
/** @type {(() => void) | null} */
let hurry = null;

/** @param {Live} live @returns {any} the question that all screens look at */
export const currentQuestion = (live) => live.sections.value.voting?.current ?? null;

/** @param {Live} live @returns {any} the question whose register is frozen and which opens next */
export const waitingQuestion = (live) => live.sections.value.voting?.waiting ?? null;

/** @param {Live} live @returns {any} what the server says of my own vote on the current question */
export function myVote(live) {
  const mine = live.me.value.voting;
  return mine && mine.question_id === currentQuestion(live)?.id ? mine : null;
}

/** @param {any} question */
export const isRunning = (question) => question?.state === "open" || question?.state === "paused";

/** The ballot that is being filled in for a question. @param {any} question @returns {Draft} */
export function draftOf(question) {
  const kept = drafted.value;
  return kept?.question === question.id ? /** @type {Draft} */ (kept) : { question: question.id, marked: empty(), reviewing: false, changing: false };
}

/** @param {any} question @param {Partial<Draft>} change */
export function draw(question, change) {
  drafted.value = { ...draftOf(question), ...change };
}

/** Begin again from the ballot that was recorded. @param {any} question @param {any} mine */
export function changeRecorded(question, mine) {
  const held = ballot.value;
  const from = held?.question === question.id && held?.state === "recorded" ? /** @type {Ballot} */ (held).marked : fromServer(question, mine);
  drafted.value = { question: question.id, marked: from, reviewing: false, changing: true };
}

/** What was marked and not sent is gone from memory. */
export function dropDraft() {
  drafted.value = null;
}

/** @param {Partial<Ballot>} change */
function turn(change) {
  if (ballot.value) ballot.value = { ...ballot.value, ...change };
}

/**
 * Sends an open ballot. A newer choice cancels the tries of an older one; a lost line is tried again while the question is open here.
 * @param {Live} live
 * @param {any} question
 * @param {Marked} marked
 */
export async function castOpen(live, question, marked) {
  wish += 1;
  const mine = wish;
  const request_id = newRequestId();
  ballot.value = fresh(question.id, marked, request_id);
  setTimeout(() => { if (mine === wish && ballot.value?.state === "sending") turn({ state: "held" }); }, HELD_AFTER_MS);
  const wanted = { question_id: question.id, ...input(question, marked) };
  for (;;) {
    const answer = await live.act("voting.cast", wanted, { resend: "once", request_id });
    if (mine !== wish) return;
    if (!mayAskAgain(answer)) return take(question, answer);
    turn({ state: "held" });
    await pause(TRY_EVERY_MS);
    const now = currentQuestion(live);
    if (mine !== wish) return;
    if (live.joined.value && (now?.id !== question.id || !isRunning(now))) return take(question, tooLate());
    turn({ tries: (ballot.value?.tries ?? 1) + 1 });
  }
}

/**
 * A secret ballot is sent once. Without an answer it may be in the box or not: only the person decides to send it again, and
 * the same request_id keeps it from counting twice.
 * @param {Live} live
 * @param {any} question
 * @param {Marked} marked
 */
export async function castSecret(live, question, marked) {
  wish += 1;
  const again = ballot.value?.question === question.id && ballot.value?.state === "unknown" ? ballot.value.request_id : null;
  ballot.value = fresh(question.id, marked, again ?? newRequestId());
  const wanted = { question_id: question.id, ...input(question, marked) };
  const answer = await live.act("voting.cast", wanted, { resend: "once", request_id: ballot.value.request_id });
  if (mayAskAgain(answer)) turn({ state: "unknown", since: live.now() });
  else take(question, answer);
}

/** Whether the server has spoken since an answer was lost: then what it says of my vote is so. @param {Live} live @param {Ballot} held */
export const isKnown = (live, held) => live.joined.value && live.knownAt.value > (held.since ?? Infinity);

/** Try a held ballot now instead of at the next turn. */
export function sendNow() {
  hurry?.();
}

/** Forget what this page knows of a ballot that was sent: the choice is gone from memory. */
export function forget() {
  wish += 1;
  ballot.value = null;
}

/** Nothing of a ballot outlives its question or the server's word that it is in. @param {any} question @param {boolean} [voted] */
export function keepOnly(question, voted = false) {
  if (ballot.value && question && ballot.value.question !== question.id) forget();
  if (voted && ballot.value?.state === "unknown") { forget(); dropDraft(); }
  if (drafted.value && (drafted.value.question !== question?.id || !isRunning(question))) dropDraft();
}

/** @param {number} question @param {Marked} marked @param {string} request_id @returns {Ballot} */
function fresh(question, marked, request_id) {
  return { question, state: "sending", marked, request_id, tries: 1, received_at: null, code: "", message: "" };
}

/** Only the server's acknowledgement makes a ballot recorded; of a secret one nothing is kept then. @param {any} question @param {any} answer */
function take(question, answer) {
  if (!answer.ok) return turn({ state: "refused", marked: empty(), code: answer.code ?? "", message: answer.message ?? "" });
  dropDraft();
  return turn({ state: "recorded", received_at: answer.received_at, ...(isSecret(question) ? { marked: empty() } : {}) });
}

const tooLate = () => ({ ok: false, code: "vote_closed", message: "" });

/** @param {number} time @returns {Promise<void>} */
function pause(time) {
  return new Promise((resume) => {
    const timer = setTimeout(resume, time);
    hurry = () => { clearTimeout(timer); resume(); };
  });
}
