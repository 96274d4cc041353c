// What may be marked on a ballot of each form, and when it is whole. Only values in and out, no screen.

/**
 * What somebody has marked so far, or put into the box: one choice (with a text for another opinion), or a mark for each line by its id.
 * @typedef {{choice: string, text: string, choices: Record<string, string>}} Marked
 */

const ON_PEOPLE = new Set(["election", "dismissal", "relief", "choose", "survey", "confidence"]);
const REVIEWED = new Set(["election", "dismissal", "choose", "survey", "confidence"]);
const PICKED = new Set(["alternatives", "choose"]);

/** @param {any} question @returns {string} */
export const formOf = (question) => question?.form ?? "matter";
/** @param {any} question */
export const isSecret = (question) => question?.kind === "secret";
/** @param {any} question */
export const hasLines = (question) => formOf(question) !== "matter";
/** @param {any} question @returns {any[]} */
export const linesOf = (question) => question?.lines ?? [];
/** @param {any} question */
export const isOnPeople = (question) => ON_PEOPLE.has(formOf(question));
/** Whether lines are picked, the others staying unmarked; else each line gets a mark. @param {any} question */
export const isPicked = (question) => PICKED.has(formOf(question));
/** Secret ballots and ballots on people are looked through before they are cast. @param {any} question */
export const isReviewed = (question) => isSecret(question) || REVIEWED.has(formOf(question));
/** @param {any} question @returns {string[]} the marks offered on each line, or the options of the matter */
export const offered = (question) => (question.options ?? []).map((/** @type {any} */ each) => each.key);
/** How many may be chosen. @param {any} question @returns {number} */
export const seatsOf = (question) => question.seats || linesOf(question).length;

/** @returns {Marked} */
export const empty = () => ({ choice: "", text: "", choices: {} });

/** Only real marks: what the server keeps of a line that was not picked is left out. @param {Record<string, string> | null | undefined} choices */
export function picked(choices) {
  return Object.fromEntries(Object.entries(choices ?? {}).filter(([, mark]) => mark && mark !== "none"));
}

/** A ballot as the server keeps it, to go on from. @param {any} question @param {any} mine @returns {Marked} */
export function fromServer(question, mine) {
  const choices = picked(mine?.marks);
  const none = formOf(question) === "alternatives" && mine?.marks && Object.keys(choices).length === 0;
  return { choice: none ? "abstain" : (mine?.choice ?? ""), text: mine?.text ?? "", choices };
}

/** How far a ballot is filled in. @param {any} question @param {Marked} marked @returns {{set: number, of: number, left: number}} */
export function progress(question, marked) {
  const set = Object.keys(marked.choices).length;
  if (formOf(question) === "choose") return { set, of: seatsOf(question), left: 0 };
  if (!hasLines(question) || formOf(question) === "alternatives") {
    const done = marked.choice || set ? 1 : 0;
    return { set: done, of: 1, left: 1 - done };
  }
  const of = linesOf(question).length;
  return { set, of, left: of - set };
}

/** @param {any} question @param {Marked} marked */
export const isWhole = (question, marked) => progress(question, marked).left === 0;

/** A mark on a line, or the choice of a matter (line null). Nothing else of the ballot changes. @param {any} question @param {Marked} marked @param {number | null} line @param {string} mark @returns {Marked} */
export function marking(question, marked, line, mark) {
  if (line === null) return { ...marked, choice: mark, choices: {} };
  if (formOf(question) === "alternatives") return { ...empty(), choices: { [line]: "for" } };
  if (formOf(question) !== "choose") return { ...marked, choices: { ...marked.choices, [line]: mark } };
  const choices = { ...marked.choices };
  if (choices[line]) delete choices[line];
  else if (Object.keys(choices).length < seatsOf(question)) choices[line] = "for";
  return { ...marked, choices };
}

/** What `voting.cast` is told. @param {any} question @param {Marked} marked @returns {Record<string, unknown>} */
export function input(question, marked) {
  if (!hasLines(question) || (formOf(question) === "alternatives" && marked.choice)) {
    return { choice: marked.choice, ...(marked.text ? { text: marked.text } : {}) };
  }
  return { choices: marked.choices };
}

/** The first line without a mark. @param {any} question @param {Marked} marked */
export const firstUnmarked = (question, marked) => linesOf(question).find((line) => !marked.choices[line.id]) ?? null;
