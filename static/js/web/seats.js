// The half-circle of seats, as meeting/web/seating.py draws it on the server: one letter a seat.
import { html } from "htm/preact";

const SMALL_STEP = Math.PI / 7;
const SMALL_REACH = 0.5;

/** @param {number} seats @returns {number[]} how many seats each row takes, inner row first */
function rowsFor(seats) {
  if (seats <= 8) return seats > 0 ? [seats] : [];
  const rows = seats <= 40 ? 3 : Math.min(8, 4 + Math.floor((seats - 41) / 25));
  const weights = Array.from({ length: rows }, (_, row) => 1 + 0.28 * row);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => Math.floor((seats * weight) / total));
  const missing = seats - shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, row) => share + Math.floor((missing + row) / rows));
}

/** @param {number} seats @param {number} width @param {number} radius @returns {[number, number][]} */
export function seatPoints(seats, width, radius) {
  const rows = rowsFor(seats);
  const outer = width / 2 - radius - 1;
  const inner = outer * 0.46;
  const spread = rows.length === 1 ? Math.min(Math.PI, (seats - 1) * SMALL_STEP) : Math.PI;
  /** @type {[number, number, number][]} */
  const points = [];
  rows.forEach((count, row) => {
    const reach = inner + (outer - inner) * (rows.length > 1 ? row / (rows.length - 1) : SMALL_REACH);
    for (let place = 0; place < count; place += 1) {
      const angle = Math.PI / 2 + (count > 1 ? spread * (0.5 - place / (count - 1)) : 0);
      points.push([angle, width / 2 + reach * Math.cos(angle), width * 0.5 - reach * Math.sin(angle)]);
    }
  });
  points.sort((one, other) => other[0] - one[0]);
  return points.map(([, x, y]) => [x, y]);
}

/**
 * states: a letter a seat: a for, o against, s abstain, p present, x absent, w lost connection.
 * @param {{states: string, width?: number, radius?: number, label?: string}} props
 */
export function Seats({ states, width = 360, radius = 9, label = "" }) {
  const points = seatPoints(states.length, width, radius);
  return html`<svg class="seats" viewBox=${`0 0 ${width} ${Math.round(width * 0.53)}`} width=${width} role="img" aria-label=${label}>
    ${points.map(([x, y], seat) => html`<circle key=${seat} cx=${x} cy=${y} r=${radius} class=${`seat-${states[seat]}`}></circle>`)}</svg>`;
}
