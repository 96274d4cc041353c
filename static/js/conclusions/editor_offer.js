// The task a typed sentence gives, as an offer: nothing is entered by itself, and a date that was not said is asked for.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { fieldName } from "./editor_names.js";
import { address, ask, doc, opened, unitOf } from "./editor_state.js";
import { dayText } from "./editor_task.js";

/** @typedef {import("./editor_state.js").Line} Line */
/** @typedef {{leads: number[], cooperating: number[], due_on: string | null, likely_due: string | null, dues: string[], due_said: string, unknown: string, leader: number | null, product: string, missing: string[]}} Cue */

const REST_MS = 500; // after the last key
/** Only sentences with one of these are asked about. */
const GIVES = /giao|phan cong|yeu cau|de nghi|chu tri|trach nhiem|phoi hop|khan truong|dau moi|truoc|cham nhat|phai /;

/** @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

/** @param {{line: Line}} props */
export function Offer({ line }) {
  const text = line.draft.text.value.trim();
  const [cue, setCue] = useState(/** @type {Cue | null} */ (null));
  const [waved, setWaved] = useState(""); // the text whose offer was put aside
  useEffect(() => {
    if (!GIVES.test(plain(text))) { setCue(null); return undefined; }
    let over = false;
    const timer = setTimeout(async () => {
      const found = await ask(address(`cue?text=${encodeURIComponent(text.slice(0, 1500))}`));
      if (!over) setCue(found);
    }, REST_MS);
    return () => { over = true; clearTimeout(timer); };
  }, [text]);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { box.current?.scrollIntoView({ block: "nearest" }); }, [cue]);
  const stand = line.draft.shown.value;
  if (!cue || waved === text || !isNews(cue, stand)) return null;
  const leads = cue.leads.map((id) => unitOf(id)?.name ?? "");
  return html`<div class="cue" role="status" ref=${box}><${Icon} name="sparkles" size=${20} /><div class="grow">
      <p>${said(cue, leads)}</p>
      ${asked(cue).map((each) => html`<p class="t-warn" key=${each}>${each}</p>`)}</div>
    <div class="cue-b">${cue.leads.length > 1 ? cue.leads.map((id) => html`<${Button} key=${id} kind="quiet" size="row" icon="check" onClick=${() => take(line, cue, id)}>${t("%(unit)s leads", { unit: unitOf(id)?.short ?? "" })}<//>`) : cue.leads.length === 1 ? hasNews(cue, stand) && html`<${Button} kind="quiet" size="row" icon="check" onClick=${() => take(line, cue, cue.leads[0] ?? null)}>${t("Use it")}<//>` : html`<${Button} kind="quiet" size="row" icon="user-plus" onClick=${() => take(line, cue, null)}>${t("Choose the lead unit")}<//>`}
      ${days(cue, stand).map((day) => html`<${Button} key=${day} kind="quiet" size="row" icon="calendar" onClick=${() => line.draft.put({ due_on: day, no_due: false })}>${cue.likely_due === day ? t("Yes, %(date)s", { date: dayText(day) }) : dayText(day)}<//>`)}
      <${Button} kind="ghost" size="row" onClick=${() => setWaved(text)}>${t("Not a task")}<//></div></div>`;
}

/** Whether the offer says or asks anything that the line does not have. @param {Cue} cue @param {Record<string, any>} stand */
const isNews = (cue, stand) => (cue.leads.length > 0 || cue.unknown) && (hasNews(cue, stand) || days(cue, stand).length > 0);

/** Whether there is anything to enter at once: a day without its year is asked for instead. @param {Cue} cue @param {Record<string, any>} stand */
function hasNews(cue, stand) {
  const lead = cue.leads.length ? !cue.leads.includes(stand.lead_unit_id) : !stand.lead_unit_id;
  const due = Boolean(cue.due_on) && stand.due_on !== cue.due_on;
  const helpers = cue.cooperating.some((id) => !(stand.cooperating_unit_ids ?? []).includes(id) && id !== stand.lead_unit_id);
  return lead || due || helpers;
}

/** The days to choose from, as long as none is chosen. @param {Cue} cue @param {Record<string, any>} stand @returns {string[]} */
const days = (cue, stand) => (stand.due_on || stand.no_due ? [] : cue.likely_due ? [cue.likely_due] : cue.dues);

/** @param {Cue} cue @param {string[]} leads */
function said(cue, leads) {
  const helpers = cue.cooperating.map((id) => unitOf(id)?.name ?? "").join(", ");
  const leader = doc().leaders.find((each) => each.id === cue.leader)?.name;
  const parts = [
    leads.length === 1 ? t("Give %(unit)s the lead", { unit: leads[0] }) : leads.length ? t("Two units are to lead: %(units)s", { units: leads.join(", ") }) : t("A unit that is not on file is to lead: %(unit)s", { unit: cue.unknown }),
    helpers && t("cooperating: %(units)s", { units: helpers }),
    leader && `${fieldName("leader_id")}: ${leader}`,
    cue.due_on && t("due %(date)s", { date: dayText(cue.due_on) }),
    cue.product && `${fieldName("product")}: ${cue.product}`,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** What has to be asked: never filled in by us. @param {Cue} cue @returns {string[]} */
function asked(cue) {
  const questions = [];
  if (cue.leads.length > 1) questions.push(t("A task has exactly one lead unit: choose it, the others cooperate."));
  if (cue.due_on) return questions;
  if (cue.likely_due) questions.push(t("“%(said)s” names no year. Is it %(date)s?", { said: cue.due_said, date: dayText(cue.likely_due) }));
  else if (cue.dues.length) questions.push(t("Several days are said. Which one is the due date?"));
  else if (cue.due_said) questions.push(t("“%(said)s” is no date. Please enter the due date.", { said: cue.due_said }));
  else questions.push(t("No due date is said. Please enter it."));
  return questions;
}

/** Enter what was said; go on to what was not. @param {Line} line @param {Cue} cue @param {number | null} lead */
function take(line, cue, lead) {
  const stand = line.draft.shown.value;
  opened.value = new Set([...opened.value, line.key]);
  const helpers = [...new Set([...(stand.cooperating_unit_ids ?? []), ...cue.cooperating, ...cue.leads])].filter((id) => id !== (lead ?? stand.lead_unit_id));
  line.draft.put({
    ...(lead ? { lead_unit_id: lead } : {}),
    ...(helpers.length ? { cooperating_unit_ids: helpers } : {}),
    ...(cue.due_on ? { due_on: cue.due_on, no_due: false } : {}),
    ...(cue.leader && !stand.leader_id ? { leader_id: cue.leader } : {}),
    ...(cue.product && !stand.product ? { product: cue.product } : {}),
  });
  const wanted = lead ? (cue.due_on ? "" : "-due") : "-lead";
  requestAnimationFrame(() => { if (wanted) document.getElementById(`l${line.key}${wanted}`)?.focus(); });
}
