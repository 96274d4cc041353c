// Notes as this device keeps them, one place for each, and the state of the server they were compared with.
import { kept } from "../web/kept.js";

/** @typedef {import("./note.js").Kept} Kept */

const place = (/** @type {number} */ file, /** @type {string} */ key) => `${file}/${key}`;

/** @param {number} file @returns {Promise<Kept[]>} */
export async function all(file) {
  return /** @type {Kept[]} */ (await kept.all("notes", `${file}/`));
}

/** @param {number} file @param {Kept} note */
export async function keep(file, note) {
  await kept.put("notes", place(file, note.note.key), note);
}

/** @param {number} file @param {string} key */
export async function forget(file, key) {
  await kept.remove("notes", place(file, key));
}

/** @param {number} file @returns {Promise<number>} */
export async function versionOf(file) {
  return Number((await kept.get("state", `notes/${file}`)) ?? -1);
}

/** @param {number} file @param {number} version */
export async function keepVersion(file, version) {
  await kept.put("state", `notes/${file}`, version);
}
