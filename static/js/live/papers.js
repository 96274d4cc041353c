// The papers of the meeting in a sheet over the room; opening one keeps the room a tap away.
import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Dialog, Empty, ErrorBox, Icon, Loading, html } from "../web/ui.js";
import { doing } from "./doing.js";
import { viewerAt } from "./page.js";
import { inSession, items, may } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{document_id: number, title: string, item_id: number | null, pages: number, url?: string}} Paper */

export const papersOpen = signal(false);

/** @param {number} meetingId @returns {Promise<Paper[] | null>} null when they could not be read */
async function papersOf(meetingId) {
  try {
    const answer = await fetch(`/api/v1/meetings/${meetingId}/papers`);
    return answer.ok ? (await answer.json()).data : null;
  } catch {
    return null;
  }
}

/** @param {{live: Live, meetingId: number}} props */
export function PapersSheet({ live, meetingId }) {
  const [papers, know] = useState(/** @type {Paper[] | null | undefined} */ (undefined));
  const load = async () => know(await papersOf(meetingId));
  useEffect(() => { void load(); }, []);
  const close = () => { papersOpen.value = false; };
  return html`<${Dialog} title=${t("Papers")} wide onClose=${close}>
    ${papers === undefined && html`<${Loading} />`}
    ${papers === null && html`<${ErrorBox} title=${t("The papers could not be read")} text=${t("The room goes on. Try again when the line is back.")} retry=${load} />`}
    ${papers?.length === 0 && html`<${Empty} icon="files" title=${t("No papers yet")} />`}
    ${papers && papers.length > 0 && html`<div class="papers-list">${items(live).map((item) => html`<${Group} key=${item.id} live=${live} title=${`${item.number}. ${item.title}`} meetingId=${meetingId} papers=${papers.filter((paper) => paper.item_id === item.id)} />`)}</div>`}
  <//>`;
}

/** @param {{live: Live, title: string, meetingId: number, papers: Paper[]}} props */
function Group({ live, title, meetingId, papers }) {
  if (papers.length === 0) return null;
  const shows = may(live, "live.show_page") && inSession(live);
  return html`<div><h3 class="papers-of">${title}</h3>${papers.map((paper) => html`<div class="row-x paper-row" key=${paper.document_id}>
    <a class="doc grow" href=${paper.url ?? viewerAt(paper.document_id, 1, meetingId)}><${Icon} name="file-text" /><span class="grow clip2">${paper.title}</span><span class="faint num">${paper.pages}</span></a>
    ${shows && html`<${Button} kind="tint" icon="presentation" onClick=${() => doing(live, "live.show_page", { document_id: paper.document_id, page: 1 }).then((done) => { if (done) papersOpen.value = false; })}>${t("Show to all")}<//>`}</div>`)}</div>`;
}
