// Keeps meetings on this device: fetches what the pack names, goes on after a reload, fetches only what changed when a new version
// is published, removes what is no longer in it. What is read without a line comes from here through the service worker.
import { signal } from "@preact/signals-core";
import { account, kept } from "../web/kept.js";
import { askToPersist } from "./device.js";
import { cacheOf, canKeep, setWho, who } from "./places.js";

/** @typedef {[url: string, bytes: number, mark: string, kind: string]} Entry */
/**
 * keeping: being fetched; waiting: for the line; paused: by the person; full: no room left; done: everything is here.
 * @typedef {"keeping" | "waiting" | "paused" | "full" | "done"} State
 * @typedef {{meeting_id: number, title: string, version: string, documents: number, pages: number, bytes: number, entries: Entry[]}} Manifest
 * @typedef {{meeting_id: number, title: string, state: State, width: number, manifest: Manifest, have: Record<string, {mark: string, bytes: number}>,
 *   done: number, of: number, bytes: number, whole: boolean, at: string, checked: number}} Pack
 */

const AT_ONCE = 4;
const SAVE_EACH = 20;
const WAIT_MS = 8000;
/** Notes and reading marks of a pack that did not change are fetched anew after so long. */
const STALE_MS = 60 * 60 * 1000;

/** @type {import("@preact/signals-core").Signal<Record<number, Pack>>} meetings kept or being kept, by id */
export const packs = signal({});
/** Told when what is kept has changed, so that the server learns of it. */
export const changed = signal(0);

/** Ends when this device's packs are known. */
export const ready = load();

async function load() {
  /** @type {Pack[]} */
  const found = await kept.all("packs");
  packs.value = Object.fromEntries(found.map((pack) => [pack.meeting_id, pack]));
}

/** @param {number} id */
const packOf = (id) => packs.value[id];

/** @param {Pack} pack @param {Partial<Pack>} [changes] */
async function save(pack, changes = {}) {
  if (packOf(pack.meeting_id) === undefined) return; // removed meanwhile
  Object.assign(pack, changes);
  packs.value = { ...packs.value, [pack.meeting_id]: { ...pack } };
  await kept.put("packs", String(pack.meeting_id), { ...pack });
}

/** The pixels a page of paper takes on this screen, upright. */
const pixels = () => Math.round(Math.min(screen.width, screen.height) * (window.devicePixelRatio || 1));

/** What keeping a meeting would fetch; with the version that is here only whether it is still that. Throws the status. @param {number} id @param {number} [width] @param {string} [version] @returns {Promise<Manifest & {unchanged?: boolean}>} */
export async function ask(id, width = pixels(), version = "") {
  const answer = await fetch(`/api/v1/meetings/${id}/pack?w=${width}&version=${version}`, { cache: "no-store", signal: AbortSignal.timeout(30000) });
  if (!answer.ok) throw answer.status;
  return answer.json();
}

/** Keep a meeting from now on. @param {Manifest} manifest */
export async function keep(manifest) {
  await askToPersist();
  await setWho({ ...(await who()), account, locked: false });
  const pack = { meeting_id: manifest.meeting_id, title: manifest.title, state: /** @type {State} */ ("keeping"), width: pixels(), manifest, have: {}, done: 0, of: manifest.entries.length, bytes: 0, whole: false, at: "", checked: Date.now() };
  packs.value = { ...packs.value, [manifest.meeting_id]: pack };
  await save(pack);
  void run(manifest.meeting_id);
}

/** @param {number} id */
export function pause(id) {
  const pack = packOf(id);
  if (pack) void save(pack, { state: "paused" });
}

/** @param {number} id */
export async function resume(id) {
  const pack = packOf(id);
  if (!pack) return;
  await save(pack, { state: "keeping" });
  void run(id);
}

/** Remove a meeting from this device. @param {number} id */
export async function remove(id) {
  const left = { ...packs.value };
  delete left[id];
  packs.value = left;
  await kept.remove("packs", String(id));
  await caches.delete(cacheOf(account, id));
  changed.value += 1;
}

/** Go on with what was being fetched, and see whether there is something new of the rest. @param {{within?: number}} [options] within: ms since the last look */
export async function goOn({ within = 0 } = {}) {
  await ready;
  for (const pack of Object.values(packs.value)) {
    if (pack.state === "keeping" || pack.state === "waiting") await run(pack.meeting_id);
    else if (pack.state === "done" && Date.now() - pack.checked >= within) await renew(pack.meeting_id);
  }
}

/**
 * Look for a newer version of a kept meeting and fetch the difference. What may not be read any more is removed.
 * @param {number} id
 * @param {boolean} [wished] by the person: notes are fetched anew in any case
 */
export async function renew(id, wished = false) {
  const pack = packOf(id);
  if (!pack || !canKeep()) return;
  try {
    const manifest = await ask(id, pack.width, wished || Date.now() - Date.parse(pack.at) > STALE_MS ? "" : pack.manifest.version);
    if (manifest.unchanged) return void (await save(pack, { checked: Date.now() }));
    await save(pack, { manifest, title: manifest.title, checked: Date.now(), state: "keeping" });
    await run(id);
  } catch (status) {
    if (status === 403 || status === 404) await remove(id);
  }
}

/** Fetch what is missing; one page of the browser at a time. @param {number} id */
async function run(id) {
  await navigator.locks.request(`keep-${account}-${id}`, { ifAvailable: true }, async (mine) => {
    const pack = packOf(id);
    if (mine && pack) await fetchAll({ ...pack });
  });
}

/** @param {Pack} pack */
async function fetchAll(pack) {
  const { entries } = pack.manifest;
  const store = await caches.open(cacheOf(account, pack.meeting_id));
  const lacking = entries.filter(([url, , mark]) => !mark || pack.have[url]?.mark !== mark);
  const here = new Set(entries.map(([url]) => url));
  const tally = { left: lacking.length, since: 0, stop: /** @type {State | ""} */ ("") };
  const count = () => ({ done: entries.length - tally.left, of: entries.length, bytes: Object.values(pack.have).reduce((sum, each) => sum + each.bytes, 0) });
  const queue = [...lacking];
  const worker = async () => {
    for (let entry = queue.shift(); entry && !tally.stop; entry = queue.shift()) {
      tally.stop = await take(store, pack, entry);
      if (!tally.stop) tally.left -= 1;
      if ((tally.since += 1) >= SAVE_EACH) { tally.since = 0; await save(pack, count()); }
      if (packOf(pack.meeting_id)?.state === "paused") tally.stop = "paused";
      if (!packOf(pack.meeting_id)) return;
    }
  };
  await save(pack, count());
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (!packOf(pack.meeting_id)) { await caches.delete(cacheOf(account, pack.meeting_id)); return; }
  if (tally.stop) return halt(pack, tally.stop, count());
  for (const url of Object.keys(pack.have).filter((each) => !here.has(each))) { await store.delete(url); delete pack.have[url]; }
  await save(pack, { ...count(), state: "done", whole: true, at: new Date().toISOString() });
  changed.value += 1;
}

/** @param {Pack} pack @param {State} state @param {Partial<Pack>} counted */
async function halt(pack, state, counted) {
  await save(pack, { ...counted, state });
  if (state === "waiting") setTimeout(() => void run(pack.meeting_id), WAIT_MS);
}

/** Fetch one thing. Answers why to stop, or nothing. @param {Cache} store @param {Pack} pack @param {Entry} entry @returns {Promise<State | "">} */
async function take(store, pack, [url, , mark]) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(url, { cache: "no-store", headers: url.startsWith("/api/") ? { Accept: "application/json" } : {}, signal: AbortSignal.timeout(30000) });
  } catch {
    return "waiting";
  }
  if (answer.status === 401 || answer.redirected || answer.status === 429 || answer.status >= 500) return "waiting";
  if (!answer.ok) { await store.delete(url); delete pack.have[url]; return ""; } // not ready, or taken back: the next pack knows
  try {
    const body = await answer.blob();
    await store.put(url, new Response(body, { headers: { "Content-Type": answer.headers.get("Content-Type") ?? body.type, "X-Kept": "1" } }));
    pack.have[url] = { mark, bytes: body.size };
    return "";
  } catch (fault) {
    return fault instanceof DOMException && fault.name === "QuotaExceededError" ? "full" : "waiting";
  }
}

/** Whether this device's packs belong to who is here. @returns {Promise<boolean>} */
export async function isMine() {
  const noted = await who();
  return noted?.account === account && !noted.locked;
}
