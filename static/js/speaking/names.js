// The words of the floor.
import { t } from "../web/i18n.js";

/** @returns {Record<string, string>} */
export const kinds = () => ({ speech: t("Speech"), debate: t("Debate"), explain: t("Explanation"), order: t("Point of order"), question: t("Question") });

/** @param {string} kind */
export const kindName = (kind) => kinds()[kind] ?? kind;

/** What somebody does on the floor: who is questioned answers, the rest is called by its kind. @param {import("../live/reading.js").Floor} floor */
export const deed = (floor) => (floor.kind === "explain" && floor.answers_id ? t("Answer to a question") : kindName(floor.kind));

/** For whom a substitute sits there, or nothing. @param {string | null | undefined} name */
export const standing = (name) => (name ? t("stands in for %(name)s", { name }) : "");

/** What somebody wants to say, in one line. @param {import("../live/reading.js").Floor} floor */
export function wish(floor) {
  const to = floor.addressee ? t("to %(name)s", { name: floor.addressee.name }) : "";
  const kind = floor.kind === "speech" ? "" : deed(floor);
  return [standing(floor.stands_for), kind, to, floor.subject].filter(Boolean).join(" · ");
}

/** The body's rule of the order, in words. @param {import("../web/live.js").Live} live */
export function ruleWords(live) {
  const rule = live.sections.value.speaking?.rule ?? {};
  const first = rule.order === "unspoken_first" ? t("Who has not yet spoken comes first") : t("In order of registration");
  return rule.debate_first ? t("%(rule)s; debate before new speakers", { rule: first }) : first;
}
