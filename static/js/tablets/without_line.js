// Opens the kept papers of a locked tablet while there is no line. On the device lies no PIN and no plain hash of one: a digest that
// was made with a key of this browser which no script can read out. Five wrong tries, then only the line opens.
// It keeps people from reading; it does not encrypt what is kept.
import { openDB } from "idb";

/** @typedef {{salt: Uint8Array, key: CryptoKey, digest: ArrayBuffer, tries: number}} Check */

export const DATABASE = "tablet-pin";
const ROUNDS = 200000;
const MOST_TRIES = 5;
const STORE = "pin";

const can = () => window.isSecureContext && "indexedDB" in window && Boolean(crypto.subtle);
const database = () => openDB(DATABASE, 1, {
  upgrade: (made) => { made.createObjectStore(STORE); },
  blocking: (_now, _next, event) => /** @type {IDBDatabase} */ (event.target).close(),
});

/** @template T @param {(store: import("idb").IDBPDatabase) => Promise<T>} way @param {T} without @returns {Promise<T>} */
async function through(way, without) {
  if (!can()) return without;
  try {
    const made = await database();
    try { return await way(made); } finally { made.close(); }
  } catch {
    return without;
  }
}

/** @param {string} pin @param {Uint8Array} salt @param {CryptoKey} key @returns {Promise<ArrayBuffer>} */
async function digestOf(pin, salt, key) {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: /** @type {BufferSource} */ (salt), iterations: ROUNDS }, typed, 256);
  return crypto.subtle.sign("HMAC", key, bits);
}

/** Make a PIN ready; it holds once `settle` was called, when the server has let somebody in with it. @param {string} pin */
export async function prepare(pin) {
  if (!can()) return;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const check = { salt, key, digest: await digestOf(pin, salt, /** @type {CryptoKey} */ (key)), tries: 0 };
  await through((made) => made.put(STORE, check, "next"), undefined);
}

/** The server refused that PIN. */
export const drop = () => through((made) => made.delete(STORE, "next"), undefined);

/** The server took that PIN: from now on it opens this tablet without a line, too. */
export const settle = () => through(async (made) => {
  const next = await made.get(STORE, "next");
  if (next) await made.put(STORE, next, "now");
  await made.delete(STORE, "next");
}, undefined);

/** How many tries are left; nothing where no PIN can be compared here. @returns {Promise<number | null>} */
export const triesLeft = () => through(async (made) => {
  const check = /** @type {Check | undefined} */ (await made.get(STORE, "now"));
  return check ? Math.max(0, MOST_TRIES - check.tries) : null;
}, /** @type {number | null} */ (null));

/** Whether the PIN is right. The try is counted first. @param {string} pin @returns {Promise<boolean>} */
export const opens = (pin) => through(async (made) => {
  const check = /** @type {Check | undefined} */ (await made.get(STORE, "now"));
  if (!check || check.tries >= MOST_TRIES) return false;
  await made.put(STORE, { ...check, tries: check.tries + 1 }, "now");
  const [one, other] = [await digestOf(pin, check.salt, check.key), check.digest].map((each) => new Uint8Array(each));
  const right = /** @type {Uint8Array} */ (one).every((byte, place) => byte === other?.[place]);
  if (right) await made.put(STORE, { ...check, tries: 0 }, "now");
  return right;
}, false);

/** Nothing of a PIN stays here. @returns {Promise<void>} */
export function forgetPin() {
  return new Promise((done) => {
    const asked = indexedDB.deleteDatabase(DATABASE);
    asked.onsuccess = asked.onerror = () => done();
    asked.onblocked = () => setTimeout(done, 1000);
  });
}
