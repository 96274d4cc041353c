// Dates and times are written as people write them here, 24/11/2026 and 24/11/2026 08:00, whatever the browser's own language.
// The calendar button opens the device's picker. What travels is ISO: 2026-11-24 and 2026-11-24T08:00:00+07:00.

const WRITTEN = /(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/;
const ISO = /(\d{4})-(\d{2})-(\d{2})/;
const CLOCK = /(?:^|[\sT,])(\d{1,2})[:hg](\d{2})?/;

/** @param {number} n */
const two = (n) => String(n).padStart(2, "0");

/** 2026-11-24 out of what was written, or null when it is no day. @param {string} text @returns {string | null} */
export function isoDate(text) {
  const iso = ISO.exec(text);
  const written = WRITTEN.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]].map(Number) : written ? [written[3], written[2], written[1]].map(Number) : [];
  if (!year || !month || !day) return null;
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? `${year}-${two(month)}-${two(day)}` : null;
}

/** 2026-11-24T08:00:00+07:00 out of what was written (a day and a time in any order), or null. @param {string} text @returns {string | null} */
export function isoMoment(text) {
  const day = isoDate(text);
  const clock = CLOCK.exec(text.replace(WRITTEN, " ").replace(ISO, " "));
  if (!day || !clock) return null;
  const [hours, minutes] = [Number(clock[1]), Number(clock[2] ?? 0)];
  return hours < 24 && minutes < 60 ? `${day}T${two(hours)}:${two(minutes)}:00+07:00` : null;
}

/** As people write it. @param {string} iso the value of the device's picker */
function written(iso) {
  const [day = "", clock = ""] = iso.split("T");
  return `${day.split("-").reverse().join("/")} ${clock.slice(0, 5)}`.trim();
}

/** The calendar buttons of the page. */
export function pickers() {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-picks]") : null;
    const picker = button?.parentElement?.querySelector("input.picker");
    if (!(picker instanceof HTMLInputElement)) return;
    const text = picker.parentElement?.querySelector("input[data-type]");
    const now = text instanceof HTMLInputElement ? text.value : "";
    picker.value = (picker.type === "date" ? isoDate(now) : isoMoment(now)?.slice(0, 16)) ?? "";
    picker.showPicker();
  });
  document.addEventListener("input", (event) => {
    const picker = event.target;
    if (!(picker instanceof HTMLInputElement) || !picker.classList.contains("picker")) return;
    const text = picker.parentElement?.querySelector("input[data-type]");
    if (!(text instanceof HTMLInputElement)) return;
    text.value = picker.value ? written(picker.value) : "";
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
