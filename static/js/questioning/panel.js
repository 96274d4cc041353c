// Questioning on the live screens: the group that is open, who asks, who answers, what was promised.

/** @typedef {import("../web/live.js").Live} Live */

/** @param {{live: Live, compact?: boolean}} _props */
export function QuestioningPanel(_props) {
  return null;
}

/** @param {{live: Live}} _props */
export function QuestionButton(_props) {
  return null;
}
