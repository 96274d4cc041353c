// The running meeting on this screen: newest state by section, what I may do, the server's clock, and acts that are never doubled.
// The wire is the one of the design: a sequence number for each section, a join that replaces everything, nothing replayed.
import { batch, effect, signal } from "@preact/signals-core";
import { io } from "socket.io-client";
import { lineDown, mayAskAgain, newRequestId } from "./acts.js";
import { connection, heldCount } from "./connection.js";
import { t } from "./i18n.js";
import { flush, hold, isHeld, outbox, sendBy } from "./outbox.js";

/** @typedef {import("./acts.js").Answer} Answer */
/** @typedef {{meeting_id: number, epoch: string | number, seq: number, sections: Record<string, any>}} StateMessage */
/** @typedef {{meeting_id: number, epoch: string | number, seq: number, me: Record<string, any>}} MeMessage */
/**
 * How an act behaves when the line is lost:
 * "hold"  kept on this device and sent when the line is back (comments, floor requests, check-in: the default for these);
 * "brief" asked again with the same request_id for at most 10 seconds, then said to have failed (the default for the rest);
 * "once"  sent once (the default for ballots); a function: asked again from memory as long as it answers true.
 * @typedef {"hold" | "brief" | "once" | (() => boolean)} Resend
 */
/** @typedef {{resend?: Resend, request_id?: string, signal?: AbortSignal}} ActOptions */
/** @typedef {import("@preact/signals-core").Signal<any>} AnySignal */

const ACK_MS = 8000;
const SLOW_MS = 3000;
const LOST_MS = 1000;
const BRIEF_MS = 10000;

/** @param {number} time */
const pause = (time) => new Promise((resume) => setTimeout(resume, time));

/**
 * Join a meeting and stay joined; the big screen joins as the audience "hall".
 * @param {number} meetingId
 * @param {{audience?: "hall"}} [as]
 */
export function connect(meetingId, as = {}) {
  /** @type {import("@preact/signals-core").Signal<Record<string, any>>} */
  const sections = signal({});
  /** @type {import("@preact/signals-core").Signal<Record<string, any>>} */
  const me = signal({});
  /** Milliseconds of the server's clock when something last arrived: what is shown was true then. */
  const knownAt = signal(0);
  /** Why this person may not join, as the server said it; null while all is well. */
  const refusal = signal(/** @type {Answer | null} */ (null));
  const joined = signal(false);

  /** @type {Record<string, number>} */
  let seqs = {};
  let meSeq = -1;
  /** @type {string | number | null} */
  let epoch = null;
  let offset = 0;
  let attempt = 0;
  let slowAsks = 0;
  let lostAt = Date.now();
  let joining = false;
  /** @type {(() => void)[]} */
  let early = [];

  const socket = io("/live", {
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 1500,
    timeout: 2000,
    withCredentials: true,
  });

  const now = () => Date.now() + offset;

  /**
   * Emit and wait for the acknowledgement. Never emits while the socket is down: socket.io would keep it and send it later.
   * @param {string} name
   * @param {Record<string, unknown>} input
   * @param {number} [patience]
   * @returns {Promise<Answer>}
   */
  async function ask(name, input, patience = ACK_MS) {
    if (!socket.connected) return lineDown();
    const slow = setTimeout(() => { slowAsks += 1; judge(); }, SLOW_MS);
    try {
      const answer = await socket.timeout(patience).emitWithAck(name, input);
      return answer && typeof answer === "object" ? answer : { ok: false, code: "unreadable", message: "" };
    } catch {
      return lineDown();
    } finally {
      clearTimeout(slow);
      slowAsks = 0;
      judge();
    }
  }

  /** Ask for the whole state; the answer replaces everything, then what arrived meanwhile and is newer. */
  async function join(patience = 4000) {
    attempt += 1;
    const mine = attempt;
    early = [];
    joining = true;
    const askedAt = Date.now();
    const answer = await ask("live.join", { meeting_id: meetingId, ...as }, patience);
    if (mine !== attempt) return;
    joining = false;
    if (!answer.ok) {
      if (!mayAskAgain(answer)) refusal.value = answer;
      else if (socket.connected) setTimeout(() => { if (mine === attempt) void renew(); }, 300);
      return;
    }
    const serverNow = typeof answer.now === "number" ? answer.now : Date.parse(answer.now);
    if (!Number.isNaN(serverNow)) offset = serverNow - (askedAt + Date.now()) / 2;
    batch(() => {
      epoch = answer.epoch;
      meSeq = answer.seq;
      seqs = Object.fromEntries(Object.keys(answer.state).map((name) => [name, answer.seq]));
      sections.value = answer.state;
      me.value = answer.me ?? {};
      refusal.value = null;
      knownAt.value = now();
      joined.value = true;
    });
    const late = early;
    early = [];
    late.forEach((take) => take());
    void flush();
  }

  /** @param {{meeting_id: number, epoch: string | number}} message @param {() => void} take @returns {boolean} whether it may be taken now */
  function current(message, take) {
    if (message.meeting_id !== meetingId) return false;
    if (joining || !joined.value) {
      early.push(take);
      return false;
    }
    if (message.epoch !== epoch) {
      void join();
      return false;
    }
    knownAt.value = now();
    return true;
  }

  /** @param {StateMessage} message */
  function takeState(message) {
    if (!current(message, () => takeState(message))) return;
    /** @type {Record<string, any>} */
    const fresh = {};
    for (const [name, value] of Object.entries(message.sections)) {
      if (message.seq < (seqs[name] ?? -1)) continue;
      seqs[name] = message.seq;
      fresh[name] = value;
    }
    if (Object.keys(fresh).length) sections.value = { ...sections.value, ...fresh };
  }

  /** @param {MeMessage} message */
  function takeMe(message) {
    if (!current(message, () => takeMe(message)) || message.seq < meSeq) return;
    meSeq = message.seq;
    me.value = message.me;
  }

  /** Say how the line is: lost for over a second, slow, sending again, or well. */
  function judge() {
    if (!joined.value) {
      if (Date.now() - lostAt >= LOST_MS) connection.value = "offline";
    } else if (slowAsks) connection.value = "slow";
    else connection.value = heldCount.value ? "resending" : "ok";
  }

  function lost() {
    attempt += 1;
    joining = false;
    if (joined.value) lostAt = Date.now();
    joined.value = false;
    setTimeout(judge, LOST_MS);
  }

  /** Begin a fresh connection at once, instead of waiting for the next try of the old one. */
  function renew() {
    socket.disconnect();
    socket.connect();
  }

  /** A tablet that slept may hold a dead socket: join again, with little patience. */
  function wake() {
    if (document.visibilityState !== "visible") return;
    if (socket.connected) void join(1500);
    else renew();
  }

  /** @param {AbortSignal} [aborted] @returns {Promise<void>} until the state is true again, or 300 ms have passed */
  async function lineBack(aborted) {
    for (let tries = 0; tries < 3 && !joined.value && !aborted?.aborted; tries += 1) await pause(100);
  }

  /**
   * @param {string} name
   * @param {Record<string, unknown>} input with its request_id
   * @param {() => boolean} goOn
   * @param {AbortSignal} [aborted]
   * @returns {Promise<Answer>}
   */
  async function askWhile(name, input, goOn, aborted) {
    let answer = await ask(name, input);
    while (mayAskAgain(answer) && goOn() && !aborted?.aborted) {
      await (joined.value ? pause(400) : lineBack(aborted));
      if (joined.value && goOn() && !aborted?.aborted) answer = await ask(name, input);
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
  function act(name, input = {}, options = {}) {
    const requestId = options.request_id ?? newRequestId();
    const whole = { meeting_id: meetingId, ...input, request_id: requestId };
    const resend = options.resend ?? (isHeld(name) ? "hold" : name.startsWith("voting.cast") ? "once" : "brief");
    if (resend === "hold") return hold(name, { meeting_id: meetingId, ...input }, requestId);
    if (resend === "once") return ask(name, whole);
    const until = Date.now() + BRIEF_MS;
    return askWhile(name, whole, typeof resend === "function" ? resend : () => Date.now() < until, options.signal);
  }

  sendBy((name, input) => ask(name, input));
  socket.on("connect", () => void join());
  socket.on("disconnect", lost);
  socket.on("connect_error", (error) => {
    if (error.message === "sign_in_first") refusal.value = { ok: false, code: error.message, message: t("You have been signed out. Please sign in again.") };
  });
  socket.on("live.state", takeState);
  socket.on("live.me", takeMe);
  window.addEventListener("online", renew);
  window.addEventListener("offline", () => socket.io.engine?.close());
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  effect(() => { void (joined.value, heldCount.value); judge(); });

  return { sections, me, connection, knownAt, joined, refusal, outbox, now, act, rejoin: () => join(), close: () => socket.disconnect() };
}

/** @typedef {ReturnType<typeof connect>} Live */
