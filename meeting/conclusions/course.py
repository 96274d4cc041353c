"""From what happened to the text of the minutes. Pure: the course of a meeting in, the words out.

The secretary gets a text that is complete in facts (who, when, what was said, how it was voted) and open in one place
per matter: what the presiding person concluded. An open place is marked and must be filled before the minutes are signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from meeting.conclusions.wording import minutes_and_seconds
from meeting.documents.phrases import clock_text, joined
from meeting.errors import N_, Refused, declare

#: Stands where only a person can write. Minutes with such a place cannot be signed.
OPEN_PLACE = "[…]"

declare({"minutes_open_places": N_("The minutes still have %(places)s open places marked […]. Fill them in first.")})


@dataclass(frozen=True)
class Attendance:
    """Who was there, in the words of the minutes. `absent` pairs a name with the reason, if one was given."""

    members: Sequence[str] = ()
    absent: Sequence[tuple[str, str]] = ()
    guests: Sequence[str] = ()
    total: int = 0
    need: int = 0


@dataclass(frozen=True)
class Statement:
    """Something said: a speech from the floor, or an opinion handed in (then `seconds` is None)."""

    at: datetime
    person: str
    text: str = ""
    seconds: int | None = None
    verb: str = "phát biểu"


@dataclass(frozen=True)
class Vote:
    """One published result with its figures."""

    at: datetime
    title: str
    secret: bool
    counts: Sequence[tuple[str, int]]
    agreed: int
    base: int
    passed: bool
    sentence: str  # with base, need, rule and verdict


@dataclass(frozen=True)
class Matter:
    """One item of the programme as it went."""

    number: int | str  # on the programme: 2, or 2.1 for a part
    title: str
    presenter: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    statements: Sequence[Statement] = ()
    votes: Sequence[Vote] = ()
    outside: bool = False  # held outside the system: the title only
    aside: str = ""  # put off or withdrawn: what is said of it
    heading: bool = False  # it has parts, which tell its course


@dataclass(frozen=True)
class Course:
    """A whole meeting as it went, from the journal and the tables."""

    attendance: Attendance
    matters: Sequence[Matter] = field(default_factory=tuple)
    without_item: Sequence[Statement] = ()


def minutes_text(course: Course) -> str:
    """The draft of the minutes: participants, course by matter in time order, one open place for each conclusion."""
    parts = ["I. THÀNH PHẦN THAM DỰ", *_attendance(course.attendance), "", "II. DIỄN BIẾN"]
    for statement in sorted(course.without_item, key=lambda s: s.at):
        parts.append(_statement(statement))
    for matter in course.matters:
        parts += ["", *_matter(matter)]
    return "\n".join(parts)


def open_places(text: str) -> int:
    """How many places only a person can fill are still open."""
    return text.count(OPEN_PLACE)


def check_signable(text: str) -> None:
    """Refuses minutes with open places (`minutes_open_places`: NĐ 315/2025, Điều 25.7a wants the conclusions in them)."""
    if places := open_places(text):
        raise Refused("minutes_open_places", places=places)


def _attendance(who: Attendance) -> list[str]:
    named = f", gồm: {'; '.join(who.members)}." if who.members else "."
    lines = [f"1. Có mặt: {len(who.members)}/{who.total} thành viên{named}"]
    if who.absent:
        names = "; ".join(f"{name} ({reason})" if reason else name for name, reason in who.absent)
        lines.append(f"2. Vắng mặt: {len(who.absent)} thành viên: {names}.")
    else:
        lines.append("2. Vắng mặt: không.")
    lines.append(f"3. Khách mời: {'; '.join(who.guests)}." if who.guests else "3. Khách mời: không.")
    if who.need:
        met = "đủ" if len(who.members) >= who.need else "không đủ"
        lines.append(f"Cuộc họp {met} điều kiện tiến hành (cần ít nhất {who.need}/{who.total} thành viên).")
    return lines


def _matter(matter: Matter) -> list[str]:
    if matter.outside:
        return [f"{matter.number}. {matter.title} (thực hiện ngoài hệ thống)"]
    if matter.aside:
        return [f"{matter.number}. {matter.title} ({matter.aside})"]
    if matter.heading and not matter.started_at:
        return [f"{matter.number}. {matter.title}"]
    times = f" ({_span(matter)})" if matter.started_at else " (chưa tiến hành)"
    lines = [f"{matter.number}. {matter.title}{times}"]
    if matter.presenter and matter.started_at:
        lines.append(f"{matter.presenter} trình bày.")
    told: list[tuple[datetime, str]] = [(s.at, _statement(s)) for s in matter.statements]
    told += [(v.at, _vote(v)) for v in matter.votes]
    lines += [line for _, line in sorted(told, key=lambda pair: pair[0])]
    if matter.started_at:
        lines.append(f"Kết luận của chủ tọa: {OPEN_PLACE}")
    return lines


def _span(matter: Matter) -> str:
    begun = clock_text(matter.started_at) if matter.started_at else ""
    return f"{begun} đến {clock_text(matter.ended_at)}" if matter.ended_at else f"từ {begun}"


def _statement(said: Statement) -> str:
    if said.seconds is None:
        return f"- {said.person} có ý kiến: {said.text}"
    words = f": {said.text}" if said.text else "."
    return f"- {clock_text(said.at)}, {said.person} {said.verb} ({minutes_and_seconds(said.seconds)}){words}"


def _vote(vote: Vote) -> str:
    how = "bỏ phiếu kín" if vote.secret else "biểu quyết"
    counts = joined([f"{label.lower()} {count}" for label, count in vote.counts])
    return f"- {clock_text(vote.at)}, {how} về “{vote.title}”: {counts}. {vote.sentence}"
