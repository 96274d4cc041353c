// Where the run sheet is written before the meeting: the items at the left, the words of one at the right, saved as one writes.
import { signal } from "@preact/signals-core";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { dateTime } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Button, Chip, ErrorBox, Icon, Loading, Note, html } from "../web/ui.js";
import { FIELDS, nameOf, readSheet } from "./reading.js";
import { joinedWith, send, shown, standing, unsaved, write } from "./saving.js";

/** @typedef {import("./reading.js").Sheet} Sheet */
/** @typedef {import("./reading.js").Line} Line */
/** @typedef {import("./reading.js").Field} Field */

const sheet = signal(/** @type {Sheet | null} */ (null));
const failed = signal(false);
const picked = signal(Number(location.hash.slice(1)) || 0);

/** @param {number} item */
const find = (item) => sheet.value?.items.find((line) => line.item_id === item);
/** @param {Line} changed */
const keep = (changed) => {
  if (sheet.value) sheet.value = { ...sheet.value, items: sheet.value.items.map((line) => (line.item_id === changed.item_id ? changed : line)) };
};

/** @param {number} meetingId */
async function load(meetingId) {
  try {
    sheet.value = await readSheet(meetingId);
    failed.value = false;
    if (!find(picked.value)) picked.value = sheet.value.items[0]?.item_id ?? 0;
  } catch {
    failed.value = true;
  }
}

/** @param {{meetingId: number, print: string}} props */
function Editor({ meetingId, print }) {
  useEffect(() => { void load(meetingId); }, []);
  useEffect(() => {
    /** @param {BeforeUnloadEvent} event */
    const stay = (event) => { if (unsaved()) { void send(find, keep); event.preventDefault(); } };
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, []);
  if (failed.value && !sheet.value) return html`<${ErrorBox} title=${t("The run sheet could not be read")} text=${t("Nothing was lost. Please try again.")} retry=${() => load(meetingId)} />`;
  if (!sheet.value) return html`<${Loading} rows=${5} />`;
  const line = find(picked.value);
  return html`<nav class="rs-list" aria-label=${t("Programme")}><ol>${sheet.value.items.map((each) => html`<li key=${each.item_id}><${Row} line=${each} /></li>`)}</ol></nav>
    ${line && html`<${Words} key=${line.item_id} line=${line} print=${print} may=${sheet.value.may_write} />`}`;
}

/** @param {{line: Line}} props */
function Row({ line }) {
  const own = FIELDS.some((field) => line.written[field]);
  const depth = line.label.split(".").length - 1;
  const tone = [line.item_id === picked.value ? "on" : "", depth ? `deep-${depth}` : "", ["deferred", "withdrawn"].includes(line.state) ? "aside" : ""].filter(Boolean).join(" ");
  const pick = () => { picked.value = line.item_id; history.replaceState(null, "", `#${line.item_id}`); };
  return html`<button type="button" class=${`rs-row ${tone}`.trim()} aria-current=${line.item_id === picked.value ? "true" : null} onClick=${pick}>
    <span class="num n">${line.label}</span><span class="grow"><b>${line.title}</b><small>${[line.presenters[0]?.name ?? line.unit, line.minutes ? t("%(n)s minutes", { n: line.minutes }) : ""].filter(Boolean).join(" · ")}</small></span>
    ${own && html`<${Icon} name="pencil" size=${18} cls="t-primary" label=${t("Own words")} />`}</button>`;
}

/** @param {{line: Line, print: string, may: boolean}} props */
function Words({ line, print, may }) {
  const back = line.edited_by && line.edited_at ? t("%(name)s wrote last, %(when)s", { name: line.edited_by.name, when: dateTime(line.edited_at) }) : t("The usual words of this kind of item");
  return html`<section class="rs-one card-x" aria-label=${line.title}>
    <header><div class="row-x wraps"><${Chip}>${line.kind_name}<//><span class="sm muted grow">${back}</span><${Standing} /></div>
      <h2><span class="num">${line.label}.</span> ${line.title}</h2><${Facts} line=${line} may=${may} /></header>
    ${!may && html`<${Note} icon="lock">${t("The meeting is over; its run sheet stays as it was.")}<//>`}
    ${FIELDS.map((field) => html`<${Part} key=${field} line=${line} field=${field} may=${may} />`)}
    <footer class="row-x wraps"><${Votes} line=${line} /><a class="btn btn-quiet push" href=${`${print}?item=${line.item_id}`}><${Icon} name="printer" />${t("Print this item")}</a></footer>
  </section>`;
}

/** How the saving stands. */
function Standing() {
  const told = standing.value;
  if (!told) return null;
  const words = { typing: t("Writing"), saving: t("Saving"), saved: t("Saved"), offline: t("The line is down. Your words are kept here and sent again.") };
  const tone = told === "saved" ? "t-agree" : told === "typing" || told === "saving" ? "muted" : "t-oppose";
  return html`<span class=${`sm row-x ${tone}`} role="status">${told === "saved" && html`<${Icon} name="check" size=${18} />`}${words[/** @type {keyof typeof words} */ (told)] ?? told}</span>`;
}

/** Who presents, and for how long. @param {{line: Line, may: boolean}} props */
function Facts({ line, may }) {
  /** @param {Event} event */
  const minutes = (event) => {
    const value = /** @type {HTMLInputElement} */ (event.target).value;
    write(line, "minutes", value === "" ? null : Math.min(1440, Math.max(0, Math.round(Number(value)))), find, keep);
  };
  const who = line.presenters.map((each) => [each.name, each.position].filter(Boolean).join(", ")).join("; ") || line.unit || t("Nobody named");
  return html`<div class="row-x wraps rs-facts"><span class="row-x grow"><${Icon} name="user" size=${20} cls="t-primary" /><span>${who}</span></span>
    <label class="rs-min" for=${`m-${line.item_id}`}>${t("Minutes")}<input class="input num" id=${`m-${line.item_id}`} type="number" inputmode="numeric" min="0" max="1440" placeholder=${line.minutes_planned} value=${shown(line, "minutes") ?? ""} disabled=${!may} onInput=${minutes} /></label></div>`;
}

/** @param {{line: Line, field: Field, may: boolean}} props */
function Part({ line, field, may }) {
  const text = /** @type {string} */ (shown(line, field)) || "";
  const own = text !== "" && text !== line.usual[field];
  const id = `w-${line.item_id}-${field}`;
  const other = joinedWith.value[`${line.item_id}.${field}`];
  /** @param {Event} event */
  const typed = (event) => write(line, field, /** @type {HTMLTextAreaElement} */ (event.target).value, find, keep);
  return html`<div class=${`field rs-${field}`}><div class="row-x"><label class="grow" for=${id}>${nameOf(field)}</label>
      ${own && may && line.usual[field] && html`<${Button} kind="ghost" size="row" icon="arrow-back-up" onClick=${() => { write(line, field, line.usual[field], find, keep); }}>${t("Usual words")}<//>`}</div>
    <textarea class="input" id=${id} rows=${Math.max(2, Math.ceil((text || line.usual[field]).length / 78) + (text || line.usual[field]).split("\n").length - 1)} readonly=${!may} value=${text || line.usual[field]} onInput=${typed}></textarea>
    ${other && html`<p class="sm t-warn" role="status">${t("%(name)s wrote here at the same time. Both texts were brought together; please read it again.", { name: other })}</p>`}</div>`;
}

/** @param {{line: Line}} props */
function Votes({ line }) {
  return html`<div class="col-y sm grow">${line.questions.map((each) => html`<span class="row-x" key=${each.id}><${Icon} name="checkbox" size=${18} cls="t-primary" /> ${t("Vote prepared: %(title)s", { title: each.title })}</span>`)}
    ${line.papers.map((each) => html`<a class="row-x" key=${each.document_id} href=${`/documents/${each.document_id}`}><${Icon} name="file-text" size=${18} /> ${each.title}</a>`)}</div>`;
}

const root = document.getElementById("script-editor");
if (root && !root.querySelector(".es")) {
  root.replaceChildren();
  render(html`<${Editor} meetingId=${Number(root.dataset.meeting)} print=${root.dataset.print ?? ""} />`, root);
}
