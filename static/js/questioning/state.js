// Reading the section of questioning, and the words of it.
import { date } from "../web/format.js";
import { t } from "../web/i18n.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("../live/reading.js").Floor} Floor */
/** @typedef {import("../live/reading.js").Person} Person */
/** @typedef {{id: number, title: string, item_id: number | null, respondent: Person, state: string, opened_at: string | null, questions: number, put: number, agrees: number}} Group */
/** @typedef {{id: number, person: Person, subject: string, text: string, addressee: Person | null, before: boolean, asked_at: string, number: number, of: number,
 *   answered: boolean, stage: string, clear?: {yes: number, no: number}}} Question */
/** @typedef {{id: number, text: string, person: Person, unit: {id: number, name: string} | null, due_on: string, state: string, standing: string, answer: string, answer_text: string}} Vow */
/** @typedef {{id: number, kind: string, state: string, subject: string, written: boolean, to: string, group_id: number | null, position: number | null}} Own */
/** @typedef {{group: Group | null, groups: Group[], question: Question | null, current: Floor | null, called: Floor | null, queue: (Floor & {answers_id: number | null})[],
 *   done: {id: number, person: Person, subject: string, answered: boolean}[], promises: Vow[], loose: number}} Section */
/** @typedef {{may_ask: boolean, may_write: boolean, may_follow: boolean, may_judge: boolean, answers: boolean, clear: boolean | null, requests: Own[]}} Mine */

/** @param {Live} live @returns {Section} */
export const section = (live) => live.sections.value.questioning ?? { group: null, groups: [], question: null, current: null, called: null, queue: [], done: [], promises: [], loose: 0 };

/** @param {Live} live @returns {Mine} */
export const mine = (live) => live.me.value.questioning ?? { may_ask: false, may_write: false, may_follow: false, may_judge: false, answers: false, clear: null, requests: [] };

/** Who answers now. @param {Live} live @returns {Person | null} */
export const respondent = (live) => section(live).group?.respondent ?? section(live).question?.addressee ?? null;

/** @param {string} state */
export const groupState = (state) => ({ planned: t("Not opened for questions yet"), open: t("Being questioned"), stopped: t("Stopped"), ended: t("Ended") })[state] ?? state;

/** Which question of how many. @param {Question} question */
export const numbered = (question) => t("Question %(n)s of %(total)s", { n: question.number, total: question.of });

/** @param {Vow} vow */
export const dueWords = (vow) => t("due on %(day)s", { day: date(`${vow.due_on}T00:00:00+07:00`) });
