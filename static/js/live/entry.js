// What every screen of the room begins with: join, and draw the live parts into the places that the server left.
import { render } from "preact";
import { connect } from "../web/live.js";
import { t } from "../web/i18n.js";
import { ErrorBox, Loading, html } from "../web/ui.js";
import { BarStat, BarSub } from "./bar.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {{live: Live, places: DOMStringMap}} Screen */

/** @param {string} id */
const place = (id) => document.getElementById(id);

/**
 * @param {{Main: (screen: Screen) => any, Dock?: (screen: Screen) => any, Vote?: (screen: Screen) => any, seat?: string}} parts
 */
export function enter({ Main, Dock, Vote, seat = "" }) {
  const root = place("live-main");
  if (!root) return;
  const places = root.dataset;
  const live = connect(Number(places.meeting));
  draw(place("live-sub"), () => html`<${BarSub} live=${live} seat=${seat} />`);
  draw(place("live-stat"), () => html`<${BarStat} live=${live} />`);
  measureFrame();
  root.replaceChildren();
  draw(root, () => html`<${Whole} live=${live} part=${Main} places=${places} />`);
  if (Dock) draw(place("live-dock"), () => html`<${Part} live=${live} part=${Dock} places=${places} />`);
  if (Vote) draw(place("live-vote"), () => html`<${Part} live=${live} part=${Vote} places=${places} />`);
}

/** How much of the page bar and dock take on a narrow tablet: what lies over the room begins below the bar, and the focus is never hidden. */
function measureFrame() {
  for (const name of ["bar", "dock"]) {
    const part = document.querySelector(name === "bar" ? ".cbar" : ".dock");
    if (part) new ResizeObserver(() => document.documentElement.style.setProperty(`--${name}`, `${part.getBoundingClientRect().height}px`)).observe(part);
  }
}

/** @param {HTMLElement | null} where @param {() => any} what */
function draw(where, what) {
  if (where) render(what(), where);
}

/** @param {{live: Live, part: (screen: Screen) => any, places: DOMStringMap}} props */
function Part({ live, part: Inside, places }) {
  return live.sections.value.meeting ? html`<${Inside} live=${live} places=${places} />` : null;
}

/** @param {{live: Live, part: (screen: Screen) => any, places: DOMStringMap}} props */
function Whole({ live, part, places }) {
  const refusal = live.refusal.value;
  if (refusal) return html`<${ErrorBox} title=${t("You cannot enter this room")} text=${refusal.message} />`;
  if (!live.sections.value.meeting) return html`<${Loading} rows=${4} />`;
  return html`<${Part} live=${live} part=${part} places=${places} />`;
}
