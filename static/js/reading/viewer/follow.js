// In session the viewer follows the presenter's page until the reader turns a page; then it waits to be asked.
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, html, Icon } from "../../web/ui.js";
import { t } from "../../web/i18n.js";

/** @typedef {import("../desk.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function FollowCard({ desk }) {
  const follow = useFollow(desk);
  if (!follow.live) return null;
  const { shown } = follow;
  const [file, page] = [desk.opening.value.id, desk.page.value];
  return html`<div class="follow">
    <span class="row-x"><${Icon} name="presentation" /><b>${shown ? t("The presenter is on page %(n)s", { n: shown.page }) : t("No page is being presented")}</b></span>
    ${shown && shown.document_id !== file && html`<a class="btn btn-quiet" href=${`/documents/${shown.document_id}?page=${shown.page}`}>${t("Open the paper presented")}</a>`}
    ${shown && shown.document_id === file && html`<${Button} icon=${follow.on ? "player-pause" : "player-play"} onClick=${() => { follow.toggle(); }}>${follow.on ? t("Stop following, read by myself") : t("Follow again")}<//>`}
    ${follow.mayShow && !(shown?.document_id === file && shown?.page === page) && html`<${Button} kind="primary" icon="presentation" onClick=${() => follow.show(page)}>${t("Show page %(n)s to everyone", { n: page })}<//>`}
    ${follow.problem && html`<span class="form-error" role="alert">${follow.problem}</span>`}
  </div>`;
}

/** @param {Desk} desk */
function useFollow(desk) {
  const opening = desk.opening.value;
  const live = useRef(/** @type {any} */ (null));
  const [shown, setShown] = useState(/** @type {{document_id: number, page: number} | null} */ (null));
  const [can, setCan] = useState(/** @type {string[]} */ ([]));
  const [on, setOn] = useState(true);
  const [problem, setProblem] = useState("");
  const mine = shown?.document_id === opening.id ? shown : null;
  useEffect(() => {
    if (!opening.live_meeting_id) return undefined;
    let stop = () => {};
    void join(opening.live_meeting_id, setShown, setCan).then((joined) => { live.current = joined.live; stop = joined.stop; });
    return () => stop();
  }, []);
  useEffect(() => { if (on && mine) desk.show(mine.page); }, [on, mine?.page]);
  useEffect(() => { if (desk.turns.value && shown) setOn(false); }, [desk.turns.value]);
  useEffect(() => { desk.following.value = mine ? { page: mine.page, on, toggle: () => setOn(!on) } : null; }, [mine?.page, on]);
  return {
    live: Boolean(opening.live_meeting_id),
    shown,
    on,
    problem,
    mayShow: can.includes("live.show_page"),
    toggle: () => setOn(!on),
    /** @param {number} page */
    async show(page) {
      const answer = await live.current?.act("live.show_page", { document_id: opening.id, page });
      setProblem(answer && !answer.ok ? answer.message : "");
      if (answer?.ok) setOn(true);
    },
  };
}

/** @param {number} meetingId @param {(shown: any) => void} setShown @param {(can: string[]) => void} setCan */
async function join(meetingId, setShown, setCan) {
  const { connect } = await import("../../web/live.js");
  const { effect } = await import("@preact/signals-core");
  const live = connect(meetingId);
  const stop = effect(() => {
    const page = live.sections.value.page;
    setShown(page?.document_id ? page : null);
    setCan(live.me.value?.can ?? []);
  });
  return { live, stop: () => { stop(); live.close(); } };
}
