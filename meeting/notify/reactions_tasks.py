"""Who is told what of tasks: the units that lead and help, who carries them out, the office, the leader in charge."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from meeting.acts import Tx, on
from meeting.conclusions.models import Instrument
from meeting.events import Event
from meeting.journal import Told
from meeting.notify import queries
from meeting.notify.facts import task_address, task_facts
from meeting.notify.reactions import EXCUSED, handles
from meeting.notify.telling import tell
from meeting.organization.models import Person
from meeting.tasks.models import Task, TaskChange, TaskObstacle, TaskReview, TaskStep

EXCUSED.update(
    {
        Event.TASK_ENTERED: "a draft is the office's own; drafts out of a document are told once, when it is issued",
        Event.TASK_RECEIVED: "the board shows it; nobody has to act",
    }
)
KINDS = {
    Event.TASK_ASSIGNED: "task_assigned",
    Event.TASK_ACCEPTED: "task_accepted",
    Event.TASK_SENT_BACK: "task_sent_back",
    Event.TASK_URGED: "task_urged",
    Event.TASK_EXTENDED: "task_extended",
}


def tell_of(tx: Tx, task: Task, people: Iterable[int | None], kind: str, **facts: Any) -> int:
    """Tells people about a task in the name of its body."""
    known = {"reason": "", "says": "", **task_facts(task), **facts}
    return tell(tx, people, kind, task_address(task), task.meeting_id, body_id=task.body_id, **known)


def unit_people(tx: Tx, task: Task, *, helpers: bool = False) -> list[int | None]:
    """The people of the lead unit with the one who carries it out; with `helpers` those of the cooperating units too."""
    units = [task.lead_unit_id, *([unit.id for unit in task.cooperating] if helpers else [])]
    found = [person for unit in units for person in queries.unit_of_task(tx.reading, task, unit)]
    return [*found, task.officer_id if task.officer and task.officer.unit_id == task.lead_unit_id else None]


def deciders(tx: Tx, task: Task) -> list[int | None]:
    """The office that keeps it and the leader in charge."""
    return [*queries.office_of_task(tx.reading, task), task.leader_id]


@handles(*KINDS)
def tell_unit_of_task(tx: Tx, entry: Told) -> None:
    """The people of the lead unit, and of those that help when it is new, learn of their task."""
    task = tx.get(Task, entry.facts["task_id"])
    facts = {"reason": entry.facts.get("reason", "")}
    if entry.event == Event.TASK_URGED:
        facts |= {"name": tx.get(Person, tx.actor.person_id).called, "says": _last_words(tx, task)}
    people = unit_people(tx, task, helpers=entry.event == Event.TASK_ASSIGNED)
    tell_of(tx, task, people, KINDS[entry.event], **facts)


@handles(Event.TASK_REPORTED)
def tell_result(tx: Tx, entry: Told) -> None:
    """The office and the leader in charge have a result to accept; progress alone disturbs nobody."""
    task = tx.get(Task, entry.facts["task_id"])
    if task.state == "reported":
        tell_of(tx, task, deciders(tx, task), "task_reported")


@handles(Event.TASK_TRANSFERRED)
def tell_transferred(tx: Tx, entry: Told) -> None:
    """The unit that takes it over has a new task, the one before learns where it went."""
    task = tx.get(Task, entry.facts["task_id"])
    reason = entry.facts["reason"]
    after = unit_people(tx, task)
    before = set(queries.unit_of_task(tx.reading, task, entry.facts["before"])) - set(after)
    tell_of(tx, task, after, "task_transferred", reason=reason)
    tell_of(tx, task, before, "task_handed_over", reason=reason)


@handles(Event.TASK_CANCELLED)
def tell_cancelled_task(tx: Tx, entry: Told) -> None:
    """Everybody who had the task learns that it is over, and why; of a draft nobody knew."""
    task = tx.get(Task, entry.facts["task_id"])
    if entry.facts["given"]:
        tell_of(tx, task, [*unit_people(tx, task, helpers=True), task.leader_id], "task_cancelled", reason=task.cancel_reason)


@handles(Event.TASK_EDITED)
def tell_edited(tx: Tx, entry: Told) -> None:
    """A task that goes on under a new document is told to its units; who is newly named to carry one out learns of it."""
    task = tx.get(Task, entry.facts["task_id"])
    if not task.given:
        return
    if entry.facts.get("carried"):
        tell_of(tx, task, unit_people(tx, task, helpers=True), "task_renewed")
    elif "officer_id" in entry.facts.get("changed", ()):
        tell_of(tx, task, [task.officer_id], "task_named")


@handles(Event.TASK_CHANGE_ASKED)
def tell_asked_change(tx: Tx, entry: Told) -> None:
    """The office and the leader in charge have a proposal to decide on."""
    change = tx.get(TaskChange, entry.facts["change_id"])
    task = change.task
    kind = "task_time_asked" if change.kind == "time" else "task_change_asked"
    wanted = change.wanted_due_on.isoformat() if change.wanted_due_on else None
    tell_of(tx, task, deciders(tx, task), kind, says=_plain(change.text), wanted_on=wanted)


@handles(Event.TASK_CHANGE_DECIDED)
def tell_decided_change(tx: Tx, entry: Told) -> None:
    """The unit learns of a refusal and of new words; a new due date and another unit are told as such."""
    change = tx.get(TaskChange, entry.facts["change_id"])
    if change.state == "refused":
        tell_of(tx, change.task, unit_people(tx, change.task), "task_change_refused", says=_plain(change.answer))
    elif change.state == "granted" and change.kind == "content":
        tell_of(tx, change.task, unit_people(tx, change.task, helpers=True), "task_reworded", says=change.answer)


@handles(Event.TASK_OBSTACLE_RAISED, Event.TASK_OBSTACLE_SETTLED)
def tell_obstacle(tx: Tx, entry: Told) -> None:
    """The office and the leader in charge learn what stands in the way, the unit how it was settled."""
    obstacle = tx.get(TaskObstacle, entry.facts["obstacle_id"])
    task = obstacle.task
    if entry.event == Event.TASK_OBSTACLE_RAISED:
        said = f"{_plain(obstacle.text)}; đề xuất: {_plain(obstacle.proposal)}" if obstacle.proposal else _plain(obstacle.text)
        tell_of(tx, task, deciders(tx, task), "task_obstacle_raised", says=said)
        return
    tell_of(tx, task, unit_people(tx, task), "task_obstacle_settled", says=_plain(obstacle.answer))


@handles(Event.TASK_REVIEWED)
def tell_decision(tx: Tx, entry: Told) -> None:
    """The lead unit learns what the leaders decided on its task in the review of the month."""
    task = tx.get(Task, entry.facts["task_id"])
    wanted = select(TaskReview.text).where(TaskReview.task_id == task.id, TaskReview.month == entry.facts["month"])
    tell_of(tx, task, unit_people(tx, task), "task_reviewed", says=_plain(tx.scalar(wanted) or ""))


@on(Event.NOTICE_ISSUED)
def tell_drafts(tx: Tx, entry: Told) -> None:
    """The secretary learns once how many tasks of a document still lack one of the five clears."""
    issued = tx.get(Instrument, entry.facts["notice_id"])
    drafts = select(func.count(Task.id)).where(Task.notice_id == issued.id, Task.state == "draft")
    count = tx.scalar(drafts) or 0
    if count:
        meeting = issued.meeting
        symbol = issued.number.symbol if issued.number else ""
        people = [meeting.secretary_id] if meeting.secretary_id else [issued.drafted_by_id]
        address = f"/tasks?meeting={meeting.id}&state=draft"
        tell(tx, people, "tasks_to_complete", address, meeting.id, count=count, symbol=symbol, title=meeting.title)


def _last_words(tx: Tx, task: Task) -> str:
    """What was written with the newest urging."""
    wanted = select(TaskStep.text).where(TaskStep.task_id == task.id, TaskStep.kind == "urged").order_by(TaskStep.id.desc())
    return tx.scalar(wanted.limit(1)) or ""


def _plain(text: str) -> str:
    """Words without their own full stop, to stand inside a sentence."""
    return text.strip().rstrip(".")
