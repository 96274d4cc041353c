// The presenter's page. Following is on by itself; turning pages oneself pauses it, and "follow again" stands in sight.
import { signal } from "@preact/signals-core";
import { t } from "../web/i18n.js";
import { Button, Empty, Icon, html } from "../web/ui.js";

/** @typedef {import("../web/live.js").Live} Live */

/** Whether this tablet follows; else the page it looks at itself. */
export const following = signal(true);
const own = signal(/** @type {{document_id: number, page: number} | null} */ (null));

/** @param {number} document @param {number} page */
export const pageImage = (document, page) => `/documents/${document}/pages/${page}?w=1200`;
/** @param {number} document @param {number} page */
export const viewerAt = (document, page) => `/documents/${document}?page=${page}`;

/** @param {Live} live */
export const shownPage = (live) => live.sections.value.page ?? null;

/** @param {{live: Live}} props */
export function PagePanel({ live }) {
  const shown = shownPage(live);
  if (!shown) return html`<${Empty} icon="presentation" title=${t("No page is shown now")} text=${t("When the presenter shows a page, it appears here.")} />`;
  const mine = !following.value && own.value?.document_id === shown.document_id ? own.value : null;
  const page = mine?.page ?? shown.page;
  /** @param {number} to */
  const turn = (to) => { following.value = false; own.value = { document_id: shown.document_id, page: to }; };
  const back = () => { following.value = true; own.value = null; };
  return html`<div class="page-panel">
    <div class="page-head"><b class="grow sm clip2 page-title">${shown.title}</b><span class="num muted nowrap">${page}/${shown.pages}</span>
      <${Button} kind="ghost" size="sq" aria-label=${t("Page before")} disabled=${page <= 1} onClick=${() => turn(page - 1)}><${Icon} name="chevron-left" /><//>
      <${Button} kind="ghost" size="sq" aria-label=${t("Next page")} disabled=${page >= shown.pages} onClick=${() => turn(page + 1)}><${Icon} name="chevron-right" /><//>
      ${following.value ? html`<span class="chip chip-agree"><${Icon} name="eye" size=${16} />${t("Following the presenter")}</span>` : html`<${Button} kind="tint" icon="player-skip-forward" onClick=${back}>${t("Follow again (page %(n)s)", { n: shown.page })}<//>`}
    </div>
    <a class="page-sheet" href=${viewerAt(shown.document_id, page)} aria-label=${t("Open this page in the reader")}>
      <img src=${pageImage(shown.document_id, page)} alt=${t("%(title)s, page %(n)s", { title: shown.title, n: page })} /></a>
  </div>`;
}
