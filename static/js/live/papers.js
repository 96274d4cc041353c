// The papers of the meeting in a sheet over the room; opening one keeps the room a tap away.
import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Dialog, Empty, ErrorBox, Icon, Loading, html } from "../web/ui.js";
import { doing } from "./doing.js";
import { mayLead, viewerAt } from "./page.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{document_id: number, title: string, page_count: number}} Paper */
/** @typedef {{item_id: number | null, number: number | null, title: string | null, papers: Paper[]}} Group */

export const papersOpen = signal(false);

/** @param {number} meetingId @returns {Promise<Group[] | null>} null when they could not be read */
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
  const [groups, know] = useState(/** @type {Group[] | null | undefined} */ (undefined));
  const load = async () => know(await papersOf(meetingId));
  useEffect(() => { void load(); }, []);
  const close = () => { papersOpen.value = false; };
  const current = live.sections.value.agenda?.current_id;
  const filled = (groups ?? []).filter((group) => group.papers.length > 0).sort((one, other) => Number(other.item_id === current) - Number(one.item_id === current));
  return html`<${Dialog} title=${t("Papers")} wide onClose=${close}>
    ${groups === undefined && html`<${Loading} />`}
    ${groups === null && html`<${ErrorBox} title=${t("The papers could not be read")} text=${t("The room goes on. Try again when the line is back.")} retry=${load} />`}
    ${groups && filled.length === 0 && html`<${Empty} icon="files" title=${t("No papers yet")} />`}
    ${filled.length > 0 && html`<div class="papers-list">${filled.map((group) => html`<${Papers} key=${group.item_id ?? 0} live=${live} group=${group} />`)}</div>`}
  <//>`;
}

/** @param {{live: Live, group: Group}} props */
function Papers({ live, group }) {
  const shows = mayLead(live);
  /** @param {Paper} paper */
  const show = async (paper) => {
    if (await doing(live, "live.show_page", { document_id: paper.document_id, page: 1 })) papersOpen.value = false;
  };
  return html`<section><h3 class="papers-of">${group.item_id ? `${group.number}. ${group.title}` : t("For the whole meeting")}</h3>${group.papers.map((paper) => html`<div class="row-x paper-row" key=${paper.document_id}>
    <a class="doc grow" href=${viewerAt(paper.document_id, 1)}><${Icon} name="file-text" /><span class="grow clip2">${paper.title}</span><span class="faint nowrap">${t("%(n)s pages", { n: paper.page_count })}</span></a>
    ${shows && html`<${Button} kind="tint" icon="presentation" onClick=${() => show(paper)}>${t("Show to all")}<//>`}</div>`)}</section>`;
}
