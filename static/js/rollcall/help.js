// Help from the seat: the delegate calls, the desk sees who and where, somebody goes. Without a line the tablet itself is the sign.
import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { connection } from "../web/connection.js";
import { t } from "../web/i18n.js";
import { Button, Chip, Dialog, Elapsed, Icon, html } from "../web/ui.js";
import { Refusal, doing } from "../live/doing.js";
import { isOpen, may, meeting } from "../live/reading.js";
import { helps } from "./words.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{id: number, person: {id: number, name: string}, seat: string | null, kind: string, note: string, at: string, taken_by: {id: number, name: string} | null}} Call */

const KIND_ICONS = /** @type {Record<string, string>} */ ({ tablet: "device-tablet", paper: "file-text", sound: "microphone", other: "help-circle" });
/** What lies over the screen: nothing, the question what help is needed, or the sign to hold up. */
const showing = signal(/** @type {"" | "ask" | "sign"} */ (""));

/** The dock's button. @param {{live: Live}} props */
export function HelpButton({ live }) {
  if (!live.me.value.attendance || !isOpen(live)) return null;
  const call = live.me.value.help;
  const label = !call ? t("Call for help") : call.taken ? t("Help is coming") : t("Help is called");
  return html`<${Button} icon="lifebuoy" kind=${call ? "tint" : "quiet"} aria-label=${label} onClick=${() => { showing.value = "ask"; }}>${label}<//>
    ${showing.value === "ask" && html`<${Asking} live=${live} />`}${showing.value === "sign" && html`<${Sign} live=${live} />`}`;
}

/** @param {{live: Live}} props */
function Asking({ live }) {
  const call = live.me.value.help;
  const [note, write] = useState("");
  const close = () => { showing.value = ""; };
  const off = connection.value === "offline";
  /** @param {string} kind */
  const send = async (kind) => { await doing(live, "rollcall.call_help", { kind, note: note.trim().normalize("NFC") }); };
  return html`<${Dialog} title=${call ? t("Help is called") : t("What do you need help with?")} onClose=${close}><${Refusal} />
    ${call ? html`<${Called} live=${live} call=${call} />`
      : html`<div class="help-kinds">${Object.entries(helps()).map(([kind, label]) => html`<${Button} key=${kind} size="lg" icon=${KIND_ICONS[kind] ?? "help-circle"} disabled=${off} onClick=${() => send(kind)}>${label}<//>`)}</div>
        <div class="field"><label for="help-note">${t("A word to the secretary (not needed)")}</label><input id="help-note" class="input" maxlength="200" value=${note} onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)} /></div>`}
    <div class="row-x wraps help-off"><span class="grow sm muted">${off ? t("There is no line now. Hold up the sign.") : t("No answer, or no line? Hold up the sign.")}</span><${Button} icon="hand-stop" kind=${off ? "primary" : "quiet"} onClick=${() => { showing.value = "sign"; }}>${t("Show a sign")}<//></div><//>`;
}

/** @param {{live: Live, call: any}} props */
function Called({ live, call }) {
  return html`<div class="row-x wraps" role="status"><${Icon} name=${call.taken ? "walk" : "clock"} size=${40} cls=${call.taken ? "t-agree" : "t-warn"} /><div class="grow"><b>${call.taken ? t("%(name)s is coming to you", { name: call.by ?? "" }) : t("The secretary's desk sees your call")}</b>
      <div class="sm muted">${helps()[call.kind]} · <${Elapsed} now=${live.now} startedAt=${call.at} cls="" /></div></div>
    <${Button} icon="check" onClick=${async () => { if (await doing(live, "rollcall.end_help", { call_id: call.id })) showing.value = ""; }}>${t("I need no help any more")}<//></div>`;
}

/** Needs no network: the tablet is held up. @param {{live: Live}} props */
function Sign({ live }) {
  const me = live.me.value;
  useEffect(() => {
    const leave = (/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") showing.value = ""; };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, []);
  return html`<section class="takeover help-sign" role="status"><div class="callsign"><${Icon} name="hand-stop" size=${56} /><b>${t("Secretary, please help")}</b>
    <span>${[me.name, me.attendance?.seat && t("Seat %(label)s", { label: me.attendance.seat })].filter(Boolean).join(" · ")}</span>
    <${Button} size="lg" icon="arrow-back-up" onClick=${() => { showing.value = ""; }}>${t("Back")}<//></div></section>`;
}

/** The desk has the calls in the live state; a clerk without the desk asks for them. @param {Live} live @returns {Call[]} */
function useCalls(live) {
  const given = live.sections.value.help;
  const [read, know] = useState(/** @type {Call[]} */ ([]));
  const asks = !given && may(live, "rollcall.answer_help");
  useEffect(() => {
    if (!asks) return undefined;
    const look = () => fetch(`/api/v1/meetings/${meeting(live).id}/help`).then((answer) => (answer.ok ? answer.json() : { data: [] })).then((body) => know(body.data), () => undefined);
    void look();
    const timer = setInterval(look, 15000);
    return () => clearInterval(timer);
  }, [asks]);
  return given ?? read;
}

/** Who calls, from which seat, and who goes. Nothing while nobody calls. @param {{live: Live}} props */
export function HelpList({ live }) {
  const calls = useCalls(live);
  if (calls.length === 0) return null;
  const answers = may(live, "rollcall.answer_help");
  const me = live.me.value.person_id;
  return html`<section class="card-x help-list" aria-label=${t("Help wanted")}><div class="card-h"><h3><${Icon} name="lifebuoy" cls="t-warn" /> ${t("Help wanted")}</h3><${Chip} tone="warn">${calls.length}<//></div>
    <ul role="status">${calls.map((call) => html`<li key=${call.id} class="help-call"><span class=${call.seat ? "seat-tag num" : "seat-tag none"}>${call.seat ?? "?"}</span>
      <div class="grow"><b>${call.person.name}</b><div class="sm muted">${[helps()[call.kind], call.note].filter(Boolean).join(": ")} · <${Elapsed} now=${live.now} startedAt=${call.at} cls="" /></div>
        ${call.taken_by && html`<div class="sm t-agree"><${Icon} name="walk" size=${16} /> ${call.taken_by.id === me ? t("You go") : t("%(name)s goes", { name: call.taken_by.name })}</div>`}</div>
      ${answers && !call.taken_by && html`<${Button} size="row" kind="tint" onClick=${() => doing(live, "rollcall.take_help", { call_id: call.id })}>${t("I go")}<//>`}
      ${answers && call.taken_by && html`<${Button} size="row" icon="check" onClick=${() => doing(live, "rollcall.end_help", { call_id: call.id })}>${t("Done")}<//>`}</li>`)}</ul></section>`;
}
