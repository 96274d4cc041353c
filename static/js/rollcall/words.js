// Words and signs of presence, the same wherever somebody's presence is shown. Never colour alone: each has an icon and a word.
import { t } from "../web/i18n.js";

/** @typedef {{id: number, name: string, position: string, voting: boolean, stands_for: string | null, presence: string, arrived_at: string | null, left_at?: string | null,
 *   reason?: string, absence?: string, corrected_at?: string | null, how?: string, seat?: string | null, help?: string | null}} Attender */

export const HERE = ["present", "late", "remote"];

/** @returns {Record<string, string>} */
export const words = () => ({ present: t("Present"), late: t("Came late"), left: t("Left early"), remote: t("Taking part from elsewhere"), excused: t("Absent, excused"), absent: t("Absent") });

export const ICONS = /** @type {Record<string, string>} */ ({ present: "check", late: "clock", remote: "video", left: "door-exit", excused: "minus", absent: "circle-dashed", speaker: "microphone", help: "lifebuoy" });

/** @returns {Record<string, string>} */
export const hows = () => ({ self: t("by themselves"), code: t("by the code"), clerk: t("by the secretary") });

/** @returns {Record<string, string>} */
export const helps = () => ({ tablet: t("Help with the tablet"), paper: t("Papers"), sound: t("Microphone, sound"), other: t("Something else") });

/** @param {string} presence */
export const isHere = (presence) => HERE.includes(presence);

/** "Phan Thị Hoa" of "Bà Phan Thị Hoa". @param {string} name */
export const bare = (name) => name.replace(/^(Ông|Bà|Đồng chí)\s/u, "");

/** A name that fits on a seat: "V.T.M. Lan". @param {string} name */
export function short(name) {
  const parts = bare(name).split(/\s+/);
  if (bare(name).length <= 11 || parts.length < 2) return bare(name);
  return `${parts.slice(0, -1).map((word) => `${word.charAt(0)}.`).join("")} ${parts.at(-1)}`;
}

/** Small letters without marks, for finding a name as it is typed. @param {string} text */
export const folded = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d");
