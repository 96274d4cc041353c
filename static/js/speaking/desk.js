// The queue with everything the chair and the desk do about it: call, arrange by buttons or by dragging, and the list as a whole.
import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { duration } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Avatar, Button, Chip, Icon, html } from "../web/ui.js";
import { doing } from "../live/doing.js";
import { currentItem, inSession, may, queueOf } from "../live/reading.js";
import { useDrag } from "./drag.js";
import { ruleWords, wish } from "./names.js";
import { ListSheet, RowSheet } from "./sheets.js";
import { itemWords } from "./waiting.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("../live/reading.js").Floor} Floor */

const arranging = signal(false);

/** @param {{live: Live}} props */
export function QueueDesk({ live }) {
  const [listOpen, openList] = useState(false);
  const [chosen, choose] = useState(/** @type {number | null} */ (null));
  const speeches = queueOf(live);
  const here = speeches.filter((floor) => !floor.later).length;
  const questions = inGroups(live) ? [] : queueOf(live, "questioning");
  const runs = may(live, "speaking.run");
  const row = [...speeches, ...questions].find((floor) => floor.id === chosen) ?? null;
  const many = speeches.length > 1 || questions.length > 1;
  return html`<section class="card-x col-y chair-queue"><div class="card-h queue-head"><span class="sm muted grow">${ruleWords(live)}</span>${live.sections.value.speaking?.closed && html`<${Chip} icon="lock">${t("List closed")}<//>`}
      ${runs && many && html`<${Button} kind="ghost" onClick=${() => { arranging.value = !arranging.value; }} aria-pressed=${arranging.value ? "true" : "false"}>${arranging.value ? t("Finish arranging") : t("Arrange")}<//>`}
      <${Button} kind="ghost" size="sq" aria-label=${t("The list of requests")} onClick=${() => openList(true)}><${Icon} name="dots-vertical" /><//></div>
    <div class="queue-scroll" tabindex="0" aria-label=${t("Requests to speak")}>${speeches.length + questions.length === 0 && html`<p class="muted queue-none">${t("Nobody has asked for the floor.")}</p>`}
      <${Rows} live=${live} queue="speaking" rows=${speeches} here=${here} choose=${choose} />
      ${questions.length > 0 && html`<div class="queue-part">${t("Questions")}<span class="push num">${questions.length}</span></div>`}
      <${Rows} live=${live} queue="questioning" rows=${questions} here=${questions.length} choose=${choose} /></div>
    ${listOpen && html`<${ListSheet} live=${live} onClose=${() => openList(false)} />`}
    ${row && html`<${RowSheet} live=${live} floor=${row} queue=${speeches.includes(row) ? "speaking" : "questioning"} onClose=${() => choose(null)} />`}</section>`;
}

/** Whether questions are put in groups now: they then have a panel of their own. @param {Live} live */
function inGroups(live) {
  return Boolean(live.sections.value.questioning?.group) || currentItem(live)?.kind === "questioning";
}

/** The whole queue with one row put elsewhere. @param {Floor[]} rows @param {number} id @param {number} to */
export function moved(rows, id, to) {
  const rest = rows.map((floor) => floor.id).filter((each) => each !== id);
  rest.splice(Math.max(0, Math.min(rest.length, to)), 0, id);
  return rest;
}

/** The rows as the chair has just put them, until the server says so too. @param {Live} live @param {"speaking" | "questioning"} queue @param {Floor[]} rows */
function useArranged(live, queue, rows) {
  const [wanted, want] = useState(/** @type {number[] | null} */ (null));
  const stands = rows.map((floor) => floor.id).join();
  useEffect(() => want(null), [stands]);
  const known = new Map(rows.map((floor) => [floor.id, floor]));
  const shown = wanted && wanted.length === rows.length && wanted.every((id) => known.has(id)) ? wanted.map((id) => /** @type {Floor} */ (known.get(id))) : rows;
  /** @param {number} id @param {number} to */
  const move = async (id, to) => {
    const ids = moved(shown, id, to);
    want(ids);
    const done = await doing(live, "speaking.reorder", { queue, floor_ids: ids });
    if (!done) want(null);
    return done;
  };
  return { shown, move };
}

/** @param {{live: Live, queue: "speaking" | "questioning", rows: Floor[], here: number, choose: (id: number) => void}} props */
function Rows({ live, queue, rows, here, choose }) {
  const { shown, move } = useArranged(live, queue, rows);
  const { dragged, handle, shift } = useDrag(shown.map((floor) => floor.id), move);
  return html`<ol class=${dragged === null ? "qrows" : "qrows dragging"}>${shown.map((floor, index) => html`<li key=${floor.id} class=${`qrow${dragged === floor.id ? " dragged" : ""}${index >= here ? " later" : ""}`} style=${shift(floor.id, index)}>
    ${arranging.value && html`<span class="grip" aria-hidden="true" ...${handle(floor.id)}><${Icon} name="grip-vertical" /></span>`}
    <span class="num faint semi">${index + 1}</span><${Avatar} name=${floor.person.name} tone=${["", "b", "e", "d"][floor.person.id % 4]} />
    <div class="grow"><b>${floor.person.name}</b><span class="sm faint clip2">${about(live, floor)}</span></div>
    <${RowButtons} live=${live} floor=${floor} index=${index} last=${index === shown.length - 1} move=${move} choose=${choose} /></li>`)}</ol>`;
}

/** @param {{live: Live, floor: Floor, index: number, last: boolean, move: (id: number, to: number) => unknown, choose: (id: number) => void}} props */
function RowButtons({ live, floor, index, last, move, choose }) {
  const name = floor.person.name;
  const more = html`<${Button} kind="ghost" size="sq" aria-label=${t("More for %(name)s", { name })} onClick=${() => choose(floor.id)}><${Icon} name="dots-vertical" /><//>`;
  if (!may(live, "speaking.run")) return floor.entered_by ? more : null;
  if (arranging.value) {
    return html`<${Button} kind="ghost" size="sq" aria-label=${t("Up: %(name)s", { name })} disabled=${index === 0} onClick=${() => move(floor.id, index - 1)}><${Icon} name="arrow-up" /><//>
      <${Button} kind="ghost" size="sq" aria-label=${t("Down: %(name)s", { name })} disabled=${last} onClick=${() => move(floor.id, index + 1)}><${Icon} name="arrow-down" /><//>`;
  }
  return html`<${Button} kind="tint" aria-label=${t("Call %(name)s", { name })} disabled=${!inSession(live)} onClick=${() => doing(live, "speaking.call", { floor_id: floor.id })}>${t("Call")}<//>${more}`;
}

/** What somebody wants, and what is known of them here. @param {Live} live @param {Floor} floor */
function about(live, floor) {
  const spoken = (live.sections.value.speaking?.spoken ?? []).find((/** @type {any} */ each) => each.person_id === floor.person.id);
  return [
    floor.later ? itemWords(live, floor) : "",
    wish(floor) || t("No subject given"),
    spoken ? t("spoken %(n)s times, %(time)s", { n: spoken.turns, time: duration(spoken.seconds) }) : "",
    floor.skipped ? t("passed over %(n)s times", { n: floor.skipped }) : "",
    floor.entered_by ? t("entered by the desk") : "",
  ].filter(Boolean).join(" · ");
}
