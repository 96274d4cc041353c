// Pictures of pages: the address of the kept width that fits, fetched and decoded ahead, and only few held in memory.

/** @typedef {import("../desk.js").Opening} Opening */
/** @typedef {{address: string, image: HTMLImageElement, ready: boolean, loaded: Promise<boolean>}} Picture */

/** So many large pictures stay in memory; a page of 1,200 × 1,700 pixels takes 8 MB once decoded. */
const HELD = 12;

/** The smallest kept width that is sharp at so many pixels of the glass, else the largest. @param {Opening} opening @param {number} pixels */
export function keptWidth(opening, pixels) {
  return opening.widths.find((width) => width >= pixels * 0.97) ?? opening.widths.at(-1) ?? 1200;
}

/** @param {Opening} opening @param {number} number @param {number} pixels */
export function imageOf(opening, number, pixels) {
  return `/documents/${opening.id}/pages/${number}?w=${keptWidth(opening, pixels)}&v=${opening.sha256.slice(0, 12)}`;
}

/** @type {Map<string, Picture>} oldest first */
const held = new Map();

/** The picture of an address, being fetched and decoded; the same element as long as it is held. @param {string} address @returns {Picture} */
export function picture(address) {
  const before = held.get(address);
  if (before) {
    held.delete(address);
    held.set(address, before);
    return before;
  }
  const image = new Image();
  image.decoding = "async";
  image.draggable = false;
  image.alt = "";
  image.src = address;
  /** @type {Picture} */
  const made = { address, image, ready: false, loaded: Promise.resolve(false) };
  made.loaded = image.decode().then(() => { made.ready = true; return true; }, () => { held.delete(address); return false; });
  held.set(address, made);
  letGo();
  return made;
}

/** The oldest that lie on no page are let go. */
function letGo() {
  for (const [address, { image }] of held) {
    if (held.size <= HELD) return;
    if (image.isConnected) continue;
    held.delete(address);
    image.removeAttribute("src");
  }
}

/** The page that was laid on the glass before the scripts were there is held already: it is taken over without a flicker. */
function takeOver() {
  const image = document.querySelector("img.vfirst");
  const address = image?.getAttribute("src");
  if (!(image instanceof HTMLImageElement) || !address) return;
  /** @type {Picture} */
  const made = { address, image, ready: image.complete && image.naturalWidth > 0, loaded: Promise.resolve(false) };
  made.loaded = image.decode().then(() => { made.ready = true; return true; }, () => { held.delete(address); return false; });
  held.set(address, made);
}
takeOver();

/** Fetch and decode pages before they are turned to. @param {Opening} opening @param {number[]} numbers @param {number} pixels */
export function prepare(opening, numbers, pixels) {
  for (const number of numbers) if (number >= 1 && number <= opening.pages.length) picture(imageOf(opening, number, pixels));
}

/** How many pictures are held; for those who look after memory. */
export const heldCount = () => held.size;
