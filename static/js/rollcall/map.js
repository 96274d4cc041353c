// The page of the seats in colours: for the desk with everything, for members who is here and who is not.
import { html } from "../web/ui.js";
import { enter } from "../live/entry.js";
import { Refusal } from "../live/doing.js";
import { CheckIn } from "./check.js";
import { SeatMap } from "./seats.js";

/** @param {import("../live/entry.js").Screen} screen */
function Main({ live }) {
  return html`<div class="seatmap-page"><${CheckIn} live=${live} /><${Refusal} /><${SeatMap} live=${live} /></div>`;
}

enter({ Main });
