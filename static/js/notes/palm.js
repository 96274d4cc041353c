// Which touches of the glass are meant: a palm that rests on the page while a pen writes is not.
import { signal } from "@preact/signals-core";

/** A touch this long after the pen was last near is still the hand that holds it. */
const NEAR_MS = 500;
/** Wider contacts (CSS pixels) are no fingertip. */
const PALM_PX = 60;
const SEEN = "notes.pen-seen";

/** @typedef {{pointerType: string, type?: string, width?: number, height?: number, button?: number, buttons?: number, timeStamp?: number}} Touch */

/** @returns {{seen: boolean, fingers: boolean}} `fingers`: its owner asked to draw with fingers all the same */
function remembered() {
  try {
    const kept = localStorage.getItem(SEEN);
    return { seen: kept !== null, fingers: kept === "fingers" };
  } catch {
    return { seen: false, fingers: false };
  }
}

export class Palm {
  constructor(known = remembered()) {
    /** A pen was once used on this device: fingers no longer draw by themselves. */
    this.penSeen = signal(known.seen);
    this.fingers = signal(known.fingers);
    this.down = false;
    this.lastNear = -Infinity;
  }

  /** Hear of each pointer event; a pen that hovers, touches or lifts is near. @param {Touch} event @param {number} now */
  notice(event, now) {
    if (event.pointerType !== "pen") return;
    if (!this.penSeen.peek()) this.#remember(true, false);
    if (event.type === "pointerdown") this.down = true;
    if (event.type === "pointerup" || event.type === "pointercancel") this.down = false;
    this.lastNear = now;
  }

  /** Is this a palm, not meant at all, neither by the notes nor by the viewer? @param {Touch} event @param {number} now */
  ignores(event, now) {
    if (event.pointerType !== "touch") return false;
    if (this.down || now - this.lastNear < NEAR_MS) return true;
    return this.penSeen.peek() && Math.max(event.width ?? 0, event.height ?? 0) > PALM_PX;
  }

  /** May this pointer draw? @param {Touch} event */
  draws(event) {
    if (event.pointerType === "touch") return !this.penSeen.peek() || this.fingers.peek();
    return (event.button ?? 0) === 0;
  }

  /** @param {boolean} fingers */
  letFingersDraw(fingers) {
    this.#remember(this.penSeen.peek(), fingers);
  }

  /** @param {boolean} seen @param {boolean} fingers */
  #remember(seen, fingers) {
    this.penSeen.value = seen;
    this.fingers.value = fingers;
    try {
      localStorage.setItem(SEEN, fingers ? "fingers" : "pen");
    } catch {
      // Remembered as long as the page is open.
    }
  }
}

export const palm = new Palm();
