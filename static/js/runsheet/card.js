// The run sheet beside the running meeting: the words of the item being dealt with, and those of the next one.
import { signal } from "@preact/signals-core";
import { useEffect } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Empty, Icon, html } from "../web/ui.js";
import { currentItem, may, meeting, nextItem } from "../live/reading.js";
import { FIELDS, nameOf, readSheet, said } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./reading.js").Sheet} Sheet */
/** @typedef {import("./reading.js").Line} Line */

const sheet = signal(/** @type {Sheet | null} */ (null));
const failed = signal(false);
const ahead = signal(false);
let wanted = "";

/** Read it again when somebody wrote or the programme changed; once for each state. @param {Live} live @param {string} state */
async function follow(live, state) {
  if (wanted === state) return;
  wanted = state;
  try {
    const fresh = await readSheet(meeting(live).id);
    if (wanted === state) sheet.value = fresh;
    failed.value = false;
  } catch {
    failed.value = true;
    wanted = "";
  }
}

/** Null for whoever may not read it. @param {{live: Live}} props */
export function ScriptCard({ live }) {
  const reads = may(live, "runsheet.read");
  const mark = live.sections.value.script?.mark;
  const programme = (live.sections.value.agenda?.items ?? []).map((/** @type {any} */ item) => `${item.id}${item.label}${item.title}`).join("|");
  useEffect(() => { if (reads) void follow(live, `${mark} ${programme}`); }, [reads, mark, programme]);
  if (!reads) return null;
  const current = currentItem(live);
  const next = nextItem(live);
  const shows = current && !ahead.value ? current : next ?? current;
  const line = sheet.value?.items.find((each) => each.item_id === shows?.id);
  return html`<section class="card-x rs-card" aria-label=${t("Run sheet")}>
    <div class="card-h"><h3><${Icon} name="notes" size=${22} /> ${t("Run sheet")}</h3><span class="push"></span>
      ${current && next && next.id !== current.id && html`<div class="seg" role="tablist">${tab(t("Now"), !ahead.value, () => { ahead.value = false; })}${tab(t("Next"), ahead.value, () => { ahead.value = true; })}</div>`}</div>
    ${line ? html`<${Words} line=${line} />` : html`<${Nothing} live=${live} />`}</section>`;
}

/** @param {string} name @param {boolean} on @param {() => void} go */
const tab = (name, on, go) => html`<button type="button" role="tab" class=${on ? "on" : ""} aria-selected=${on} onClick=${go}>${name}</button>`;

/** @param {{live: Live}} props */
function Nothing({ live }) {
  if (failed.value) return html`<${Empty} icon="cloud-x" title=${t("The run sheet could not be read")}><${Button} icon="refresh" onClick=${() => follow(live, String(Date.now()))}>${t("Try again")}<//><//>`;
  if (!sheet.value) return html`<div class="sk"><i></i><i></i></div>`;
  return html`<p class="muted">${t("No item is left on the programme.")}</p>`;
}

/** @param {{line: Line}} props */
function Words({ line }) {
  const who = line.presenters.map((each) => each.name).join(", ") || line.unit;
  return html`<div class="rs-say" tabindex="0"><p class="sm muted">${[`${line.label}. ${line.title}`, who, line.minutes ? t("%(n)s minutes", { n: line.minutes }) : ""].filter(Boolean).join(" · ")}</p>
    ${FIELDS.filter((field) => said(line, field)).map((field) => html`<div key=${field} class=${`rs-part rs-${field}`}><h4>${nameOf(field)}</h4><p class="rs-words">${said(line, field)}</p></div>`)}
    ${line.questions.map((each) => html`<p key=${each.id} class="sm row-x"><${Icon} name="checkbox" size=${18} cls="t-primary" /> ${t("Vote prepared: %(title)s", { title: each.title })}</p>`)}
    ${line.papers.length > 0 && html`<p class="sm rs-papers">${line.papers.map((each) => html`<a key=${each.document_id} class="btn btn-quiet btn-row" href=${`/documents/${each.document_id}`}><${Icon} name="file-text" size=${20} />${each.title}</a>`)}</p>`}</div>`;
}
