// Which papers lie open on some page of this browser. On a plain http line the browser does not tell: then each page is by itself.
const name = (/** @type {number} */ file) => `notes-${file}`;

/** This page looks after the notes of a paper until it is closed or says so. @param {number} file @param {AbortSignal} until */
export function attends(file, until) {
  void navigator.locks?.request(name(file), { mode: "shared" }, () => new Promise((leave) => until.addEventListener("abort", leave)));
}

/** Does something unless some page looks after the notes of this paper. @param {number} file @param {() => Promise<void>} work */
export async function nobodyElse(file, work) {
  if (navigator.locks) await navigator.locks.request(name(file), { ifAvailable: true }, async (free) => { if (free) await work(); });
  else await work();
}
