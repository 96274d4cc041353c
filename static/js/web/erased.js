// A practice that was ended is erased: whoever is still in one of its screens is led to the page that says so.

/** @param {{code?: string}} refusal what the server said to somebody who comes again */
export function leftBehind(refusal) {
  return refusal.code === "not_found" && document.body.dataset.practice !== undefined;
}

export function leave() {
  location.replace("/practice/over");
}
