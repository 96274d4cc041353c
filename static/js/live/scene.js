// What the big screen shows: by itself what happens, or what the chair has put there. The hall and the console ask the same question here.
import { isRunning as voteRuns } from "../voting/ballot.js";
import { nextQuestion, reviewOf } from "../voting/waiting.js";
import { ms } from "../web/format.js";
import { t } from "../web/i18n.js";
import { shownPage } from "./page.js";
import { called, currentItem, items, meeting, speaker } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {"welcome" | "agenda" | "item" | "page" | "speaker" | "vote" | "result" | "break" | "notice" | "blank" | "roll" | "closed"} Name */
/** @typedef {{name: string, until: string | null, text: string, ref: number | null}} Pinned */

/** @param {Live} live @returns {Pinned} */
export const pinned = (live) => live.sections.value.scene ?? { name: "auto", until: null, text: "", ref: null };

/** Whether a vote comes: its register is frozen, or everybody looks through the questions. @param {Live} live */
export const comes = (live) => Boolean(nextQuestion(live) ?? reviewOf(live));
/** @param {Live} live @returns {any} */
const question = (live) => live.sections.value.voting?.current ?? null;
/** @param {Live} live @returns {any} the question to a respondent that is being dealt with */
export const asked = (live) => live.sections.value.questioning?.question ?? null;

/** What happens now, in the order of what a hall must not miss. @param {Live} live @returns {Name} */
export function happening(live) {
  const vote = question(live);
  const state = meeting(live).state;
  if (vote && (voteRuns(vote) || vote.state === "closed")) return "vote";
  if (state === "paused") return "break";
  if (state !== "in_session") return ["held", "archived", "cancelled", "postponed"].includes(state) ? "closed" : "welcome";
  if (comes(live) && !speaker(live) && !called(live)) return "vote";
  if (vote?.state === "published" && isNewest(live, vote)) return "result";
  if (shownPage(live)) return "page";
  if (speaker(live) || called(live) || asked(live)) return "speaker";
  return currentItem(live) ? "item" : betweenItems(live) ? "agenda" : "roll";
}

/** Whether an item was dealt with and none is under discussion now: the one at hand was put off. @param {Live} live */
export const betweenItems = (live) => !currentItem(live) && items(live).some((item) => item.state === "done");

/** A result stands until the next thing happens: somebody is called or speaks, another page is led, another item begins. @param {Live} live @param {any} vote */
function isNewest(live, vote) {
  const item = currentItem(live);
  const page = /** @type {any} */ (shownPage(live));
  if (item && item.id !== vote.item_id && ms(live.sections.value.agenda?.since) > ms(vote.published_at)) return false;
  if (page && ms(page.shown_at) > ms(vote.published_at)) return false;
  return !speaker(live) && !called(live);
}

/** What the screen shows. A scene that has nothing to show (a vote that was called off) gives way to what happens. @param {Live} live @returns {Name} */
export function sceneOf(live) {
  const wanted = pinned(live).name;
  const vote = question(live);
  const empty = /** @type {Record<string, boolean>} */ ({
    auto: true, vote: !comes(live) && (!vote || !(voteRuns(vote) || vote.state === "closed")), result: !vote?.result, page: !shownPage(live),
    speaker: !speaker(live) && !called(live) && !asked(live), item: !sceneItem(live),
  });
  return wanted in empty && empty[wanted] ? happening(live) : /** @type {Name} */ (wanted);
}

/** The item of the scene: the one that was chosen, else the one under discussion. @param {Live} live */
export function sceneItem(live) {
  const { name, ref } = pinned(live);
  return (name === "item" && ref ? items(live).find((item) => item.id === ref) : null) ?? currentItem(live) ?? null;
}

/** @returns {Record<string, string>} the scenes by name, in the words of the console */
export const sceneNames = () => ({
  auto: t("What happens"), welcome: t("Welcome and code"), agenda: t("The programme"), item: t("The item"), page: t("The page presented"), speaker: t("The speaker"),
  vote: t("The vote"), result: t("The result"), break: t("Recess"), notice: t("A notice"), blank: t("Nothing"), roll: t("Roll call"), closed: t("The end"),
});

/** One line that says what stands on the wall. @param {Live} live @returns {string} */
export function sceneLine(live) {
  const name = sceneOf(live);
  const floor = speaker(live) ?? called(live);
  if (name === "page") return t("%(title)s, page %(n)s", { title: shownPage(live)?.title ?? "", n: shownPage(live)?.page ?? "" });
  if (name === "speaker") return floor?.person.name ?? asked(live)?.person?.name ?? "";
  if (name === "vote" || name === "result") return ((name === "vote" && !voteRuns(question(live)) && nextQuestion(live)) || question(live))?.title ?? "";
  if (name === "item") return sceneItem(live)?.title ?? "";
  if (name === "notice" || name === "break") return pinned(live).text || live.sections.value.notice?.text || "";
  return name === "blank" ? "" : meeting(live).title ?? "";
}
