// Words that several voting screens share. The server's sentences come in both languages; the page picks its own.
import { language, nt, t } from "../web/i18n.js";
import { formOf, hasLines, isOnPeople, linesOf, progress, seatsOf } from "./marks.js";

export const LABELS = /** @type {Record<string, () => string>} */ ({
  for: () => t("In favour"),
  against: () => t("Against"),
  abstain: () => t("Not voting"),
  other: () => t("Other opinion"),
  high: () => t("High confidence"),
  medium: () => t("Confidence"),
  low: () => t("Low confidence"),
  none: () => t("Not chosen"),
});
const CONFIDENCE = /** @type {Record<string, () => string>} */ ({ for: () => t("Confidence"), against: () => t("No confidence") });
const PICKED = /** @type {Record<string, () => string>} */ ({ for: () => t("Chosen") });

export const ICONS = /** @type {Record<string, string>} */ ({ for: "check", against: "x", abstain: "minus", other: "message", high: "check", medium: "check", low: "check" });
export const TONES = /** @type {Record<string, string>} */ ({ for: "agree", against: "oppose", abstain: "abstain", other: "primary", none: "abstain", high: "agree", medium: "mid", low: "oppose" });

/** @param {string} key @param {any} [form] of the question: a confidence vote has words of its own @returns {string} */
export function label(key, form = "") {
  const own = form === "confidence" ? CONFIDENCE : form === "choose" || form === "alternatives" ? PICKED : {};
  return (own[key] ?? LABELS[key])?.() ?? key;
}

/** @param {string} kind @param {boolean} [onPaper] */
export function kindWord(kind, onPaper = false) {
  if (kind === "secret") return t("Secret ballot");
  if (onPaper) return t("Secret ballot on paper");
  return kind === "hand" ? t("Show of hands") : t("Open vote");
}

const FORM_WORDS = /** @type {Record<string, () => string>} */ ({
  paper: () => t("Several matters on one ballot"),
  alternatives: () => t("One of several alternatives"),
  election: () => t("Election"),
  choose: () => t("Election"),
  dismissal: () => t("Removal from office"),
  relief: () => t("Relief from office"),
  survey: () => t("Confidence survey"),
  confidence: () => t("Confidence vote"),
});

/** What kind of paper it is; nothing for a single matter. @param {any} question @returns {string} */
export const formWord = (question) => FORM_WORDS[formOf(question)]?.() ?? "";

/** What is to be done on the paper, in one line. @param {any} question @returns {string} */
export function taskLine(question) {
  const form = formOf(question);
  const n = linesOf(question).length;
  if (form === "choose") return t("Choose at most %(seats)s of %(n)s people", { seats: seatsOf(question), n });
  if (form === "alternatives") return t("Choose one of %(n)s alternatives", { n });
  if (form === "survey") return t("Choose one level for each person. Tap another to change it.");
  if (form === "paper") return t("Mark one box for each of %(n)s matters", { n });
  return hasLines(question) ? t("Mark one box for each person") : t("Choose one of the boxes");
}

/** What is still to be marked, on the button that is not yet ready. @param {any} question @param {import("./marks.js").Marked} marked */
export function missingLine(question, marked) {
  const { left, of } = progress(question, marked);
  if (of === 1 && !isOnPeople(question)) return t("Choose a box first");
  if (isOnPeople(question)) return nt("Mark one more person to vote", "Mark %(n)s more people to vote", left);
  return nt("Mark one more matter to vote", "Mark %(n)s more matters to vote", left);
}

/** @param {any} said a value of the server by language */
export const inMyLanguage = (said) => said?.[language] ?? said?.vi ?? "";

/** What is needed to pass, as one sentence. @param {any} question */
export function needSentence(question) {
  const form = formOf(question);
  const rule = inMyLanguage(question.rule?.said);
  if (form === "survey") return t("A survey decides nothing by itself; its result is announced.");
  if (form === "confidence") return t("What follows is decided when %(rule)s have no confidence.", { rule });
  const needed = question.needed;
  if (form === "election" || form === "choose") return needed ? t("Elected with %(rule)s in favour: at least %(needed)s ballots.", { rule, needed }) : t("Elected with %(rule)s in favour.", { rule });
  if (hasLines(question)) return needed ? t("Each is counted by itself: %(rule)s in favour, at least %(needed)s ballots.", { rule, needed }) : t("Each is counted by itself: %(rule)s in favour.", { rule });
  if (question.needed) return t("Passes when %(rule)s (%(total)s) are in favour: at least %(needed)s ballots.", { rule, total: question.total, needed: question.needed });
  return t("Passes when %(rule)s are in favour.", { rule });
}

/**
 * A sentence said to this person: "quý vị" becomes "ông" or "bà", as on file.
 * @param {any} me
 * @param {string} sentence
 */
export function told(me, sentence) {
  const called = /^(Ông|Bà|Đồng chí)\s/u.exec(me?.name ?? "")?.[1];
  if (!called) return sentence;
  return sentence.replaceAll("Quý vị", called).replaceAll("quý vị", called.toLocaleLowerCase("vi"));
}

/** Why somebody may not vote now. @param {string | null | undefined} code */
export function whyNot(code) {
  if (code === "not_elector") return t("You are not on the list of electors of this vote.");
  if (code === "not_present") return t("You are not checked in, so you cannot vote yet.");
  if (code === "vote_paused") return t("The vote is paused. Please wait.");
  if (code === "by_hand") return t("This vote is taken by show of hands.");
  if (code === "vote_closed") return t("Time is up. The vote is closing.");
  return t("The vote is not open yet.");
}
