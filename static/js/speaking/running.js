// The chair's hand on the floor: call, start, stop, more time, and the order of the queue by buttons or by dragging.
import { useState } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Avatar, Button, Icon, Timer, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { called, inSession, may, queueOf, speaker } from "../live/reading.js";
import { kindName, standing, wish } from "./names.js";
import { SpeechBar } from "./speaker.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("../live/reading.js").Floor} Floor */

/** Stop whoever speaks, then call the next. @param {Live} live @param {Floor} next */
async function goOn(live, next) {
  const speaks = speaker(live);
  if (speaks && !(await doing(live, "speaking.stop", { floor_id: speaks.id }))) return;
  if (next.id !== called(live)?.id && !(await doing(live, "speaking.call", { floor_id: next.id }))) return;
}

/** The running speech with its controls. @param {{live: Live}} props */
export function ChairSpeaker({ live }) {
  const speaks = speaker(live);
  const next = called(live);
  const first = queueOf(live)[0] ?? queueOf(live, "questioning")[0];
  const upcoming = next ?? first;
  const runs = may(live, "speaking.run") && inSession(live);
  if (speaks) {
    return html`<div class="nowrow"><${Avatar} name=${speaks.person.name} tone="c" size="lg" /><div class="grow who"><b>${speaks.person.name}</b><div class="sm muted clip2">${[standing(speaks.stands_for), kindName(speaks.kind), speaks.subject].filter(Boolean).join(" · ")}</div></div><${Timer} now=${live.now} endsAt=${speaks.ends_at} cls="bigtime" /></div>
      <${SpeechBar} live=${live} floor=${speaks} />
      ${runs && html`<div class="row-x wraps speech-btns"><${Button} icon="plus" onClick=${() => doing(live, "speaking.extend", { floor_id: speaks.id, seconds: 60 })}>${t("1 minute")}<//>
        <${Button} icon="player-stop" onClick=${() => doing(live, "speaking.stop", { floor_id: speaks.id })}>${t("Stop")}<//>
        <${Button} cls="grow" disabled=${!upcoming} onClick=${() => upcoming && goOn(live, upcoming)}>${upcoming ? t("Call the next speaker") : t("Nobody waits")}<//></div>`}`;
  }
  if (next) {
    return html`<div class="nowrow"><${Avatar} name=${next.person.name} tone="c" size="lg" /><div class="grow who"><div class="sm muted">${t("Invited to speak")}</div><b>${next.person.name}</b><div class="sm muted clip2">${wish(next)}</div></div></div>
      ${runs && html`<div class="row-x wraps"><${Button} kind="tint" cls="grow" icon="player-play" onClick=${() => doing(live, "speaking.start", { floor_id: next.id })}>${t("Start the time")}<//></div>`}`;
  }
  return html`<div class="nowrow muted"><${Icon} name="microphone" /><span class="grow">${t("Nobody is speaking")}</span>${runs && first && html`<${Button} kind="tint" onClick=${() => goOn(live, first)}>${t("Call the next speaker")}<//>`}</div>`;
}

/** @param {{live: Live}} props */
export function ChairQueue({ live }) {
  const [arranging, arrange] = useState(false);
  const speeches = queueOf(live);
  const questions = queueOf(live, "questioning");
  const total = speeches.length + questions.length;
  const runs = may(live, "speaking.run");
  return html`<section class="card-x col-y chair-queue"><div class="card-h"><h3>${t("Requests to speak")}</h3>${total > 0 && html`<span class="count count-soft">${total}</span>`}
      ${runs && total > 1 && html`<${Button} kind="ghost" cls="push" onClick=${() => arrange(!arranging)} aria-pressed=${arranging ? "true" : "false"}>${arranging ? t("Finish arranging") : t("Arrange")}<//>`}</div>
    <div class="queue-scroll">${total === 0 && html`<p class="muted queue-none">${t("Nobody has asked for the floor.")}</p>`}
      <${Rows} live=${live} queue="speaking" rows=${speeches} arranging=${arranging} runs=${runs} />
      ${questions.length > 0 && html`<div class="queue-part">${t("Questions")}<span class="push num">${questions.length}</span></div>`}
      <${Rows} live=${live} queue="questioning" rows=${questions} arranging=${arranging} runs=${runs} /></div></section>`;
}

/** @param {{live: Live, queue: "speaking" | "questioning", rows: Floor[], arranging: boolean, runs: boolean}} props */
function Rows({ live, queue, rows, arranging, runs }) {
  const [dragged, drag] = useState(/** @type {number | null} */ (null));
  /** @param {number} id @param {number} to */
  const move = (id, to) => {
    const rest = rows.map((floor) => floor.id).filter((each) => each !== id);
    rest.splice(Math.max(0, Math.min(rest.length, to)), 0, id);
    return doing(live, "speaking.reorder", { queue, floor_ids: rest });
  };
  return html`<ol>${rows.map((floor, index) => html`<li key=${floor.id} class=${`qrow${dragged === floor.id ? " dragged" : ""}`} draggable=${arranging}
      onDragStart=${() => drag(floor.id)} onDragEnd=${() => drag(null)} onDragOver=${(/** @type {DragEvent} */ event) => { if (arranging && dragged !== null) event.preventDefault(); }}
      onDrop=${(/** @type {DragEvent} */ event) => { event.preventDefault(); if (dragged !== null && dragged !== floor.id) void move(dragged, index); drag(null); }}>
    <span class="num faint semi">${index + 1}</span><${Avatar} name=${floor.person.name} tone=${["", "b", "e", "d"][floor.person.id % 4]} />
    <div class="grow"><b>${floor.person.name}</b><span class="sm faint clip2">${wish(floor) || t("No subject given")}${turns(live, floor)}</span></div>
    ${arranging ? html`<${Button} kind="ghost" size="sq" aria-label=${t("Up: %(name)s", { name: floor.person.name })} disabled=${index === 0} onClick=${() => move(floor.id, index - 1)}><${Icon} name="arrow-up" /><//>
      <${Button} kind="ghost" size="sq" aria-label=${t("Down: %(name)s", { name: floor.person.name })} disabled=${index === rows.length - 1} onClick=${() => move(floor.id, index + 1)}><${Icon} name="arrow-down" /><//>
      <${Button} kind="ghost" size="sq" aria-label=${t("Take off the queue: %(name)s", { name: floor.person.name })} onClick=${() => doing(live, "speaking.withdraw", { floor_id: floor.id })}><${Icon} name="x" /><//>`
    : runs && html`<${Button} kind="tint" disabled=${!inSession(live)} onClick=${() => goOn(live, floor)}>${t("Call")}<//>`}</li>`)}</ol>`;
}

/** How often somebody has spoken already. @param {Live} live @param {Floor} floor */
function turns(live, floor) {
  const spoken = (live.sections.value.speaking?.spoken ?? []).find((/** @type {any} */ each) => each.person_id === floor.person.id);
  return spoken ? ` · ${t("spoken %(n)s times", { n: spoken.turns })}` : "";
}
