"""From what happened to the text of the minutes. Pure: the course of a meeting in, the words out.

The secretary gets a text that is complete in facts (who, when, what was said, how it was voted) and open in one place
per matter: what the presiding person concluded. An open place is marked and must be filled before the minutes are signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from meeting.clock import local
from meeting.conclusions.merging import check_settled
from meeting.conclusions.wording import minutes_and_seconds
from meeting.documents.phrases import clock_text, joined
from meeting.errors import N_, Refused, declare

#: Stands where only a person can write. Minutes with such a place cannot be signed.
OPEN_PLACE = "[…]"

declare({"minutes_open_places": N_("The minutes still have %(places)s open places marked […]. Fill them in first.")})


@dataclass(frozen=True)
class Attendance:
    """Who was there, in the words of the minutes. `absent` pairs a name with the reason, if one was given; `late` and `left`
    name those who came after the start or went before the end, with the moment."""

    members: Sequence[str] = ()
    absent: Sequence[tuple[str, str]] = ()
    guests: Sequence[str] = ()
    total: int = 0
    need: int = 0
    late: Sequence[tuple[str, datetime]] = ()
    left: Sequence[tuple[str, datetime]] = ()
    substitutes: Sequence[str] = ()  # for members, without their votes
    uncounted: int = 0  # members who took part from elsewhere where that does not count


@dataclass(frozen=True)
class Statement:
    """Something said: a speech from the floor, or an opinion handed in (then `seconds` is None and no time is told)."""

    at: datetime
    person: str
    text: str = ""
    seconds: int | None = None
    verb: str = ""
    kind: str = "speech"  # as the screens mark it: speech, question, answer, opinion


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
    decided: str = ""  # on a paper with several lines: what or who came through


@dataclass(frozen=True)
class Note:
    """Something that happened to the meeting itself: a rest, somebody else presides, a promise made."""

    at: datetime
    text: str


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
    notes: Sequence[Note] = ()
    written: str = ""  # by the secretary, while it was dealt with
    present: int | None = None  # members who were there, where it is to be said
    item_id: int | None = None
    state: str = ""


@dataclass(frozen=True)
class Course:
    """A whole meeting as it went, from the journal and the tables."""

    attendance: Attendance
    matters: Sequence[Matter] = field(default_factory=tuple)
    without_item: Sequence[Statement] = ()
    notes: Sequence[Note] = ()  # between the items
    written: str = ""  # on the meeting as a whole
    day: date | None = None  # on which it began; what happened on another day is told with its day


def minutes_text(course: Course) -> str:
    """The draft of the minutes: participants, course by matter in time order, one open place for each conclusion."""
    parts = ["I. THÀNH PHẦN THAM DỰ", *attendance_lines(course.attendance), "", "II. DIỄN BIẾN"]
    parts += in_time(course.day, course.without_item, (), course.notes)
    parts += [line for line in course.written.splitlines() if line.strip()]
    for matter in course.matters:
        parts += ["", *_matter(matter, course)]
    return "\n".join(parts)


def conclusion_in(written: str) -> tuple[list[str], list[str]]:
    """The secretary's lines on a matter: those of the course, and those from the word "Kết luận" on."""
    lines = [line for line in written.splitlines() if line.strip()]
    begins = next((place for place, line in enumerate(lines) if line.strip().lower().startswith("kết luận")), len(lines))
    return lines[:begins], lines[begins:]


def open_places(text: str) -> int:
    """How many places only a person can fill are still open."""
    return text.count(OPEN_PLACE)


def check_signable(text: str) -> None:
    """Refuses minutes with open places (`minutes_open_places`: NĐ 315/2025, Điều 25.7a wants the conclusions in them), or
    with two versions of the same lines (`minutes_clashes`)."""
    if places := open_places(text):
        raise Refused("minutes_open_places", places=places)
    check_settled(text)


def attendance_lines(who: Attendance) -> list[str]:
    """Who was there, line by line."""
    if not who.total and not who.members:  # nobody has a vote here: a meeting of those whom its chair invited
        return [f"1. Thành phần dự họp: {'; '.join(who.guests)}." if who.guests else "1. Thành phần dự họp: không ghi nhận."]
    named = f", gồm: {'; '.join(who.members)}." if who.members else "."
    lines = [f"1. Có mặt: {len(who.members)}/{who.total} thành viên{named}"]
    if who.absent:
        names = "; ".join(f"{name} ({reason})" if reason else name for name, reason in who.absent)
        lines.append(f"2. Vắng mặt: {len(who.absent)} thành viên: {names}.")
    else:
        lines.append("2. Vắng mặt: không.")
    lines.append(f"3. Khách mời: {'; '.join(who.guests)}." if who.guests else "3. Khách mời: không.")
    if who.substitutes:
        lines.append(f"Người dự thay: {'; '.join(who.substitutes)}.")
    for label, people in (("Đến sau khi khai mạc", who.late), ("Rời họp trước khi kết thúc", who.left)):
        if people:
            lines.append(f"{label}: {'; '.join(f'{name} ({clock_text(at)})' for name, at in people)}.")
    if who.uncounted:
        lines.append(f"Trong số có mặt, {who.uncounted} thành viên dự trực tuyến, không tính vào điều kiện tiến hành.")
    if who.need:
        met = "đủ" if len(who.members) - who.uncounted >= who.need else "không đủ"
        lines.append(f"Cuộc họp {met} điều kiện tiến hành (cần ít nhất {who.need}/{who.total} thành viên).")
    return lines


def _matter(matter: Matter, course: Course) -> list[str]:
    if matter.outside:
        return [f"{matter.number}. {matter.title} (thực hiện ngoài hệ thống)"]
    if matter.aside and not matter.started_at:
        return [f"{matter.number}. {matter.title} ({matter.aside})", *in_time(course.day, matter.statements, (), matter.notes)]
    if matter.heading and not matter.started_at:
        return [f"{matter.number}. {matter.title}"]
    here = f"; có mặt {matter.present}/{course.attendance.total} thành viên" if matter.present is not None else ""
    times = f" ({_span(matter)}{here})" if matter.started_at else " (chưa tiến hành)"
    lines = [f"{matter.number}. {matter.title}{times}"]
    if matter.presenter and matter.started_at:
        lines.append(f"{matter.presenter} trình bày.")
    lines += in_time(course.day, matter.statements, matter.votes, matter.notes)
    noted, concluded = conclusion_in(matter.written)
    lines += noted
    if matter.aside:
        lines.append(f"Nội dung này {matter.aside}.")
    elif matter.started_at and not concluded:
        lines.append(f"Kết luận của chủ tọa: {OPEN_PLACE}")
    return lines + concluded


def in_time(day: date | None, said: Sequence[Statement], votes: Sequence[Vote], notes: Sequence[Note]) -> list[str]:
    """What was said, voted and happened, line by line in order of time."""
    told: list[tuple[datetime, str]] = [(each.at, statement_line(each, day)) for each in said]
    told += [(each.at, vote_line(each, day)) for each in votes]
    told += [(each.at, f"- {moment_text(each.at, day)}, {each.text}.") for each in notes]
    return [line for _, line in sorted(told, key=lambda pair: pair[0])]


def moment_text(at: datetime, day: date | None) -> str:
    """The time, with its day when that is not the day on which the meeting began."""
    held = local(at).date()
    return clock_text(at) if day is None or held == day else f"{clock_text(at)} ngày {held:%d/%m/%Y}"


def _span(matter: Matter) -> str:
    begun = clock_text(matter.started_at) if matter.started_at else ""
    return f"{begun} đến {clock_text(matter.ended_at)}" if matter.ended_at else f"từ {begun}"


def statement_line(said: Statement, day: date | None = None) -> str:
    """One statement in the minutes."""
    words = f": {said.text}" if said.text else "."
    if said.seconds is None:
        return f"- {said.person} {deed(said)}{words}"
    return f"- {moment_text(said.at, day)}, {said.person} {deed(said)} ({minutes_and_seconds(said.seconds)}){words}"


def deed(said: Statement) -> str:
    """What somebody did by saying it."""
    return said.verb or ("có ý kiến" if said.seconds is None else "phát biểu")


def vote_line(vote: Vote, day: date | None = None) -> str:
    """One vote in the minutes."""
    return f"- {moment_text(vote.at, day)}, {voted(vote)} về “{vote.title}”: {counted(vote)}"


def voted(vote: Vote) -> str:
    """How it was voted."""
    return "bỏ phiếu kín" if vote.secret else "biểu quyết"


def counted(vote: Vote) -> str:
    """What came of it."""
    if not vote.counts:
        return vote.sentence
    return f"{joined([f'{label.lower()} {count}' for label, count in vote.counts])}. {vote.sentence}"
