// The socket to the server: asks and waits for the acknowledgement, connects again quickly, and says how the line is.
import { effect, signal } from "@preact/signals-core";
import { io } from "socket.io-client";
import { lineDown } from "./acts.js";
import { connection, heldCount } from "./connection.js";

/** @typedef {import("./acts.js").Answer} Answer */

const ACK_MS = 8000;
const SLOW_MS = 3000;
/** A break shorter than this alarms nobody; after the second it is no longer called a reconnection. */
const LOST_MS = 3000;
const GONE_MS = 10000;

const CONNECT_MS = 2000;
const PATIENCE_MS = 16000;
const PROBE_MS = 4000;

/** Websocket first, then polling; the first new try after at most 0.25 s, then each about a second after the last. */
const OPTIONS = {
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  reconnectionDelay: 190,
  reconnectionDelayMax: 900,
  randomizationFactor: 0.3,
  timeout: CONNECT_MS,
  withCredentials: true,
};

/** Whether the server answers at all: then a slow handshake is its load, not the line. @returns {Promise<boolean>} */
async function answers() {
  try {
    return (await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PROBE_MS) })).ok;
  } catch {
    return false;
  }
}

/** The line of a live screen. `joined` is set by who joins; as long as it is not, the line counts as lost. */
export function openLine() {
  document.documentElement.dataset.line = "socket";
  const socket = io("/live", OPTIONS);
  const joined = signal(false);
  let slowAsks = 0;
  /** When the line broke last, by this device's clock. */
  const lostAt = signal(Date.now());

  /** Say how the line is: lost for over three seconds, slow, sending again, or well. */
  function judge() {
    if (!joined.value) {
      const lost = Date.now() - lostAt.peek();
      if (lost >= LOST_MS) connection.value = lost >= GONE_MS || !navigator.onLine ? "offline" : "reconnecting";
    } else if (slowAsks) connection.value = "slow";
    else connection.value = heldCount.value ? "resending" : "ok";
  }

  /**
   * Emit and wait for the acknowledgement. Never emits while the socket is down: socket.io would keep it and send it later.
   * @param {string} name
   * @param {Record<string, unknown>} input
   * @param {number} [patience]
   * @returns {Promise<Answer>}
   */
  async function ask(name, input, patience = ACK_MS) {
    if (!socket.connected) return lineDown();
    let isSlow = false;
    const slow = setTimeout(() => { isSlow = true; slowAsks += 1; judge(); }, SLOW_MS);
    try {
      const answer = await socket.timeout(patience).emitWithAck(name, input);
      return answer && typeof answer === "object" ? answer : { ok: false, code: "unreadable", message: "" };
    } catch {
      return lineDown();
    } finally {
      clearTimeout(slow);
      if (isSlow) slowAsks -= 1;
      judge();
    }
  }

  /** @param {string} [reason] the server itself lets go when rights changed: come again and hear what holds now */
  function lost(reason) {
    if (reason === "io server disconnect") setTimeout(() => socket.connect(), 200);
    if (joined.value) lostAt.value = Date.now();
    joined.value = false;
    watch();
  }

  /** Judged when a break has become a long one, by the clock: a page that slept must not find it out late. */
  function watch() {
    for (const moment of [LOST_MS, GONE_MS]) setTimeout(judge, moment + 20);
  }

  /** Begin a fresh connection at once, instead of waiting for the next try of the old one. */
  function renew() {
    socket.disconnect();
    socket.connect();
  }

  /**
   * A server under load is given twice the time at each try that ran out of it. Where nothing answers, the line is cut: then
   * tries stay short, so that one of them meets the moment in which it is mended.
   */
  let wait = CONNECT_MS;
  /** @param {number} next */
  const waitFor = (next) => { wait = Math.min(next, PATIENCE_MS); socket.io.timeout(wait); };
  const ranOut = async () => waitFor((await answers()) ? wait * 2 : CONNECT_MS);
  socket.on("connect", () => waitFor(CONNECT_MS));
  socket.on("connect_error", (error) => { if (error.message === "timeout") void ranOut(); });
  socket.on("disconnect", lost);
  window.addEventListener("online", renew);
  window.addEventListener("offline", () => socket.io.engine?.close());
  effect(() => { void (joined.value, heldCount.value); judge(); });
  watch();
  return { socket, joined, lostAt, ask, renew };
}

/** @typedef {ReturnType<typeof openLine>} Line */
