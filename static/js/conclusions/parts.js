// The secretary's own text on an item, written while the meeting runs: saved by itself, several may write at once.
import { signal } from "@preact/signals-core";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { ms, timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Icon, html, useNow } from "../web/ui.js";
import { currentItem, items, may, meeting } from "../live/reading.js";
import { CLASH } from "./merging.js";
import { partOf } from "./part_store.js";
import { Versions } from "./versions.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./part_store.js").Part} Part */

const WRITING_MS = 20000;
const CONCLUSION = "Kết luận của chủ tọa: ";
/** The part whose earlier versions are looked at. */
const looking = signal(/** @type {Part | null} */ (null));

/** The text on the current item, or on the one that is named; null as `itemId` is the meeting as a whole. @param {{live: Live, itemId?: number | null, heading?: any}} props */
export function PartEditor({ live, itemId, heading }) {
  const current = currentItem(live);
  const about = itemId === undefined ? current?.id ?? null : itemId;
  const part = partOf(live, meeting(live).id, about);
  const item = items(live).find((each) => each.id === about);
  const title = heading ?? (item ? t("Minutes: item %(n)s. %(title)s", { n: item.label, title: item.title }) : t("Minutes: the meeting as a whole"));
  return html`<section class="part" key=${`${about}`} data-part=${about ?? 0}>
    <div class="part-h"><h3 class="clip2">${title}</h3><${Standing} live=${live} part=${part} /></div>
    ${may(live, "conclusions.write") ? html`<${Writing} key=${`w${about}`} live=${live} part=${part} whole=${itemId === undefined} />` : html`<p class="part-read">${part.text.value || t("Nothing has been written yet.")}</p>`}
    ${looking.value === part && html`<${Versions} part=${part} writes=${may(live, "conclusions.write")} onClose=${() => { looking.value = null; }} />`}
  </section>`;
}

/** @param {{live: Live, part: Part, whole: boolean}} props */
function Writing({ live, part, whole }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useLayoutEffect(() => {
    part.attach(field.current);
    return () => part.attach(null);
  }, [part]);
  useEffect(() => { fit(field.current); }, [part.text.value]);
  const clashes = part.text.value.split(CLASH).length - 1;
  const label = t("Text for the minutes");
  return html`<div class="part-w"><textarea class="input" ref=${field} aria-label=${label} rows="3" maxlength="60000" placeholder=${t("Write here. It is saved by itself.")}
      onInput=${(/** @type {any} */ event) => part.type(event.currentTarget.value)} onBlur=${() => void part.save()}></textarea>
    ${clashes > 0 && html`<div class="note note-warn" role="status"><${Icon} name="arrows-split" /><div class="grow">${t("Two people changed the same lines. Keep the right one and delete the line between.")}</div><${Button} kind="ghost" onClick=${() => find(field.current)}>${t("Go there")}<//></div>`}
    <${Others} live=${live} part=${part} />
    <div class="part-f"><${Button} kind="ghost" size="row" icon="gavel" onClick=${() => conclude(field.current, part)}>${t("Note the conclusion")}<//>
      <${Button} kind="ghost" size="row" icon="history" onClick=${() => { looking.value = part; }}>${t("Earlier texts")}<//>
      ${whole && html`<a class="btn btn-ghost btn-row push" href=${`/meetings/${part.meetingId}/minutes#part-${part.itemId ?? 0}`}><${Icon} name="file-description" size=${20} />${t("All of the minutes")}</a>`}</div></div>`;
}

/** Where the text is: typed, on its way, kept here, saved. @param {{live: Live, part: Part}} props */
function Standing({ part }) {
  const state = part.state.value;
  if (state === "saving" || state === "typing") return html`<span class="said part-s" role="status"><span class="spin"></span>${t("Saving")}</span>`;
  if (state === "waiting") return html`<span class="said said-queued part-s" role="status"><${Icon} name="cloud-off" size=${20} />${t("Not saved yet: kept on this device")}</span>`;
  if (state === "refused") return html`<span class="said said-refused part-s" role="alert"><${Icon} name="alert-circle" size=${20} />${part.message.value} <${Button} kind="ghost" size="row" onClick=${() => part.retry()}>${t("Try again")}<//></span>`;
  if (state === "saved") return html`<span class="said said-sent part-s" role="status"><${Icon} name="cloud-check" size=${20} /><span>${t("Saved")} <span class="num">${timeOfDay(part.savedAt.value)}</span></span></span>`;
  return null;
}

/** Who else has written here a moment ago. @param {{live: Live, part: Part}} props */
function Others({ live, part }) {
  const now = useNow(live.now, 5000);
  const last = live.sections.value.minutes?.parts?.[String(part.itemId ?? 0)];
  if (!last?.by || last.by.id === live.me.value.person_id || now - ms(last.at) > WRITING_MS) return null;
  return html`<p class="sm t-primary row-x part-o" role="status"><${Icon} name="pencil" size=${18} />${t("%(name)s is writing here too", { name: last.by.name })}</p>`;
}

/** As high as its text, so that nothing scrolls inside it. @param {HTMLTextAreaElement | null} field */
function fit(field) {
  if (!field || field.closest(".part-fixed")) return;
  const before = field.scrollTop;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 520)}px`;
  field.scrollTop = before;
}

/** Begin the line of the conclusion at the end, or go to it. @param {HTMLTextAreaElement | null} field @param {Part} part */
function conclude(field, part) {
  if (!field) return;
  const begun = field.value.indexOf(CONCLUSION.trim());
  if (begun < 0) {
    const gap = field.value && !field.value.endsWith("\n") ? "\n" : "";
    field.setRangeText(gap + CONCLUSION, field.value.length, field.value.length, "end");
    part.type(field.value);
  } else {
    const end = field.value.indexOf("\n", begun);
    field.setSelectionRange(end < 0 ? field.value.length : end, end < 0 ? field.value.length : end);
  }
  field.focus();
}

/** @param {HTMLTextAreaElement | null} field */
function find(field) {
  const at = field?.value.indexOf(CLASH) ?? -1;
  if (!field || at < 0) return;
  field.focus();
  field.setSelectionRange(at, at + CLASH.length);
}
