// In session the viewer follows the presenter's page until the reader turns a page; then it waits to be asked.
import { useEffect, useRef, useState } from "preact/hooks";

/** @typedef {import("../viewer.js").Opening} Opening */

/** @param {Opening} opening @param {(page: number) => void} show */
export function useFollow(opening, show) {
  const live = useRef(/** @type {any} */ (null));
  const [shown, setShown] = useState(/** @type {{document_id: number, page: number} | null} */ (null));
  const [can, setCan] = useState(/** @type {string[]} */ ([]));
  const [on, setOn] = useState(true);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    if (!opening.live_meeting_id) return undefined;
    let stop = () => {};
    void join(opening.live_meeting_id, setShown, setCan).then((joined) => { live.current = joined.live; stop = joined.stop; });
    return () => stop();
  }, []);
  useEffect(() => { if (on && shown?.document_id === opening.id) show(shown.page); }, [on, shown?.document_id, shown?.page]);
  return {
    live: Boolean(opening.live_meeting_id),
    shown,
    on,
    problem,
    mayShow: can.includes("live.show_page"),
    pause: () => { if (shown) setOn(false); },
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
