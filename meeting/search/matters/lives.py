"""The whole life of one matter: every meeting that dealt with it, with what each room holds, as far as the reader may read it.

Nothing says that something is missing: meetings that the reader may not know of are simply not there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import thread_offers, threads
from meeting.agenda.models import Item, Meeting
from meeting.agenda.thread_models import ItemLink
from meeting.conclusions.models import Instrument
from meeting.errors import Missing
from meeting.permissions import Action, Actor, allows
from meeting.questioning.models import Promise
from meeting.rounds.models import OpinionRound
from meeting.search.matters import life_rules
from meeting.search.matters.life_rules import Fact, Summary
from meeting.search.matters.life_sources import Line, Paper, Part, Reader, Vote
from meeting.tasks.models import Task
from meeting.tasks.rules import CLOSED_STATES, TaskState, Timeliness


@dataclass(frozen=True)
class Before:
    """An earlier item that a step goes on with."""

    item: Item
    how: str


@dataclass
class Step:
    """One meeting that dealt with the matter, or will."""

    item: Item
    state: str
    papers: Sequence[Paper] = ()
    opinions: int = 0
    votes: Sequence[Vote] = ()
    minutes: Part | None = None
    conclusions: list[tuple[Instrument, list[Line]]] = field(default_factory=list)
    resolutions: list[Instrument] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    rounds: list[OpinionRound] = field(default_factory=list)
    before: list[Before] = field(default_factory=list)
    may_link: bool = False

    @property
    def meeting(self) -> Meeting:
        """Where it was dealt with."""
        return self.item.meeting

    @property
    def day(self) -> date:
        """When."""
        return day_of(self.meeting)

    @property
    def task_of(self) -> dict[int, Task]:
        """Tasks by the line that gave them."""
        return {task.line_id: task for task in self.tasks if task.line_id}

    @property
    def other_tasks(self) -> list[Task]:
        """Tasks whose line is not among those shown."""
        shown = {line.id for _, lines in self.conclusions for line in lines}
        return [task for task in self.tasks if task.line_id not in shown]

    @property
    def decisions(self) -> int:
        """Documents in force and votes that passed without one."""
        issued = [each for each in self.resolutions if each.state == "issued"]
        carried = {each.question_id for each in issued}
        notices = sum(document.state == "issued" for document, _ in self.conclusions)
        return len(issued) + notices + sum(vote.result.passed and vote.question.id not in carried for vote in self.votes)


@dataclass
class Life:
    """The whole course of a matter for one reader, oldest first."""

    item_id: int
    title: str
    steps: list[Step]
    tasks: list[Task]  # known to the reader although their meeting is not
    promises: list[Promise]
    rounds: list[OpinionRound]
    summary: Summary
    suggested: list[Item] = field(default_factory=list)
    may_link: bool = False

    @property
    def alone(self) -> bool:
        """Whether one meeting is all there is."""
        return len(self.steps) <= 1


def day_of(meeting: Meeting) -> date:
    """The local day of a meeting."""
    return clock.local(meeting.opened_at or meeting.starts_at).date()


def life_of(session: Session, actor: Actor, item_id: int, suggest: bool = False) -> Life:
    """The life of the matter an item belongs to. `Missing` unless the reader may read the item, or a task that it gave."""
    matter = threads.matters(session, (item_id,))[item_id]
    rows = threads.readable(session, actor, matter)
    items = sorted(rows, key=lambda item: (item.meeting.starts_at, item.meeting_id, item.position))
    reader = Reader(session, actor, items, matter)
    asked = next((item for item in items if item.id == item_id), None)
    if asked is None and item_id not in {place for _, place in reader.tasks}:
        raise Missing()
    steps = {item.id: _step(reader, item) for item in items}
    _earlier(session, steps)
    tasks = _put(steps, reader.tasks, lambda step: step.tasks)
    promises = _put(steps, reader.promises, lambda step: step.promises)
    rounds = _put(steps, ((each, each.reported_item_id or 0) for each in reader.rounds), lambda step: step.rounds)
    title = asked.title if asked else items[-1].title if items else tasks[0].text
    found = Life(item_id, title, list(steps.values()), tasks, promises, rounds, _summary(reader, list(steps.values())))
    if asked is not None and steps[asked.id].may_link:
        found.may_link = True
        found.suggested = thread_offers.suggested(session, actor, [asked], most=5).get(asked.id, []) if suggest else []
    return found


def _step(reader: Reader, item: Item) -> Step:
    documents = [each for each in reader.documents.values() if _is_on(each, item, reader)]
    lines: dict[int, list[Line]] = {}
    for line in reader.lines:
        if line.item_id == item.id:
            lines.setdefault(line.document_id, []).append(line)
    return Step(
        item,
        life_rules.state_of(item.state, item.meeting.state, item.outside),
        reader.papers.get(item.id, []),
        reader.opinions.get(item.id, 0),
        reader.votes.get(item.id, []),
        reader.minutes.get(item.id),
        [(each, lines.get(each.id, [])) for each in documents if each.family == "conclusion"],
        [each for each in documents if each.family == "decision"],
        may_link=allows(Action.LINK_ITEMS, reader.hats[item.id]),
    )


def _is_on(document: Instrument, item: Item, reader: Reader) -> bool:
    """Whether a document speaks of an item: as a whole, by its vote, or in a line."""
    if document.item_id == item.id or (document.question is not None and document.question.item_id == item.id):
        return True
    return any(line.document_id == document.id and line.item_id == item.id for line in reader.lines)


def _earlier(session: Session, steps: dict[int, Step]) -> None:
    """From which of the readable steps each goes on."""
    wanted = select(ItemLink.item_id, ItemLink.earlier_id, ItemLink.how).where(ItemLink.item_id.in_(list(steps)))
    for item_id, earlier_id, how in session.execute(wanted.order_by(ItemLink.id)):
        if earlier_id in steps:
            steps[item_id].before.append(Before(steps[earlier_id].item, how))


def _put(steps: dict[int, Step], rows: Iterable[tuple[Any, int]], place: Callable[[Step], list[Any]]) -> list[Any]:
    """Each thing to its step; answers those whose step the reader does not know."""
    left = []
    for row, item_id in rows:
        if item_id in steps:
            place(steps[item_id]).append(row)
        else:
            left.append(row)
    return left


def _summary(reader: Reader, steps: Sequence[Step]) -> Summary:
    today = clock.today()
    facts = [
        Fact(each.day, each.state, each.meeting.state in life_rules.AHEAD and each.day >= today, each.decisions) for each in steps
    ]
    given = [task for task, _ in reader.tasks if task.given and TaskState(task.state) not in CLOSED_STATES]
    late = sum(task.timeliness(today) == Timeliness.OVERDUE for task in given)
    promises = sum(promise.state == "open" for promise, _ in reader.promises)
    return life_rules.summary(facts, len(given), late, promises)
