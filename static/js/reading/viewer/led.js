// Led pages in the viewer: one line to the meeting a tab; who leads, whether this reader follows, and the own lead.
import { batch, computed, effect, signal } from "@preact/signals-core";
import { newRequestId } from "../../web/acts.js";
import { connect } from "../../web/live.js";
import { held, whenFree } from "./held.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("../../web/glow.js").Box} Box */
/** @typedef {{document_id: number, page: number, pages: number, title: string, by: {id: number, name: string} | null, point: {boxes: Box[]} | null, neighbours: number[]}} Shown */

const GAP_MS = 80; // between two turns sent: who leafs fast sends where he stops

/** @type {WeakMap<Desk, Led>} */
const known = new WeakMap();

/** The lead of the meeting in which this paper lies; the same for all parts of the viewer. @param {Desk} desk @returns {Led} */
export function ledOf(desk) {
  const found = known.get(desk) ?? begin(desk);
  known.set(desk, found);
  return found;
}

/** @param {string} key @param {string | null} [value] null: forget it */
function remembered(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else if (value !== undefined) sessionStorage.setItem(key, value);
    return sessionStorage.getItem(key);
  } catch {
    return null; // a browser that keeps nothing: each page begins anew
  }
}

/** This tab among all screens of the same person. */
function screenKey() {
  return remembered("lead.screen") ?? remembered("lead.screen", newRequestId().slice(0, 40)) ?? "";
}

/** @typedef {ReturnType<typeof begin>} Led */

/** @param {Desk} desk */
function begin(desk) {
  const meeting = desk.opening.peek().live_meeting_id;
  const live = meeting ? connect(meeting) : null;
  const screen = screenKey();
  const kept = `follow.${meeting}`;
  const ledHere = remembered("follow.led") === String(desk.opening.peek().id);
  remembered("follow.led", null);
  const shown = computed(() => /** @type {Shown | null} */ (live?.sections.value.page ?? null));
  const me = computed(() => live?.me.value ?? {});
  const inSession = computed(() => live?.sections.value.meeting?.state === "in_session");
  const here = computed(() => shown.value?.document_id === desk.opening.value.id);
  const mine = computed(() => Boolean(shown.value && shown.value.by?.id === me.value.person_id));
  const leads = computed(() => mine.value && me.value.page?.screen === screen);
  const mayLead = computed(() => inSession.value && ((me.value.can ?? []).includes("live.show_page") || me.value.page?.presents === true));
  /** Whether this reader goes where the presenter goes. */
  const on = signal(remembered(kept) !== "off");
  /** The page that waits because the reader is writing, or the paper he is asked to go to. */
  const waits = signal(/** @type {Shown | null} */ (null));
  const problem = signal("");

  const send = latest(async (/** @type {{name: string, input: Record<string, unknown>}} */ wanted) => {
    const answer = await live?.act(wanted.name, { ...wanted.input, screen });
    problem.value = answer && !answer.ok ? answer.message ?? "" : "";
  });
  const place = () => ({ document_id: desk.opening.peek().id, page: desk.page.peek() });

  const follow = () => { remembered(kept, null); batch(() => { on.value = true; waits.value = null; }); go(true); };
  const leave = () => { remembered(kept, "off"); batch(() => { on.value = false; waits.value = null; }); };

  /** To the page that is shown; another paper is opened in this tab. */
  function go(asked = false) {
    const to = shown.peek();
    if (!to || leads.peek()) return;
    if (!asked && held()) { waits.value = to; whenFree(() => { if (on.peek() && waits.peek()) go(); }); return; }
    waits.value = null;
    if (to.document_id === desk.opening.peek().id) return desk.show(to.page);
    remembered("follow.led", String(to.document_id));
    location.assign(`/documents/${to.document_id}?page=${to.page}`);
  }

  if (live) {
    begun(desk, { shown, here, leads, on, leave, go, kept, ledHere });
    leading(desk, { leads, shown, send: (/** @type {Record<string, unknown>} */ input) => send({ name: "live.show_page", input }) });
  }

  return {
    live, shown, me, here, mine, leads, mayLead, on, waits, problem, follow, leave, inSession,
    /** Everybody follows this screen from now on. */
    lead: () => send({ name: "live.show_page", input: place() }),
    /** The page is taken off the screens. */
    stop: () => send({ name: "live.show_page", input: {} }),
    /** @param {Box[] | null} boxes @param {number} [page] */
    point: (boxes, page = desk.page.peek()) => send({ name: "live.point", input: { document_id: desk.opening.peek().id, page, boxes, going_on: leads.peek() } }),
  };
}

/** What moves this reader: the presenter's page, unless he reads by himself. @param {Desk} desk @param {Record<string, any>} lead */
function begun(desk, { shown, here, leads, on, leave, go, kept, ledHere }) {
  let before = /** @type {Shown | null | undefined} */ (undefined);
  effect(() => {
    const now = /** @type {Shown | null} */ (shown.value);
    const was = before;
    before = now;
    if (!now) {
      if (was) { remembered(kept, null); on.value = true; } // the lead is over: the next one is followed again
      return;
    }
    if (leads.value || (was?.document_id === now.document_id && was.page === now.page)) return;
    if (was == null && !here.peek() && !ledHere) { on.value = false; return; } // he opened this paper himself: he is offered the other
    if (on.peek()) go();
  });
  let paper = desk.opening.peek().id;
  effect(() => {
    const now = desk.opening.value.id;
    if (now === paper) return;
    paper = now;
    if (shown.peek() && !here.peek() && !leads.peek()) on.value = false; // another paper opened by own hand
  });
  let turned = desk.turns.peek();
  effect(() => {
    const turns = desk.turns.value;
    if (turns === turned) return;
    turned = turns;
    const now = shown.peek();
    if (on.peek() && !leads.peek() && now && here.peek() && !desk.shown.peek().includes(now.page)) leave();
  });
}

/** While this screen leads, every page it turns to is shown to all. @param {Desk} desk @param {{leads: any, shown: any, send: (input: Record<string, unknown>) => void}} lead */
function leading(desk, { leads, shown, send }) {
  let sent = "";
  effect(() => {
    const page = { document_id: desk.opening.value.id, page: desk.page.value };
    if (!leads.value) { sent = ""; return; }
    const now = shown.peek();
    const text = JSON.stringify(page);
    if (sent === text || (!sent && now?.document_id === page.document_id && now.page === page.page)) { sent = text; return; }
    sent = text;
    send({ ...page, going_on: true });
  });
}

/** One at a time, a moment apart; what comes meanwhile replaces what waits. @template T @param {(wanted: T) => Promise<unknown>} send @returns {(wanted: T) => Promise<void>} */
export function latest(send) {
  let next = /** @type {T | undefined} */ (undefined);
  let running = /** @type {Promise<void> | null} */ (null);
  async function run() {
    while (next !== undefined) {
      const now = next;
      next = undefined;
      await send(now);
      await new Promise((resume) => { setTimeout(resume, GAP_MS); });
    }
    running = null;
  }
  return (wanted) => {
    next = wanted;
    running ??= run();
    return running;
  };
}
