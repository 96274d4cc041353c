// What this device keeps between visits: one database for each account, wiped when the account signs out of the device.
// Never a ballot: neither an open nor a secret one comes here. Where the browser gives no store (private windows), what is
// put is kept as long as the page is open.
import { openDB } from "idb";

/**
 * "notes": notes on pages by their key; "outbox": acts held until the server has answered; "packs": meetings kept for reading
 * without a line; "state": small facts of the device.
 * @typedef {"notes" | "outbox" | "packs" | "state"} Store
 */

const STORES = /** @type {const} */ (["notes", "outbox", "packs", "state"]);
/** How the databases of accounts begin: kept-12. */
export const BEGINNING = "kept-";
export const account = document.documentElement.dataset.account ?? "";

/** @type {Map<string, Map<string, any>>} */
const remembered = new Map(STORES.map((name) => [name, new Map()]));
/** @type {Promise<import("idb").IDBPDatabase | null> | null} */
let opened = null;

/** Nobody signed in keeps nothing on the disk. @returns {Promise<import("idb").IDBPDatabase | null>} */
function database() {
  if (!account) return Promise.resolve(null);
  opened ??= openDB(BEGINNING + account, 1, {
    upgrade: (made) => { for (const name of STORES) if (!made.objectStoreNames.contains(name)) made.createObjectStore(name); },
    // Another page wipes what is kept: let go at once, or it would wait for this one.
    blocking: (_now, _next, event) => { /** @type {IDBDatabase} */ (event.target).close(); opened = null; },
    terminated: () => { opened = null; },
  }).catch(() => null);
  return opened;
}

/** Does `way` on the database, or `without` when there is none or it fails. @template T @param {(made: import("idb").IDBPDatabase) => Promise<T>} way @param {() => T} without @returns {Promise<T>} */
async function through(way, without) {
  const made = await database();
  if (!made) return without();
  try {
    return await way(made);
  } catch {
    return without();
  }
}

/** @param {Store} store @returns {Map<string, any>} */
const memory = (store) => /** @type {Map<string, any>} */ (remembered.get(store));

/** One value; undefined when there is none. @param {Store} store @param {string} key @returns {Promise<any>} */
export function get(store, key) {
  return through(async (made) => (await made.get(store, key)) ?? memory(store).get(key), () => memory(store).get(key));
}

/** Keep a value (anything that can be cloned) under a key; an older one is replaced. @param {Store} store @param {string} key @param {any} value @returns {Promise<void>} */
export function put(store, key, value) {
  return through((made) => written(made, store, key, value), () => { memory(store).set(key, value); });
}

/** Said to be whole at once, or the browser takes it back with a page that is left in this moment. @param {import("idb").IDBPDatabase} made @param {Store} store @param {string} key @param {any} value */
async function written(made, store, key, value) {
  const change = made.transaction(store, "readwrite");
  const put = change.store.put(value, key);
  change.commit();
  await Promise.all([put, change.done]);
}

/** Harmless when there is none. @param {Store} store @param {string} key @returns {Promise<void>} */
export function remove(store, key) {
  memory(store).delete(key);
  return through((made) => made.delete(store, key), () => undefined);
}

/** All values in the order of their keys; with a prefix only those whose key begins so. @param {Store} store @param {string} [prefix] @returns {Promise<any[]>} */
export async function all(store, prefix = "") {
  const held = [...memory(store)].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
  const range = prefix ? IDBKeyRange.bound(prefix, `${prefix}\uffff`) : undefined;
  return [...(await through((made) => made.getAll(store, range), () => [])), ...held];
}

/** Forget everything that this account keeps here. @returns {Promise<void>} */
export async function wipe() {
  for (const store of STORES) memory(store).clear();
  const made = await opened;
  made?.close();
  opened = null;
  if (account) await erase(BEGINNING + account);
}

/** Forget what other accounts left on this device. @returns {Promise<void>} */
export async function wipeOthers() {
  const known = (await indexedDB.databases?.()) ?? [];
  const others = known.map((each) => each.name ?? "").filter((name) => name.startsWith(BEGINNING) && name !== BEGINNING + account);
  await Promise.all(others.map(erase));
}

/** Delete a database; open pages let go of it by themselves. @param {string} name @returns {Promise<void>} */
function erase(name) {
  return new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = () => done();
    asked.onerror = () => done();
    asked.onblocked = () => setTimeout(done, 1000);
  });
}

export const kept = { get, put, remove, all, wipe };
