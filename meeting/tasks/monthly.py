"""The tasks of a body in a month: where each stood at its end, what hindered it, what was said. For review and sheet."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.clock import local
from meeting.errors import N_, Malformed
from meeting.organization.models import Unit
from meeting.permissions import Actor
from meeting.tasks import counting
from meeting.tasks.counting import Extension, Life, Place, TaskFigures
from meeting.tasks.listing import Row, rows, with_helpers
from meeting.tasks.models import Task, TaskChange, TaskObstacle, TaskReview, TaskStep

FIRST_YEAR, LAST_YEAR = 1980, 2200
MOVES = ("extended", "transferred", "carried")  # steps that may move the due date


@dataclass(frozen=True)
class Month:
    """One calendar month."""

    first: date

    @classmethod
    def of(cls, text: str) -> "Month":
        """2026-11, the present month without one. Refused as malformed when it is none."""
        if not text:
            return cls(clock.today().replace(day=1))
        year, _, month = text.partition("-")
        known = year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) == 2
        if not known or not FIRST_YEAR <= int(year) <= LAST_YEAR or not 1 <= int(month) <= 12:
            raise Malformed({"month": N_("A month is written as 2026-11.")})
        return cls(date(int(year), int(month), 1))

    @property
    def key(self) -> str:
        """As it stands in addresses and rows."""
        return f"{self.first:%Y-%m}"

    @property
    def words(self) -> str:
        """As people write it: 11/2026."""
        return f"{self.first:%m/%Y}"

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def before(self) -> "Month":
        """The month before it."""
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> "Month":
        """The month after it."""
        return Month((self.first + timedelta(days=32)).replace(day=1))

    def seen_on(self, today: date) -> date:
        """Up to which day it is told: its last one, or today while it runs."""
        return max(self.first, min(self.last, today))


@dataclass(frozen=True)
class Hindrance:
    """An obstacle that was not settled by the end of the month, and what the unit proposes."""

    text: str
    proposal: str
    raised_on: date


@dataclass(frozen=True)
class Followed:
    """A task of the month."""

    row: Row
    life: Life
    place: Place
    is_new: bool
    percent: int
    result: str = ""  # what the unit told last
    obstacles: tuple[Hindrance, ...] = ()
    wishes: tuple[str, ...] = ()  # kinds of proposals without an answer
    urged: int = 0
    decision: str = ""  # of this month's review
    earlier: str = ""  # of the review before
    wanted: str = ""  # what the unit proposes, in its words
    said: tuple[str, ...] = ()  # reasons of extensions in the month
    seen_on: date = date.max

    @property
    def days_over(self) -> int:
        """How many days past the due date the result came, or the month ended without one."""
        due = self.life.due_on
        if due is None:
            return 0
        return ((self.life.done_on or self.life.waits_since or self.seen_on) - due).days


@dataclass(frozen=True)
class Sheet:
    """The tasks of a body in a month, and how many stand where."""

    month: Month
    seen_on: date
    tasks: Sequence[Followed]
    figures: TaskFigures

    def at(self, *places: Place) -> list[Followed]:
        """Those that stand in one of these places."""
        return [each for each in self.tasks if each.place in places]


def sheet_of(session: Session, actor: Actor, month: Month, body_id: int, unit_id: int | None = None) -> Sheet:
    """The month of a body, or of one unit's tasks in it, as far as the actor may see them."""
    seen_on = month.seen_on(clock.today())
    limits = [Task.body_id == body_id, Task.state != "draft", Task.given]
    if unit_id is not None:
        limits.append(Task.lead_unit_id == unit_id)
    known = _Known.of(session, rows(session, actor, *limits), month)
    found = [each for row in known.rows if (each := known.followed(row, month, seen_on))]
    by_id = {row.id: row for row in with_helpers(session, [each.row for each in found])}
    tasks = [Followed(**{**vars(each), "row": by_id[each.row.id]}) for each in found]
    figures = counting.figures((each.life for each in tasks), month.first, seen_on)
    return Sheet(month, seen_on, sorted(tasks, key=_order), figures)


def _order(each: Followed) -> Any:
    places = (Place.OVERDUE, Place.IN_PROGRESS, Place.DONE_LATE, Place.DONE_ON_TIME, Place.CANCELLED)
    return each.row.unit, places.index(each.place), each.life.due_on or date.max, each.row.id


@dataclass
class _Known:
    """What the store knows of some tasks, read in one question for each kind of thing."""

    rows: Sequence[Row]
    cancelled: dict[int, date]
    steps: dict[int, list[TaskStep]]
    obstacles: dict[int, list[TaskObstacle]]
    changes: dict[int, list[tuple[TaskChange, str]]]
    reviews: dict[tuple[int, str], str]

    @classmethod
    def of(cls, session: Session, found: Sequence[Row], month: Month) -> "_Known":
        """Only tasks that can belong to the month are asked for."""
        kept = [row for row in found if local(row.assigned_at).date() <= month.last]
        ids = [row.id for row in kept]
        steps: dict[int, list[TaskStep]] = defaultdict(list)
        told = TaskStep.kind.in_(("progress", "done", "urged", *MOVES))
        for step in _some(session, select(TaskStep).where(told).order_by(TaskStep.id), TaskStep.task_id, ids):
            steps[step.task_id].append(step)
        obstacles: dict[int, list[TaskObstacle]] = defaultdict(list)
        for obstacle in _some(session, select(TaskObstacle).order_by(TaskObstacle.id), TaskObstacle.task_id, ids):
            obstacles[obstacle.task_id].append(obstacle)
        changes: dict[int, list[tuple[TaskChange, str]]] = defaultdict(list)
        asked = select(TaskChange).where(TaskChange.state == "asked").order_by(TaskChange.id)
        units = {unit.id: unit.name for unit in session.scalars(select(Unit))}
        for change in _some(session, asked, TaskChange.task_id, ids):
            changes[change.task_id].append((change, units.get(change.wanted_unit_id or 0, "")))
        reviewed = select(TaskReview).where(TaskReview.month.in_([month.key, month.before.key]))
        reviews = {(each.task_id, each.month): each.text for each in _some(session, reviewed, TaskReview.task_id, ids)}
        over = select(Task.id, Task.cancelled_at).where(Task.cancelled_at.is_not(None))
        cancelled = {key: local(at).date() for key, at in session.execute(over) if at}
        return cls(kept, cancelled, steps, obstacles, changes, reviews)

    def followed(self, row: Row, month: Month, seen_on: date) -> Followed | None:
        """How it stood; None when it was over before the month."""
        steps = self.steps.get(row.id, [])
        life = self._life(row, steps, seen_on)
        if not counting.belongs(life, month.first, seen_on):
            return None
        told = [step for step in steps if step.kind in ("progress", "done") and local(step.at).date() <= seen_on]
        percent = next((step.progress_percent for step in reversed(told) if step.progress_percent is not None), 0)
        wishes = [(change, unit) for change, unit in self.changes.get(row.id, []) if local(change.asked_at).date() <= seen_on]
        return Followed(
            row=row,
            life=life,
            place=counting.place(life, seen_on),
            is_new=counting.is_new(life, month.first),
            percent=percent,
            result=told[-1].text if told else "",
            obstacles=tuple(self._hindrances(row, seen_on)),
            wishes=tuple(change.kind for change, _ in wishes),
            wanted="; ".join(_wish(change, unit) for change, unit in wishes),
            urged=sum(step.kind == "urged" and local(step.at).date() <= seen_on for step in steps),
            decision=self.reviews.get((row.id, month.key), ""),
            earlier=self.reviews.get((row.id, month.before.key), ""),
            said=tuple(
                step.text for step in steps if step.kind == "extended" and month.first <= local(step.at).date() <= seen_on
            ),
            seen_on=seen_on,
        )

    def _life(self, row: Row, steps: Iterable[TaskStep], seen_on: date) -> Life:
        moved = [Extension(local(s.at).date(), s.due_before, s.due_after) for s in steps if s.kind in MOVES and moves(s)]
        return Life(
            assigned_on=local(row.assigned_at).date(),
            due_on=counting.due_at(row.due_on, moved, seen_on),
            done_on=row.done_on if row.state == "accepted" else None,
            cancelled_on=self.cancelled.get(row.id),
            waits_since=row.done_on if row.state == "reported" else None,
        )

    def _hindrances(self, row: Row, seen_on: date) -> list[Hindrance]:
        open_then = [
            each
            for each in self.obstacles.get(row.id, [])
            if local(each.raised_at).date() <= seen_on and (each.settled_at is None or local(each.settled_at).date() > seen_on)
        ]
        return [Hindrance(each.text, each.proposal, local(each.raised_at).date()) for each in open_then]


def moves(step: TaskStep) -> bool:
    """Whether it moved the due date, also to none at all."""
    return step.due_before != step.due_after


def _wish(change: TaskChange, unit: str) -> str:
    wanted = f"{change.wanted_due_on:%d/%m/%Y}" if change.wanted_due_on else unit
    return f"{change.text} ({wanted})" if wanted else change.text


def _some(session: Session, wanted: Any, column: Any, ids: Sequence[int]) -> Iterable[Any]:
    """Those of these tasks; many tasks are asked for in parts, as the store takes only so many names at once."""
    for start in range(0, len(ids), 500):
        yield from session.scalars(wanted.where(column.in_(ids[start : start + 500])))


def figures_words(found: TaskFigures, language: str = "vi") -> str:
    """The line of figures, in the grammar of the reports of one-stop offices (nhận mới, kỳ trước chuyển sang, đúng hạn n/N)."""
    judged = found.total - found.in_progress
    late = found.done_late + found.overdue
    on_time, over = _of(found.done_on_time, judged), _of(late, judged)
    if language == "en":
        line = f"Received anew: {found.new} tasks; carried over: {found.carried}; in time: {on_time}; late or overdue: {over}"
        return f"{line} (of these not completed yet: {found.overdue}); in progress within time: {found.in_progress}."
    line = f"Nhận mới: {_n(found.new)} nhiệm vụ, kỳ trước chuyển sang: {_n(found.carried)} nhiệm vụ"
    done = f"đúng hạn: {on_time}, quá hạn: {over}"
    left = f" (trong đó chưa hoàn thành: {_n(found.overdue)})" if found.overdue else ""
    return f"{line}; {done}{left}; đang thực hiện trong hạn: {_n(found.in_progress)}."


def _n(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _of(part: int, whole: int) -> str:
    """25.925/25.969 (99,83%); without a whole there is no share."""
    if not whole:
        return f"{_n(part)}/{_n(whole)}"
    rounded = (20_000 * part + whole) // (2 * whole)  # hundredths of a per cent, half up
    if 0 < part < whole:
        rounded = min(max(rounded, 1), 9_999)  # nothing but all reads 100%, nothing but none 0%
    share = f"{rounded // 100}.{rounded % 100:02d}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{_n(part)}/{_n(whole)} ({share}%)"
