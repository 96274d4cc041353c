// Shared pieces of the live screens, the same as the macros of the server's templates.
import "@preact/signals";
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { connection, connectionText, heldCount, isLost, TONE } from "./connection.js";
import { iconAddress } from "./elements.js";
import * as format from "./format.js";
import { t } from "./i18n.js";

export { html };

/** @typedef {any} Children */

/** @param {{name: string, size?: number, cls?: string, label?: string}} props */
export function Icon({ name, size = 24, cls = "", label = "" }) {
  const spoken = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return html`<svg class=${`ic ic-${size} ${cls}`.trim()} ...${spoken}><use href=${iconAddress(name)}></use></svg>`;
}

/** @param {{tone?: string, icon?: string, children?: Children}} props */
export function Chip({ tone = "", icon = "", children }) {
  return html`<span class=${tone ? `chip chip-${tone}` : "chip"}>${icon && html`<${Icon} name=${icon} size=${16} />`}${children}</span>`;
}

/** @param {{name: string, tone?: string, size?: string}} props */
export function Avatar({ name, tone = "", size = "" }) {
  const cls = ["av", tone && `av-${tone}`, size && `av-${size}`].filter(Boolean).join(" ");
  return html`<span class=${cls} aria-hidden="true">${format.initials(name)}</span>`;
}

const TOLD_MS = { done: 1200, refused: 3000 };

/**
 * While its work runs the label changes, the width stays and it cannot be pressed twice. Work that ends with true or false was an
 * act: the button then says for a moment whether it was accepted or refused.
 * @param {{kind?: string, size?: string, icon?: string, busy?: boolean, busyLabel?: string, disabled?: boolean, cls?: string,
 *   onClick?: (event: MouseEvent) => unknown, type?: string, children?: Children, [name: string]: any}} props
 */
export function Button({ kind = "quiet", size = "", icon = "", busy = false, busyLabel = "", disabled = false, cls = "", onClick, type = "button", children, ...rest }) {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const [running, setRunning] = useState(false);
  const [told, tell] = useState(/** @type {"" | "done" | "refused"} */ (""));
  const working = busy || running;
  /** @param {MouseEvent} event */
  const press = async (event) => {
    if (working || !onClick) return;
    if (button.current) button.current.style.minWidth = `${button.current.offsetWidth}px`;
    const outcome = onClick(event);
    if (!(outcome instanceof Promise)) return;
    setRunning(true);
    try {
      const answer = await outcome;
      if (typeof answer === "boolean") tell(answer ? "done" : "refused");
    } finally { setRunning(false); }
  };
  useEffect(() => {
    if (!told) return undefined;
    const timer = setTimeout(() => tell(""), TOLD_MS[told]);
    return () => clearTimeout(timer);
  }, [told]);
  const classes = ["btn", `btn-${kind}`, size && `btn-${size}`, told && `btn-${told}`, cls].filter(Boolean).join(" ");
  const sign = told === "done" ? "check" : told === "refused" ? "alert-circle" : icon;
  const square = size === "sq";
  return html`<button ref=${button} type=${type} class=${classes} aria-busy=${working ? "true" : null} disabled=${disabled} onClick=${press} ...${rest}>
    ${working ? html`<span class="spin"></span>${!square && (busyLabel || (isLost() ? t("Waiting for the line") : t("Sending")))}` : html`${sign && html`<${Icon} name=${sign} size=${size === "row" ? 20 : 24} />`}${square && sign !== icon ? null : children}`}
    ${told && html`<span class="sr-only" role="status">${told === "done" ? t("The server has it") : t("Refused")}</span>`}
  </button>`;
}

/** Grey bars after 300 ms, never a lone spinner. @param {{rows?: number}} props */
export function Loading({ rows = 3 }) {
  return html`<div role="status" aria-label=${t("Loading")}>${Array.from({ length: rows }, (_, row) => html`<div class="sk" key=${row}><i></i><i></i></div>`)}</div>`;
}

/** @param {{title: string, text?: string, icon?: string, children?: Children}} props */
export function Empty({ title, text = "", icon = "inbox", children }) {
  return html`<div class="es"><${Icon} name=${icon} size=${40} /><b>${title}</b>${text && html`<p>${text}</p>`}${children}</div>`;
}

/** What failed, what still works, and a way on. @param {{title: string, text?: string, retry?: () => unknown, children?: Children}} props */
export function ErrorBox({ title, text = "", retry, children }) {
  return html`<div class="es" role="alert"><${Icon} name="cloud-x" size=${40} cls="t-oppose" /><b>${title}</b>${text && html`<p>${text}</p>`}
    ${retry && html`<${Button} icon="refresh" onClick=${retry}>${t("Try again")}<//>`}${children}</div>`;
}

/** @param {{since?: number | string}} props */
export function Offline({ since }) {
  return html`<div class="es"><${Icon} name="wifi-off" size=${40} cls="t-warn" /><b>${t("Showing what was loaded before")}</b>
    ${since ? html`<p>${t("Last updated %(when)s.", { when: format.dateTime(since) })}</p>` : null}</div>`;
}

/** @param {{again?: () => unknown, text?: string}} props */
export function Queued({ again, text = "" }) {
  return html`<span class="said said-queued"><${Icon} name="clock" size=${20} />${text || t("Kept on this device, waiting for the line")}</span>
    ${again && html`<${Button} kind="ghost" onClick=${again}>${t("Send again now")}<//>`}`;
}

/** @param {{at?: number | string | null}} props */
export function Sent({ at = null }) {
  return html`<span class="said said-sent"><${Icon} name="checks" size=${20} /><span>${t("Sent")} ${at ? html`<span class="num">${format.timeOfDay(at)}</span>` : null}</span></span>`;
}

/** @param {{tone?: string, icon?: string, children?: Children}} props */
export function Note({ tone = "", icon = "info-circle", children }) {
  return html`<div class=${tone ? `note note-${tone}` : "note"}><${Icon} name=${icon} /><div>${children}</div></div>`;
}

/** @param {{value: number, max: number, label?: string, tone?: string, thin?: boolean}} props */
export function Bar({ value, max, label = "", tone = "", thin = false }) {
  const cls = ["bar", tone && `bar-${tone}`, thin && "bar-thin"].filter(Boolean).join(" ");
  return html`<progress class=${cls} value=${value} max=${max || 1} aria-label=${label || null}></progress>`;
}

/**
 * The present moment by the server's clock, painted again every `every` milliseconds.
 * @param {() => number} now
 * @param {number} [every]
 */
export function useNow(now, every = 250) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), every);
    return () => clearInterval(timer);
  }, [every]);
  return now();
}

/**
 * Time left until `endsAt`: turmeric under 30 s, at 0 it counts up in vermilion with "quá giờ". Announced only at 30 s and at the end.
 * @param {{now: () => number, endsAt: string | number, cls?: string}} props
 */
export function Timer({ now, endsAt, cls = "timer" }) {
  const left = (format.ms(endsAt) - useNow(now)) / 1000;
  const seconds = left > 0 ? Math.ceil(left) : Math.floor(left);
  const tone = seconds <= 0 ? "over t-oppose" : seconds < 30 ? "low t-warn" : "";
  const announced = seconds <= 0 ? t("Time is up") : seconds <= 30 ? t("30 seconds left") : "";
  return html`<b class=${`num ${cls} ${tone}`.trim()} role="timer" aria-live="off">${format.duration(seconds)}</b>
    <span class="sr-only" role="status">${announced}</span>`;
}

/** Time that has run since `startedAt`. @param {{now: () => number, startedAt: string | number, cls?: string}} props */
export function Elapsed({ now, startedAt, cls = "timer" }) {
  const gone = Math.max(0, (useNow(now) - format.ms(startedAt)) / 1000);
  return html`<b class=${`num ${cls}`} role="timer" aria-live="off">${format.duration(gone)}</b>`;
}

/**
 * A modal sheet over the live screen; Escape and the close button call `onClose`.
 * @param {{title: string, onClose: () => void, wide?: boolean, children?: Children}} props
 */
export function Dialog({ title, onClose, wide = false, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);
  return html`<dialog ref=${dialog} class=${wide ? "dialog dialog-wide" : "dialog"} aria-label=${title} onClose=${onClose}>
    <div class="inside"><div class="row-x"><h2 class="grow">${title}</h2>
      <button type="button" class="btn btn-ghost btn-sq" aria-label=${t("Close")} onClick=${() => dialog.current?.close()}><${Icon} name="x" /></button></div>
      ${children}</div></dialog>`;
}

/** The connection pill of a bar that is drawn here rather than by the server's template. */
export function Connection() {
  const state = connection.value;
  const marker = state === "ok" ? html`<span class="dot"></span>` : state === "resending" || state === "reconnecting" ? html`<span class="spin spin-warn"></span>` : html`<${Icon} name="wifi-off" size=${18} />`;
  return html`<span class=${TONE[state]} role="status">${marker}<span>${connectionText(state, heldCount.value)}</span></span>`;
}
