// One person's ballot while this page is open. It lives in this page's memory only: nothing is ever stored on the device.
import { signal } from "@preact/signals-core";
import { mayAskAgain, newRequestId } from "../web/acts.js";

/** @typedef {import("../web/live.js").Live} Live */
/**
 * sending: on its way, at most 3 s; held: not recorded, this page keeps trying (open vote); unknown: a secret ballot whose
 * answer was lost, resent only by a tap; recorded: acknowledged by the server; refused: it will not count.
 * @typedef {{question: number, state: "sending" | "held" | "unknown" | "recorded" | "refused", choice: string | null, text: string,
 *   request_id: string, tries: number, received_at: string | null, code: string, message: string}} Ballot
 */

const HELD_AFTER_MS = 3000;
const TRY_EVERY_MS = 2000;

export const ballot = signal(/** @type {Ballot | null} */ (null));

/** The newest wish of this person: an older one stops being sent. */
let wish = 0;
/** @type {(() => void) | null} */
let hurry = null;

/** @param {Live} live @returns {any} the question that all screens look at */
export const currentQuestion = (live) => live.sections.value.voting?.current ?? null;

/** @param {Live} live @returns {any} what the server says of my own vote on the current question */
export function myVote(live) {
  const mine = live.me.value.voting;
  return mine && mine.question_id === currentQuestion(live)?.id ? mine : null;
}

/** @param {any} question */
export const isRunning = (question) => question?.state === "open" || question?.state === "paused";

/** @param {Partial<Ballot>} change */
function turn(change) {
  if (ballot.value) ballot.value = { ...ballot.value, ...change };
}

/**
 * One tap sends. A newer choice cancels the tries of an older one; a lost line is tried again while the question is open here.
 * @param {Live} live
 * @param {any} question
 * @param {string} choice
 * @param {string} [text]
 */
export async function castOpen(live, question, choice, text = "") {
  wish += 1;
  const mine = wish;
  const request_id = newRequestId();
  ballot.value = fresh(question.id, choice, text, request_id);
  setTimeout(() => { if (mine === wish && ballot.value?.state === "sending") turn({ state: "held" }); }, HELD_AFTER_MS);
  const input = { question_id: question.id, choice, ...(text ? { text } : {}) };
  for (;;) {
    const answer = await live.act("voting.cast", input, { resend: "once", request_id });
    if (mine !== wish) return;
    if (!mayAskAgain(answer)) return take(answer);
    turn({ state: "held" });
    await pause(TRY_EVERY_MS);
    const now = currentQuestion(live);
    if (mine !== wish) return;
    if (live.joined.value && (now?.id !== question.id || !isRunning(now))) return take(tooLate());
    turn({ tries: (ballot.value?.tries ?? 1) + 1 });
  }
}

/**
 * A secret ballot is sent once. Without an answer it may be in the box or not: only the person decides to send it again, and
 * the same request_id keeps it from counting twice.
 * @param {Live} live
 * @param {any} question
 * @param {string} choice
 */
export async function castSecret(live, question, choice) {
  wish += 1;
  const again = ballot.value?.question === question.id && ballot.value?.state === "unknown" ? ballot.value.request_id : null;
  ballot.value = fresh(question.id, choice, "", again ?? newRequestId());
  const input = { question_id: question.id, choice };
  const answer = await live.act("voting.cast", input, { resend: "once", request_id: ballot.value.request_id });
  if (mayAskAgain(answer)) turn({ state: "unknown" });
  else take(answer);
}

/** Try a held ballot now instead of at the next turn. */
export function sendNow() {
  hurry?.();
}

/** Forget what this page knows of a ballot: the choice is gone from memory. */
export function forget() {
  wish += 1;
  ballot.value = null;
}

/** @param {number} question @param {string} choice @param {string} text @param {string} request_id @returns {Ballot} */
function fresh(question, choice, text, request_id) {
  return { question, state: "sending", choice, text, request_id, tries: 1, received_at: null, code: "", message: "" };
}

/** Only the server's acknowledgement makes a ballot recorded. @param {any} answer */
function take(answer) {
  if (answer.ok) turn({ state: "recorded", received_at: answer.received_at });
  else turn({ state: "refused", choice: null, text: "", code: answer.code ?? "", message: answer.message ?? "" });
}

const tooLate = () => ({ ok: false, code: "vote_closed", message: "" });

/** @param {number} time @returns {Promise<void>} */
function pause(time) {
  return new Promise((resume) => {
    const timer = setTimeout(resume, time);
    hurry = () => { clearTimeout(timer); resume(); };
  });
}
