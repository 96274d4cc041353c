// The list of who is here: the desk has it in the live state, a clerk without the desk reads it again at each change.
import { signal } from "@preact/signals-core";
import { useEffect, useState } from "preact/hooks";
import { meeting } from "../live/reading.js";

/** @typedef {import("../web/live.js").Live} Live */
/** @typedef {import("./words.js").Attender} Attender */

/** Raised after an act of one's own that the counts may not show. */
export const asked = signal(0);

/** @param {Live} live @returns {{people: Attender[] | null, failed: boolean, again: () => void}} */
export function usePeople(live) {
  const given = live.sections.value.attendance?.people;
  const { people: _names, ...counts } = live.sections.value.attendance ?? {};
  const [read, know] = useState(/** @type {Attender[] | null} */ (null));
  const [failed, fail] = useState(false);
  useEffect(() => {
    if (given) return;
    void fetch(`/api/v1/meetings/${meeting(live).id}/attendance`)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then((body) => { know(body.data); fail(false); }, () => fail(true));
  }, [given ? "" : JSON.stringify(counts), asked.value]);
  return { people: given ?? read, failed: failed && !given && !read, again: () => { asked.value += 1; } };
}
