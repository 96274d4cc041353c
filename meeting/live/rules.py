"""Pure rules of a running meeting: quorum, the roll call, its states, who counts as present, the time of an item.

A quorum is a share of all members of the body, never of those invited or present:
UBND: at least 2/3 of all members, NĐ 315/2025/NĐ-CP Điều 24.4; HĐND: at least 2/3 of all deputies, Luật Tổ chức chính quyền
địa phương (plenary); Thường trực HĐND: at least 2/3, NQ 104/2025/UBTVQH15 Điều 19. The share is a value of the meeting's type.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from meeting.errors import N_, Refused, declare

PRESENCES = ("present", "late", "left", "remote", "excused", "absent")
HERE = frozenset({"present", "late", "remote"})  # they make the quorum and may vote

#: Verb: (states it starts from, state it leads to).
TRANSITIONS: Mapping[str, tuple[frozenset[str], str]] = {
    "open": (frozenset({"issued"}), "in_session"),
    "pause": (frozenset({"in_session"}), "paused"),
    "resume": (frozenset({"paused"}), "in_session"),
    "adjourn": (frozenset({"in_session", "paused"}), "paused"),
    "close": (frozenset({"in_session", "paused"}), "held"),
}
RUNNING = frozenset({"in_session", "paused"})
CHECK_IN_STATES = frozenset({"issued"}) | RUNNING
CORRECTION_STATES = CHECK_IN_STATES | {"held", "archived"}

#: Coming in this long after the opening (or the appointed time, whichever is later) is late. Our choice; no law sets it.
LATE_AFTER = timedelta(minutes=15)

_SHARES_VI = {Fraction(2, 3): "hai phần ba", Fraction(1, 2): "một nửa", Fraction(3, 4): "ba phần tư"}
_SHARES_EN = {Fraction(2, 3): "two thirds", Fraction(1, 2): "one half", Fraction(3, 4): "three quarters"}
_MEMBERS_VI = {"council": "đại biểu", "committee": "thành viên", "party": "ủy viên"}
_MEMBERS_EN = {"council": "deputies", "committee": "members", "party": "committee members"}

declare(
    {
        "no_quorum": N_("Too few members are present: %(present)s of %(total)s, at least %(need)s are needed (%(rule)s)."),
        "check_in_closed": N_("Check-in is not open: %(state)s."),
        "not_in_session": N_("The meeting is not in session: %(state)s."),
        "item_is_current": N_("This item is already being dealt with."),
        "break_in_past": N_("The meeting cannot go on before now. Choose a later time."),
        "break_too_long": N_("A recess ends on the same day. To go on another day, adjourn the meeting."),
        "resumes_same_day": N_("An adjourned meeting goes on another day. For a rest on the same day, call a recess."),
        "item_not_deferred": N_("This item was not put off, so it cannot be taken up again."),
        "item_not_ahead": N_("Only an item that is still to come can be taken ahead."),
        "not_here": N_("You have not checked in to this meeting."),
        "page_unknown": N_("This page cannot be shown: the paper does not belong to this meeting or has no such page."),
    }
)


@dataclass(frozen=True)
class Quorum:
    """Whether enough members are present. `total` counts all members of the body, `need` how many must be here."""

    present: int
    total: int
    share: Fraction
    kind: str = "committee"

    @property
    def need(self) -> int:
        """The least number of members that reaches the share: 2/3 of 27 is 18, of 20 it is 14."""
        return ceil(self.share * self.total)

    @property
    def met(self) -> bool:
        """True when the share is reached. A body without members never has a quorum, unless its rules ask for none (share 0)."""
        return self.share == 0 or (self.total > 0 and self.present >= self.need)

    @property
    def rules(self) -> dict[str, str]:
        """The rule in words, by language."""
        if self.share == 0:
            return {"vi": "không quy định số người tối thiểu", "en": "no least number is set"}
        share_vi = _SHARES_VI.get(self.share, str(self.share))
        share_en = _SHARES_EN.get(self.share, str(self.share))
        return {
            "vi": f"ít nhất {share_vi} tổng số {_MEMBERS_VI.get(self.kind, 'thành viên')}",
            "en": f"at least {share_en} of all {_MEMBERS_EN.get(self.kind, 'members')}",
        }


def share_of(text: str) -> Fraction:
    """The share written in a meeting type: "2/3"."""
    return Fraction(text.strip())


def check_quorum(quorum: Quorum) -> None:
    """Refused as `no_quorum`, naming who is present, how many members there are, how many are needed, and the rule."""
    if not quorum.met:
        raise Refused("no_quorum", present=quorum.present, total=quorum.total, need=quorum.need, rule=quorum.rules["vi"])


def step(verb: str, state: str) -> str:
    """The state a verb leads to. Refused as `wrong_state` (declared by the agenda) from any other."""
    sources, target = TRANSITIONS[verb]
    if state not in sources:
        raise Refused("wrong_state", state=f"state_{state}")
    return target


def check_check_in(state: str) -> None:
    """Members check in from the issue of the invitations until the meeting closes. Refused as `check_in_closed`."""
    if state not in CHECK_IN_STATES:
        raise Refused("check_in_closed", state=f"state_{state}")


def check_correctable(state: str) -> None:
    """Attendance may be corrected from the issue on, also after the meeting. Refused as `check_in_closed`."""
    if state not in CORRECTION_STATES:
        raise Refused("check_in_closed", state=f"state_{state}")


def check_in_session(state: str) -> None:
    """Refused as `not_in_session` when the meeting has not begun, rests, or is over."""
    if state != "in_session":
        raise Refused("not_in_session", state=f"state_{state}")


def check_next_item(state: str, quorum: Quorum, *, current: bool, outside: bool) -> None:
    """Whether the chair may turn to an item: only in session, only with a quorum (without one only the roll call is held).

    Refused as `not_in_session`, `no_quorum`, `item_is_current`, or `item_held_outside`.
    """
    check_in_session(state)
    if outside:
        raise Refused("item_held_outside")
    check_quorum(quorum)
    if current:
        raise Refused("item_is_current")


def check_recess(now: datetime, until: datetime | None, day: Callable[[datetime], date]) -> None:
    """A recess ends later and on the same day. `day`: the day of a moment here. Refused: `break_in_past`, `break_too_long`."""
    if until is None:
        return
    if until <= now:
        raise Refused("break_in_past")
    if day(until) != day(now):
        raise Refused("break_too_long")


def check_adjournment(now: datetime, resumes_at: datetime, day: Callable[[datetime], date]) -> None:
    """An adjourned meeting goes on another day. Refused: `break_in_past`, `resumes_same_day`."""
    if resumes_at <= now:
        raise Refused("break_in_past")
    if day(resumes_at) == day(now):
        raise Refused("resumes_same_day")


def check_postponable(state: str, title: str) -> None:
    """An item is put off while it is ahead or being dealt with. Refused: `item_begun` when done, `item_set_aside`."""
    if state in ("deferred", "withdrawn"):
        raise Refused("item_set_aside", title=title)
    if state not in ("planned", "current"):
        raise Refused("item_begun")


def arrival(now: datetime, starts_at: datetime, opened_at: datetime | None) -> str:
    """`late` when somebody comes more than LATE_AFTER after the meeting began, else `present`."""
    if opened_at is None:
        return "present"
    return "late" if now > max(opened_at, starts_at) + LATE_AFTER else "present"


def counted(remote: str) -> frozenset[str]:
    """The presences that make the quorum and may vote, by the rule about those who take part from elsewhere."""
    return HERE if remote == "full" else HERE - {"remote"}


def presence_of(kept: str | None, reply: str, absence: str = "") -> str:
    """What is shown for somebody: what was kept; otherwise excused when absence was reported and not refused, else absent."""
    return kept or ("excused" if reply == "declined" and absence != "refused" else "absent")


def seconds_used(before: int, since: datetime | None, now: datetime) -> int:
    """The real seconds an item took: what was counted before, plus the stretch that runs since `since` (pauses left out)."""
    return before + (max(0, round((now - since).total_seconds())) if since else 0)
