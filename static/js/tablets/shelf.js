// The page that stands in for others without a line: the list of kept meetings, or one of them, drawn from this device alone.
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Button, Chip, Empty, ErrorBox, html, Icon, Loading } from "../web/ui.js";
import { connection } from "../web/connection.js";
import { date, timeOfDay } from "../web/format.js";
import { nt, t } from "../web/i18n.js";
import { kept } from "../web/kept.js";
import { hold, outbox } from "../web/outbox.js";
import { megabytes } from "./device.js";
import { Keep } from "./keep.js";
import { packs, ready } from "./keeper.js";
import { MyNotes } from "./notes.js";
import { Waiting } from "./waiting.js";

/** @typedef {{document_id: number, title: string, unit: string, version: number, page_count: number, pages_seen: number}} Paper */
/** @typedef {{id: number, number: string | number, label: string, title: string, presenter: string | null, unit: string | null, minutes_planned: number | null, outside: boolean, papers: Paper[]}} Item */
/** @typedef {{id: number, title: string, body: string, place: string, starts_at: string, ends_at: string | null, may_post: boolean, papers: Paper[], items: Item[],
 *   script?: {item_id: number, opening: string, words: string, question: string, closing: string}[]}} Meeting */

/** @param {number} id @returns {Promise<Meeting>} */
async function read(id) {
  const answer = await fetch(`/api/v1/meetings/${id}/kept`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** @param {{meeting: Meeting}} props */
function Facts({ meeting }) {
  return html`<p class="facts-wide muted"><span class="fact"><${Icon} name="calendar" size=${20} />${date(meeting.starts_at)}</span><span class="fact num"><${Icon} name="clock" size=${20} />${timeOfDay(meeting.starts_at)}${meeting.ends_at ? ` – ${timeOfDay(meeting.ends_at)}` : ""}</span>${meeting.place && html`<span class="fact"><${Icon} name="map-pin" size=${20} />${meeting.place}</span>`}</p>`;
}

/** @param {{paper: Paper}} props */
function PaperRow({ paper }) {
  return html`<a class="row-link kept-paper" href=${`/documents/${paper.document_id}`}><${Icon} name="file-text" size=${24} cls="faint" /><span class="grow"><b class="d-block">${paper.title}</b><span class="sm faint">${paper.unit} · ${nt("%(n)s page", "%(n)s pages", paper.page_count)}${paper.version > 1 ? ` · ${t("version %(n)s", { n: paper.version })}` : ""}</span></span><${Icon} name="chevron-right" size=${20} cls="faint" /></a>`;
}

/** @param {{meeting: Meeting, item: Item}} props */
function ItemRow({ meeting, item }) {
  const [open, setOpen] = useState(false);
  const who = [item.presenter, item.unit].filter(Boolean).join(" · ");
  const waits = outbox.value.filter((held) => held.name === "discussion.post" && held.input.item_id === item.id);
  return html`<li class="kept-item">
    <div class="row-x kept-head"><span class="kept-no num">${item.label || item.number}</span><span class="grow"><b>${item.title}</b>${who && html`<span class="d-block sm faint">${who}</span>`}</span>
      ${meeting.may_post && html`<${Button} kind="ghost" size="row" icon="message" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t("Give an opinion")}<//>`}</div>
    ${item.outside ? html`<p class="sm muted">${t("Dealt with outside the system: no papers here.")}</p>` : item.papers.map((paper) => html`<${PaperRow} key=${paper.document_id} paper=${paper} />`)}
    <${Said} meeting=${meeting} item=${item} />
    ${waits.map((held) => html`<p key=${held.request_id} class="said said-queued"><${Icon} name="clock" size=${20} />${t("Kept on this device, goes out by itself: “%(text)s”", { text: held.input.text })}</p>`)}
    ${open && html`<${Opinion} meeting=${meeting} item=${item} close=${() => setOpen(false)} />`}
  </li>`;
}

/** The words of the run sheet, for whoever presides. @param {{meeting: Meeting, item: Item}} props */
function Said({ meeting, item }) {
  const line = (meeting.script ?? []).find((each) => each.item_id === item.id);
  const parts = line ? [line.opening, line.words, line.question, line.closing].filter(Boolean) : [];
  if (!parts.length) return null;
  return html`<details class="kept-script"><summary><${Icon} name="notes" size=${20} cls="t-primary" /> ${t("Run sheet")}</summary>${parts.map((text, place) => html`<p key=${place} class="kept-words">${text}</p>`)}</details>`;
}

/** What is being written survives a reload. @param {{meeting: Meeting, item: Item, close: () => void}} props */
function Opinion({ meeting, item, close }) {
  const draft = `opinion-${item.id}`;
  const [text, setText] = useState("");
  useEffect(() => { void kept.get("state", draft).then((held) => { if (held) setText(held); }); }, []);
  const write = (/** @type {string} */ words) => { setText(words); void kept.put("state", draft, words); };
  const send = () => {
    const words = text.trim().normalize("NFC");
    if (!words) return;
    void hold("discussion.post", { meeting_id: meeting.id, item_id: item.id, text: words });
    void kept.remove("state", draft);
    close();
  };
  return html`<div class="field kept-opinion"><label for=${draft}>${t("Your opinion on “%(title)s”", { title: item.title })}</label>
    <textarea class="input" id=${draft} rows="4" maxlength="4000" value=${text} onInput=${(/** @type {any} */ event) => write(event.target.value)}></textarea>
    <div class="btns"><${Button} kind="primary" icon="send" disabled=${!text.trim()} onClick=${send}>${connection.value === "offline" ? t("Keep and send when the line is back") : t("Send the opinion")}<//><${Button} kind="ghost" onClick=${close}>${t("Close")}<//></div></div>`;
}

/** @param {{id: number}} props */
function One({ id }) {
  const [meeting, setMeeting] = useState(/** @type {Meeting | null} */ (null));
  const [wrong, setWrong] = useState(false);
  const papers = useMemo(() => (meeting ? [...meeting.papers, ...meeting.items.flatMap((item) => item.papers)] : []), [meeting]);
  const load = () => { setWrong(false); read(id).then(setMeeting, () => setWrong(true)); };
  useEffect(load, [id]);
  if (wrong) return html`<${ErrorBox} title=${t("This meeting is not on this device")} text=${t("It can be opened again when the line is back.")} retry=${load} />`;
  if (!meeting) return html`<${Loading} rows=${4} />`;
  document.title = meeting.title;
  const pack = packs.value[id];
  return html`<${Away} at=${pack?.at ?? ""} />
    <h2>${meeting.title}</h2><${Facts} meeting=${meeting} /><${Waiting} />
    ${meeting.papers.length > 0 && html`<section class="card-x"><div class="card-h"><h3>${t("Papers for the whole meeting")}</h3></div><div class="kept-list">${meeting.papers.map((paper) => html`<${PaperRow} key=${paper.document_id} paper=${paper} />`)}</div></section>`}
    <section class="card-x"><div class="card-h"><h3>${t("Programme")}</h3></div><ol class="kept-list plain-list">${meeting.items.map((item) => html`<${ItemRow} key=${item.id} meeting=${meeting} item=${item} />`)}</ol></section>
    <${MyNotes} papers=${papers} />
    ${pack && html`<section class="card-x card-pad col-y keep"><${Keep} id=${id} /></section>`}`;
}

/** From when this is, and what does not work now. @param {{at: string}} props */
function Away({ at }) {
  if (connection.value === "ok") return html`<div class="flash" role="status"><${Icon} name="circle-check" /><span class="grow">${t("The line is back. Everything that waited was sent.")}</span><a class="btn btn-quiet btn-row" href="">${t("Open the whole page")}</a></div>`;
  return html`<div class="outbox" role="status"><${Icon} name="wifi-off" /><span class="grow">${at ? t("No line. Shown as kept at %(when)s; notes and opinions go out when the line is back. Voting needs the line.", { when: `${timeOfDay(at)}, ${date(at)}` }) : t("No line. Notes and opinions go out when the line is back. Voting needs the line.")}</span>
    <a class="btn btn-ghost btn-row" href=""><${Icon} name="refresh" size=${20} />${t("Try again")}</a></div>`;
}

function List() {
  const all = Object.values(packs.value);
  if (!all.length) return html`<section class="card-x"><${Empty} icon="download" title=${t("No meeting is kept on this device")} text=${t("Open a meeting while there is a line and tap “Keep on this device”.")} /></section>`;
  return html`${connection.value === "offline" && html`<${Away} at="" />`}<${Waiting} />
    <section class="card-x"><div class="card-h"><h2>${t("Kept on this device")}</h2></div><div class="rows">${all.map((pack) => html`<a key=${pack.meeting_id} class="row-link" href=${`/meetings/${pack.meeting_id}`}><${Icon} name="folder" cls="t-primary" /><span class="grow"><b class="d-block">${pack.title}</b><span class="sm faint num">${nt("%(n)s paper", "%(n)s papers", pack.manifest.documents)} · ${megabytes(pack.bytes)}${pack.at ? ` · ${t("updated %(when)s", { when: `${timeOfDay(pack.at)}, ${date(pack.at)}` })}` : ""}</span></span>${pack.state !== "done" && html`<${Chip} tone="warn">${pack.whole ? t("being updated") : t("not whole yet")}<//>`}<${Icon} name="chevron-right" size=${20} cls="faint" /></a>`)}</div></section>`;
}

const root = document.getElementById("kept");
const found = /^\/meetings\/(\d+)$/.exec(location.pathname);
if (found) connection.value = "offline"; // this page stands in for another one only then; judged anew at once
void ready.then(() => {
  if (!root) return;
  root.replaceChildren();
  render(found ? html`<${One} id=${Number(found[1])} />` : html`<${List} />`, root);
});
