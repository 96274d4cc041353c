// On the offline page: opens the wanted page by itself as soon as the server answers again.

async function look() {
  try {
    const answer = await fetch("/healthz", { method: "HEAD", cache: "no-store" });
    if (answer.ok) location.reload();
  } catch {
    // Still no line: look again in two seconds.
  }
}

setInterval(look, 2000);
window.addEventListener("online", look);
