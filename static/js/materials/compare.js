// What changed between two versions: another choice is read at once; a comparison still under way is shown when it is done.

const EVERY_MS = 1500;

document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement && event.target.matches("[data-sends]")) event.target.form?.requestSubmit();
});

const address = document.querySelector("[data-waits]")?.getAttribute("data-waits");
if (address) void wait(address);

/** @param {string} url */
async function wait(url) {
  for (;;) {
    await new Promise((done) => setTimeout(done, EVERY_MS));
    try {
      const found = await (await fetch(url, { headers: { Accept: "application/json" } })).json();
      if (found.state !== "waiting") break;
    } catch {
      continue; // the line is lost for now
    }
  }
  location.reload();
}

export {};
