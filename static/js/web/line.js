// The socket to the server: asks and waits for the acknowledgement, connects again quickly, and says how the line is.
import { effect, signal } from "@preact/signals-core";
import { io } from "socket.io-client";
import { lineDown } from "./acts.js";
import { connection, heldCount } from "./connection.js";

/** @typedef {import("./acts.js").Answer} Answer */

const ACK_MS = 8000;
const SLOW_MS = 3000;
const LOST_MS = 1000;

const CONNECT_MS = 2000;
const PATIENCE_MS = 16000;

/** Websocket first, then polling; a new try at most 1.5 s after the last, so that the true state is back within 2 s. */
const OPTIONS = {
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  reconnectionDelay: 300,
  reconnectionDelayMax: 1500,
  timeout: CONNECT_MS,
  withCredentials: true,
};

/** The line of a live screen. `joined` is set by who joins; as long as it is not, the line counts as lost. */
export function openLine() {
  document.documentElement.dataset.line = "socket";
  const socket = io("/live", OPTIONS);
  const joined = signal(false);
  let slowAsks = 0;
  let lostAt = Date.now();

  /** Say how the line is: lost for over a second, slow, sending again, or well. */
  function judge() {
    if (!joined.value) {
      if (Date.now() - lostAt >= LOST_MS) connection.value = "offline";
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
    if (reason === "io server disconnect") setTimeout(() => socket.connect(), 300);
    if (joined.value) lostAt = Date.now();
    joined.value = false;
    setTimeout(judge, LOST_MS);
  }

  /** Begin a fresh connection at once, instead of waiting for the next try of the old one. */
  function renew() {
    socket.disconnect();
    socket.connect();
  }

  /** A server under load is given twice the time at each try that ran out of it. */
  let wait = CONNECT_MS;
  /** @param {number} next */
  const waitFor = (next) => { wait = Math.min(next, PATIENCE_MS); socket.io.timeout(wait); };
  socket.on("connect", () => waitFor(CONNECT_MS));
  socket.on("connect_error", (error) => { if (error.message === "timeout") waitFor(wait * 2); });
  socket.on("disconnect", lost);
  window.addEventListener("online", renew);
  window.addEventListener("offline", () => socket.io.engine?.close());
  effect(() => { void (joined.value, heldCount.value); judge(); });
  return { socket, joined, ask, renew };
}

/** @typedef {ReturnType<typeof openLine>} Line */
