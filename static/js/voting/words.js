// Words that several voting screens share. The server's sentences come in both languages; the page picks its own.
import { language, t } from "../web/i18n.js";

export const LABELS = /** @type {Record<string, () => string>} */ ({
  for: () => t("In favour"),
  against: () => t("Against"),
  abstain: () => t("Not voting"),
  other: () => t("Other opinion"),
});
export const ICONS = /** @type {Record<string, string>} */ ({ for: "check", against: "x", abstain: "minus", other: "message" });
export const TONES = /** @type {Record<string, string>} */ ({ for: "agree", against: "oppose", abstain: "abstain", other: "primary" });

/** @param {string} key */
export const label = (key) => LABELS[key]?.() ?? key;

/** @param {string} kind */
export function kindWord(kind) {
  if (kind === "secret") return t("Secret ballot");
  return kind === "hand" ? t("Show of hands") : t("Open vote");
}

/** @param {any} said a value of the server by language */
export const inMyLanguage = (said) => said?.[language] ?? said?.vi ?? "";

/** What is needed to pass, as one sentence. @param {any} question */
export function needSentence(question) {
  const rule = inMyLanguage(question.rule?.said);
  if (question.needed) return t("Passes when %(rule)s (%(total)s) are in favour: at least %(needed)s ballots.", { rule, total: question.total, needed: question.needed });
  return t("Passes when %(rule)s are in favour.", { rule });
}

/** @param {string} kind of the body */
export function whoWord(kind) {
  if (kind === "council") return t("delegates");
  return kind === "party" ? t("committee members") : t("members");
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
  return t("The vote is not open yet.");
}
