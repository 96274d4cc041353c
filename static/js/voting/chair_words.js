// Plain words for whoever prepares and runs votes: the forms of a ballot paper, the ways of voting, the states.
import { language, t } from "../web/i18n.js";

/** @typedef {{key: string, icon: string, name: () => string, help: () => string, sample?: () => string, people?: boolean, lines?: boolean}} Form */

/** All forms, in the order in which they are offered. @type {Form[]} */
export const FORMS = [
  { key: "matter", icon: "file-text", name: () => t("One matter"), help: () => t("One question, one answer each") },
  { key: "paper", icon: "list-check", lines: true, name: () => t("Several matters on one paper"), help: () => t("Each line is answered by itself") },
  { key: "alternatives", icon: "arrows-split", lines: true, name: () => t("Choice of alternatives"), help: () => t("Exactly one of the proposals") },
  { key: "election", icon: "user-check", lines: true, people: true, name: () => t("Election to office"), help: () => t("In favour of each person, or against"), sample: () => t("Election of the Vice Chair of the People's Council") },
  { key: "relief", icon: "logout", lines: true, people: true, name: () => t("Release or resignation"), help: () => t("Open vote, no counting committee"), sample: () => t("Release of … from the office of … because of a new post") },
  { key: "dismissal", icon: "user-x", lines: true, people: true, name: () => t("Dismissal"), help: () => t("Secret, for each person"), sample: () => t("Dismissal of … from the office of …") },
  { key: "survey", icon: "chart-bar", lines: true, people: true, name: () => t("Confidence survey"), help: () => t("High, ordinary or low, for each person"), sample: () => t("Confidence survey on the holders of …") },
  { key: "confidence", icon: "shield-check", lines: true, people: true, name: () => t("Vote of confidence"), help: () => t("Confidence or none, for each person"), sample: () => t("Vote of confidence in the holder of …") },
  { key: "choose", icon: "users", lines: true, people: true, name: () => t("Choose up to N people"), help: () => t("At most so many names of the list"), sample: () => t("Choice of the members of …") },
];

/** @param {string | undefined} key @returns {Form} */
export const formOf = (key) => FORMS.find((each) => each.key === key) ?? /** @type {Form} */ (FORMS[0]);

/** Whether the lines of this question are people. @param {any} question */
export const aboutPeople = (question) => Boolean(formOf(question?.form).people);

/** Whether the paper has several lines. @param {any} question */
export const hasLines = (question) => (question?.lines ?? []).length > 0;

/** The ways in which a vote is taken: the kind of the question, and paper ballots as a way of their own. @returns {Record<string, {name: string, icon: string}>} */
export const ways = () => ({
  open: { name: t("Open vote"), icon: "users" },
  secret: { name: t("Secret, on the tablets"), icon: "lock" },
  paper: { name: t("Paper ballots"), icon: "mailbox" },
  hand: { name: t("Show of hands"), icon: "hand-stop" },
});

/** @param {any} question */
export const wayOf = (question) => (question?.on_paper ? "paper" : question?.kind ?? "open");

/** The same in one line: what kind of paper, taken how. @param {any} question */
export function kindLine(question) {
  const way = ways()[wayOf(question)]?.name ?? "";
  const round = (question?.round ?? 1) > 1 ? t("round %(n)s", { n: question.round }) : "";
  return [(question?.form ?? "matter") !== "matter" && formOf(question.form).name(), way, round].filter(Boolean).join(" · ");
}

/** @param {string} state */
export function stateWord(state) {
  const words = /** @type {Record<string, () => string>} */ ({
    draft: () => t("Prepared"), ready: () => t("waiting for the members"), open: () => t("voting is open"), paused: () => t("voting is paused"),
    closed: () => t("voting is closed"), published: () => t("result announced"), cancelled: () => t("called off"),
  });
  return words[state]?.() ?? state;
}

export const LIMITS = [0, 60, 120, 180, 300];

/** @param {number} seconds */
export const limitWord = (seconds) => (seconds ? (seconds % 60 ? t("%(n)s seconds", { n: seconds }) : t("%(n)s min", { n: seconds / 60 })) : t("No limit"));

/** A sentence of the server by language, or as it is. @param {any} said */
export const said = (said) => (typeof said === "string" ? said : said?.[language] ?? said?.vi ?? "");

/** The name of somebody on the wire: a text, or a person. @param {any} who */
export const nameOf = (who) => (typeof who === "string" ? who : who?.name ?? "");
