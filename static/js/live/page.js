// The page that is led. Following is on by itself; turning pages oneself pauses it, and "follow again" stands in sight.
import { signal } from "@preact/signals-core";
import { t } from "../web/i18n.js";
import { useEffect } from "preact/hooks";
import { Glow } from "../web/glow.js";
import { Button, Empty, Icon, html } from "../web/ui.js";
import { inSession, may } from "./reading.js";

/** @typedef {import("../web/live.js").Live} Live */

/** Whether this tablet follows; else the page it looks at itself. */
export const following = signal(true);
const own = signal(/** @type {{document_id: number, page: number} | null} */ (null));

/** @typedef {{document_id: number, page: number, pages: number, title: string, item_id: number | null, by: {id: number, name: string} | null,
 *   point: {boxes: import("../web/glow.js").Box[]} | null, neighbours: number[], shape: [number, number], v: string}} Shown */

/** @param {{document_id: number, v: string}} shown @param {number} page @param {number} [width] */
export const pageImage = (shown, page, width = 1200) => `/documents/${shown.document_id}/pages/${page}?w=${width}&v=${shown.v}`;
/** @param {number} document @param {number} page */
export const viewerAt = (document, page) => `/documents/${document}?page=${page}`;

/** @param {Live} live @returns {Shown | null} */
export const shownPage = (live) => live.sections.value.page ?? null;

/** Whether this person may lead the page now: chair and secretariat, and whoever presents the current item. @param {Live} live */
export const mayLead = (live) => inSession(live) && (may(live, "live.show_page") || live.me.value.page?.presents === true);

/** The pages wanted next are fetched ahead. @param {Shown | null} shown @param {number} [width] */
export function useAhead(shown, width = 1200) {
  useEffect(() => { for (const page of shown?.neighbours ?? []) if (shown) new Image().src = pageImage(shown, page, width); }, [shown?.document_id, shown?.page]);
}

/** Who leads, in words. @param {Shown} shown */
export const whoLeads = (shown) => (shown.by ? t("%(name)s is presenting page %(n)s", { name: shown.by.name, n: shown.page }) : t("Page %(n)s is shown", { n: shown.page }));

/** @param {{live: Live}} props */
export function PagePanel({ live }) {
  const shown = shownPage(live);
  useAhead(shown);
  if (!shown) return html`<${Empty} icon="presentation" title=${t("No page is shown now")} text=${t("When the presenter shows a page, it appears here.")} />`;
  const mine = !following.value && own.value?.document_id === shown.document_id ? own.value : null;
  const page = mine?.page ?? shown.page;
  /** @param {number} to */
  const turn = (to) => { following.value = false; own.value = { document_id: shown.document_id, page: to }; };
  const back = () => { following.value = true; own.value = null; };
  return html`<div class="page-panel">
    <div class="page-head"><div class="grow page-title"><b class="sm clip2">${shown.title}</b><span class="d-block sm muted" role="status">${whoLeads(shown)}</span></div><span class="num muted nowrap">${page}/${shown.pages}</span>
      <${Button} kind="ghost" size="sq" aria-label=${t("Page before")} disabled=${page <= 1} onClick=${() => turn(page - 1)}><${Icon} name="chevron-left" /><//>
      <${Button} kind="ghost" size="sq" aria-label=${t("Next page")} disabled=${page >= shown.pages} onClick=${() => turn(page + 1)}><${Icon} name="chevron-right" /><//>
      ${following.value ? html`<span class="chip chip-agree"><${Icon} name="eye" size=${16} />${t("Following the presenter")}</span>` : html`<${Button} kind="tint" icon="player-skip-forward" onClick=${back}>${t("Follow again (page %(n)s)", { n: shown.page })}<//>`}
    </div>
    <a class="page-sheet" href=${viewerAt(shown.document_id, page)} aria-label=${t("Open this page in the reader")}>
      <span class="led-page"><img src=${pageImage(shown, page)} alt=${t("%(title)s, page %(n)s", { title: shown.title, n: page })} />${shown.point && page === shown.page && html`<${Glow} boxes=${shown.point.boxes} label=${t("Marked by %(name)s", { name: shown.by?.name ?? t("The presenter") })} />`}</span></a>
  </div>`;
}
