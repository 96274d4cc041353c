// All tablets of a body's people, or of those invited to a meeting, as they are this moment: looked at again every few seconds.
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { sendAct } from "../web/acts.js";
import { askText, confirmed, toast } from "../web/dialogs.js";
import { dateTime, timeOfDay } from "../web/format.js";
import { nt, t } from "../web/i18n.js";
import { Avatar, Button, Chip, Dialog, Empty, ErrorBox, html, Icon, Loading, Note, Timer } from "../web/ui.js";
import { begin } from "./offering.js";

/** @typedef {{id: number, name: string, connected: boolean, last_seen: string, papers: "" | "none" | "partly" | "complete", battery: number | null, charging: boolean | null,
 *   battery_low: boolean, installed: boolean, persistent: boolean, lock: "" | "locked" | "blocked" | "no_pin"}} Tablet */
/** @typedef {{person_id: number, name: string, full_name: string, position: string, may: boolean, pairing_until: string | null, tablets: Tablet[]}} Person */
/** @typedef {{id: number, name: string, owner: string, lost: boolean, at: string, last_seen: string, cleared_at: string | null}} Lost */
/** @typedef {{body_id: number, meeting: {id: number, title: string, starts_at: string} | null, people: Person[], lost: Lost[]}} Picture */
/** @typedef {import("./offering.js").Offer} Offer */

const LOOK_MS = 4000;

/** @type {Record<string, {label: () => string, fits: (person: Person) => boolean}>} */
const FILTERS = {
  all: { label: () => t("All"), fits: () => true },
  none: { label: () => t("Not paired"), fits: (person) => !person.tablets.length },
  away: { label: () => t("Not connected"), fits: (person) => person.tablets.length > 0 && !person.tablets.some((each) => each.connected) },
  papers: { label: () => t("Papers missing"), fits: (person) => person.tablets.some((each) => each.papers === "none" || each.papers === "partly") },
  battery: { label: () => t("Low battery"), fits: (person) => person.tablets.some((each) => each.battery_low) },
  locked: { label: () => t("Locked"), fits: (person) => person.tablets.some((each) => each.lock) },
};

const PAPERS = {
  complete: { tone: "agree", icon: "check", text: () => t("Papers complete") },
  partly: { tone: "warn", icon: "alert-triangle", text: () => t("Papers not whole") },
  none: { tone: "warn", icon: "download", text: () => t("No papers kept") },
};
const LOCKS = {
  locked: { tone: "", icon: "lock", text: () => t("Locked") },
  blocked: { tone: "oppose", icon: "lock", text: () => t("Shut: five wrong PINs") },
  no_pin: { tone: "warn", icon: "lock-open", text: () => t("Waits for a new PIN") },
};

/** Many devices have the same name; the number also stands on the tablet, where it is locked and among one's devices. @param {{id: number, name: string}} tablet */
const called = (tablet) => t("%(name)s, no. %(n)s", { name: tablet.name, n: tablet.id });

/** @param {{tablet: Tablet}} props */
function State({ tablet }) {
  const papers = tablet.papers ? PAPERS[tablet.papers] : null;
  const lock = tablet.lock ? LOCKS[tablet.lock] : null;
  const power = tablet.battery === null ? "" : tablet.charging ? t("%(level)s, charging", { level: `${tablet.battery}%` }) : t("Battery %(level)s", { level: `${tablet.battery}%` });
  return html`<div class="tb-line">
    ${tablet.connected ? html`<${Chip} tone="agree" icon="wifi">${t("Connected")}<//>` : html`<${Chip} icon="wifi-off">${t("Last seen %(when)s", { when: dateTime(tablet.last_seen) })}<//>`}
    ${lock && html`<${Chip} tone=${lock.tone} icon=${lock.icon}>${lock.text()}<//>`}
    ${papers && html`<${Chip} tone=${papers.tone} icon=${papers.icon}>${papers.text()}<//>`}
    ${power && html`<${Chip} tone=${tablet.battery_low ? "oppose" : ""} icon=${tablet.charging ? "battery-charging" : "battery"}>${power}<//>`}
    <span class="sm faint">${tablet.installed ? t("application installed") : t("in the browser")} · ${tablet.persistent || tablet.installed ? t("keeps for good") : t("may be cleared")}</span></div>`;
}

/** @param {string} act @param {Record<string, unknown>} input @param {string} done @returns {Promise<boolean>} */
async function does(act, input, done) {
  const answer = await sendAct(act, input);
  toast(answer.ok ? done : answer.message || "");
  return answer.ok;
}

/** @param {{person: Person, tablet: Tablet, look: () => unknown, offer: (person: Person) => unknown, last: boolean}} props */
function One({ person, tablet, look, offer, last }) {
  const id = tablet.id;
  const reset = async () => {
    if (!(await confirmed({ title: t("Reset the PIN of “%(name)s”?", { name: called(tablet) }), text: t("The tablet is locked, its papers stay. %(owner)s chooses a new PIN on it with the code that is shown next.", { owner: person.name }), yes: t("Reset the PIN") }))) return;
    if (await does("tablets.reset", { tablet_id: id }, t("The PIN was reset."))) offer(person);
    await look();
  };
  const lose = async () => {
    if (!(await confirmed({ title: t("Is “%(name)s” lost?", { name: called(tablet) }), text: t("It is signed out at once, its PIN dies, and its papers and notes are removed at its next contact. %(owner)s is told.", { owner: person.name }), yes: t("Report it as lost"), danger: true }))) return;
    await does("tablets.lose", { tablet_id: id }, t("The tablet was taken off."));
    await look();
  };
  const rename = async () => {
    const name = await askText({ title: t("Another name"), label: t("Name of this device"), value: tablet.name, lines: 1, yes: t("Rename") });
    if (name) await does("tablets.rename", { tablet_id: id, name }, t("The device has its new name."));
    await look();
  };
  return html`<div class="tb-tablet"><div class="col-y tb-what"><b class="row-x"><${Icon} name="device-tablet" size=${20} cls="faint" />${called(tablet)}</b><${State} tablet=${tablet} /></div>
    ${person.may && html`<div class="tb-acts"><${Button} kind="ghost" size="row" icon="key" onClick=${reset}>${t("Reset the PIN")}<//><${Button} kind="ghost" size="row" icon="pencil" onClick=${rename}>${t("Rename")}<//><${Button} kind="ghost" size="row" icon="alert-triangle" onClick=${lose}>${t("Report it as lost")}<//>${last && html`<${PairButton} person=${person} offer=${offer} />`}</div>`}</div>`;
}

/** @param {{person: Person, look: () => unknown, offer: (person: Person) => unknown}} props */
function Row({ person, look, offer }) {
  return html`<li class="tb-row"><div class="tb-who"><${Avatar} name=${person.full_name} /><div class="grow"><b>${person.name}</b><span class="d-block sm muted">${person.position}</span></div></div>
    <div class="tb-tablets">${person.tablets.map((tablet, place) => html`<${One} key=${tablet.id} person=${person} tablet=${tablet} look=${look} offer=${offer} last=${place === person.tablets.length - 1} />`)}
      ${!person.tablets.length && html`<div class="tb-tablet"><span class="muted tb-line">${t("No tablet is paired.")}</span>${person.may && html`<div class="tb-acts"><${PairButton} person=${person} offer=${offer} /></div>`}</div>`}
      ${person.pairing_until && html`<span class="sm faint num">${t("a code holds until %(at)s", { at: timeOfDay(person.pairing_until) })}</span>`}</div></li>`;
}

/** @param {{person: Person, offer: (person: Person) => unknown}} props */
function PairButton({ person, offer }) {
  const more = person.tablets.length > 0;
  return html`<${Button} kind=${more ? "ghost" : "tint"} size="row" icon="qrcode" onClick=${() => offer(person)} aria-label=${t("Pair a tablet of %(name)s", { name: person.name })}>${more ? t("Pair another") : t("Pair")}<//>`;
}

/** The QR code, once. @param {{person: Person, offer: Offer, close: () => void, used: boolean}} props */
function Offered({ person, offer, close, used }) {
  if (used) return html`<${Dialog} title=${t("Paired")} onClose=${close}><${Note} tone="agree" icon="circle-check">${t("The tablet now belongs to %(name)s.", { name: person.name })}<//><div class="btns"><${Button} kind="primary" onClick=${close}>${t("Close")}<//></div><//>`;
  return html`<${Dialog} wide title=${t("Pair a tablet of %(name)s", { name: person.name })} onClose=${close}>
    <div class="tb-pair"><img src=${offer.qr} alt=${t("QR code with a one-time address")} width="300" height="300" />
      <div class="col-y"><ol class="steps"><li>${t("Take the tablet and scan the code with its camera.")}</li><li>${t("Check the name on the tablet.")}</li><li>${t("Its owner chooses a PIN of six digits there.")}</li></ol>
        <p class="m-0">${t("No camera, or the installed application: open %(address)s there and type", { address: offer.typed_at.replace(/^https?:\/\//, "") })}</p>
        <b class="code num">${offer.code}</b>
        <p class="sm muted m-0">${t("Holds once, for")} <${Timer} now=${() => Date.now()} endsAt=${offer.ends_at} cls="" /></p></div></div><//>`;
}

/** @param {{lost: Lost[]}} props */
function Gone({ lost }) {
  if (!lost.length) return null;
  return html`<section class="card-x"><div class="card-h"><h2 class="lg">${t("Taken off")}</h2></div><ul class="rows plain-list">${lost.map((each) => html`<li key=${each.id} class="row-x tb-line card-pad pt-0"><span class="grow"><b>${called(each)}</b><span class="d-block sm muted">${each.owner} · ${each.lost ? t("reported as lost %(at)s", { at: dateTime(each.at) }) : t("taken off %(at)s", { at: dateTime(each.at) })} · ${t("last seen %(at)s", { at: dateTime(each.last_seen) })}</span></span>
    ${each.cleared_at ? html`<${Chip} tone="agree" icon="check">${t("The device has removed its papers, %(at)s", { at: dateTime(each.cleared_at) })}<//>` : html`<${Chip} tone="warn" icon="clock">${t("Not yet confirmed by the device")}<//>`}</li>`)}</ul></section>`;
}

/** @param {{query: string}} props */
function Desk({ query }) {
  const [picture, setPicture] = useState(/** @type {Picture | null} */ (null));
  const [wrong, setWrong] = useState(false);
  const [shown, setShown] = useState("all");
  const [offered, setOffered] = useState(/** @type {{person: Person, offer: Offer} | null} */ (null));
  const marks = useMemo(() => ({ etag: "" }), []);
  const look = async () => {
    try {
      const answer = await fetch(`/api/v1/tablets/desk?${query}`, { headers: marks.etag ? { "If-None-Match": marks.etag } : {}, signal: AbortSignal.timeout(15000) });
      if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
      setWrong(false);
      if (answer.status === 304) return;
      marks.etag = answer.headers.get("ETag") ?? "";
      setPicture(await answer.json());
    } catch { setWrong(true); }
  };
  useEffect(() => {
    void look();
    const timer = setInterval(() => { if (document.visibilityState === "visible") void look(); }, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  if (!picture) return wrong ? html`<${ErrorBox} title=${t("The tablets could not be read")} retry=${look} />` : html`<${Loading} rows=${5} />`;
  const offer = async (/** @type {Person} */ person) => {
    const made = await begin(person.person_id);
    if (made.ok) setOffered({ person, offer: made });
    else toast(made.message || "");
    await look();
  };
  const filter = /** @type {typeof FILTERS[string]} */ (FILTERS[shown]);
  const fits = picture.people.filter(filter.fits);
  const tablets = picture.people.flatMap((person) => person.tablets);
  const now = offered && picture.people.find((each) => each.person_id === offered.person.person_id);
  const used = Boolean(offered && now && !now.pairing_until && Date.parse(offered.offer.ends_at) > Date.now());
  return html`
    ${wrong && html`<${Note} tone="warn" icon="wifi-off">${t("No line now; this is what was known before.")}<//>`}
    <p class="m-0" role="status">${t("%(there)s of %(all)s tablets connected", { there: tablets.filter((each) => each.connected).length, all: tablets.length })} · ${nt("%(n)s person without a tablet", "%(n)s people without a tablet", picture.people.filter((each) => !each.tablets.length).length)}</p>
    <div class="tb-filters" role="group" aria-label=${t("Which are shown")}>${Object.entries(FILTERS).map(([name, each]) => html`<${Button} key=${name} kind=${name === shown ? "tint" : "quiet"} size="row" aria-pressed=${name === shown} onClick=${() => setShown(name)}>${each.label()} <span class="num">${picture.people.filter(each.fits).length}</span><//>`)}</div>
    <section class="card-x" aria-label=${t("People and their tablets")}>${fits.length ? html`<ul class="plain-list">${fits.map((person) => html`<${Row} key=${person.person_id} person=${person} look=${look} offer=${offer} />`)}</ul>` : html`<${Empty} icon="device-tablet" title=${shown === "all" ? t("Nobody has a role here") : t("Nobody: all is well")} />`}</section>
    <${Gone} lost=${picture.lost} />
    ${offered && html`<${Offered} person=${offered.person} offer=${offered.offer} used=${used} close=${() => setOffered(null)} />`}`;
}

const root = document.getElementById("tablets");
if (root) {
  root.replaceChildren();
  render(html`<${Desk} query=${root.dataset.query ?? ""} />`, root);
}
