// The delegate's seat: what is discussed, who speaks, when is my turn, can I vote?
import { signal } from "@preact/signals-core";
import { useEffect } from "preact/hooks";
import { t } from "../web/i18n.js";
import { Button, html } from "../web/ui.js";
import { CommentButton, Comments, writing } from "../discussion/comments.js";
import { FloorButton } from "../speaking/asking.js";
import { Queue, SpeakerCard } from "../speaking/speaker.js";
import { VotePanel, VoteStrip } from "../voting/index.js";
import { Programme } from "./agenda.js";
import { Refusal } from "./doing.js";
import { enter } from "./entry.js";
import { CheckIn, Notices, NowCard } from "./now.js";
import { PagePanel, following, shownPage } from "./page.js";
import { PapersSheet, papersOpen } from "./papers.js";
import { meeting, may } from "./reading.js";
import { BackButton } from "./running.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./entry.js").Screen} Screen */

/** What fills the middle: the presenter's page or the comments. */
const middle = signal(/** @type {"page" | "comments"} */ ("comments"));

/** @param {Screen} screen */
function Main({ live, places }) {
  const page = shownPage(live);
  useEffect(() => {
    if (page && following.value) middle.value = "page";
    if (!page) middle.value = "comments";
  }, [page?.document_id, page?.page]);
  useEffect(() => { if (writing.value) middle.value = "comments"; }, [writing.value]);
  const seesPage = middle.value === "page" && page && !writing.value;
  const chairing = may(live, "live.run");
  return html`<div class="live3"><${Programme} live=${live}>${chairing && html`<a class="btn btn-tint w-full" href=${places.room}>${t("To the chair's console")}</a>`}<//>
    <div class="lmain"><${CheckIn} live=${live} /><${Refusal} /><${Notices} live=${live} />
      <${NowCard} live=${live}>${page && html`<${Button} kind="tint" icon="file-text" onClick=${() => { following.value = true; middle.value = "page"; }}>${t("Page %(n)s is shown", { n: page.page })}<//>`}<//>
      ${seesPage ? html`<section class="card-x col-y page-card"><div class="card-h">${tabs(page)}</div><${PagePanel} live=${live} /></section>` : html`<${Comments} live=${live} heading=${page ? tabs(page) : null} />`}
    </div>
    <aside class="lq"><${SpeakerCard} live=${live} /><${Queue} live=${live} /></aside>
    ${papersOpen.value && html`<${PapersSheet} live=${live} meetingId=${meeting(live).id} />`}</div>`;
}

/** @param {any} page */
function tabs(page) {
  if (!page) return null;
  /** @param {"page" | "comments"} to */
  const go = (to) => { middle.value = to; if (to === "page") following.value = true; };
  return html`<div class="seg" role="tablist"><button type="button" role="tab" class=${middle.value === "page" ? "on" : ""} aria-selected=${middle.value === "page"} onClick=${() => go("page")}>${t("Page shown")}</button>
    <button type="button" role="tab" class=${middle.value === "comments" ? "on" : ""} aria-selected=${middle.value === "comments"} onClick=${() => go("comments")}>${t("Written opinions")}</button></div>`;
}

/** @param {Screen} screen */
function Dock({ live, places }) {
  return html`<${BackButton} live=${live} href=${places.leave} /><${FloorButton} live=${live} /><${CommentButton} live=${live} />
    <${Button} icon="files" onClick=${() => { papersOpen.value = true; }}>${t("Papers")}<//>
    <span class="push"></span><${VoteStrip} live=${live} />`;
}

/** @param {Screen} screen */
const Vote = ({ live }) => html`<${VotePanel} live=${live} />`;

enter({ Main, Dock, Vote });
