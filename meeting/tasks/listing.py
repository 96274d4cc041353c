"""Tasks as boards and lists need them: what an address asks for, and lean rows in three questions, however many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from meeting.agenda.models import Meeting
from meeting.agenda.rules import folded
from meeting.conclusions.models import Instrument
from meeting.organization.models import Body, OfficialNumber, Person, Unit
from meeting.permissions import Actor
from meeting.tasks import queries
from meeting.tasks.addresses import day_of, number_of
from meeting.tasks.models import Task, TaskChange, TaskFormerUnit, TaskObstacle, cooperation
from meeting.tasks.rules import TaskState, Timeliness, days_left, timeliness

VIEWS = ("board", "due", "unit", "leader", "meeting", "month")
ORIGINS = ("line", "superior", "own")
#: What may be looked for beside a state: how a task stands with the calendar, and what waits for an answer.
STANDINGS = ("overdue", "due_soon", "reported", "draft", "asked", "obstacle", "on_track", "done", "cancelled")


@dataclass(frozen=True)
class Row:
    """A task with the names that lists show. No object of the store hangs on it."""

    id: int
    text: str
    state: str
    urgency: str
    is_key: bool
    origin: str
    progress_percent: int
    due_on: date | None
    first_due_on: date | None
    done_on: date | None
    assigned_at: datetime
    accepted_at: datetime | None
    released_at: datetime | None
    source_symbol: str
    body_id: int
    body: str
    lead_unit_id: int
    unit: str
    leader_id: int | None
    leader: str
    officer: str
    assigner_id: int | None
    assigner: str
    meeting_id: int | None
    meeting: str
    met_at: datetime | None
    number: str
    product: str
    source_on: date | None
    issued_on: date | None
    asked: bool = False  # a proposal of the unit waits for an answer
    obstacle: bool = False  # one is not settled
    helpers: tuple[str, ...] = ()

    @property
    def symbol(self) -> str:
        """The document that gave it: an own one or one from above."""
        return self.number or self.source_symbol

    @property
    def given_on(self) -> date | None:
        """The date of that document."""
        return self.issued_on or self.source_on

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done with it."""
        return self.state not in (TaskState.ACCEPTED, "cancelled")

    def says(self, today: date) -> str:
        """What the calendar says; nothing while it is not assigned, nor after it was cancelled."""
        if self.state in ("draft", "cancelled"):
            return ""
        return timeliness(TaskState(self.state), self.due_on, self.done_on, today).value

    def days_left(self, today: date) -> int | None:
        """Days to the due date, negative when it has passed."""
        return days_left(self.due_on, today)

    def standing(self, today: date) -> str:
        """The one word a list puts it under: draft, overdue, due_soon, reported, on_track, done, cancelled."""
        if self.state in ("draft", "cancelled", "reported"):
            return self.state
        if self.state == TaskState.ACCEPTED:
            return "done"
        says = self.says(today)
        return says if says in (Timeliness.OVERDUE, Timeliness.DUE_SOON) else "on_track"

    @property
    def found_by(self) -> str:
        """What a search for words looks at, without marks."""
        return folded(" ".join((self.text, self.symbol, self.unit, self.leader, self.officer, self.meeting, *self.helpers)))


@dataclass(frozen=True)
class Asked:
    """What the address asks for; everything is kept in it, so that a view can be sent to somebody or found again."""

    view: str = "board"
    text: str = ""
    state: str = ""
    body: int | None = None
    unit: int | None = None
    leader: int | None = None
    assigner: int | None = None
    meeting: int | None = None
    origin: str = ""
    key: bool = False
    since: date | None = None
    until: date | None = None
    page: int = 1

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Asked":
        """Out of the query of an address; what is not known there is passed over."""
        view, state = values.get("view", ""), values.get("state", "")
        return cls(
            view=view if view in VIEWS else "board",
            text=" ".join(values.get("q", "").split())[:200],
            state=state if state in STANDINGS or state in set(TaskState) else "",
            body=number_of(values.get("body")),
            unit=number_of(values.get("unit")),
            leader=number_of(values.get("leader")),
            assigner=number_of(values.get("assigner")),
            meeting=number_of(values.get("meeting")),
            origin=values.get("origin", "") if values.get("origin") in ORIGINS else "",
            key=values.get("key") in ("1", "true", "on"),
            since=day_of(values.get("since")),
            until=day_of(values.get("until")),
            page=number_of(values.get("page")) or 1,
        )

    @property
    def kept(self) -> dict[str, str]:
        """What stands in the address; defaults are left out."""
        values: dict[str, Any] = {
            "view": self.view if self.view != "board" else "",
            "q": self.text,
            "state": self.state,
            "body": self.body,
            "unit": self.unit,
            "leader": self.leader,
            "assigner": self.assigner,
            "meeting": self.meeting,
            "origin": self.origin,
            "key": "1" if self.key else "",
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "page": self.page if self.page > 1 else "",
        }
        return {name: str(value) for name, value in values.items() if value}

    @property
    def narrowed(self) -> int:
        """How many filters besides words and state are set."""
        return len(set(self.kept) - {"view", "q", "state", "page"})

    def matches(self, row: Row) -> bool:
        """Whether a task is meant, whatever its state."""
        wanted = (
            (self.body, row.body_id),
            (self.unit, row.lead_unit_id),
            (self.leader, row.leader_id),
            (self.assigner, row.assigner_id),
            (self.meeting, row.meeting_id),
        )
        if any(asked is not None and asked != has for asked, has in wanted):
            return False
        if (self.origin and self.origin != row.origin) or (self.key and not row.is_key):
            return False
        if (self.since or self.until) and not self._in_period(row):
            return False
        return all(word in row.found_by for word in folded(self.text).split())

    def _in_period(self, row: Row) -> bool:
        return row.due_on is not None and (self.since or date.min) <= row.due_on <= (self.until or date.max)

    def of_state(self, row: Row, today: date) -> bool:
        """Whether its state is the one asked for; cancelled tasks are shown only when asked for."""
        if not self.state:
            return row.state != "cancelled"
        if self.state == "asked":
            return row.asked and row.is_open
        if self.state == "obstacle":
            return row.obstacle and row.is_open
        if self.state == TaskState.ASSIGNED:  # the column of what is given, received or not
            return row.state in (TaskState.ASSIGNED, TaskState.RECEIVED)
        return self.state in (row.standing(today), row.state)


def rows(session: Session, actor: Actor, *conditions: Any) -> list[Row]:
    """The tasks the actor may see, by due date (those without one last); not those their unit handed to another one."""
    seen = queries.visible_to(actor).with_only_columns(Task.id).order_by(None)
    wanted = _columns().where(Task.id.in_(seen), *conditions).order_by(Task.due_on.is_(None), Task.due_on, Task.id)
    over = _handed_over(session, actor)
    return with_waiting(session, [_row(found) for found in session.execute(wanted) if found.id not in over])


def _handed_over(session: Session, actor: Actor) -> set[int]:
    """Tasks that somebody knows of only because their unit led them once: what became of them is no longer theirs to read."""
    if actor.unit_id is None:
        return set()
    led = select(Task).join(TaskFormerUnit, TaskFormerUnit.task_id == Task.id).where(TaskFormerUnit.unit_id == actor.unit_id)
    return {task.id for task in session.scalars(led).unique() if queries.seen_until(session, task, actor) is not None}


def _columns() -> Select[Any]:
    leader, officer, assigner = aliased(Person), aliased(Person), aliased(Person)
    wanted: Any = (
        select(
            Task.id,
            Task.text,
            Task.state,
            Task.urgency,
            Task.is_key,
            Task.origin,
            Task.progress_percent,
            Task.due_on,
            Task.first_due_on,
            Task.done_on,
            Task.assigned_at,
            Task.accepted_at,
            Task.released_at,
            Task.source_symbol,
            Task.body_id,
            Body.short_name,
            Task.lead_unit_id,
            Unit.name,
            Task.leader_id,
            leader.honorific,
            leader.full_name,
            officer.full_name,
            Task.assigner_id,
            assigner.full_name,
            Task.meeting_id,
            Meeting.title,
            Meeting.starts_at,
            OfficialNumber.symbol,
            Task.product,
            Task.source_on,
            Instrument.issued_on,
        )
        .join(Body, Body.id == Task.body_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(leader, leader.id == Task.leader_id)
        .outerjoin(officer, officer.id == Task.officer_id)
        .outerjoin(assigner, assigner.id == Task.assigner_id)
        .outerjoin(Meeting, Meeting.id == Task.meeting_id)
        .outerjoin(Instrument, Instrument.id == Task.notice_id)
        .outerjoin(OfficialNumber, OfficialNumber.id == Instrument.number_id)
    )
    return wanted  # type: ignore[no-any-return]


def _row(found: Any) -> Row:
    values = list(found)
    honorific, name = values[19:21]
    values[19:21] = [f"{honorific or ''} {name or ''}".strip()]
    for place in (20, 22, 24, 26):
        values[place] = values[place] or ""
    return Row(*values)


def with_waiting(session: Session, found: Sequence[Row]) -> list[Row]:
    """The same with a mark on those that have a proposal without an answer or an obstacle in their way."""
    asked = set(session.scalars(select(TaskChange.task_id).where(TaskChange.state == "asked")))
    hindered = set(session.scalars(select(TaskObstacle.task_id).where(TaskObstacle.settled_at.is_(None))))
    if not asked and not hindered:
        return list(found)
    return [
        replace(row, asked=row.id in asked, obstacle=row.id in hindered) if row.id in asked or row.id in hindered else row
        for row in found
    ]


def with_helpers(session: Session, found: Sequence[Row]) -> list[Row]:
    """The same with the names of the cooperating units: for the tasks that are shown, not for all that are counted."""
    wanted = select(cooperation.c.task_id, Unit.name).join(Unit, Unit.id == cooperation.c.unit_id).order_by(Unit.name)
    ids = {row.id for row in found}
    helpers: dict[int, list[str]] = {}
    for task_id, name in session.execute(wanted.where(cooperation.c.task_id.in_(ids)) if len(ids) < 500 else wanted):
        helpers.setdefault(task_id, []).append(name)
    return [replace(row, helpers=tuple(helpers.get(row.id, ()))) for row in found]
