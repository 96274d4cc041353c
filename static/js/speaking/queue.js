// The floor on every screen: who speaks, and who waits.
import { html } from "../web/ui.js";
import { may } from "../live/reading.js";
import { QueueDesk } from "./desk.js";
import { BigSpeaker, SpeakerCard } from "./speaker.js";
import { QueueCard } from "./waiting.js";

export { SpeechBar, SpeechTimer, TimeWords, timeOf } from "./timer.js";

/** @typedef {import("../web/live.js").Live} Live */

/** Who waits for the floor. `compact`: on the console and the desk, with the buttons of whoever may use them. @param {{live: Live, compact?: boolean}} props */
export function QueuePanel({ live, compact = false }) {
  const handles = may(live, "speaking.run") || may(live, "speaking.enter");
  return compact && handles ? html`<${QueueDesk} live=${live} />` : html`<${QueueCard} live=${live} />`;
}

/** Who has the floor, and how long still. `big`: without a card of its own, with the chair's buttons. @param {{live: Live, big?: boolean}} props */
export function SpeakerNow({ live, big = false }) {
  return big ? html`<${BigSpeaker} live=${live} />` : html`<${SpeakerCard} live=${live} />`;
}
