// The running meeting on this screen: newest state by section, what I may do, the server's clock, and acts that are never doubted.
import { computed, signal } from "@preact/signals-core";
import { mayAskAgain, newRequestId, signedOut } from "./acts.js";
import { connection } from "./connection.js";
import { leave, leftBehind } from "./erased.js";
import { openLine } from "./line.js";
import { newest } from "./newest.js";
import { flush, hold, isHeld, outbox, sendBy } from "./outbox.js";

/** @typedef {import("./acts.js").Answer} Answer */
/**
 * How an act behaves when the line is lost:
 * "hold"  kept on this device and sent when the line is back (comments, floor requests, check-in: the default for these);
 * "brief" asked again with the same request_id for at most 10 seconds, then said to have failed (the default for the rest);
 * "once"  sent once (the default for ballots); a function: asked again from memory as long as it answers true.
 * @typedef {"hold" | "brief" | "once" | (() => boolean)} Resend
 */
/** @typedef {{resend?: Resend, request_id?: string, signal?: AbortSignal}} ActOptions */

const JOIN_MS = 4000;
const PATIENCE_MS = 16000;
const WAKE_MS = 600;
/** Away for longer than this (asleep, frozen, in another tab) a tablet does not trust its old socket. */
const SLEPT_MS = 5000;
const TICK_MS = 1000;
const BRIEF_MS = 10000;

/** @param {number} time */
const pause = (time) => new Promise((resume) => setTimeout(resume, time));

/**
 * Join a meeting and stay joined; the big screen joins as the audience "hall".
 * @param {number} meetingId
 * @param {{audience?: "hall"}} [as]
 */
export function connect(meetingId, as = {}) {
  const line = openLine();
  const { socket, joined } = line;
  let offset = 0;
  const now = () => Date.now() + offset;
  const state = newest(meetingId, now);
  /** Why this person may not join, as the server said it; null while all is well. */
  const refusal = signal(/** @type {Answer | null} */ (null));
  let attempt = 0;
  let patience = JOIN_MS; // grows while a loaded server does not answer in time

  /** Ask for the whole state. An answer that belongs to a connection lost meanwhile is dropped. */
  async function join(time = patience) {
    attempt += 1;
    const mine = attempt;
    state.expect();
    const askedAt = Date.now();
    const answer = await line.ask("live.join", { meeting_id: meetingId, ...as }, time);
    if (mine !== attempt) return;
    if (!answer.ok) return turnedAway(answer, mine);
    const serverNow = typeof answer.now === "number" ? answer.now : Date.parse(answer.now);
    if (!Number.isNaN(serverNow)) offset = serverNow - (askedAt + Date.now()) / 2;
    patience = JOIN_MS;
    refusal.value = null;
    state.replace(/** @type {any} */ (answer));
    joined.value = true;
    void flush();
  }

  /** @param {Answer} answer @param {number} mine */
  function turnedAway(answer, mine) {
    patience = Math.min(patience * 2, PATIENCE_MS);
    if (leftBehind(answer)) leave();
    else if (!mayAskAgain(answer)) refusal.value = answer;
    else setTimeout(() => { if (mine === attempt) void (answer.code === "offline" ? line.renew() : join()); }, answer.code === "offline" ? 0 : 300);
  }

  /** @param {import("./newest.js").Taken} taken */
  function after(taken) {
    if (taken === "foreign") void join();
  }

  let awakeAt = Date.now();

  /** Back in sight. A tablet that slept holds a dead socket: begin anew; else join again with little patience. */
  function wake() {
    if (document.visibilityState !== "visible") { awakeAt = Date.now(); return; }
    const slept = Date.now() - awakeAt > SLEPT_MS;
    awakeAt = Date.now();
    stayAwake();
    if (socket.connected && !slept) void join(WAKE_MS);
    else line.renew();
  }

  /** A sleep that told nobody shows as a leap of the clock between two ticks. */
  function tick() {
    if (document.visibilityState !== "visible") return;
    const leapt = Date.now() - awakeAt > SLEPT_MS + TICK_MS;
    if (leapt) wake();
    else awakeAt = Date.now();
  }

  sendBy((name, input) => line.ask(name, input));
  socket.on("connect", () => void join());
  socket.on("disconnect", () => { attempt += 1; });
  socket.on("connect_error", (error) => {
    if (error.message === "sign_in_first") refusal.value = signedOut();
  });
  socket.on("live.state", (message) => after(state.takeState(message)));
  socket.on("live.me", (message) => after(state.takeMe(message)));
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("resume", wake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { awakeAt = 0; wake(); } });
  setInterval(tick, TICK_MS);

  stayAwake();
  const { sections, me, knownAt } = state;
  const act = actor(meetingId, line);
  /** When the line broke last, by the server's clock: what stands on the screen was true until then. */
  const lostAt = computed(() => line.lostAt.value + offset);
  return { sections, me, knownAt, lostAt, connection, joined, refusal, outbox, now, act, rejoin: () => join(), close: () => socket.disconnect() };
}

/** A tablet in session does not go dark, where the browser allows to ask for that. */
function stayAwake() {
  navigator.wakeLock?.request("screen").catch(() => undefined);
}

/** @param {number} meetingId @param {import("./line.js").Line} line */
function actor(meetingId, line) {
  /** @param {string} name @param {Record<string, unknown>} input with its request_id @param {() => boolean} goOn @returns {Promise<Answer>} */
  async function askWhile(name, input, goOn) {
    let answer = await line.ask(name, input);
    while (mayAskAgain(answer) && goOn()) {
      await pause(line.joined.value ? 400 : 100);
      if (line.joined.value && goOn()) answer = await line.ask(name, input);
    }
    return answer;
  }

  /**
   * Send an act with its own request_id and learn what became of it.
   * @param {string} name
   * @param {Record<string, unknown>} [input]
   * @param {ActOptions} [options]
   * @returns {Promise<Answer>}
   */
  return function act(name, input = {}, options = {}) {
    const requestId = options.request_id ?? newRequestId();
    const whole = { meeting_id: meetingId, ...input };
    const resend = options.resend ?? (isHeld(name) ? "hold" : name.startsWith("voting.cast") ? "once" : "brief");
    if (resend === "hold") return hold(name, whole, requestId);
    if (resend === "once") return line.ask(name, { ...whole, request_id: requestId });
    const until = Date.now() + BRIEF_MS;
    const wanted = typeof resend === "function" ? resend : () => Date.now() < until;
    return askWhile(name, { ...whole, request_id: requestId }, () => !options.signal?.aborted && wanted());
  };
}

/** @typedef {ReturnType<typeof connect>} Live */
