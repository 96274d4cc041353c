// The tools of the left rail, and what can be done with words that are selected.
import { useEffect } from "preact/hooks";
import { t } from "../web/i18n.js";
import { html, Icon } from "../web/ui.js";
import { choices, choose, colors, nextWidth, widths } from "./choices.js";
import { guard } from "./guard.js";
import { content } from "./note.js";
import { palm } from "./palm.js";
import { anchorOf } from "./passage.js";
import { notesOf } from "./store.js";
import { Swatches } from "./swatches.js";

/** @typedef {import("../reading/desk.js").Desk} Desk */
/** @typedef {import("../reading/desk.js").Tool} Tool */

/** @type {() => {tool: Tool, icon: string, name: string}[]} */
const tools = () => [
  { tool: "read", icon: "hand-move", name: t("Scroll") },
  { tool: "highlight", icon: "highlight", name: t("Highlighter") },
  { tool: "ink", icon: "pencil", name: t("Pen") },
  { tool: "sticky", icon: "note", name: t("Note") },
  { tool: "erase", icon: "eraser", name: t("Eraser") },
];

/** @param {{desk: Desk}} props */
export function NotesTools({ desk }) {
  const notes = notesOf(desk);
  const active = desk.tool.value;
  useEffect(() => guard(desk), [desk]);
  useEffect(() => keys(desk), [desk]);
  const take = (/** @type {Tool} */ tool) => {
    notes.moving.value = null;
    desk.selection.value = null;
    desk.tool.value = tool;
  };
  const { back, forth } = notes.steps.value;
  return html`<nav class=${active === "read" ? "tools reading" : "tools"} aria-label=${t("Tools")}>
    <div class="tools-main">${tools().map(({ tool, icon, name }) => html`<button type="button" key=${tool} class=${tool === active ? "tool on" : "tool"} aria-pressed=${tool === active} onClick=${() => take(tool)}><${Icon} name=${icon} size=${28} /><span>${name}</span></button>`)}</div>
    <div class="tools-more">
      ${(active === "highlight" || active === "ink") && html`<${Swatches} tool=${active} chosen=${choices.value[active]} choose=${(/** @type {string} */ color) => choose({ [active]: color })} />`}
      ${active === "ink" && html`<${Width} />`}
      ${active === "ink" && palm.penSeen.value && html`<button type="button" class="tool tool-small" aria-pressed=${palm.fingers.value} onClick=${() => palm.letFingersDraw(!palm.fingers.value)}><${Icon} name="hand-finger" /><span>${t("Finger")}</span></button>`}
      ${(active !== "read" || back > 0 || forth > 0) && html`<button type="button" class="tool tool-back" disabled=${back === 0} onClick=${() => notes.undo()}><${Icon} name="arrow-back-up" size=${28} /><span>${t("Step back")}</span></button>`}
      ${forth > 0 && html`<button type="button" class="tool tool-small" aria-label=${t("Step forward again")} onClick=${() => notes.redo()}><${Icon} name="arrow-forward-up" size=${28} /></button>`}
    </div>
  </nav>`;
}

function Width() {
  const name = widths().find((each) => each.width === choices.value.width)?.name ?? "";
  return html`<button type="button" class=${`tool tool-small tool-width w-${choices.value.width}`} aria-label=${`${name}. ${t("Change the width of the pen")}`} onClick=${nextWidth}><i></i><span>${name}</span></button>`;
}

/** Ctrl+Z, Ctrl+Y and Escape; in a field of text they are the field's own. @param {Desk} desk */
function keys(desk) {
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.target instanceof HTMLElement && event.target.matches("input, textarea, select, dialog *")) return;
    const notes = notesOf(desk);
    const key = event.key.toLowerCase();
    if (event.key === "Escape" && desk.tool.peek() !== "read") {
      notes.moving.value = null;
      desk.tool.value = "read";
    } else if ((event.ctrlKey || event.metaKey) && key === "z") event.shiftKey ? notes.redo() : notes.undo();
    else if ((event.ctrlKey || event.metaKey) && key === "y") notes.redo();
    else return;
    event.preventDefault();
    event.stopPropagation(); // the viewer's own Escape would close more
  };
  document.addEventListener("keydown", pressed, { capture: true });
  return () => document.removeEventListener("keydown", pressed, { capture: true });
}

/** In the bar over selected words: three colours, and a note on them. @param {{desk: Desk}} props */
export function SelectionTools({ desk }) {
  const notes = notesOf(desk);
  const mark = async (/** @type {string} */ color, writing = false) => {
    const selected = desk.selection.peek();
    if (!selected) return;
    const words = await desk.words(selected.page);
    const key = notes.add(content({ kind: "highlight", page: selected.page, color, anchor: anchorOf(words, selected.from, selected.to) }));
    desk.selection.value = null;
    if (!writing) return;
    notes.write(key);
    desk.sheet.value = true;
  };
  return html`${colors().highlight.map(({ color, name }) => html`<button type="button" key=${color} class=${`swatch c-${color}`} aria-label=${t("Highlight: %(color)s", { color: name })} onClick=${() => mark(color)}></button>`)}
    <button type="button" class="btn btn-ghost" onClick=${() => mark(choices.peek().highlight, true)}><${Icon} name="note" />${t("Note")}</button>`;
}
