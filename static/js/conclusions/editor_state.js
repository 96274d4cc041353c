// A document in the editor: its lines and the words around them, each a piece of its own; what others do comes in by itself.
import { computed, effect, signal } from "@preact/signals";
import { newRequestId, sendAct } from "../web/acts.js";
import { heldCount } from "../web/connection.js";
import { toast } from "../web/dialogs.js";
import { t } from "../web/i18n.js";
import { heldBefore, makeDraft } from "./draft_store.js";
import { fieldName, valueText } from "./editor_names.js";

/** @typedef {import("./draft_store.js").Draft} Draft */
/** @typedef {{id: number, item_id: number | null, title: string, text: string, version: number, edited_by: number | null, [field: string]: any}} LineData */
/** @typedef {{key: string, id: import("@preact/signals").Signal<number>, draft: Draft}} Line */
/** @typedef {{id: number, name: string, short: string}} Unit */
/** @typedef {{id: number, name: string, position: string, unit_id?: number, head?: boolean}} Person */
/** @typedef {{version: number, state: string, words: Record<string, string>, lines: LineData[], edit: boolean, signer_id: number | null, names: Record<string, string>}} Text */
/** @typedef {Text & {id: number, family: string, kind: string, me: number, submitted: boolean, meeting: {id: number, title: string, held_on: string}, items: {id: number, label: string, title: string}[], units: Unit[], leaders: Person[], officers: Person[], signers: Person[]}} Whole */

export const FIELDS = ["item_id", "title", "lead_unit_id", "cooperating_unit_ids", "leader_id", "officer_id", "due_on", "no_due", "product", "process"];

/** @type {import("@preact/signals").Signal<Whole | null>} */
export const whole = signal(null);
/** @type {import("@preact/signals").Signal<Line[]>} */
export const lines = signal([]);
/** @type {import("@preact/signals").Signal<Map<string, Draft>>} */
export const words = signal(new Map());
export const failed = signal(false);
/** The key of the line, or the name of the part, that is being written. */
export const at = signal("");
/** What others changed, told for a while. */
export const news = signal(/** @type {{id: number, text: string, undo?: (() => void) | undefined}[]} */ ([]));
/** Raised whenever something was saved or came in: the page is drawn again. */
export const drawn = signal(0);
export const goTo = signal(""); // where the keyboard goes once the line is on the screen

/** Lines whose task fields were opened before a lead was chosen. */
export const opened = signal(/** @type {Set<string>} */ (new Set()));

export const doc = () => /** @type {Whole} */ (whole.value);
export const address = (/** @type {string} */ path) => `/api/v1/notices/${doc().id}/${path}`;
let fresh = 0;
let tidings = 0;

/** @param {string} path @returns {Promise<any>} null when the server cannot be asked */
export async function ask(path) {
  try {
    const response = await fetch(path, { headers: { Accept: "application/json" } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** @param {string} text @param {() => void} [undo] */
export function tell(text, undo) {
  tidings += 1;
  const id = tidings;
  news.value = [...news.value.slice(-2), { id, text, undo }];
  setTimeout(() => forget(id), 20000);
}

export const forget = (/** @type {number} */ id) => { news.value = news.value.filter((each) => each.id !== id); };

/** @param {LineData} stand @returns {Record<string, any>} */
const fieldsOf = (stand) => Object.fromEntries(FIELDS.map((name) => [name, stand[name] ?? null]));

/** A line as a piece: added by its first save, changed by the others. @param {LineData} stand @param {string} [key] @returns {Line} */
function makeLine(stand, key = `line-${stand.id}`) {
  const id = signal(stand.id);
  /** @type {Line} */
  const line = {
    key, id,
    draft: makeDraft({
      name: `${doc().id}:${key}`,
      filled: true,
      begun: () => id.value > 0,
      waits: () => !id.value && newBefore(line),
      act: (sent) => (id.value ? change(id.value, sent) : add(line, sent)),
      taken: (answer) => { if (answer.line_id && !id.value) begun(line, answer.line_id); took(answer); },
      told: (answer) => overwrote(line, answer),
    }, { text: stand.text, version: stand.version }, fieldsOf(stand)),
  };
  return line;
}

/** Whether a new line with words stands right before this one, unknown to the server: they go there in their order. @param {Line} line */
function newBefore(line) {
  const item = line.draft.shown.value.item_id;
  const before = lines.value.slice(0, lines.value.indexOf(line)).filter((each) => each.draft.shown.value.item_id === item && each.draft.text.value.trim());
  return before.at(-1)?.id.value === 0;
}

/** The server knows a new line now: those that waited for it go on. @param {Line} line @param {number} id */
function begun(line, id) {
  const twin = lines.value.find((each) => each !== line && each.id.value === id);
  line.id.value = id;
  if (twin) oneOf(line, twin);
  for (const each of lines.value) if (!each.id.value && each !== line) void each.draft.save();
}

/** A line that was read from the server before the answer to its adding came stands once, where the server has it. @param {Line} line @param {Line} twin */
function oneOf(line, twin) {
  const kept = twin.draft.settled() ? line : twin;
  const gone = kept === line ? twin : line;
  lines.value = lines.value.filter((each) => each !== line).map((each) => (each === twin ? kept : each));
  if (at.value === gone.key) at.value = kept.key;
  gone.draft.drop();
}

/** @param {number} id @param {import("./draft_store.js").Sent} sent */
function change(id, sent) {
  const text = sent.text === null ? {} : { text: sent.text };
  return { name: "conclusions.save_line", input: { line_id: id, version: sent.base.version, base: sent.base.text, was: sent.was, ...sent.fields, ...text } };
}

/** @param {Line} line @param {import("./draft_store.js").Sent} sent */
function add(line, sent) {
  const before = lines.value.slice(0, lines.value.indexOf(line)).filter((each) => each.draft.shown.value.item_id === line.draft.shown.value.item_id);
  const after = before.findLast((each) => each.id.value)?.id.value ?? 0;
  const filled = Object.fromEntries(Object.entries(line.draft.shown.value).filter(([, value]) => value !== null));
  return { name: "conclusions.add_line", input: { notice_id: doc().id, after_id: after, ...filled, text: sent.text ?? line.draft.text.value } };
}

/** @param {import("../web/acts.js").Answer} answer */
function took(answer) {
  if (answer.notice_version === doc().version + 1) whole.value = { ...doc(), version: answer.notice_version };
  drawn.value += 1;
}

/** Said to whoever took the place of somebody else's entry without having seen it. @param {Line} line @param {import("../web/acts.js").Answer} answer */
function overwrote(line, answer) {
  for (const [name, other] of Object.entries(/** @type {Record<string, {value: any, by: number}>} */ (answer.overwrote ?? {}))) {
    const what = t("%(name)s had just entered %(value)s (%(field)s); yours took its place.", { name: nameOf(other.by), value: valueText(name, other.value), field: fieldName(name) });
    tell(what, () => line.draft.put({ [name]: other.value }));
  }
}

/** @param {number | null} id */
export const nameOf = (id) => (id && doc().names[String(id)]) || t("Somebody");
/** @param {number | null} id */
export const unitOf = (id) => doc().units.find((each) => each.id === id);

/** @param {string} part @param {string} text */
function makeWords(part, text) {
  return makeDraft({
    name: `${doc().id}:words-${part}`,
    act: (sent) => ({ name: "conclusions.save_words", input: { notice_id: doc().id, part, text: sent.text ?? "", base: sent.base.text } }),
    taken: took,
  }, { text, version: doc().version });
}

/** Read the document, and take up what an earlier visit left here. @param {number} id */
export async function open(id) {
  const found = await ask(`/api/v1/notices/${id}/editor`);
  failed.value = !found;
  if (!found) return;
  whole.value = found;
  lines.value = found.lines.map((/** @type {LineData} */ stand) => makeLine(stand));
  words.value = new Map(Object.entries(/** @type {Record<string, string>} */ (found.words)).map(([part, text]) => [part, makeWords(part, text)]));
  if (!found.edit) return;
  for (const [name, held] of [...await heldBefore(`${id}:`)].sort(([one], [other]) => (one < other ? -1 : 1))) takeUp(name.slice(`${id}:`.length), held);
}

/** @param {string} key @param {any} held */
function takeUp(key, held) {
  if (!held) return;
  if (key.startsWith("words-")) return void words.value.get(key.slice(6))?.takeUp(held);
  const known = lines.value.find((each) => each.key === key);
  if (known) return void known.draft.takeUp(held);
  // its line is gone meanwhile, or was never added: the words stay
  const stand = { ...blank(null), ...held.shown, id: 0, version: 0, text: "" };
  const line = makeLine(stand, key.startsWith("new-") ? key : newKey());
  insert(line, null);
  return void line.draft.takeUp({ ...held, base: { text: "", version: 0 } });
}

const newKey = () => { fresh += 1; return `new-${Date.now().toString(36)}${String(fresh).padStart(4, "0")}`; };
/** @param {number | null} item @returns {LineData} */
const blank = (item) => ({ id: 0, item_id: item, title: "", text: "", version: 0, edited_by: null, cooperating_unit_ids: [], lead_unit_id: null, leader_id: null, officer_id: null, due_on: null, no_due: false, product: "", process: "" });

/** A new line behind another of the same item (null: the last of it). It is sent with its first words. @param {number | null} item @param {Line | null} behind @param {string} [text] */
export function addLine(item, behind, text = "") {
  const line = makeLine(blank(item), newKey());
  insert(line, behind);
  goTo.value = line.key;
  if (text) line.draft.type(text);
  return line;
}

/** Put a new line behind another, or behind the last of its item. @param {Line} line @param {Line | null} behind */
function insert(line, behind) {
  const item = line.draft.shown.value.item_id;
  const order = [...lines.value];
  const last = behind ?? order.findLast((each) => each.draft.shown.value.item_id === item);
  order.splice(last ? order.indexOf(last) + 1 : placeFor(item), 0, line);
  lines.value = order;
}

/** Where the first line of an item stands: behind those of the items before it. @param {number | null} item */
function placeFor(item) {
  const rank = (/** @type {number | null} */ id) => (id === null ? -1 : doc().items.findIndex((each) => each.id === id));
  const place = lines.value.findIndex((each) => rank(each.draft.shown.value.item_id) > rank(item));
  return place < 0 ? lines.value.length : place;
}

/** Take a line out, with a way back. @param {Line} line */
export async function removeLine(line) {
  const place = lines.value.indexOf(line);
  const text = line.draft.text.value;
  const fields = line.draft.shown.value;
  if (line.draft.state.value === "saving") await line.draft.save();
  line.draft.drop();
  lines.value = lines.value.filter((each) => each !== line);
  /** @param {string} said */
  const back = (said) => {
    const again = makeLine({ ...blank(fields.item_id), ...fields, id: 0, version: 0, text: "" }, newKey());
    const order = [...lines.value];
    order.splice(Math.min(place, order.length), 0, again);
    lines.value = order;
    again.draft.type(said);
    void again.draft.save();
  };
  if (!line.id.value) return;
  const answer = await sendAct("conclusions.remove_line", { line_id: line.id.value }, newRequestId());
  if (answer.ok) { took(answer); toast(t("The line was removed."), () => back(text.trim() ? text : answer.line?.text ?? "")); } else { toast(answer.message ?? ""); await refresh(true); }
}

/** @param {Line} line @param {"up" | "down"} direction */
export async function moveLine(line, direction) {
  const siblings = lines.value.filter((each) => each.draft.shown.value.item_id === line.draft.shown.value.item_id);
  const other = siblings[siblings.indexOf(line) + (direction === "up" ? -1 : 1)];
  if (!other || !line.id.value) return;
  const order = [...lines.value];
  const [one, two] = [order.indexOf(line), order.indexOf(other)];
  order[one] = other;
  order[two] = line;
  lines.value = order;
  goTo.value = line.key;
  const answer = await sendAct("conclusions.move_line", { line_id: line.id.value, direction }, newRequestId());
  if (answer.ok) return took(answer);
  toast(answer.message ?? "");
  return refresh(true);
}

/** Read the text anew and let it in: what is typed here stays. @param {boolean} [always] */
export async function refresh(always = false) {
  /** @type {Text | null} */
  const found = await ask(address("text"));
  if (!found || (!always && found.version === doc().version)) return;
  const known = new Map(lines.value.filter((each) => each.id.value).map((each) => [each.id.value, each]));
  whole.value = { ...doc(), ...found };
  const order = found.lines.map((stand) => {
    const line = known.get(stand.id);
    if (!line) return makeLine(stand);
    const changed = line.draft.follow({ text: stand.text, version: stand.version }, fieldsOf(stand));
    if (stand.edited_by !== doc().me) toldOf(line, stand, changed);
    return line;
  });
  for (const line of lines.value) if (!order.includes(line)) lost(line, order);
  lines.value = order;
  for (const [part, text] of Object.entries(found.words)) words.value.get(part)?.follow({ text, version: found.version }, {});
  drawn.value += 1;
}

/** @param {Line} line @param {LineData} stand @param {Record<string, any>} changed */
function toldOf(line, stand, changed) {
  for (const [name, before] of Object.entries(changed)) {
    tell(t("%(name)s just changed the %(field)s to %(value)s.", { name: nameOf(stand.edited_by), field: fieldName(name), value: valueText(name, stand[name]) }), () => line.draft.put({ [name]: before }));
  }
}

/** A line that is not on the server: one of ours that was not sent yet stays; one that others took out goes, its unsent words stay. @param {Line} line @param {Line[]} order */
function lost(line, order) {
  if (!line.id.value) { order.splice(Math.min(lines.value.indexOf(line), order.length), 0, line); return; }
  if (line.draft.settled()) { tell(t("Somebody removed the line “%(text)s”.", { text: line.draft.text.value.slice(0, 60) })); line.draft.drop(); return; }
  const text = line.draft.text.value;
  const fields = line.draft.shown.value;
  line.draft.drop();
  const again = makeLine({ ...blank(fields.item_id), ...fields, id: 0, version: 0, text: "" }, newKey());
  order.splice(Math.min(lines.value.indexOf(line), order.length), 0, again);
  again.draft.type(text);
}

/** @param {Line} line */
export const isTask = (line) => line.draft.shown.value.lead_unit_id !== null;

/** How the whole stands: the worst of its pieces. */
export const standing = computed(() => {
  const drafts = [...lines.value.map((each) => each.draft), ...words.value.values()];
  const states = new Set(drafts.map((each) => each.state.value));
  const at_ = Math.max(0, ...drafts.map((each) => each.savedAt.value));
  const state = ["refused", "waiting", "saving", "typing"].find((each) => states.has(/** @type {any} */ (each))) ?? (at_ ? "saved" : "");
  return { state, at: at_, waiting: drafts.filter((each) => each.state.value === "waiting").length, message: drafts.find((each) => each.state.value === "refused")?.message.value ?? "" };
});

effect(() => { heldCount.value = standing.value.waiting; });
