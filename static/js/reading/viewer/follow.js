// Who leads the page, and what this reader can do about it: follow, read by himself, come back, lead, mark a passage.
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { lines } from "../../web/glow.js";
import { t } from "../../web/i18n.js";
import { Button, html, Icon } from "../../web/ui.js";
import { ledOf } from "./led.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("./led.js").Led} Led */

const MOST_BOXES = 80;

/** @param {{desk: Desk}} props */
export function FollowCard({ desk }) {
  const led = ledOf(desk);
  const { shown, on } = led;
  useEffect(() => whisper(led), []);
  const page = led.here.value && !led.leads.value ? shown.value?.page : null;
  useEffect(() => {
    desk.following.value = page ? { page, on: on.value, toggle: () => (on.peek() ? led.leave() : led.follow()) } : null;
  }, [page, on.value]);
  if (!led.live || (!shown.value && !led.mayLead.value)) return null;
  return html`<section class=${led.leads.value ? "follow leads" : "follow"} aria-label=${t("The page that is led")}>
    ${led.leads.value ? html`<${Leading} desk=${desk} led=${led} />` : html`<${Led} desk=${desk} led=${led} />`}
    ${led.problem.value && html`<p class="form-error" role="alert">${led.problem.value}</p>`}
  </section>`;
}

/** For whoever does not lead: whose page it is, and the way there and away. @param {{desk: Desk, led: Led}} props */
function Led({ desk, led }) {
  const { shown, on, here, mine } = led;
  const now = shown.value;
  const head = !now ? t("No page is being presented") : mine.value ? (led.me.value.page?.screen ? t("You lead from another screen") : t("You have put page %(n)s on all screens", { n: now.page })) : t("%(name)s is presenting page %(n)s", { name: now.by?.name ?? t("The presenter"), n: now.page });
  const detail = !now ? "" : !here.value ? t("In another paper: %(title)s", { title: now.title }) : on.value ? t("Your page follows by itself") : t("You read by yourself, on page %(n)s", { n: desk.page.value });
  return html`<div class="follow-head" role="status"><${Icon} name="presentation" /><div><b>${head}</b>${detail && html`<span class="d-block sm muted">${detail}</span>`}</div></div>
    ${now && (here.value && on.value
      ? html`<${Button} icon="player-pause" onClick=${led.leave}>${t("Stop following, read by myself")}<//>`
      : html`<${Button} kind="primary" icon="player-skip-forward" onClick=${led.follow}>${here.value ? t("Follow again (page %(n)s)", { n: now.page }) : t("Go to the page presented")}<//>`)}
    ${led.mayLead.value && html`<${Button} icon="presentation" onClick=${led.lead}>${mine.value ? t("Lead from this screen") : t("Let everyone follow my page")}<//>`}`;
}

/** For whoever leads: that he does, what glows, and the way out. @param {{desk: Desk, led: Led}} props */
function Leading({ desk, led }) {
  const now = led.shown.value;
  const selection = desk.selection.value;
  const drawing = desk.tool.value === "point";
  const glows = Boolean(now?.point && led.here.value);
  const markSelected = () => {
    if (!selection) return;
    void led.point(lines(selection.boxes).slice(0, MOST_BOXES), selection.page);
    desk.selection.value = null;
  };
  return html`<div class="follow-head" role="status"><${Icon} name="presentation" /><div><b>${t("Everyone follows your page")}</b><span class="d-block sm muted">${t("Page %(n)s of %(all)s is on all screens", { n: now?.page ?? desk.page.value, all: now?.pages ?? "…" })}</span></div></div>
    ${selection && html`<${Button} kind="primary" icon="highlight" onClick=${markSelected}>${t("Let the selected words glow")}<//>`}
    <${Button} kind=${drawing ? "tint" : "quiet"} icon="pointer" aria-pressed=${drawing} onClick=${() => { desk.tool.value = drawing ? "read" : "point"; }}>${drawing ? t("Draw a frame on the page…") : t("Mark a passage for everyone")}<//>
    ${glows && html`<${Button} icon="eraser" onClick=${() => led.point(null)}>${t("Remove the mark")}<//>`}
    <${Button} icon="player-stop" onClick=${() => { desk.tool.value = "read"; void led.stop(); }}>${t("Stop leading")}<//>`;
}

/** A line over the page where the card is out of sight, and wherever a question waits. @param {Led} led */
function whisper(led) {
  const place = document.createElement("div");
  place.className = "follow-whisper";
  document.body.append(place);
  const below = () => { place.style.top = `${Math.round((document.querySelector(".vwork")?.getBoundingClientRect().top ?? 76) + 8)}px`; };
  const watcher = new ResizeObserver(below);
  for (const part of document.querySelectorAll(".vwork, .vstrip")) watcher.observe(part);
  below();
  render(html`<${Whisper} led=${led} />`, place);
  return () => { watcher.disconnect(); render(null, place); place.remove(); };
}

/** @param {{led: Led}} props */
function Whisper({ led }) {
  const now = led.shown.value;
  const waits = led.waits.value;
  if (!now) return null;
  if (led.leads.value) return html`<div class="whisper narrow-only"><${Icon} name="presentation" /><b class="grow">${t("Everyone follows your page")}</b><${Button} onClick=${led.stop}>${t("Stop leading")}<//></div>`;
  if (waits) return html`<div class="whisper" role="status"><${Icon} name="presentation" /><span class="grow">${led.here.value ? t("The presenter is on page %(n)s. Your page stays while you write.", { n: waits.page }) : t("The presenter has opened another paper: %(title)s. Yours stays while you write.", { title: waits.title })}</span><${Button} onClick=${led.leave}>${t("Stay here")}<//><${Button} kind="primary" onClick=${led.follow}>${t("Go there now")}<//></div>`;
  if (led.on.value && led.here.value) return null;
  return html`<div class="whisper narrow-only"><${Icon} name="presentation" /><span class="grow long">${t("%(name)s is presenting page %(n)s", { name: now.by?.name ?? t("The presenter"), n: now.page })}</span><span class="grow short">${t("Page %(n)s is shown", { n: now.page })}</span><${Button} kind="primary" onClick=${led.follow}>${t("Follow again")}<//></div>`;
}
