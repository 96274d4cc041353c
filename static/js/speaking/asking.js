// Asking for the floor and taking the wish back: one big button in the dock.
import { useEffect, useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, Dialog, Icon, Note, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { currentItem, isOpen, may, meeting, myRequests } from "../live/reading.js";
import { kindName } from "./names.js";

/** @typedef {import("../web/live.js").Live} Live */

/** @param {{live: Live}} props */
export function FloorButton({ live }) {
  const [asking, ask] = useState(noted() !== "");
  if (!may(live, "speaking.ask") || !isOpen(live)) return null;
  const open = myRequests(live).filter((request) => request.queue === "speaking" && isHere(live, request));
  const mine = open.find((request) => request.state !== "speaking");
  const held = live.outbox.value.some((one) => one.name === "speaking.ask" && one.input.meeting_id === meeting(live).id && one.state !== "refused");
  const speaking = myRequests(live).some((request) => request.state === "speaking");
  if (speaking) return html`<${Button} icon="microphone" disabled=${true}>${t("You have the floor")}<//>`;
  if (mine?.state === "called") return html`<${Button} icon="microphone" cls="dock-floor" disabled=${true}>${t("You are invited to speak")}<//>`;
  if (mine) {
    const ordered = open.some((request) => request.kind === "order");
    return html`<${Button} icon="hand-off" cls="dock-floor" onClick=${() => doing(live, "speaking.withdraw", { floor_id: mine.id })}>${t("Withdraw my request to speak")}<//>
      ${!ordered && html`<${Button} size="sq" cls="dock-order" aria-label=${t("Raise a point of order")} title=${t("Raise a point of order")} onClick=${() => ask(true)}><${Icon} name="message-exclamation" /><//>`}
      ${asking && html`<${AskDialog} live=${live} only="order" onClose=${() => ask(false)} />`}`;
  }
  if (held) return html`<${Button} icon="clock" cls="dock-floor" disabled=${true}>${t("Request waits for the line")}<//>`;
  return html`<${Button} icon="hand-stop" cls="dock-floor" onClick=${() => ask(true)}>${t("Ask for the floor")}<//>
    ${asking && html`<${AskDialog} live=${live} onClose=${() => ask(false)} />`}`;
}

/** Whether a request is for what is dealt with now. @param {Live} live @param {import("../live/reading.js").Request} request */
function isHere(live, request) {
  const item = currentItem(live)?.id ?? null;
  return item === null || request.item_id === null || request.item_id === item;
}

/** The words of a note to speak from, as the list of notes hands them over: behind the #, so that no server log has them. @returns {string} */
function noted() {
  return (new URLSearchParams(location.hash.slice(1)).get("speak") ?? "").slice(0, 200);
}

const KINDS = ["speech", "debate", "explain", "question", "order"];

/** What can be asked for now: with the list closed only a point of order, and questions, which have a list of their own. @param {Live} live @param {string} [only] */
function offered(live, only = "") {
  if (only) return [only];
  return live.sections.value.speaking?.closed ? ["order", "question"] : KINDS;
}

/** @param {{live: Live, only?: string, onClose: () => void}} props */
function AskDialog({ live, only = "", onClose }) {
  const questioning = currentItem(live)?.kind === "questioning";
  const offers = offered(live, only);
  const [wished, choose] = useState(questioning ? "question" : "speech");
  const kind = offers.includes(wished) ? wished : offers[0] ?? "order";
  const [subject, write] = useState(only ? "" : noted());
  const [addressee, put] = useState("");
  const [people, know] = useState(/** @type {{id: number, name: string, position: string}[]} */ ([]));
  useEffect(() => {
    if (kind === "question" && people.length === 0) void invited(meeting(live).id).then(know);
  }, [kind]);
  const send = async () => {
    onClose();
    await doing(live, "speaking.ask", { kind, subject, ...(kind === "question" ? { addressee_id: Number(addressee) } : {}) });
  };
  const missing = kind === "question" && !addressee;
  return html`<${Dialog} title=${t("Ask for the floor")} onClose=${onClose}>
    ${!only && offers !== KINDS && html`<${Note} tone="warn" icon="lock">${t("The list is closed. A point of order can still be raised.")}<//>`}
    <fieldset class="kinds"><legend class="label">${t("What for?")}</legend>${offers.map((each) => html`<label key=${each} class=${each === kind ? "kind on" : "kind"}><input type="radio" name="kind" checked=${each === kind} onChange=${() => choose(each)} />${kindName(each)}</label>`)}</fieldset>
    ${kind === "question" && html`<div class="field"><label for="ask-to">${t("To whom?")}</label><select id="ask-to" class="input" value=${addressee} onChange=${(/** @type {any} */ event) => put(event.currentTarget.value)}>
      <option value="">${t("Choose")}</option>${people.map((person) => html`<option key=${person.id} value=${String(person.id)}>${[person.name, person.position].filter(Boolean).join(", ")}</option>`)}</select></div>`}
    <div class="field"><label for="ask-subject">${t("About what? (may be left empty)")}</label><input id="ask-subject" class="input" maxlength="200" value=${subject} onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)} /></div>
    <div class="btns"><${Button} onClick=${onClose}>${t("Cancel")}<//><${Button} kind="primary" icon="hand-stop" disabled=${missing} onClick=${send}>${missing ? t("Choose to whom") : t("Ask for the floor")}<//></div>
  <//>`;
}

/** @param {number} meetingId @returns {Promise<{id: number, name: string, position: string}[]>} */
async function invited(meetingId) {
  try {
    const answer = await fetch(`/api/v1/meetings/${meetingId}/attendance`);
    return answer.ok ? (await answer.json()).data : [];
  } catch {
    return [];
  }
}
