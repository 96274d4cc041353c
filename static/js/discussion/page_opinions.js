// In the reader: what was written on the open page, for everybody in the meeting who reads the paper, and a field to write.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { dateTime } from "../web/format.js";
import { nt, t } from "../web/i18n.js";
import { hold } from "../web/outbox.js";
import { Button, Icon, html } from "../web/ui.js";

/** @typedef {import("../reading/desk.js").Desk} Desk */
/** @typedef {import("./thread.js").Comment} Comment */

/** @param {{desk: Desk}} props */
export function PageOpinions({ desk }) {
  const { id, meeting_id: meetingId } = desk.opening.value;
  const rows = useSignal(/** @type {Comment[] | null} */ (null));
  const posts = useSignal(false);
  const open = useSignal(false);
  const said = useSignal("");
  const load = async () => {
    try {
      const response = await fetch(`/api/v1/meetings/${meetingId}/comments?document_id=${id}&limit=200`, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      const found = await response.json();
      rows.value = found.data;
      posts.value = found.may_post;
    } catch { /* without a line the paper is read alone */ }
  };
  useEffect(() => { if (meetingId) void load(); }, [id]);
  const pages = desk.shown.value;
  const page = desk.page.value;
  const here = (rows.value ?? []).filter((row) => row.page !== null && pages.includes(row.page) && !row.gone);
  if (!rows.value || (!here.length && !posts.value)) return null;
  return html`<section class="vopinions"><button type="button" class="btn btn-ghost vopin" aria-expanded=${open.value ? "true" : "false"} onClick=${() => { open.value = !open.value; if (open.value) void load(); }}>
      <${Icon} name="messages" size=${20} /><span class="grow">${here.length ? nt("%(n)s opinion on this page", "%(n)s opinions on this page", here.length) : t("Write an opinion on this page")}</span><${Icon} name=${open.value ? "chevron-up" : "chevron-down"} size=${20} /></button>
    ${said.value && html`<p class="sm said" role="status">${said.value}</p>`}
    ${open.value && html`${here.map((row) => html`<${Opinion} key=${row.id} row=${row} />`)}${posts.value && html`<${Field} key=${page} page=${page} send=${(/** @type {string} */ text) => send(meetingId, id, page, text, said, load)} />`}`}
  </section>`;
}

/** @param {number | null | undefined} meetingId @param {number} documentId @param {number} page @param {string} text @param {import("@preact/signals").Signal<string>} said @param {() => Promise<void>} load */
async function send(meetingId, documentId, page, text, said, load) {
  said.value = t("Sending");
  const late = setTimeout(() => { said.value = t("Kept on this device, waiting for the line"); }, 3000);
  const answer = await hold("discussion.post", { meeting_id: meetingId, document_id: documentId, page, text });
  clearTimeout(late);
  said.value = answer.ok ? t("Your opinion has been recorded.") : answer.message ?? "";
  if (answer.ok) await load();
}

/** @param {{row: Comment}} props */
function Opinion({ row }) {
  return html`<article class="vop"><div class="row-x"><b class="grow">${row.person.name}</b><span class="sm muted num">${row.before ? t("before the meeting") : dateTime(row.at)}</span></div>
    <p class=${row.hidden ? "cm-text muted" : "cm-text"}>${row.hidden && !row.text ? t("Hidden by the presiding person") : row.text}</p>
    ${(row.replies ?? []).filter((each) => each.text).map((each) => html`<p class="sm vop-reply" key=${each.id}><b>${each.person.name}</b>: ${each.text}</p>`)}
    ${row.agrees > 0 && html`<span class="sm muted">${nt("%(n)s person agrees", "%(n)s people agree", row.agrees)}</span>`}</article>`;
}

/** @param {{page: number, send: (text: string) => unknown}} props */
function Field({ page, send }) {
  const text = useSignal("");
  const go = () => {
    const whole = text.value.trim().normalize("NFC");
    if (!whole) return;
    text.value = "";
    send(whole);
  };
  return html`<div class="field"><label for="page-opinion">${t("Your opinion on page %(n)s, for everybody in the meeting", { n: page })}</label>
    <textarea id="page-opinion" class="input" rows="3" maxlength="4000" value=${text.value} onInput=${(/** @type {any} */ event) => { text.value = event.currentTarget.value; }}></textarea>
    <div class="btns"><${Button} kind="tint" icon="send" disabled=${!text.value.trim()} onClick=${go}>${t("Send opinion")}<//></div></div>`;
}
