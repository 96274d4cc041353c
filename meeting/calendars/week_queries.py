"""Reads of the weekly work calendar: its lines today, what was published, and what each reader may see of both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import visible_to
from meeting.agenda.rules import PRIVATE_STATES
from meeting.calendars.models import WeekEntry, WeekProgramme
from meeting.calendars.rules import Line, Marked, compared, days_between
from meeting.documents.phrases import office_in, raised
from meeting.errors import Missing
from meeting.organization.models import Body, Person
from meeting.permissions import ALLOWED, Action, Actor, allows

OFF = PRIVATE_STATES | {"cancelled", "postponed"}
DAYS = 7
NAMED_GUESTS = 4  # more are counted

#: Who takes part in a meeting of a body, as printed.
MEMBERS = {"council": "Đại biểu {}", "committee": "Thành viên {}", "party": "Các đồng chí Đảng ủy viên"}


@dataclass(frozen=True)
class Week:
    """The week of a body as one reader sees it. Without a body: of all one's bodies together."""

    monday: date
    days: list[tuple[date, list[Marked]]]
    body: Body | None = None
    programme: WeekProgramme | None = None
    links: set[int] = field(default_factory=set)  # meetings the reader may open
    entries: dict[int, WeekEntry] = field(default_factory=dict)
    in_preparation: list[Meeting] = field(default_factory=list)  # for the office: not issued, so not in the programme

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def is_published(self) -> bool:
        """Whether the programme was published."""
        return self.programme is not None and self.programme.state == "published"

    @property
    def marks(self) -> int:
        """How many lines are not as published."""
        return sum(bool(each.mark) for _, lines in self.days for each in lines)

    @property
    def lines(self) -> list[Line]:
        """What takes place, without lines that were dropped."""
        return [each.line for _, lines in self.days for each in lines if each.mark != "dropped"]


def readable_bodies(session: Session, actor: Actor) -> list[Body]:
    """The bodies whose weeks this person reads."""
    ids = actor.bodies_as(*ALLOWED[Action.READ_WEEK])
    return list(session.scalars(select(Body).where(Body.id.in_(ids), Body.retired_on.is_(None)).order_by(Body.id)))


def body_named(session: Session, actor: Actor, name: str) -> Body:
    """A body by short name or id, whose week this person reads. Missing for everybody else."""
    found = next((each for each in readable_bodies(session, actor) if name in (each.short_name, str(each.id))), None)
    if found is None:
        raise Missing()
    return found


def programme_of(session: Session, body: Body, monday: date) -> WeekProgramme | None:
    """The programme of a body's week, if it was ever published."""
    wanted = select(WeekProgramme).where(WeekProgramme.body_id == body.id, WeekProgramme.monday == monday)
    return session.scalar(wanted.options(joinedload(WeekProgramme.publisher)))


def lines_of(session: Session, body: Body, monday: date) -> list[Line]:
    """All lines of a body's week as they are now, closed meetings too: for the publication, never for a reader."""
    return _sorted(
        [
            *_meeting_lines(_meetings(session, _of(body), monday), monday),
            *_entry_lines(_entries(session, [body.id], monday), monday),
        ]
    )


def week_of_body(session: Session, actor: Actor, body: Body, monday: date) -> Week:
    """The week of a body for one reader.

    Meetings one may know of stand there with a link; once the week is published the others that are not closed stand there
    without one. Entries that are no meetings are the office's alone until the publication. Nothing else is shown.
    """
    programme = programme_of(session, body, monday)
    published = programme is not None and programme.state == "published"
    keeps = allows(Action.KEEP_WEEK, actor.roles_in(body.id)) or allows(Action.PUBLISH_WEEK, actor.roles_in(body.id))
    meetings = _meetings(session, _of(body), monday)
    seen = _visible(session, actor, [each.id for each in meetings])
    entries = _entries(session, [body.id], monday) if published or keeps else []
    now = [*_meeting_lines(meetings, monday), *_entry_lines(entries, monday)]
    if not published:
        marked = [Marked(line) for line in _sorted(now) if line.meeting_id is None or line.meeting_id in seen]
    else:
        assert programme
        before = [Line.from_kept(each) for each in programme.lines or []]
        listed = {line.key for line in before}
        seen |= _visible(session, actor, [line.meeting_id for line in before if line.meeting_id])
        marked = [each for each in compared(before, now) if _shown(each, seen, listed)]
    waiting = _preparing(session, actor, body, monday) if keeps else []
    return Week(monday, _by_day(monday, marked), body, programme, seen, {each.id: each for each in entries}, waiting)


def _shown(each: Marked, seen: set[int], listed: set[str]) -> bool:
    """A meeting one may not know of stands in a published week only when it was published and is not closed."""
    line = each.line
    return line.meeting_id is None or line.meeting_id in seen or (line.key in listed and not line.closed)


def week_of_all(session: Session, actor: Actor, monday: date) -> Week:
    """The meetings of a week one may know of, of whichever body, and the published entries of one's bodies."""
    meetings = _meetings(session, visible_to(actor), monday)
    bodies = [each.id for each in readable_bodies(session, actor)]
    published = select(WeekProgramme.body_id).where(
        WeekProgramme.body_id.in_(bodies), WeekProgramme.monday == monday, WeekProgramme.state == "published"
    )
    entries = _entries(session, list(session.scalars(published)), monday)
    lines = _sorted([*_meeting_lines(meetings, monday), *_entry_lines(entries, monday)])
    return Week(monday, _by_day(monday, [Marked(line) for line in lines]), links={each.id for each in meetings})


def _of(body: Body) -> Select[Meeting]:
    return select(Meeting).where(Meeting.body_id == body.id)


def _span(monday: date) -> tuple[datetime, datetime]:
    return clock.at_local(monday), clock.at_local(monday + timedelta(days=DAYS))


def _overlaps(row: Any, monday: date) -> Any:
    first, last = _span(monday)
    return (row.starts_at < last) & or_(row.starts_at >= first, row.ends_at > first)


def _meetings(session: Session, wanted: Select[Meeting], monday: date) -> list[Meeting]:
    found = wanted.where(_overlaps(Meeting, monday), Meeting.state.not_in(OFF)).order_by(Meeting.starts_at, Meeting.id)
    return list(session.scalars(found.options(joinedload(Meeting.chair), selectinload(Meeting.participants))))


def _preparing(session: Session, actor: Actor, body: Body, monday: date) -> list[Meeting]:
    wanted = visible_to(actor).where(Meeting.body_id == body.id, _overlaps(Meeting, monday), Meeting.state.in_(PRIVATE_STATES))
    return list(session.scalars(wanted.order_by(Meeting.starts_at)))


def _entries(session: Session, bodies: Sequence[int], monday: date) -> list[WeekEntry]:
    wanted = select(WeekEntry).where(WeekEntry.body_id.in_(bodies), WeekEntry.removed_at.is_(None), _overlaps(WeekEntry, monday))
    return list(session.scalars(wanted.order_by(WeekEntry.starts_at, WeekEntry.id)))


def _visible(session: Session, actor: Actor, meetings: Iterable[int]) -> set[int]:
    ids = list(meetings)
    return set(session.scalars(visible_to(actor).with_only_columns(Meeting.id).where(Meeting.id.in_(ids)))) if ids else set()


def _meeting_lines(meetings: Iterable[Meeting], monday: date) -> Iterable[Line]:
    for each in meetings:
        for line in _on_days(f"m{each.id}", each.starts_at, each.ends_at, monday):
            yield replace(
                line,
                title=each.title,
                chair=chair_of(each),
                people=people_of(each),
                place=each.place or each.link,
                closed=each.closed,
                meeting_id=each.id,
            )


def _entry_lines(entries: Iterable[WeekEntry], monday: date) -> Iterable[Line]:
    for each in entries:
        for line in _on_days(f"e{each.id}", each.starts_at, each.ends_at, monday):
            yield replace(line, title=each.title, chair=each.chair, people=each.people, place=each.place, entry_id=each.id)


def _on_days(key: str, starts_at: datetime, ends_at: datetime | None, monday: date) -> Iterable[Line]:
    """A line for each day of the week it lies in, at the same hours; its key names the day of the span, so that a move is one."""
    starts, ends = clock.local(starts_at), clock.local(ends_at) if ends_at else None
    for day in days_between(starts, ends, monday, monday + timedelta(days=DAYS - 1)):
        shown = f"{ends:%H:%M}" if ends else ""
        yield Line(f"{key}.{(day - starts.date()).days + 1}", day.isoformat(), f"{starts:%H:%M}", shown, "", "", "", "")


def chair_of(meeting: Meeting) -> str:
    """Who presides, as printed: name and the office held in this body."""
    if meeting.chair is None:
        return ""
    office = office_in(meeting.chair.position, meeting.body.short_name)
    return f"{named(meeting.chair, meeting.body)}, {office}" if office else named(meeting.chair, meeting.body)


def named(person: Person, body: Body) -> str:
    """A person as tables name them: "Ông Hùng" in full, or "Đ/c" where the body says đồng chí."""
    title = "Đ/c" if body.address_form == "dong_chi" or body.is_party else person.honorific
    return raised(f"{title} {person.full_name}".strip())


def people_of(meeting: Meeting) -> str:
    """Who takes part, as printed: the members, then guests by name while they are few."""
    voting = [each for each in meeting.participants if each.voting]
    seated = {meeting.chair_id, meeting.secretary_id}
    guests = [each for each in meeting.participants if not each.voting and each.person_id not in seated]
    members = [MEMBERS[meeting.body.kind].format(meeting.body.short_name)] if voting else []
    names = [named(each.person, meeting.body) for each in sorted(guests, key=lambda each: each.id)]
    if len(names) > NAMED_GUESTS:
        names = [f"{len(names)} khách mời"]
    return "; ".join([*members, *names])


def _sorted(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.day, line.starts, line.key))


def _by_day(monday: date, lines: Sequence[Marked]) -> list[tuple[date, list[Marked]]]:
    days = [monday + timedelta(days=number) for number in range(DAYS)]
    return [(each, [line for line in lines if line.line.day == each.isoformat()]) for each in days]
