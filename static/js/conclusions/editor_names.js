// What the fields of a line are called, and their values in words.
import { t } from "../web/i18n.js";
import { doc, unitOf } from "./editor_state.js";

/** @param {string} name */
export function fieldName(name) {
  /** @type {Record<string, string>} */
  const names = { item_id: t("agenda item"), title: t("title"), lead_unit_id: t("lead unit"), cooperating_unit_ids: t("cooperating units"), leader_id: t("leader in charge"), officer_id: t("who carries it out"), due_on: t("due date"), no_due: t("no due date"), product: t("deliverable"), process: t("steps") };
  return names[name] ?? name;
}

/** @param {string} name @param {any} value @returns {string} */
export function valueText(name, value) {
  if (value === null || value === "" || (Array.isArray(value) && !value.length)) return t("nothing");
  if (name === "due_on") return String(value).split("-").reverse().join("/");
  if (name === "lead_unit_id") return unitOf(value)?.name ?? "";
  if (name === "cooperating_unit_ids") return value.map((/** @type {number} */ id) => unitOf(id)?.name ?? "").join(", ");
  if (name === "leader_id") return doc().leaders.find((each) => each.id === value)?.name ?? "";
  if (name === "officer_id") return doc().officers.find((each) => each.id === value)?.name ?? "";
  if (name === "item_id") return doc().items.find((each) => each.id === value)?.title ?? "";
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  return String(value);
}
