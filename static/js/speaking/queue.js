// The floor on every screen: who speaks, and who waits. Whoever may run the floor finds its buttons here.
import { html } from "../web/ui.js";
import { may } from "../live/reading.js";
import { ChairQueue, ChairSpeaker } from "./running.js";
import { Queue, SpeakerCard } from "./speaker.js";

/** @typedef {import("../web/live.js").Live} Live */

/** Who waits for the floor. @param {{live: Live, compact?: boolean}} props */
export function QueuePanel({ live }) {
  return may(live, "speaking.run") ? html`<${ChairQueue} live=${live} />` : html`<${Queue} live=${live} />`;
}

/** Who has the floor, and how long still. @param {{live: Live, big?: boolean}} props */
export function SpeakerNow({ live }) {
  return may(live, "speaking.run") ? html`<section class="card-x"><${ChairSpeaker} live=${live} /></section>` : html`<${SpeakerCard} live=${live} />`;
}
