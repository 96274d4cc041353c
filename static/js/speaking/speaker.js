// Who has the floor: as a card on the seats of delegates; large and with the chair's buttons on the screens that run the meeting.
import { confirmed } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { Avatar, Button, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { called, inSession, may, myTitle, queueOf, speaker } from "../live/reading.js";
import { deed, wish } from "./names.js";
import { SpeechBar, SpeechTimer, TimeWords, useWarning } from "./timer.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("../live/reading.js").Floor} Floor */

/** @param {{live: Live}} props */
export function SpeakerCard({ live }) {
  const speaks = speaker(live);
  const next = called(live);
  useWarning(live, speaks);
  if (!speaks) {
    return html`<section class=${next && isMe(live, next) ? "card-x speaking my-turn" : "card-x speaking"} aria-live="polite">${next ? html`<${Who} live=${live} floor=${next} label=${t("Invited to speak")} />` : html`<div class="row-x muted"><${Icon} name="microphone" /><span>${t("Nobody is speaking")}</span></div>`}</section>`;
  }
  return html`<section class="card-x speaking"><div aria-live="polite"><${Who} live=${live} floor=${speaks} label=${speaks.paused_at ? t("Stopped by the chair") : t("Speaking now")} /></div>
    <div class="row-x time-row"><${SpeechTimer} live=${live} floor=${speaks} /><${TimeWords} live=${live} floor=${speaks} /></div>
    <${SpeechBar} live=${live} floor=${speaks} />
    ${next && html`<div class="next-called sm"><${Icon} name="arrow-right" size=${20} />${isMe(live, next) ? t("You are invited to speak next") : t("Next: %(name)s", { name: next.person.name })}</div>`}</section>`;
}

/** @param {Live} live @param {Floor} floor */
const isMe = (live, floor) => floor.person.id === live.me.value.person_id;

/** @param {{live: Live, floor: Floor, label: string}} props */
function Who({ live, floor, label }) {
  return html`<div class="row-x who"><${Avatar} name=${floor.person.name} tone="c" size="lg" /><div class="grow"><div class="sm muted">${label}</div>
    <h3>${isMe(live, floor) && !floor.started_at ? t("%(title)s, it is your turn", { title: myTitle(live).toLocaleLowerCase("vi") }) : floor.person.name}</h3><div class="sm faint clip2">${[wish(floor), floor.person.position].filter(Boolean).join(" · ")}</div></div></div>`;
}

/** The floor on the console and the desk: who speaks, with everything the chair does about it. @param {{live: Live}} props */
export function BigSpeaker({ live }) {
  const speaks = speaker(live);
  const next = called(live);
  const first = queueOf(live).find((floor) => !floor.later) ?? queueOf(live, "questioning")[0];
  const runs = may(live, "speaking.run") && inSession(live);
  if (speaks) return html`<${Running} live=${live} floor=${speaks} next=${next ?? first ?? null} runs=${runs} />`;
  if (next) return html`<${Called} live=${live} floor=${next} runs=${runs} />`;
  return html`<div class="nowrow muted"><${Icon} name="microphone" /><span class="grow">${t("Nobody is speaking")}</span>${runs && first && html`<${Button} kind="tint" onClick=${() => doing(live, "speaking.call", { floor_id: first.id })}>${t("Call the next speaker")}<//>`}</div>`;
}

/** @param {{live: Live, floor: Floor, next: Floor | null, runs: boolean}} props */
function Running({ live, floor, next, runs }) {
  const stopped = Boolean(floor.paused_at);
  const about = { floor_id: floor.id };
  return html`<div class="nowrow"><${Avatar} name=${floor.person.name} tone="c" size="lg" /><div class="grow who"><b>${floor.person.name}</b><div class="sm muted clip2">${wish(floor) || deed(floor)}</div></div><${SpeechTimer} live=${live} floor=${floor} cls="bigtime" /><${TimeWords} live=${live} floor=${floor} /></div>
    <${SpeechBar} live=${live} floor=${floor} />
    ${runs && html`<div class="row-x wraps speech-btns">
      ${stopped ? html`<${Button} kind="tint" icon="player-play" onClick=${() => doing(live, "speaking.go_on", about)}>${t("Let speak on")}<//>` : html`<${Button} icon="player-pause" onClick=${() => doing(live, "speaking.pause", about)}>${t("Stop the clock")}<//>`}
      <${Button} icon="plus" onClick=${() => doing(live, "speaking.extend", { ...about, seconds: 60, limit_seconds: floor.seconds })}>${t("1 minute")}<//>
      <${Button} icon="player-stop" onClick=${() => doing(live, "speaking.stop", about)}>${t("End this speech")}<//>
      ${next && html`<${Button} title=${next.person.name} aria-label=${t("Call next: %(name)s", { name: next.person.name })} onClick=${() => goOn(live, floor, next)}>${t("Call next")}<//>`}</div>`}`;
}

/** @param {{live: Live, floor: Floor, runs: boolean}} props */
function Called({ live, floor, runs }) {
  const about = { floor_id: floor.id };
  return html`<div class="nowrow"><${Avatar} name=${floor.person.name} tone="c" size="lg" /><div class="grow who"><div class="sm muted">${t("Invited to speak")}</div><b>${floor.person.name}</b><div class="sm muted clip2">${wish(floor)}</div></div></div>
    ${runs && html`<div class="row-x wraps speech-btns"><${Button} kind="primary" cls="grow" icon="player-play" onClick=${() => doing(live, "speaking.start", about)}>${t("Start the time")}<//>
      <${Button} icon="player-skip-forward" onClick=${() => doing(live, "speaking.skip", { ...about, skipped: floor.skipped ?? 0 })}>${t("Skip")}<//></div>`}`;
}

/** The next one: who is called begins, somebody else is called. Both end the speech that runs, after one question. @param {Live} live @param {Floor} speaks @param {Floor} next */
async function goOn(live, speaks, next) {
  return next.id === called(live)?.id ? startInstead(live, speaks, next) : doing(live, "speaking.call", { floor_id: next.id, instead: true });
}

/** End one speech and begin another, as one act. @param {Live} live @param {Floor} speaks @param {Floor} next @returns {Promise<boolean | undefined>} */
export async function startInstead(live, speaks, next) {
  const title = t("End the speech of %(name)s and begin that of %(next)s?", { name: speaks.person.name, next: next.person.name });
  if (!(await confirmed({ title, yes: t("End and begin") }))) return undefined;
  return doing(live, "speaking.start", { floor_id: next.id, instead: true });
}
