// Dates, times and numbers as they are written on screens: 24 hours, dd/mm/yyyy, comma for decimals. The zone is the council's.

const ZONE = "Asia/Ho_Chi_Minh";
const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const SECONDS = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" });

/** @typedef {string | number | Date | null | undefined} Moment ISO text, milliseconds or a Date */

/** @param {Moment} moment @returns {number} milliseconds */
export function ms(moment) {
  if (moment === null || moment === undefined) return NaN;
  return typeof moment === "number" ? moment : new Date(moment).getTime();
}

/** @param {Intl.DateTimeFormat} format @param {Moment} moment @returns {string} */
function write(format, moment) {
  const at = ms(moment);
  return Number.isNaN(at) ? "" : format.format(at);
}

/** 10:37 @param {Moment} moment */
export const timeOfDay = (moment) => write(TIME, moment);
/** 10:37:21 @param {Moment} moment */
export const timeWithSeconds = (moment) => write(SECONDS, moment);
/** 24/11/2026 @param {Moment} moment */
export const date = (moment) => write(DAY, moment);
/** 10:37, 24/11/2026 @param {Moment} moment */
export const dateTime = (moment) => (Number.isNaN(ms(moment)) ? "" : `${timeOfDay(moment)}, ${date(moment)}`);

/**
 * A length of time as 02:46, or 1:02:46 from an hour on. The sign is dropped: say "quá giờ" beside it.
 * @param {number} seconds
 * @returns {string}
 */
export function duration(seconds) {
  const whole = Math.abs(Math.trunc(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(minutes).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}

/** 42.600 or 85,2 @param {number} value @param {number} [decimals] */
export function number(value, decimals = 0) {
  return new Intl.NumberFormat("vi-VN", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** Two letters for an avatar: of the middle and the given name. @param {string} name */
export function initials(name) {
  return name.normalize("NFC").trim().split(/\s+/).slice(-2).map((word) => word.charAt(0)).join("").toUpperCase();
}
