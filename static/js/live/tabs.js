// Several panels in one place of the screen: the tab keeps its choice until the person takes another.
import { html } from "../web/ui.js";

/** @typedef {{key: string, label: string, count?: number, body: any}} Tab */

/**
 * @param {{tabs: (Tab | false | null | undefined)[], chosen: import("@preact/signals-core").Signal<string>, label: string, cls?: string}} props
 */
export function Tabs({ tabs, chosen, label, cls = "" }) {
  const shown = /** @type {Tab[]} */ (tabs.filter(Boolean));
  const open = shown.find((tab) => tab.key === chosen.value) ?? shown[0];
  if (!open) return null;
  /** @param {KeyboardEvent} event */
  const step = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = shown[(shown.indexOf(open) + by + shown.length) % shown.length];
    if (next) chosen.value = next.key;
    const list = event.currentTarget;
    requestAnimationFrame(() => { if (list instanceof HTMLElement) /** @type {HTMLElement | null} */ (list.querySelector('[aria-selected="true"]'))?.focus(); });
  };
  return html`<section class=${`tabs-x ${cls}`.trim()}><div class="tabs-h seg" role="tablist" aria-label=${label} onKeyDown=${step}>
    ${shown.map((tab) => html`<button key=${tab.key} type="button" role="tab" id=${`tab-${tab.key}`} aria-controls="tab-body" aria-selected=${tab === open ? "true" : "false"} class=${tab === open ? "on" : ""} onClick=${() => { chosen.value = tab.key; }}>${tab.label}${tab.count ? html`<span class="count count-soft num">${tab.count}</span>` : null}</button>`)}</div>
    <div class="tabs-b" id="tab-body" role="tabpanel" aria-labelledby=${`tab-${open.key}`}>${open.body}</div></section>`;
}
