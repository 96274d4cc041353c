// Reading a paper page by page. The page's address always names the page, so that back, reload and a link find it again.
import { effect } from "@preact/signals-core";
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { PageOpinions } from "../discussion/page_opinions.js";
import { NotesPanel } from "../notes/panel.js";
import { NotesTools } from "../notes/tools.js";
import { t } from "../web/i18n.js";
import { Button, ErrorBox, html, Icon, Loading } from "../web/ui.js";
import { makeDesk } from "./desk.js";
import { Bar, Strip } from "./viewer/bar.js";
import { FollowCard } from "./viewer/follow.js";
import { edges, Foot } from "./viewer/foot.js";
import { FoundList } from "./viewer/found.js";
import { Help, listenToKeys } from "./viewer/keys.js";
import { LargeText } from "./viewer/large.js";
import { keepMarks } from "./viewer/marks.js";
import { fetchOpening, useMaking } from "./viewer/paper.js";
import { recall, remember } from "./viewer/remembered.js";
import { LONGEST, makeSeeker } from "./viewer/seeking.js";
import { copy } from "./viewer/select.js";
import { Stage } from "./viewer/stage.js";
import { Drawer } from "./viewer/ways.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk.js").Opening} Opening */

/** @param {{desk: Desk}} props */
function Viewer({ desk }) {
  const seeker = useMemo(() => makeSeeker(desk), []);
  const [drawer, setDrawer] = useState(false);
  const [help, setHelp] = useState(false);
  const refusal = useMaking(desk);
  const easy = desk.easy.value;
  useEffect(() => listenToKeys(desk, {
    find: () => { seeker.open.value = true; focus(".vfind input"); }, // a box that opens now takes the focus itself
    pages: () => setDrawer((open) => !open),
    goTo: () => focus(".vgo"),
    help: () => setHelp(true),
    copy: () => { if (desk.selection.value && desk.opening.value.takeable !== "none") void copy(desk.selection.value.text); },
    escape: () => {
      if (desk.selection.value) desk.selection.value = null;
      else if (desk.sheet.value) desk.sheet.value = false;
      else if (seeker.open.value) seeker.close();
      else if (desk.zoom.value > 1) desk.zoom.value = 1;
      else setDrawer(false);
    },
  }), []);
  const classes = ["viewer", desk.night.value && "night", easy && "easy", desk.large.value && "large", desk.spread.value === 2 && "two", desk.opening.value.strip && "has-strip"].filter(Boolean).join(" ");
  return html`<div class=${classes} data-bs-theme=${desk.night.value ? "dark" : null}>
    <${Bar} desk=${desk} seeker=${seeker} help=${() => setHelp(true)} />
    <${Strip} desk=${desk} />
    <div class="vwork">
      <${NotesTools} desk=${desk} />
      <main class="vmid">${refusal ? html`<${Refused} message=${refusal} back=${desk.opening.value.back} />` : html`
        ${desk.large.value ? html`<${LargeText} desk=${desk} />` : html`<${Stage} desk=${desk} />`}
        ${!desk.large.value && html`<${Turns} desk=${desk} />`}
        ${drawer && !easy && html`<${Drawer} desk=${desk} shut=${() => setDrawer(false)} />`}
        ${easy && html`<${Button} cls="vleave" icon="x" onClick=${() => { desk.easy.value = false; }}>${t("Leave easy reading")}<//>`}
        ${easy && html`<span class="vpill num">${t("Page %(n)s of %(all)s", { n: desk.shown.value.join("–"), all: desk.last.value })}</span>`}`}
      </main>
      <aside class=${desk.sheet.value ? "vnotes" : "vnotes shut"} aria-label=${t("Beside the page")}>
        <button type="button" class="btn btn-ghost vshut" onClick=${() => { desk.sheet.value = false; }}><${Icon} name="chevron-down" />${t("Close")}</button>
        <${FollowCard} desk=${desk} />
        ${(desk.opening.value.remarks ?? []).map(({ code, message }) => html`<p class="vremark" key=${code}><${Icon} name="info-circle" size=${20} /><span>${message}</span></p>`)}
        <${FoundList} desk=${desk} seeker=${seeker} />
        <${PageOpinions} desk=${desk} />
        <${NotesPanel} desk=${desk} />
      </aside>
    </div>
    <${Foot} desk=${desk} drawer=${drawer} toggleDrawer=${() => setDrawer(!drawer)} />
    <span class="sr-only" role="status">${t("Page %(n)s of %(all)s", { n: desk.shown.value.join("–"), all: desk.last.value })}</span>
    <span class="sr-only" id="vkeys">${t("Arrow keys turn the page. Press ? for all keys.")}</span>
    ${help && html`<${Help} shut=${() => setHelp(false)} />`}
  </div>`;
}

/** At once, so that nothing typed right after the key is lost. @param {string} selector */
function focus(selector) {
  const field = document.querySelector(selector);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

/** Turning with one tap beside the page; after the last page the next paper. @param {{desk: Desk}} props */
function Turns({ desk }) {
  const { first, end } = edges(desk);
  const { next } = desk.opening.value;
  return html`${!first && html`<button type="button" class="vturn before" aria-label=${t("Previous page")} onClick=${() => desk.step(-1)}><${Icon} name="chevron-left" size=${28} /></button>`}
    ${end ? next && html`<a class="vpaper" href=${`/documents/${next.id}`}><${Icon} name="chevrons-right" size=${28} /><span><b>${t("Next paper")}</b><span class="clip2">${next.title}</span></span></a>` : html`<button type="button" class="vturn after" aria-label=${t("Next page")} onClick=${() => desk.step(1)}><${Icon} name="chevron-right" size=${28} /></button>`}`;
}

/** @param {{message: string, back: string}} props */
function Refused({ message, back }) {
  return html`<div class="es" role="alert"><${Icon} name="alert-circle" size=${40} cls="t-oppose" /><b>${message}</b><a class="btn btn-quiet" href=${back}>${t("Back")}</a></div>`;
}

/** What this person chose last holds for the next paper too. @param {Desk} desk */
function keepLooks(desk) {
  desk.spread.value = recall("spread") === "2" && innerWidth > 700 ? 2 : 1;
  for (const name of /** @type {const} */ (["night", "large", "easy"])) {
    desk[name].value = recall(name) === "1" || (name === "easy" && document.documentElement.dataset.easy === "1"); // easy mode is so everywhere
    effect(() => remember(name, desk[name].value ? "1" : ""));
  }
  effect(() => remember("spread", String(desk.spread.value)));
  effect(() => {
    const address = new URL(location.href);
    address.searchParams.set("page", String(desk.page.value));
    try {
      history.replaceState(null, "", address);
    } catch {
      // Safari lets an address change so many times in half a minute: the next turn after that sets it right
    }
  });
}

/** @param {HTMLElement} root @param {Opening} opening */
function start(root, opening) {
  const asked = new URLSearchParams(location.search);
  const desk = makeDesk(opening, { page: Number(asked.get("page")) || 0, q: (asked.get("q") ?? "").trim().normalize("NFC").slice(0, LONGEST) });
  document.title = document.title.includes(opening.title) ? document.title : `${opening.title} · ${document.title.split(" · ").at(-1)}`;
  keepLooks(desk);
  keepMarks(desk);
  render(html`<${Viewer} desk=${desk} />`, root);
}

/** @param {HTMLElement} root */
async function open(root) {
  const given = root.dataset.opening;
  if (given) return start(root, JSON.parse(given));
  const id = Number(location.pathname.match(/\/documents\/(\d+)/)?.[1]);
  render(html`<${Loading} rows=${4} />`, root);
  const opened = await fetchOpening(id);
  if ("id" in opened) return start(root, opened);
  const [title, text] = {
    offline: [t("This paper is not on this tablet"), t("Without the line only papers kept on this tablet can be read.")],
    gone: [t("This paper is not here"), t("It may have been taken back, or it is not for you.")],
    refused: [opened.message || t("This paper cannot be opened"), ""],
    signed_out: [t("You have been signed out. Please sign in again."), ""],
  }[opened.kind];
  return render(html`<div class="vfailed"><${ErrorBox} title=${title} text=${text} retry=${() => open(root)}><a class="btn btn-quiet" href="/papers">${t("To my papers")}</a><//></div>`, root);
}

const root = document.getElementById("viewer");
if (root) {
  root.replaceChildren();
  void open(root);
}
