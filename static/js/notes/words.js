// The words of notes: who reads them, what they are.
import { t } from "../web/i18n.js";

/** @typedef {import("./note.js").Note} Note */
/** @typedef {{id: number, name: string}[]} Groups */

/** @param {Groups} groups @param {number | null} id */
export const groupName = (groups, id) => groups.find((group) => group.id === id)?.name ?? t("a group");

/** Short, on a card. @param {Note} note @param {Groups} groups */
export function sharedWith(note, groups) {
  if (note.shared === "me") return t("Only me");
  if (note.shared === "meeting") return t("Shared with the meeting");
  return t("Shared in %(group)s", { group: (!note.mine && note.group) || groupName(groups, note.group_id) });
}

/** In full, where one chooses. @param {Pick<Note, "shared" | "group_id">} note @param {Groups} groups */
export function whoSees({ shared, group_id }, groups) {
  if (shared === "me") return t("Nobody else can read this note.");
  if (shared === "meeting") return t("Everybody in the meeting who may read this paper sees this note with your name.");
  return t("The members of %(group)s who may read this paper see this note with your name.", { group: groupName(groups, group_id) });
}

/** What a note without text of its own is. @param {Note} note */
export function kindOf(note) {
  if (note.kind === "highlight") return note.anchor.quote ? t("Highlighted") : t("Highlighted place");
  if (note.kind === "ink") return t("Pen strokes");
  return note.kind === "bookmark" ? t("Bookmark") : t("Note");
}

/** The given name, as people address each other. @param {Note} note */
export const givenName = (note) => note.person?.name.trim().split(/\s+/).at(-1) ?? "";
