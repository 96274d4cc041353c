// The dialogs of the queue: everything about one request, the list as a whole, and entering somebody who raised a hand.
import { useEffect, useState } from "preact/hooks";
import { confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Button, Dialog, ErrorBox, Loading, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { inSession, isOpen, may, meeting, queueOf, speaker } from "../live/reading.js";
import { kindName, wish } from "./names.js";
import { startInstead } from "./speaker.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("../live/reading.js").Floor} Floor */

/** @param {{live: Live, floor: Floor, queue: "speaking" | "questioning", onClose: () => void}} props */
export function RowSheet({ live, floor, queue, onClose }) {
  const rows = queueOf(live, queue);
  const about = { floor_id: floor.id };
  const runs = may(live, "speaking.run");
  const first = rows[0]?.id === floor.id;
  const rest = rows.map((each) => each.id).filter((id) => id !== floor.id);
  /** @param {string} act @param {Record<string, unknown>} input */
  const does = async (act, input) => { onClose(); await doing(live, act, input); };
  const start = async () => {
    const speaks = speaker(live);
    onClose();
    if (speaks) await startInstead(live, speaks, floor);
    else await doing(live, "speaking.start", about);
  };
  return html`<${Dialog} title=${floor.person.name} onClose=${onClose}><p class="muted">${wish(floor) || t("No subject given")}</p>
    <div class="verbs">${runs && html`<${Button} kind="tint" icon="microphone" disabled=${!inSession(live)} onClick=${() => does("speaking.call", about)}>${t("Call to speak")}<//>
      <${Button} icon="player-play" disabled=${!inSession(live)} onClick=${start}>${t("Start the time at once")}<//>
      <${Button} icon="arrow-bar-to-up" disabled=${first} onClick=${() => does("speaking.reorder", { queue, floor_ids: [floor.id, ...rest] })}>${t("To the first place")}<//>
      <${Button} icon="player-skip-forward" disabled=${!inSession(live)} onClick=${() => does("speaking.skip", { ...about, skipped: floor.skipped ?? 0 })}>${t("Pass over this turn")}<//>
      <${Button} icon="pencil" onClick=${() => does("speaking.to_writing", about)}>${t("Ask for it in writing")}<//>`}
      <${Button} icon="x" onClick=${() => does("speaking.withdraw", about)}>${t("Take off the list")}<//></div><//>`;
}

/** @param {{live: Live, onClose: () => void}} props */
export function ListSheet({ live, onClose }) {
  const [entering, enter] = useState(false);
  const runs = may(live, "speaking.run");
  const closed = Boolean(live.sections.value.speaking?.closed);
  const waiting = queueOf(live).length;
  if (entering) return html`<${EnterDialog} live=${live} onClose=${onClose} />`;
  /** @param {string} act @param {Record<string, unknown>} [input] */
  const does = async (act, input = {}) => { onClose(); await doing(live, act, input); };
  const clear = async () => {
    const title = t("Take all %(n)s requests off the list?", { n: waiting });
    if (await confirmed({ title, text: t("Whoever speaks or is called stays."), yes: t("Clear the list"), danger: true })) await does("speaking.clear_list");
  };
  return html`<${Dialog} title=${t("The list of requests")} onClose=${onClose}><div class="verbs">
    ${may(live, "speaking.enter") && html`<${Button} kind="tint" icon="user-plus" disabled=${!isOpen(live)} onClick=${() => enter(true)}>${t("Enter somebody who raised a hand")}<//>`}
    ${runs && html`${closed ? html`<${Button} icon="lock-open" onClick=${() => does("speaking.open_list")}>${t("Open the list again")}<//>` : html`<${Button} icon="lock" disabled=${!isOpen(live)} onClick=${() => does("speaking.close_list")}>${t("Close the list")}<//>`}
      <${Button} icon="list-numbers" disabled=${waiting < 2} onClick=${() => does("speaking.reorder", { by_rule: true })}>${t("Back to the order of the rules")}<//>
      <${Button} icon="trash" disabled=${waiting === 0} onClick=${clear}>${t("Clear the list")}<//>`}</div>
    ${runs && !closed && html`<p class="sm muted">${t("When the list is closed, points of order can still be raised and the desk can still enter somebody.")}</p>`}<//>`;
}

const SAID = ["speech", "debate", "explain", "order"];

/** @param {{live: Live, onClose: () => void}} props */
function EnterDialog({ live, onClose }) {
  const [people, know] = useState(/** @type {{id: number, name: string, position: string, presence: string}[] | null} */ (null));
  const [failed, fail] = useState(false);
  const [who, put] = useState("");
  const [kind, choose] = useState("speech");
  const [subject, write] = useState("");
  const load = () => { fail(false); void invited(meeting(live).id).then((found) => (found ? know(found) : fail(true))); };
  useEffect(load, []);
  const send = async () => {
    if (await doing(live, "speaking.ask", { person_id: Number(who), kind, subject: subject.trim().normalize("NFC") })) onClose();
  };
  return html`<${Dialog} title=${t("Enter somebody who raised a hand")} onClose=${onClose}>
    ${failed ? html`<${ErrorBox} title=${t("The list of participants could not be read")} retry=${load} />` : people === null ? html`<${Loading} rows=${2} />` : html`
    <div class="field"><label for="enter-who">${t("Who?")}</label><select id="enter-who" class="input" value=${who} onChange=${(/** @type {any} */ event) => put(event.currentTarget.value)}>
      <option value="">${t("Choose")}</option>${people.map((person) => html`<option key=${person.id} value=${String(person.id)}>${[person.name, person.position].filter(Boolean).join(", ")}</option>`)}</select></div>
    <fieldset class="kinds"><legend class="label">${t("What for?")}</legend>${SAID.map((each) => html`<label key=${each} class=${each === kind ? "kind on" : "kind"}><input type="radio" name="enter-kind" checked=${each === kind} onChange=${() => choose(each)} />${kindName(each)}</label>`)}</fieldset>
    <div class="field"><label for="enter-subject">${t("About what? (may be left empty)")}</label><input id="enter-subject" class="input" maxlength="200" value=${subject} onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)} /></div>
    <div class="btns"><${Button} onClick=${onClose}>${t("Cancel")}<//><${Button} kind="primary" icon="user-plus" disabled=${!who} onClick=${send}>${who ? t("Enter") : t("Choose somebody")}<//></div>`}<//>`;
}

/** Those who can be entered: everybody invited, those who are here first. @param {number} meetingId @returns {Promise<any[] | null>} */
async function invited(meetingId) {
  try {
    const answer = await fetch(`/api/v1/meetings/${meetingId}/attendance`);
    if (!answer.ok) return null;
    const here = new Set(["present", "late", "remote"]);
    return (await answer.json()).data.sort((/** @type {any} */ one, /** @type {any} */ other) => Number(here.has(other.presence)) - Number(here.has(one.presence)));
  } catch {
    return null;
  }
}
