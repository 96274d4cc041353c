// A copy with the reader's name: asked for, made by the worker, fetched. The sheet says at each moment how far it is.
import { signal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { sendAct } from "../../web/acts.js";
import { dateTime, number } from "../../web/format.js";
import { t } from "../../web/i18n.js";
import { Bar, Button, Dialog, html, Icon, Note } from "../../web/ui.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {"stamped" | "noted"} Kind */
/**
 * @typedef {{id: number, state: "waiting" | "making" | "ready" | "refused" | "expired", pages_done: number, page_count: number,
 *   size_bytes: number, expires_at: string, message: string, address: string | null}} Copy
 */

const LOOK_EVERY = 700;
const LOOKS_LOST = 6; // so many lost looks in a row: the line is down

/** @param {Desk} desk @param {Kind} kind @param {boolean} [print] */
export function askForCopy(desk, kind, print = false) {
  const place = document.createElement("div");
  document.body.append(place);
  const close = () => { render(null, place); place.remove(); };
  render(html`<${CopySheet} desk=${desk} kind=${kind} print=${print} close=${close} />`, place);
}

/** @param {{desk: Desk, kind: Kind, print: boolean, close: () => void}} props */
function CopySheet({ desk, kind, print, close }) {
  const making = useMemo(() => makingOf(desk.opening.value.id, kind), []);
  useEffect(() => { void making.begin(!print); return making.stop; }, []);
  const title = print ? t("Print") : kind === "noted" ? t("A copy with my notes") : t("A copy with my name");
  return html`<${Dialog} title=${title} onClose=${close}>
    <p class="muted">${t("Each page bears your name and the time, at its foot.")} ${kind === "noted" ? t("Your notes are drawn in, and their words follow at the end.") : ""}</p>
    <${Progress} making=${making} print=${print} />
  <//>`;
}

/** @param {{making: Making, print: boolean}} props */
function Progress({ making, print }) {
  const { problem, copy } = making.now.value;
  if (problem) {
    return html`<${Note} tone="oppose" icon="alert-circle"><span role="alert">${problem}</span><//>
      <div class="btns"><${Button} icon="refresh" onClick=${() => making.begin(!print)}>${t("Try again")}<//></div>`;
  }
  if (copy?.state === "ready" && copy.address) {
    return html`<p class="vready" role="status"><${Icon} name="circle-check" cls="t-agree" /><span>${t("The copy is ready")} <span class="faint num">${size(copy.size_bytes)}</span></span></p>
      <div class="btns">${print
        ? html`<a class="btn btn-primary" href=${`${copy.address}?print=1`} target="_blank" rel="noopener"><${Icon} name="printer" />${t("Open to print")}</a>`
        : html`<a class="btn btn-primary" href=${copy.address} download><${Icon} name="download" />${t("Save again")}</a>`}</div>
      <p class="xs faint">${t("It can be fetched until %(when)s.", { when: dateTime(copy.expires_at) })}</p>`;
  }
  const done = copy?.pages_done ?? 0;
  const told = done ? t("Page %(n)s of %(all)s", { n: done, all: copy?.page_count }) : "";
  return html`<div class="vmaking" role="status"><b>${t("Preparing the copy…")}</b><${Bar} value=${done} max=${copy?.page_count || 1} label=${t("Preparing the copy…")} /><span class="xs faint num">${told}</span></div>`;
}

/** @param {number} bytes */
function size(bytes) {
  return bytes >= 1e6 ? `${number(bytes / 1e6, 1)} MB` : `${number(Math.max(1, bytes / 1000))} KB`;
}

/** @typedef {ReturnType<typeof makingOf>} Making */

/** @param {number} fileId @param {Kind} kind */
function makingOf(fileId, kind) {
  const now = signal(/** @type {{problem: string, copy: Copy | null}} */ ({ problem: "", copy: null }));
  let stopped = false;

  /** @param {boolean} fetchIt save it at once when it is ready */
  async function begin(fetchIt) {
    now.value = { problem: "", copy: null };
    const answer = await sendAct("documents.ask_copy", { file_id: fileId, kind });
    if (!answer.ok) { now.value = { problem: answer.message || t("The server could not answer. Please try again."), copy: null }; return; }
    await follow(Number(answer.copy_id), fetchIt);
  }

  /** @param {number} copyId @param {boolean} fetchIt */
  async function follow(copyId, fetchIt) {
    for (let lost = 0; !stopped && lost < LOOKS_LOST;) {
      const copy = await look(copyId);
      lost = copy ? 0 : lost + 1;
      if (stopped) return;
      if (copy) now.value = { problem: copy.state === "refused" || copy.state === "expired" ? copy.message || t("The copy could not be made.") : "", copy };
      if (copy?.state === "ready" && copy.address && fetchIt) save(copy.address);
      if (copy && copy.state !== "waiting" && copy.state !== "making") return;
      await new Promise((resume) => setTimeout(resume, LOOK_EVERY));
    }
    if (!stopped) now.value = { problem: t("The line was lost. The copy goes on being made; ask again when the line is back."), copy: null };
  }

  return { now, begin, stop: () => { stopped = true; } };
}

/** @param {number} copyId @returns {Promise<Copy | null>} */
async function look(copyId) {
  try {
    const response = await fetch(`/api/v1/copies/${copyId}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** @param {string} address */
function save(address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}
