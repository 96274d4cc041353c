"""A public sitting as its record goes out: who was there, what was said and decided, in the words that were signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting, Participant
from meeting.clock import local
from meeting.conclusions import queries as conclusions
from meeting.conclusions.course import Course, Statement, statement_line, vote_line
from meeting.conclusions.minutes_queries import newest_of, signed_versions
from meeting.live.models import Attendance
from meeting.opendata import votes
from meeting.opendata.objects import PRESENT
from meeting.organization.names import folded
from meeting.publicpage.rules import slug_of
from meeting.voting import wording


@dataclass(frozen=True)
class Someone:
    """A deputy or a guest who is named."""

    key: str
    name: str
    position: str = ""
    present: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph: of somebody's speech, or telling what happened."""

    text: str
    by: str = ""  # the key of who spoke
    at: datetime | None = None
    name: str = ""


@dataclass(frozen=True)
class Vote:
    """A published result."""

    key: str
    title: str
    counts: Mapping[str, int]
    base: int
    quorum: int
    passed: bool
    sentence: str


@dataclass(frozen=True)
class Section:
    """An item of the programme."""

    key: str
    label: str
    title: str
    lines: Sequence[Line] = ()
    votes: Sequence[Vote] = ()


@dataclass(frozen=True)
class Record:
    """The whole."""

    host: str
    meeting_id: int
    title: str
    body: str
    body_key: str
    day: date
    place: str
    signed_on: date | None  # None: the minutes are not signed yet, and nothing of them is told
    version: int
    people: Sequence[Someone] = ()
    head: Sequence[Line] = ()
    sections: Sequence[Section] = ()
    end: Sequence[Line] = ()
    signers: Sequence[str] = ()
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    figures: Mapping[str, int] = field(default_factory=dict)


def record_of(session: Session, meeting: Meeting, host: str) -> Record:
    """The record of a sitting. What was said is told from the signed minutes only; votes as soon as they are published."""
    course = conclusions.course_of(session, meeting)
    minutes = conclusions.minutes_of(session, meeting.id)
    signed = bool(minutes and minutes.signed_at and signed_versions(session, minutes))
    text, version = "", 0
    if minutes is not None and signed:
        newest = signed_versions(session, minutes)[-1] if minutes.state != "signed" else newest_of(session, minutes)
        text, version = newest.text, newest.version
    people = _people(session, meeting)
    sections, head, end = parted(text, course, {folded(each.name): each for each in people})
    found = votes.published(session, meeting)
    told: dict[int, list[Vote]] = {}
    for question, result in found:
        vote = Vote(
            f"vote_{question.id}", question.title, votes.counts_of(question, result), result.base_count, result.quorum_need,
            result.passed, wording.record(question, result),
        )  # fmt: skip
        told.setdefault(question.item_id, []).append(vote)
    return Record(
        host, meeting.id, meeting.title, meeting.body.name, slug_of(meeting.body.short_name),
        local(meeting.opened_at or meeting.starts_at).date(), meeting.place,
        local(minutes.signed_at).date() if minutes and signed and minutes.signed_at else None, version, people, head,
        [_with_votes(section, told) for section in sections], end, _signers(minutes) if signed else (),
        meeting.opened_at, meeting.closed_at, {"total": course.attendance.total, "need": course.attendance.need},
    )  # fmt: skip


def _with_votes(section: Section, told: Mapping[int, Sequence[Vote]]) -> Section:
    number = int(section.key.removeprefix("item_"))
    return Section(section.key, section.label, section.title, section.lines, tuple(told.get(number, ())))


def _signers(minutes: object) -> Sequence[str]:
    people = [getattr(minutes, "second_signed_by", None), getattr(minutes, "signed_by", None)]
    return [person.full_name for person in people if person is not None]


def _people(session: Session, meeting: Meeting) -> list[Someone]:
    """Members of the council who were invited, each with whether they came. Guests are named by the minutes alone."""
    there = set(
        session.scalars(select(Attendance.person_id).where(Attendance.meeting_id == meeting.id, Attendance.presence.in_(PRESENT)))
    )
    wanted = select(Participant).where(Participant.meeting_id == meeting.id, Participant.voting).order_by(Participant.person_id)
    return [
        Someone(f"person_{each.person_id}", each.person.full_name, each.person.position, each.person_id in there)
        for each in session.scalars(wanted)
    ]


def parted(text: str, course: Course, people: Mapping[str, Someone]) -> tuple[list[Section], list[Line], list[Line]]:
    """Signed minutes by item of the programme, what stands before and after; without a text the sections are empty.

    A line that tells a statement as the system wrote it becomes a speech of that person. Of items held outside the system not
    even the title is told.
    """
    spoken = {statement_line(said, course.day): said for said in _said(course)}
    voted = {vote_line(vote, course.day) for matter in course.matters for vote in matter.votes}
    sections: dict[int, list[Line]] = {matter.item_id: [] for matter in course.matters if matter.item_id is not None}
    outside = {matter.item_id for matter in course.matters if matter.outside}
    waiting = [matter for matter in course.matters if matter.item_id is not None]
    head: list[Line] = []
    end: list[Line] = []
    here: list[Line] = head
    for line in (each.strip() for each in text.splitlines()):
        begun = next((m for m in waiting if _begins(line, str(m.number), m.title)), None)
        if begun is not None and begun.item_id is not None:
            waiting = waiting[waiting.index(begun) + 1 :]
            here = [] if begun.item_id in outside else sections[begun.item_id]
        elif _is_chapter(line):
            here = end if here is not head and not line.startswith("II.") else here
        elif line and line not in voted:
            here.append(_line(line, spoken, people))
    found = [
        Section(f"item_{m.item_id}", str(m.number), "" if m.outside else m.title, tuple(sections[m.item_id]))
        for m in course.matters
        if m.item_id is not None
    ]
    return found, head, end


def _said(course: Course) -> list[Statement]:
    return [*course.without_item, *(said for matter in course.matters for said in matter.statements)]


def _line(line: str, spoken: Mapping[str, Statement], people: Mapping[str, Someone]) -> Line:
    said = spoken.get(line)
    if said is None or not said.text:
        return Line(line)
    known = next((each for name, each in people.items() if name in folded(said.person)), None)
    return Line(said.text, known.key, said.at, said.person) if known else Line(line)


def _begins(line: str, label: str, title: str) -> bool:
    rest = line.removeprefix(label)
    return rest != line and folded(rest.lstrip(".) ")).startswith(folded(title))


def _is_chapter(line: str) -> bool:
    number, dot, words = line.partition(". ")
    return bool(dot) and set(number) <= set("IVX") and words.isupper()
