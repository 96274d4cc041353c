// Pure rules of time, the same as meeting/live/timing.py: what is left of the item and of the meeting, in seconds; over is negative.

/** @typedef {{state: string, minutes_planned: number, seconds_used: number, since: string | null}} Timed */

/** The real seconds of an item so far. @param {Timed} item @param {number} now server ms */
export function used(item, now) {
  return item.seconds_used + (item.since ? Math.max(0, Math.round((now - Date.parse(item.since)) / 1000)) : 0);
}

/** What is left of its planned minutes; null when none were planned. @param {Timed} item @param {number} now */
export function leftOfItem(item, now) {
  return item.minutes_planned ? item.minutes_planned * 60 - used(item, now) : null;
}

/** What is left until the planned end; null when none was planned. @param {string | null | undefined} endsAt @param {number} now */
export function leftOfMeeting(endsAt, now) {
  return endsAt ? Math.round((Date.parse(endsAt) - now) / 1000) : null;
}

/** What the programme still wants: the rest of the current item and all that is planned. @param {Timed[]} items @param {number} now */
export function stillPlanned(items, now) {
  return items.reduce((sum, item) => {
    if (item.state === "current") return sum + Math.max(0, leftOfItem(item, now) ?? 0);
    return item.state === "planned" ? sum + item.minutes_planned * 60 : sum;
  }, 0);
}

/** What would be left over if all took its planned time; negative: over by so much. @param {string | null | undefined} endsAt @param {Timed[]} items @param {number} now */
export function spare(endsAt, items, now) {
  const left = leftOfMeeting(endsAt, now);
  return left === null ? null : left - stillPlanned(items, now);
}
