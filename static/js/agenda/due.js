// The due times beside the form of a meeting: they follow the type and the beginning that are typed. The server counts the days.
import { isoMoment } from "../web/dates.js";
import { t } from "../web/i18n.js";

/** @typedef {{papers: [number, string], invitation: [number, string], programme: [number, string], closed: boolean, source: string, verified: boolean}} Rule */

const form = document.querySelector("form[data-due]");
if (form instanceof HTMLFormElement) watch(form);

/** @param {HTMLFormElement} form */
function watch(form) {
  let latest = 0;
  let waiting = 0;
  const look = async () => {
    const mine = ++latest;
    const found = await ask(form);
    if (mine === latest) show(form, found);
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 250);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", (event) => {
    fill(form, event.target);
    soon();
  });
  follow(form);
  void look();
}

/** What follows from a choice: a form that is not in the room has an address; a type says whether it is closed; a template how long. @param {HTMLFormElement} form @param {EventTarget | null} changed */
function fill(form, changed) {
  if (!(changed instanceof HTMLInputElement || changed instanceof HTMLSelectElement)) return;
  if (changed.name === "type_id") follow(form);
  const picked = form.querySelector('[name="form"]:checked');
  const online = picked instanceof HTMLInputElement && picked.value !== "in_person";
  reveal(form, "[data-link-field]", online || Boolean(value(form, "link")));
  if (changed.name === "room_id" && changed.value) clearPlace(form);
  if (changed.name === "starts_at") suggestEnd(form);
}

/** A new meeting is closed or not as its rule book says. @param {HTMLFormElement} form */
function follow(form) {
  const box = form.querySelector("[data-closed]");
  const rule = rules(form)[typeOf(form)];
  if (box instanceof HTMLInputElement && rule && !form.dataset.meeting) box.checked = Boolean(rule.closed);
}

/** The new room's own name takes the place of the old place. @param {HTMLFormElement} form */
function clearPlace(form) {
  const place = form.elements.namedItem("place");
  if (place instanceof HTMLInputElement) place.value = "";
}

/** @param {HTMLFormElement} form */
function suggestEnd(form) {
  const ends = form.elements.namedItem("ends_at");
  const begins = isoMoment(value(form, "starts_at"));
  const minutes = Number(form.dataset.minutes ?? 0);
  if (!(ends instanceof HTMLInputElement) || ends.value || !begins || !minutes) return;
  const [day = "", hours = ""] = begins.split("T");
  const until = new Date(`${day}T${hours.slice(0, 5)}:00Z`);
  until.setUTCMinutes(until.getUTCMinutes() + minutes);
  const [date = "", clock = ""] = until.toISOString().split("T");
  ends.value = `${date.split("-").reverse().join("/")} ${clock.slice(0, 5)}`;
}

/** @param {HTMLFormElement} form @param {string} name */
function value(form, name) {
  const control = form.elements.namedItem(name);
  return control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? control.value.trim() : "";
}

/** @param {HTMLFormElement} form */
function typeOf(form) {
  const chosen = form.querySelector("[data-due-type]");
  return chosen instanceof HTMLSelectElement || chosen instanceof HTMLInputElement ? chosen.value : "";
}

/** @param {HTMLFormElement} form */
async function ask(form) {
  const startsAt = isoMoment(value(form, "starts_at"));
  if (!startsAt || !typeOf(form)) return null;
  const query = new URLSearchParams({ starts_at: startsAt, place: value(form, "place"), meeting: form.dataset.meeting ?? "" });
  if (value(form, "room_id")) query.set("room", value(form, "room_id"));
  const endsAt = isoMoment(value(form, "ends_at"));
  if (endsAt) query.set("ends_at", endsAt);
  try {
    const response = await fetch(`/api/v1/meeting-types/${typeOf(form)}/due?${query}`, { headers: { Accept: "application/json" } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form @param {Record<string, any> | null} found */
function show(form, found) {
  reveal(form, "[data-due-empty]", !found);
  reveal(form, "[data-due-times]", Boolean(found));
  reveal(form, "[data-due-late]", Boolean(found?.invitation_late) && !urgent(form));
  reveal(form, "[data-due-room]", Boolean(found?.room_taken));
  reveal(form, "[data-due-share]", Boolean(found?.room_taken) || Boolean(value(form, "shared_reason")));
  reveal(form, "[data-due-place]", Boolean(found?.place_taken && !found.room_taken));
  reveal(form, "[data-due-busy]", Boolean(found?.busy?.length));
  write(form, "[data-due-busy]", found?.busy?.length ? t("Expected at another meeting then: %(names)s.", { names: found.busy.join(", ") }) : "");
  for (const name of ["programme_due_at", "papers_due_at", "invitation_due_at"]) write(form, `[data-due="${name}"]`, found?.[name] ? written(found[name]) : "");
  reveal(form, "[data-due-approval]", Boolean(found?.programme_due_at));
  const rule = rules(form)[typeOf(form)];
  if (!rule) return;
  write(form, '[data-due-rule="programme"]', found?.programme_due_at ? said(rule.programme) : "");
  write(form, '[data-due-rule="papers"]', said(rule.papers));
  write(form, '[data-due-rule="invitation"]', said(rule.invitation));
  write(form, "[data-due-source]", rule.verified ? rule.source : `${rule.source} (${t("to be checked against your own rules")})`);
}

/** @param {HTMLFormElement} form */
function urgent(form) {
  const box = form.elements.namedItem("urgent");
  return box instanceof HTMLInputElement && box.checked;
}

/** @param {HTMLFormElement} form @returns {Record<string, Rule>} */
function rules(form) {
  return JSON.parse(form.querySelector("[data-due-rules]")?.textContent ?? "{}");
}

/** @param {[number, string]} rule */
function said([days, unit]) {
  if (!days) return t("at the beginning of the meeting");
  return unit === "working" ? t("%(n)s working days before the meeting", { n: days }) : t("%(n)s days before the meeting", { n: days });
}

/** 2026-04-28T17:00:00+07:00 as 17:00, 28/04/2026: the council's own time as the server wrote it. @param {string} iso */
function written(iso) {
  const [day = "", clock = ""] = iso.split("T");
  return `${clock.slice(0, 5)}, ${day.split("-").reverse().join("/")}`;
}

/** @param {HTMLFormElement} form @param {string} where @param {string} text */
function write(form, where, text) {
  const place = form.querySelector(where);
  if (place) place.textContent = text;
}

/** @param {HTMLFormElement} form @param {string} where @param {boolean} shown */
function reveal(form, where, shown) {
  const place = form.querySelector(where);
  if (place instanceof HTMLElement) place.hidden = !shown;
}
