// The side of the viewer: following the presenter, words found, the private note of this page, notes elsewhere.
import { useEffect, useRef, useState } from "preact/hooks";
import { sendAct } from "../../web/acts.js";
import { timeOfDay } from "../../web/format.js";
import { nt, t } from "../../web/i18n.js";
import { Button, html, Icon } from "../../web/ui.js";

const SAVE_MS = 800;
const AGAIN_MS = 5000;

/** What could not be sent yet survives a reload of the page. @param {number} file */
function drafts(file) {
  const key = `notes:${document.documentElement.dataset.account || "nobody"}:${file}`;
  return {
    /** @returns {Record<string, string>} */
    load() {
      try { return JSON.parse(localStorage.getItem(key) ?? "{}"); } catch { return {}; }
    },
    /** @param {Record<string, string>} unsent */
    keep(unsent) {
      try {
        if (Object.keys(unsent).length) localStorage.setItem(key, JSON.stringify(unsent));
        else localStorage.removeItem(key);
      } catch {
        // Full or forbidden: the note stays in the open page.
      }
    },
  };
}

/** @param {number} file @param {Record<string, string>} before @param {(noted: Set<number>) => void} onChange */
function useNotes(file, before, onChange) {
  const kept = useRef(drafts(file));
  const unsent = useRef(kept.current.load());
  const [notes, setNotes] = useState(() => /** @type {Record<string, string>} */ ({ ...before, ...unsent.current }));
  const [saved, setSaved] = useState(/** @type {{at: string} | {problem: string} | null} */ (null));
  const timer = useRef(0);
  const busy = useRef(false);
  async function send() {
    clearTimeout(timer.current);
    const next = Object.entries(unsent.current)[0];
    if (!next || busy.current) return;
    const [page, text] = next;
    busy.current = true;
    const answer = await sendAct("materials.note", { file_id: file, page: Number(page), text });
    busy.current = false;
    if (answer.ok || answer.code !== "offline") {
      if (unsent.current[page] === text) delete unsent.current[page];
      kept.current.keep(unsent.current);
      setSaved(answer.ok ? { at: new Date().toISOString() } : { problem: answer.message ?? "" });
      return void send();
    }
    setSaved({ problem: t("Kept on this device until the line is back") });
    timer.current = window.setTimeout(send, AGAIN_MS);
  }
  useEffect(() => { void send(); onChange(filled(notes)); }, []);
  /** @param {number} page @param {string} text */
  function write(page, text) {
    const now = { ...notes, [page]: text };
    setNotes(now);
    onChange(filled(now));
    unsent.current[page] = text.normalize("NFC");
    kept.current.keep(unsent.current);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(send, SAVE_MS);
  }
  return { notes, write, saved };
}

/** @param {Record<string, string>} notes */
const filled = (notes) => new Set(Object.entries(notes).filter(([, text]) => text.trim()).map(([page]) => Number(page)));

/** @param {{file: number, page: number, notes: Record<string, string>, shut: boolean, onChange: (noted: Set<number>) => void,
 *   go: (to: number) => void, follow: any, found: any, paper: {page_count: number}}} props */
export function Notes({ file, page, notes: before, shut, onChange, go, follow, found, paper }) {
  const { notes, write, saved } = useNotes(file, before, onChange);
  const others = [...filled(notes)].filter((number) => number !== page).sort((one, other) => one - other);
  return html`<aside class=${shut ? "vnotes shut" : "vnotes"} aria-label=${t("Notes")}>
    <${Follow} follow=${follow} page=${page} file=${file} />
    ${found.sought && html`<${Found} found=${found} page=${page} go=${go} />`}
    <article class="snote">
      <div class="row-x"><label class="grow" for="note"><b>${t("My note on page %(n)s", { n: page })}</b></label><span class="who"><${Icon} name="lock" size=${16} />${t("Only me")}</span></div>
      <textarea id="note" class="input" maxlength="20000" placeholder=${t("Write here; it is kept by itself.")} value=${notes[page] ?? ""} disabled=${!paper.page_count} onInput=${(/** @type {any} */ event) => write(page, event.target.value)}></textarea>
    </article>
    ${others.length > 0 && html`<div class="vothers"><b>${t("Notes on other pages")}</b>${others.map((number) => html`<button type="button" key=${number} onClick=${() => go(number)}><span class="pinno">${number}</span><span>${notes[number]}</span></button>`)}</div>`}
    <${Saved} saved=${saved} />
  </aside>`;
}

/** @param {{saved: any}} props */
function Saved({ saved }) {
  if (!saved) return null;
  if ("problem" in saved) return html`<div class="saved not" role="status"><${Icon} name="cloud-off" size=${20} />${saved.problem}</div>`;
  return html`<div class="saved" role="status"><${Icon} name="cloud-check" size=${20} /><span>${t("All notes kept at")} <span class="num">${timeOfDay(saved.at)}</span></span></div>`;
}

/** @param {{found: any, page: number, go: (to: number) => void}} props */
function Found({ found, page, go }) {
  const total = found.pages.reduce((/** @type {number} */ sum, /** @type {{count: number}} */ hit) => sum + hit.count, 0);
  const next = (found.pages.find((/** @type {{page: number}} */ hit) => hit.page > page) ?? found.pages[0])?.page;
  if (!total) return html`<div class="vfound" role="status">${t("“%(words)s” is not in the text of this paper.", { words: found.sought })}</div>`;
  return html`<div class="vfound"><span class="grow" role="status">${nt("“%(words)s”: %(n)s place", "“%(words)s”: %(n)s places", total, { words: found.sought })}</span>
    ${next !== page && html`<${Button} kind="tint" onClick=${() => { go(next); }}>${t("Next, page %(n)s", { n: next })}<//>`}</div>`;
}

/** @param {{follow: any, page: number, file: number}} props */
function Follow({ follow, page, file }) {
  if (!follow.live) return null;
  const shown = follow.shown;
  return html`<div class="follow">
    <span class="row-x"><${Icon} name="presentation" /><b>${shown ? t("The presenter is on page %(n)s", { n: shown.page }) : t("No page is being presented")}</b></span>
    ${shown && shown.document_id !== file && html`<a class="btn btn-quiet" href=${`/documents/${shown.document_id}?page=${shown.page}`}>${t("Open the paper presented")}</a>`}
    ${shown && shown.document_id === file && html`<${Button} icon=${follow.on ? "player-pause" : "player-play"} onClick=${() => { follow.toggle(); }}>${follow.on ? t("Stop following, read by myself") : t("Follow again")}<//>`}
    ${follow.mayShow && !(shown?.document_id === file && shown?.page === page) && html`<${Button} kind="primary" icon="presentation" onClick=${() => follow.show(page)}>${t("Show page %(n)s to everyone", { n: page })}<//>`}
    ${follow.problem && html`<span class="form-error" role="alert">${follow.problem}</span>`}
  </div>`;
}
