// The box to find words in, and the list of the places found.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Button, html, Icon } from "../../web/ui.js";
import { nt, t } from "../../web/i18n.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("./seeking.js").Seeker} Seeker */

/** @param {{desk: Desk, seeker: Seeker}} props */
export function FindBox({ desk, seeker }) {
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  const found = desk.found.value;
  useLayoutEffect(() => { if (!desk.q) box.current?.focus(); }, []); // before the next key, so that no letter is lost
  const count = !found ? "" : found.hits.length ? `${found.at + 1}/${found.hits.length}` : found.state === "done" ? "0" : "…";
  return html`<form class="vfind" role="search" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); seeker.seek(box.current?.value ?? "", true); }}>
    <input ref=${box} class="input" type="search" maxlength="200" enterkeyhint="search" autocomplete="off" defaultValue=${seeker.sought.value} aria-label=${t("Find in this paper")} placeholder=${t("Find in this paper")}
      onInput=${(/** @type {any} */ event) => seeker.seek(event.target.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") { event.stopPropagation(); seeker.close(); } else if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); seeker.next(-1); } }} />
    <button type="button" class="num vcount" disabled=${!found} aria-expanded=${desk.sheet.value} aria-label=${t("List of the places found")} onClick=${() => { desk.sheet.value = !desk.sheet.value; }}>${count}</button>
    <span class="sr-only" role="status">${found?.hits.length ? t("Place %(n)s of %(all)s", { n: found.at + 1, all: found.hits.length }) : ""}</span>
    <${Button} size="sq" icon="chevron-up" aria-label=${t("Previous place")} disabled=${!found?.hits.length} onClick=${() => { seeker.next(-1); }} />
    <${Button} size="sq" icon="chevron-down" aria-label=${t("Next place")} disabled=${!found?.hits.length} onClick=${() => { seeker.next(1); }} />
    <${Button} kind="ghost" size="sq" icon="x" aria-label=${t("Stop finding")} onClick=${() => { seeker.close(); }} />
  </form>`;
}

const LONGEST = 300;

/** @param {{desk: Desk, seeker: Seeker}} props */
export function FoundList({ desk, seeker }) {
  const found = desk.found.value;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => { list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }); }, [found?.at]);
  if (!found) return null;
  const exact = found.hits.filter((hit) => hit.exact).length;
  const parted = exact > 0 && exact < found.hits.length && found.hits.slice(0, exact).every((hit) => hit.exact);
  return html`<section class="vfound" aria-label=${t("Places found")}>
    <h2 aria-live="polite">${heading(found)}</h2>
    ${found.state === "offline" && html`<p class="xs t-warn">${t("The line is down: only the pages kept on this tablet were searched.")}</p>`}
    ${found.unread > 0 && found.state !== "looking" && html`<p class="xs faint">${nt("%(n)s page is a picture without text and cannot be searched.", "%(n)s pages are pictures without text and cannot be searched.", found.unread)}</p>`}
    <ol ref=${list}>${found.hits.slice(0, LONGEST).map((hit, at) => html`
      ${parted && at === exact ? html`<li class="vpart" key="part">${t("The same letters with other marks")}</li>` : null}
      <li key=${`${hit.page}-${hit.from}-${at}`}><button type="button" aria-current=${at === found.at ? "true" : null} onClick=${() => { seeker.goTo(at); desk.sheet.value = false; }}>
        <span class="num">${t("Page %(n)s", { n: hit.page })}</span><span>… ${hit.before} <mark>${hit.text}</mark> ${hit.after} …</span></button></li>`)}</ol>
    ${found.hits.length > LONGEST && html`<p class="xs faint">${t("The first %(n)s places are listed.", { n: LONGEST })}</p>`}
  </section>`;
}

/** @param {import("../finding.js").Found} found */
function heading({ sought, hits, state }) {
  if (hits.length) return nt("“%(words)s”: %(n)s place", "“%(words)s”: %(n)s places", hits.length, { words: sought });
  if (state === "looking") return html`<${Icon} name="hourglass" size=${20} /> ${t("Looking through the paper")}`;
  return t("“%(words)s” is not in the text of this paper.", { words: sought });
}
