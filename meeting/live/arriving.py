"""Pure rules of coming to a meeting: in the room or from elsewhere, by which code, and the times that a clerk sets right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from meeting.clock import local
from meeting.errors import N_, Refused, declare
from meeting.live import rules

declare(
    {
        "code_needed": N_("Scan the code at your seat or at the door to check in, or ask the secretary."),
        "code_unknown": N_("This code does not belong to this meeting. Scan the code at your seat again."),
        "code_expired": N_("The code at the door has changed meanwhile. Scan it again."),
        "remote_not_offered": N_("This meeting takes place in the room only. Nobody can take part from elsewhere."),
        "remote_not_allowed": N_("The rules of this kind of meeting do not let members take part from elsewhere."),
        "times_needed": N_("The meeting is over: say from when until when they were there."),
        "times_out_of_order": N_("Each stretch ends after it begins and before the next one begins; only the last may go on."),
        "times_in_future": N_("These times have not come yet."),
        "times_after_close": N_("The meeting closed at %(closed)s. Nobody came after that."),
    }
)


@dataclass(frozen=True)
class Stay:
    """From when until when somebody was there (None: still), in the room or from elsewhere."""

    since: datetime
    until: datetime | None
    remote: bool = False


def check_way(form: str, rule: str, check_in: str, *, remote: bool, coded: bool) -> bool:
    """Whether somebody may check in like this; answers whether they take part from elsewhere.

    An online meeting has no room. Refused as `remote_not_offered`, `remote_not_allowed`, `code_needed` (in the room, where the
    rule book asks for the code at the seat or the door).
    """
    away = remote or form == "online"
    if away and form == "in_person":
        raise Refused("remote_not_offered")
    if away and rule == "none":
        raise Refused("remote_not_allowed")
    if not away and check_in == "code" and not coded:
        raise Refused("code_needed")
    return away


def check_times(stays: Sequence[Stay], now: datetime, closed_at: datetime | None) -> list[Stay]:
    """The stays as they are kept: in order, apart, not in the future; after the close the last one ends with the meeting.

    Refused as `times_out_of_order`, `times_in_future`, `times_after_close`.
    """
    if not stays:
        raise Refused("times_out_of_order")
    kept: list[Stay] = []
    for place, stay in enumerate(stays):
        if closed_at is not None and max(stay.since, stay.until or stay.since) > closed_at:
            raise Refused("times_after_close", closed=f"{local(closed_at):%H:%M}")
        if max(stay.since, stay.until or stay.since) > now:
            raise Refused("times_in_future")
        until = closed_at if stay.until is None and closed_at is not None else stay.until
        last = place + 1 == len(stays)
        if (stay.until is None and not last) or (until is not None and until <= stay.since):
            raise Refused("times_out_of_order")
        if kept and stay.since < (kept[-1].until or now):
            raise Refused("times_out_of_order")
        kept.append(Stay(stay.since, until, stay.remote))
    return kept


def presence_after(stays: Sequence[Stay], starts_at: datetime, opened_at: datetime | None, closed_at: datetime | None) -> str:
    """What these stays make of somebody: here (present, late, remote) when they last or ended with the meeting, else left."""
    last = stays[-1]
    if last.until is not None and (closed_at is None or last.until < closed_at):
        return "left"
    return "remote" if last.remote else rules.arrival(stays[0].since, starts_at, opened_at)
