// The seating plan in colours: who is here, who speaks, and how open votes were cast.

/** @param {{live: import("../web/live.js").Live, compact?: boolean}} _props @returns {any} */
export function SeatMap(_props) {
  return null;
}
