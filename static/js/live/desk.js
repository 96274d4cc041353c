// The secretariat's desk: what has been said and decided, who is here, what runs now.
import { t } from "../web/i18n.js";
import { Button, Icon, html } from "../web/ui.js";
import { CommentButton, Comments } from "../discussion/comments.js";
import { ChairQueue, ChairSpeaker } from "../speaking/running.js";
import { ChairVotes } from "../voting/index.js";
import { Behind, Programme } from "./agenda.js";
import { Course } from "./course.js";
import { Refusal } from "./doing.js";
import { enter } from "./entry.js";
import { CheckIn, ItemTime, Notices, NowCard } from "./now.js";
import { PapersSheet, papersOpen } from "./papers.js";
import { CutOff, Presence } from "./presence.js";
import { currentItem, isRunning, may, meeting } from "./reading.js";
import { tell } from "./running.js";

/** @typedef {import("./entry.js").Screen} Screen */

/** @param {Screen} screen */
function Main({ live, places }) {
  const item = currentItem(live);
  const sees = may(live, "live.see_desk");
  return html`<div class="chair3"><${Programme} live=${live} cls="cag"><${Behind} live=${live} /><//>
    <div class="lmain"><${CheckIn} live=${live} /><${Refusal} /><${Notices} live=${live} />
      ${item ? html`<section class="card-x nowcard"><div class="row-x wraps"><span class="muted sm grow">${t("Item %(n)s, under discussion", { n: item.label })}</span><${ItemTime} live=${live} bare /></div><h2>${item.title}</h2><${ChairSpeaker} live=${live} /></section>` : html`<${NowCard} live=${live} />`}
      ${may(live, "live.read_journal") && html`<section class="card-x col-y course"><div class="card-h"><h3>${t("What has happened")}</h3><span class="push sm faint"><span class="row-x"><${Icon} name="lock" size=${16} />${t("Written by the system")}</span></span></div><${Course} live=${live} meetingId=${meeting(live).id} /></section>`}
      <${Comments} live=${live} /></div>
    <aside class="lq">${sees ? html`<${Presence} live=${live} href=${places.attendance} />` : html`<a class="btn btn-quiet w-full" href=${places.attendance}><${Icon} name="list-check" />${t("Roll call")}</a>`}<${CutOff} live=${live} />${sees && html`<${ChairVotes} live=${live} />`}<${ChairQueue} live=${live} /></aside>
    ${papersOpen.value && html`<${PapersSheet} live=${live} meetingId=${meeting(live).id} />`}</div>`;
}

/** @param {Screen} screen */
function Dock({ live, places }) {
  const shows = may(live, "live.show_page");
  return html`<a class="btn btn-primary" href=${places.attendance}><${Icon} name="list-check" />${t("Roll call")}</a>
    ${shows && isRunning(live) && html`<${Button} icon="speakerphone" onClick=${() => tell(live)}>${t("Tell all")}<//>`}
    <${Button} icon="files" onClick=${() => { papersOpen.value = true; }}>${t("Papers")}<//><${CommentButton} live=${live} />
    <span class="push"></span><a class="btn btn-quiet" href=${places.hall} target="_blank" rel="noopener"><${Icon} name="device-desktop" />${t("Big screen")}</a>`;
}

enter({ Main, Dock, seat: t("Secretary's desk") });
