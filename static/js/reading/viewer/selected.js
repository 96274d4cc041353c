// What can be done with the words that are selected: a bar beside them.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { SelectionTools } from "../../notes/tools.js";
import { html, Icon } from "../../web/ui.js";
import { t } from "../../web/i18n.js";
import { copy } from "./select.js";

const AWAY_PX = 14;
const GRIP_PX = 44;

/** @param {{desk: import("../desk.js").Desk, stage: {current: HTMLElement | null}}} props */
export function SelectionBar({ desk, stage }) {
  const bar = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [copied, setCopied] = useState("");
  const chosen = desk.selection.value;
  const may = desk.opening.value.takeable !== "none";
  useLayoutEffect(() => {
    setCopied("");
    const sheet = chosen && stage.current?.querySelector(`.vview.open .vpage[data-page="${chosen.page}"]`);
    if (!chosen?.settled || !sheet || !stage.current || !bar.current) return;
    const [page, room, own] = [sheet.getBoundingClientRect(), stage.current.getBoundingClientRect(), bar.current.getBoundingClientRect()];
    const top = page.top - room.top + (Math.min(...chosen.boxes.map((box) => box[1])) / 1000) * page.height;
    const bottom = page.top - room.top + (Math.max(...chosen.boxes.map((box) => box[3])) / 1000) * page.height;
    const left = Math.min(...chosen.boxes.map((box) => box[0]));
    const right = Math.max(...chosen.boxes.map((box) => box[2]));
    const middle = page.left - room.left + ((left + right) / 2000) * page.width;
    const above = top - own.height - AWAY_PX;
    const below = bottom + GRIP_PX;
    const y = above > 8 ? above : below + own.height < room.height - 8 ? below : 8;
    bar.current.style.left = `${Math.max(8, Math.min(room.width - own.width - 8, middle - own.width / 2))}px`;
    bar.current.style.top = `${y}px`;
  }, [chosen, desk.zoom.value]);
  if (!chosen?.settled) return null;
  return html`<div class="vbarlet" ref=${bar} role="toolbar" aria-label=${t("Selected words")}>
    <${SelectionTools} desk=${desk} />
    ${may && html`<button type="button" class="btn btn-ghost" onClick=${async () => setCopied((await copy(chosen.text)) ? t("Copied") : t("Could not be copied"))}><${Icon} name=${copied ? "check" : "copy"} />${copied || t("Copy")}</button>`}
    <button type="button" class="btn btn-ghost btn-sq" aria-label=${t("Stop selecting")} onClick=${() => { desk.selection.value = null; }}><${Icon} name="x" /></button>
  </div>`;
}
