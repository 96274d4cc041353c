// Who speaks, how long still; the queue, with one's own row standing out. The clock is the server's.
import { useEffect } from "preact/hooks";
import { connection } from "../web/connection.js";
import { duration, ms, timeOfDay } from "../web/format.js";
import { t } from "../web/i18n.js";
import { Avatar, Bar, Icon, Timer, html, useNow } from "../web/ui.js";
import { called, expectedAt, myRequests, myTitle, queueOf, speaker } from "../live/reading.js";
import { kindName, wish } from "./names.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("../live/reading.js").Floor} Floor */

/** @param {{live: Live}} props */
export function SpeakerCard({ live }) {
  const speaks = speaker(live);
  const next = called(live);
  if (!speaks) {
    return html`<section class="card-x speaking" aria-live="polite">${next ? html`<${Who} live=${live} floor=${next} label=${t("Invited to speak")} />` : html`<div class="row-x muted"><${Icon} name="microphone" /><span>${t("Nobody is speaking")}</span></div>`}</section>`;
  }
  return html`<section class="card-x speaking"><div aria-live="polite"><${Who} live=${live} floor=${speaks} label=${t("Speaking now")} /></div>
    <div class="row-x time-row"><${Timer} now=${live.now} endsAt=${speaks.ends_at} /><${TimeWords} live=${live} floor=${speaks} /></div>
    <${SpeechBar} live=${live} floor=${speaks} />
    ${next && html`<div class="next-called sm"><${Icon} name="arrow-right" size=${20} />${t("Next: %(name)s", { name: next.person.name })}</div>`}</section>`;
}

/** @param {{live: Live, floor: Floor, label: string}} props */
function Who({ live, floor, label }) {
  const mine = floor.person.id === live.me.value.person_id;
  return html`<div class="row-x who"><${Avatar} name=${floor.person.name} tone="c" size="lg" /><div class="grow"><div class="sm muted">${label}</div>
    <h3>${mine ? t("%(title)s, it is your turn", { title: myTitle(live).toLocaleLowerCase("vi") }) : floor.person.name}</h3><div class="sm faint clip2">${[wish(floor), floor.person.position].filter(Boolean).join(" · ")}</div></div></div>`;
}

/** @param {{live: Live, floor: Floor}} props */
function TimeWords({ live, floor }) {
  const over = useNow(live.now, 500) > ms(floor.ends_at);
  const estimate = connection.value === "offline" ? t("estimated") : "";
  return html`<span class="muted sm time-words">${over ? html`<span class="t-oppose">${t("over time")}</span>` : t("left")}<br />${estimate || t("of %(time)s", { time: duration(floor.seconds) })}</span>`;
}

/** @param {{live: Live, floor: Floor}} props */
export function SpeechBar({ live, floor }) {
  const left = Math.max(0, (ms(floor.ends_at) - useNow(live.now, 1000)) / 1000);
  return html`<${Bar} value=${floor.seconds - left} max=${floor.seconds} tone=${left <= 0 ? "oppose" : ""} label=${t("Time used")} />`;
}

/** The queue as delegates see it. @param {{live: Live}} props */
export function Queue({ live }) {
  const now = useNow(live.now, 5000);
  const speeches = queueOf(live);
  const questions = queueOf(live, "questioning");
  const place = myRequests(live).find((request) => request.state === "waiting")?.position ?? null;
  const mineCalled = myRequests(live).some((request) => request.state === "called");
  useEffect(() => { if ((place === 1 || mineCalled) && navigator.userActivation?.hasBeenActive && "vibrate" in navigator) navigator.vibrate([200, 100, 200]); }, [place === 1, mineCalled]);
  return html`<section class="card-x col-y queue-card"><div class="card-h"><h3>${t("Order of speaking")}</h3><span class="push muted sm"><span class="num">${speeches.length}</span> ${t("people")}</span></div>
    <div class="queue-scroll">
    ${speeches.length ? html`<ol class="queue">${speeches.map((floor, index) => html`<${Row} key=${floor.id} live=${live} floor=${floor} place=${index + 1} at=${expectedAt(live, floor, now)} />`)}</ol>`
      : html`<p class="muted queue-none">${t("Nobody has asked for the floor.")}</p>`}
    ${questions.length > 0 && html`<div class="queue-part">${t("Questions")}<span class="push num">${questions.length}</span></div><ol class="queue">${questions.map((floor, index) => html`<${Row} key=${floor.id} live=${live} floor=${floor} place=${index + 1} at=${expectedAt(live, floor, now)} />`)}</ol>`}
    </div></section>`;
}

/** @param {{live: Live, floor: Floor, place: number, at: number}} props */
function Row({ live, floor, place, at }) {
  if (floor.person.id === live.me.value.person_id) {
    const said = place === 1 ? t("You are next") : t("The tablet vibrates when your turn is near");
    return html`<li class="me" aria-current="true"><span class="qn num">${place}</span><span class="grow"><b>${t("%(title)s, about %(time)s", { title: myTitle(live), time: timeOfDay(at) })}</b><small>${said}</small></span></li>`;
  }
  const sub = floor.kind === "speech" ? "" : floor.kind === "question" ? wish(floor) : kindName(floor.kind);
  return html`<li><span class="qn num">${place}</span><span class="grow"><span class="q-name">${floor.person.name}</span>${sub && html`<small class="faint">${sub}</small>`}</span><span class="num faint sm">${timeOfDay(at)}</span></li>`;
}
