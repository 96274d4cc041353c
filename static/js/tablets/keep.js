// The card with which a meeting is kept on this device: how much it is, how far it has come, what is missing for it to stay.
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Bar, Button, html, Icon, Note } from "../web/ui.js";
import { confirmed } from "../web/dialogs.js";
import { date, timeOfDay } from "../web/format.js";
import { nt, t } from "../web/i18n.js";
import { begin } from "./contact.js";
import { megabytes, missing, storage, whyNot } from "./device.js";
import { ask, keep, packs, pause, remove, renew, resume } from "./keeper.js";

/** @typedef {import("./keeper.js").Pack} Pack */
/** @typedef {import("./keeper.js").Manifest} Manifest */

/** "32 papers · 41 MB" @param {{documents: number, bytes: number}} pack */
const amount = (pack) => `${nt("%(n)s paper", "%(n)s papers", pack.documents)} · ${megabytes(pack.bytes)}`;

/** Today by the time of day, else with its date. @param {string} at */
const when = (at) => (date(at) === date(Date.now()) ? timeOfDay(at) : `${timeOfDay(at)}, ${date(at)}`);

/** @param {{id: number, plain?: boolean}} props plain: one line in a list of meetings */
export function Keep({ id, plain = false }) {
  const pack = packs.value[id];
  const closed = whyNot();
  if (closed) return plain ? null : html`<h3>${t("Reading without a line")}</h3><${Note} tone="warn" icon="lock-open">${closed}<//>`;
  const body = pack ? html`<${Held} pack=${pack} plain=${plain} />` : html`<${Offer} id=${id} plain=${plain} />`;
  return plain ? body : html`<h3>${t("Reading without a line")}</h3>${body}<a class="tap-line sm" href="/tablets">${t("My devices")}</a>`;
}

/** @param {{id: number, plain: boolean}} props */
function Offer({ id, plain }) {
  const [manifest, setManifest] = useState(/** @type {Manifest | null} */ (null));
  const [wrong, setWrong] = useState("");
  const [free, setFree] = useState(/** @type {number | null} */ (null));
  const estimate = async () => {
    setWrong("");
    try {
      setFree((await storage()).free_bytes);
      setManifest(await ask(id));
    } catch {
      setWrong(t("The size could not be asked for. Try again when the line is back."));
    }
  };
  const go = async () => { await begin(); await keep(/** @type {Manifest} */ (manifest)); };
  if (!manifest) return html`
    ${!plain && html`<p class="sm muted">${t("Programme, papers, your notes and search stay on this device, also when the network is off.")}</p>`}
    ${wrong && html`<p class="sm t-oppose" role="alert">${wrong}</p>`}
    <${Button} kind="tint" icon="download" busyLabel=${t("Looking how much it is")} onClick=${estimate}>${t("Keep on this device")}<//>`;
  if (!manifest.documents) return html`<p class="sm muted">${t("No paper has been published yet; the programme alone can be kept.")}</p><${Button} kind="tint" icon="download" onClick=${go}>${t("Keep the programme")}<//>`;
  const short = free !== null && free < manifest.bytes;
  return html`
    <p class="keep-sum"><b class="num">${amount(manifest)}</b>${free !== null && html`<span class="sm faint">${t("%(free)s of room on this device", { free: megabytes(free) })}</span>`}</p>
    ${short ? html`<${NoRoom} wanted=${manifest.bytes} free=${free ?? 0} />` : html`<div class="btns"><${Button} kind="primary" icon="download" onClick=${go}>${t("Keep these now")}<//><${Button} kind="ghost" onClick=${() => setManifest(null)}>${t("Not now")}<//></div>`}`;
}

/** @param {{wanted: number, free: number}} props */
function NoRoom({ wanted, free }) {
  return html`<${Note} tone="oppose" icon="alert-circle">${t("This device is full: %(wanted)s are needed, %(free)s are left. Remove a meeting that is over, or photographs and videos, and try again.", { wanted: megabytes(wanted), free: megabytes(free) })}<//>`;
}

/** @param {{pack: Pack, plain: boolean}} props */
function Held({ pack, plain }) {
  const id = pack.meeting_id;
  const drop = async () => { if (await sure(pack)) await remove(id); };
  if (pack.state === "done") return html`<${Done} pack=${pack} plain=${plain} drop=${drop} />`;
  const left = Math.max(0, pack.manifest.bytes - pack.bytes);
  return html`
    <div role="status" class="keep-state">
      <p class="row-x sm">${pack.state === "keeping" ? html`<span class="spin spin-warn"></span>` : html`<${Icon} name=${pack.state === "waiting" ? "wifi-off" : pack.state === "full" ? "alert-circle" : "player-pause"} size=${20} />`}
        <b>${words(pack)}</b></p>
      <${Bar} value=${pack.done} max=${Math.max(1, pack.of)} label=${t("Kept so far")} />
      <p class="xs faint num">${t("%(done)s of %(of)s pieces", { done: pack.done, of: pack.of })} · ${megabytes(pack.bytes)} / ${megabytes(pack.manifest.bytes)}</p>
    </div>
    ${pack.state === "full" && html`<${Full} left=${left} />`}
    ${pack.whole && html`<p class="xs faint">${t("What was kept at %(when)s can be read all the while.", { when: when(pack.at) })}</p>`}
    <div class="btns">
      ${pack.state === "keeping" ? html`<${Button} icon="player-pause" onClick=${() => pause(id)}>${t("Pause")}<//>` : html`<${Button} kind="tint" icon="player-play" onClick=${() => resume(id)}>${t("Go on")}<//>`}
      <${Button} kind="ghost" icon="x" onClick=${drop}>${t("Stop and remove")}<//>
    </div>`;
}

/** @param {Pack} pack */
function words(pack) {
  if (pack.state === "waiting") return t("Waits for the line, then goes on by itself");
  if (pack.state === "paused") return t("Paused");
  if (pack.state === "full") return t("No room left on this device");
  return pack.whole ? t("Fetching what changed") : t("Being kept on this device");
}

/** @param {{left: number}} props */
function Full({ left }) {
  const [free, setFree] = useState(0);
  useEffect(() => { void storage().then((now) => setFree(now.free_bytes ?? 0)); }, []);
  return html`<${NoRoom} wanted=${left} free=${free} />`;
}

/** @param {{pack: Pack, plain: boolean, drop: () => unknown}} props */
function Done({ pack, plain, drop }) {
  return html`
    <div class="keep-done" role="status"><${Icon} name="circle-check" cls="t-agree" /><span class="grow"><b class="t-agree">${t("All kept, updated %(when)s", { when: when(pack.at) })}</b>
      <span class="d-block sm faint num">${amount({ documents: pack.manifest.documents, bytes: pack.bytes })}</span></span></div>
    ${!plain && html`<${Lacking} folded />`}
    <div class="btns"><${Button} icon="refresh" busyLabel=${t("Looking for changes")} onClick=${() => renew(pack.meeting_id, true)}>${t("Update")}<//><${Button} kind="ghost" icon="trash" onClick=${drop}>${t("Remove from this device")}<//></div>`;
}

/** What is missing for the papers to stay, with the steps; on a card folded up. @param {{folded?: boolean}} props */
export function Lacking({ folded = false }) {
  const [lack, setLack] = useState(/** @type {ReturnType<typeof missing>} */ (null));
  useEffect(() => { void storage().then((now) => setLack(missing(now))); }, []);
  if (!lack) return null;
  const steps = lack.steps.length > 0 && html`<ol class="keep-steps">${lack.steps.map((step) => html`<li key=${step}>${step}</li>`)}</ol>`;
  if (folded) return html`<details class="keep-lack sm"><summary><${Icon} name="alert-triangle" size=${20} cls="t-warn" />${t("May be cleared by the device: what to do")}</summary><p>${lack.text}</p>${steps}</details>`;
  return html`<${Note} tone="warn" icon="alert-triangle">${lack.text}${steps}<//>`;
}

/** @param {Pack} pack */
function sure(pack) {
  return confirmed({ title: t("Remove “%(title)s” from this device?", { title: pack.title }), text: t("It can be read here only with a line then. Your notes stay in your account."), yes: t("Remove"), danger: true });
}

export function draw() {
  for (const root of document.querySelectorAll("[data-keep-meeting]")) {
    if (!(root instanceof HTMLElement)) continue;
    root.replaceChildren();
    render(html`<${Keep} id=${Number(root.dataset.keepMeeting)} plain=${root.dataset.plain !== undefined} />`, root);
  }
}
