// Fingers, pen and mouse on the stage. One pointer swipes, moves or selects; two zoom; a double tap zooms there and back.
import { batch } from "@preact/signals-core";
import { LARGEST } from "../desk.js";
import { bounded, clamp, reach, zoomed } from "./camera.js";
import { Picking } from "./picking.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {{stage: {current: HTMLElement | null}, track: {current: HTMLElement | null}, lens: () => HTMLElement | null, camera: {current: Camera}, room: () => DOMRect, moved: () => void}} Places */

const MOVES_PX = 8;
const LONG_MS = 450;
const DOUBLE_MS = 320;
const DOUBLE_PX = 40;
const TURN_SHARE = 0.22;
const TURN_SPEED = 0.45; // pixels a millisecond
const BEYOND_PX = 90;
const GLIDE_MS = 180;
const WHEEL_MS = 260;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Hands {
  /** @param {Desk} desk @param {Places} places */
  constructor(desk, places) {
    this.desk = desk;
    this.places = places;
    /** The open pages whole, in pixels; and how far one leaf is from the next. Set at each painting. */
    this.bounds = { width: 0, height: 0 };
    this.step = 0;
    /** @type {Map<number, Point>} */
    this.down = new Map();
    this.from = /** @type {{x: number, y: number, at: number, camera: Camera, kind: string} | null} */ (null);
    this.pinched = /** @type {{apart: number, middle: Point, camera: Camera} | null} */ (null);
    this.live = /** @type {Camera | null} */ (null);
    this.picking = new Picking(desk, places.stage, () => this.from);
    this.tapped = { at: 0, x: 0, y: 0 };
    this.speed = { x: 0, y: 0, at: 0, lastX: 0, lastY: 0 };
    this.press = 0;
    this.wheeled = 0;
  }

  /** @param {HTMLElement} stage */
  listen(stage) {
    const ear = new AbortController();
    /** @type {[string, (event: any) => void][]} */
    const heard = [["pointerdown", this.begin], ["pointermove", this.go], ["pointerup", this.end], ["pointercancel", this.drop], ["dblclick", this.twice]];
    for (const [name, doing] of heard) stage.addEventListener(name, doing.bind(this), { signal: ear.signal });
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false, signal: ear.signal });
    stage.addEventListener("contextmenu", (event) => { if (this.picking.under || this.desk.selection.value) event.preventDefault(); }, { signal: ear.signal });
    return () => ear.abort();
  }

  /** From the middle of the room. @param {{clientX: number, clientY: number}} event @returns {Point} */
  point(event) {
    const room = this.places.room();
    return { x: event.clientX - room.left - room.width / 2, y: event.clientY - room.top - room.height / 2 };
  }

  /** @param {PointerEvent} event */
  begin(event) {
    if (event.button > 0 || (event.target instanceof Element && event.target.closest("button, a, input, textarea, .vbarlet"))) return;
    this.down.set(event.pointerId, this.point(event));
    clearTimeout(this.press);
    if (this.down.size === 2) return this.pinch();
    if (this.down.size > 2 || this.desk.tool.value !== "read") return;
    const camera = this.places.camera.current;
    this.settle();
    this.from = { ...this.point(event), at: event.timeStamp, camera, kind: "" };
    this.speed = { x: 0, y: 0, at: event.timeStamp, lastX: event.clientX, lastY: event.clientY };
    if (event.target instanceof HTMLElement && event.target.dataset.grip) void this.picking.regrip(event, event.target.dataset.grip);
    else if (event.pointerType === "mouse") void this.picking.begin(event, false);
    else this.press = window.setTimeout(() => void this.picking.begin(event, true), LONG_MS);
  }

  /** @param {PointerEvent} event */
  go(event) {
    if (!this.down.has(event.pointerId)) return;
    this.down.set(event.pointerId, this.point(event));
    if (this.pinched) return this.spread();
    const { from } = this;
    if (!from || this.down.size !== 1) return;
    const now = this.point(event);
    const [across, along] = [now.x - from.x, now.y - from.y];
    if (!from.kind) {
      if (Math.hypot(across, along) < MOVES_PX || (event.pointerType === "mouse" && this.picking.waits)) return;
      clearTimeout(this.press);
      from.kind = this.picking.under ? "select" : this.desk.zoom.value > 1 ? "pan" : Math.abs(across) > Math.abs(along) ? "swipe" : "none";
      this.places.stage.current?.setPointerCapture(event.pointerId);
      if (from.kind !== "none") this.desk.gesture.value = /** @type {any} */ (from.kind);
      if (from.kind !== "select") this.desk.selection.value = null;
    }
    this.measure(event);
    if (from.kind === "select") this.picking.to(event);
    else if (from.kind === "pan") this.pan(across, along);
    else if (from.kind === "swipe") this.slide(across);
  }

  /** @param {PointerEvent} event */
  end(event) {
    if (!this.down.delete(event.pointerId)) return;
    clearTimeout(this.press);
    if (this.pinched) return this.unpinch();
    const { from } = this;
    this.from = null;
    if (!from) return;
    if (from.kind === "select") this.picking.end();
    else if (from.kind === "pan") this.rest(this.point(event).x - from.x);
    else if (from.kind === "swipe") this.land(this.point(event).x - from.x);
    else if (!from.kind) this.tap(event);
    this.picking.under = null;
    this.desk.gesture.value = "idle";
  }

  /** @param {PointerEvent} event */
  drop(event) {
    if (!this.down.delete(event.pointerId)) return;
    clearTimeout(this.press);
    if (this.pinched) return this.unpinch();
    if (this.from?.kind === "swipe") this.land(0);
    this.from = null;
    this.picking.end();
    this.desk.gesture.value = "idle";
  }

  // ---- one finger: turning ----

  /** @param {number} across */
  slide(across) {
    const open = this.desk.shown.value;
    const edge = across > 0 ? (open[0] ?? 1) <= 1 : (open.at(-1) ?? 1) >= this.desk.last.value;
    this.shift(edge ? across * 0.3 : across);
  }

  /** The swipe ends: on to the next leaf, or back. @param {number} across */
  land(across) {
    const fast = Math.abs(this.speed.x) > TURN_SPEED && Math.sign(this.speed.x) === Math.sign(across);
    const by = Math.abs(across) > this.places.room().width * TURN_SHARE || (fast && Math.abs(across) > 24) ? (across < 0 ? 1 : -1) : 0;
    const open = this.desk.shown.value;
    const there = by > 0 ? (open.at(-1) ?? 1) < this.desk.last.value : by < 0 && (open[0] ?? 1) > 1;
    this.shift(there ? -by * this.step : 0, true);
    if (there) this.later(() => { this.desk.step(/** @type {1 | -1} */ (by)); requestAnimationFrame(() => this.shift(0)); });
  }

  /** @param {number} by @param {boolean} [gliding] */
  shift(by, gliding = false) {
    const track = this.places.track.current;
    if (!track) return;
    track.style.transition = gliding && !still() ? `transform ${GLIDE_MS}ms cubic-bezier(.2,.7,.3,1)` : "none";
    track.style.transform = by ? `translateX(${by}px)` : "";
  }

  /** A glide under way is ended at once when the next touch comes. */
  settle() {
    this.finish?.();
  }

  /** @param {() => void} then */
  later(then) {
    const timer = setTimeout(() => this.finish?.(), still() ? 0 : GLIDE_MS);
    this.finish = () => { clearTimeout(timer); this.finish = undefined; then(); };
  }

  // ---- one finger: moving a page that is larger than the glass ----

  /** @param {number} across @param {number} along */
  pan(across, along) {
    const { from } = this;
    if (!from) return;
    const free = { ...from.camera, x: from.camera.x + across, y: from.camera.y + along };
    const held = bounded(this.places.room(), this.bounds, free);
    this.put({ zoom: free.zoom, x: held.x + (free.x - held.x) * 0.35, y: held.y + (free.y - held.y) * 0.35 });
  }

  /** It glides on a little; pulled far beyond its edge it turns. @param {number} across */
  rest(across) {
    const camera = this.places.camera.current;
    const most = reach(this.places.room(), this.bounds, camera.zoom);
    const beyond = (this.from?.camera.x ?? camera.x) && Math.abs(camera.x) - most.x;
    if (beyond * (1 / 0.35) > BEYOND_PX && Math.sign(camera.x) === Math.sign(across)) {
      this.desk.step(camera.x < 0 ? 1 : -1);
      return;
    }
    const on = { ...camera, x: camera.x + this.speed.x * 160, y: camera.y + this.speed.y * 160 };
    this.put(bounded(this.places.room(), this.bounds, on), true);
    this.places.moved();
  }

  /** @param {PointerEvent} event */
  measure(event) {
    const time = event.timeStamp - this.speed.at;
    if (time < 8) return;
    const [x, y] = [(event.clientX - this.speed.lastX) / time, (event.clientY - this.speed.lastY) / time];
    this.speed = { x: this.speed.x * 0.4 + x * 0.6, y: this.speed.y * 0.4 + y * 0.6, at: event.timeStamp, lastX: event.clientX, lastY: event.clientY };
  }

  // ---- two fingers ----

  pinch() {
    const [one, other] = [...this.down.values()];
    if (!one || !other) return;
    if (this.from?.kind === "swipe") this.shift(0);
    this.from = null;
    this.picking.end();
    this.desk.gesture.value = "pinch";
    this.pinched = { apart: Math.max(20, Math.hypot(one.x - other.x, one.y - other.y)), middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }, camera: this.places.camera.current };
  }

  spread() {
    const [one, other] = [...this.down.values()];
    if (!one || !other || !this.pinched) return;
    const zoom = clamp((this.pinched.camera.zoom * Math.hypot(one.x - other.x, one.y - other.y)) / this.pinched.apart, 0.8, LARGEST * 1.1);
    this.put(zoomed(this.pinched.camera, zoom, this.pinched.middle, { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }));
  }

  unpinch() {
    this.pinched = null;
    this.desk.gesture.value = "idle";
    const { camera } = this.places;
    const zoom = clamp(camera.current.zoom, 1, LARGEST);
    this.commit(bounded(this.places.room(), this.bounds, zoomed(camera.current, zoom < 1.05 ? 1 : zoom, { x: 0, y: 0 })));
    this.down.clear();
  }

  // ---- taps ----

  /** @param {PointerEvent} event */
  tap(event) {
    const { tapped } = this;
    const again = event.timeStamp - tapped.at < DOUBLE_MS && Math.hypot(event.clientX - tapped.x, event.clientY - tapped.y) < DOUBLE_PX;
    this.tapped = { at: again ? 0 : event.timeStamp, x: event.clientX, y: event.clientY };
    this.desk.selection.value = null;
    if (again && event.pointerType !== "mouse") this.near(this.point(event));
  }

  /** Larger there, or the whole page again. @param {Point} under */
  near(under) {
    if (this.desk.zoom.value > 1) return this.commit({ zoom: 1, x: 0, y: 0 });
    const width = this.places.room().width / Math.max(1, this.bounds.width);
    const zoom = clamp(width, 1.8, 2.6);
    this.commit(bounded(this.places.room(), this.bounds, zoomed(this.places.camera.current, zoom, under)));
  }

  /** A double click of the mouse selects the word. @param {MouseEvent} event */
  async twice(event) {
    if (this.desk.tool.value !== "read" || !(event instanceof PointerEvent ? event.pointerType === "mouse" : matchMedia("(pointer: fine)").matches)) return;
    await this.picking.begin(event, true);
    this.picking.end();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    const { camera } = this.places;
    if (event.ctrlKey || event.metaKey) {
      const zoom = clamp(camera.current.zoom * Math.exp(-event.deltaY / 300), 1, LARGEST);
      return this.commit(bounded(this.places.room(), this.bounds, zoomed(camera.current, zoom, this.point(event))));
    }
    if (this.desk.zoom.value > 1) {
      const next = bounded(this.places.room(), this.bounds, { ...camera.current, x: camera.current.x - event.deltaX, y: camera.current.y - event.deltaY });
      if (next.y !== camera.current.y || next.x !== camera.current.x) { this.wheeled = event.timeStamp; return this.put(next); }
    }
    if (event.timeStamp - this.wheeled < WHEEL_MS || Math.abs(event.deltaY) + Math.abs(event.deltaX) < 20) return;
    this.wheeled = event.timeStamp;
    this.desk.step(event.deltaY + event.deltaX > 0 ? 1 : -1);
  }

  // ---- the camera ----

  /** Move at once, without painting anew; the lens shows the pages as large as they were painted. @param {Camera} to @param {boolean} [gliding] */
  put(to, gliding = false) {
    this.places.camera.current = to;
    this.lay(gliding);
  }

  /** @param {boolean} [gliding] */
  lay(gliding = false) {
    const lens = this.places.lens();
    if (!lens) return;
    const { zoom, x, y } = this.places.camera.current;
    const by = zoom / this.desk.zoom.value;
    lens.style.transition = gliding && !still() ? "transform 320ms cubic-bezier(.2,.7,.3,1)" : "none";
    lens.style.transform = `translate(${x}px, ${y}px)${Math.abs(by - 1) > 0.001 ? ` scale(${by})` : ""}`;
  }

  /** The size is settled: pages are painted at it, with pictures as sharp. @param {Camera} to */
  commit(to) {
    this.places.camera.current = to;
    if (this.desk.zoom.value === to.zoom) this.lay();
    else batch(() => { this.desk.zoom.value = to.zoom; });
    this.places.moved();
  }
}
