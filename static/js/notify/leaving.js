// Who signs out takes the notifications along: the next person at this device must not read them.
import { sendAct } from "../web/acts.js";

const MOST_MS = 1500;

/** @returns {Promise<PushSubscription | null>} */
export async function subscription() {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return null;
  const registered = await navigator.serviceWorker.getRegistration();
  return (await registered?.pushManager.getSubscription()) ?? null;
}

/** @param {PushSubscription} held */
export async function end(held) {
  await sendAct("notify.remove_device", { endpoint: held.endpoint });
  await held.unsubscribe();
}

/** At each sign-out, for at most a moment: signing out itself never waits for a push service. */
export function leaveDevice() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.action.endsWith("/sign-out") || form.dataset.left !== undefined) return;
    event.preventDefault();
    form.dataset.left = "";
    const gone = subscription().then((held) => (held ? end(held) : undefined)).catch(() => undefined);
    void Promise.race([gone, new Promise((go) => setTimeout(go, MOST_MS))]).then(() => form.submit());
  });
}
