"""Which event makes which passages stale: every event of the journal is here, or stands in `unfed` with its reason.

Where an event names what it is about, only that source is read anew; otherwise all of its kind in the meeting.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from meeting import jobs
from meeting.acts import Tx, on
from meeting.agenda.models import FurtherPresenter, Item, Meeting
from meeting.agenda.panels import goes_with_item
from meeting.conclusions import kept
from meeting.discussion.models import Opinion
from meeting.events import Event
from meeting.jobs import job
from meeting.journal import Told
from meeting.materials.models import Requirement, Submission
from meeting.questioning.models import Promise
from meeting.search.engines import keeping
from meeting.search.models import Passage
from meeting.search.passages import service
from meeting.tasks.models import Task, cooperation

REBUILD = "search.rebuild"

Fed = tuple[str, str]  # the kind, and the fact that names its source ("": all of the kind there)

_MEETING: tuple[Fed, ...] = (("meeting", ""),)
_ITEMS: tuple[Fed, ...] = (("item", ""),)
_ITEM: tuple[Fed, ...] = (("item", "item_id"),)
_PAPERS: tuple[Fed, ...] = (("paper", "requirement_id"),)
_OPINION: tuple[Fed, ...] = (("opinion", "comment_id"),)
_QUESTION: tuple[Fed, ...] = (("question", "question_id"),)
_MINUTES: tuple[Fed, ...] = (("minutes", ""),)
_DOCUMENT: tuple[Fed, ...] = (("document", "notice_id"),)
_PROMISE: tuple[Fed, ...] = (("promise", "promise_id"),)
_TASK: tuple[Fed, ...] = (("task", "task_id"),)
_ROUND: tuple[Fed, ...] = (("round", "round_id"),)
_PERSON: tuple[Fed, ...] = (("person", "person_id"),)
_EVERYTHING: tuple[Fed, ...] = ((service.EVERY, ""),)

FED: Mapping[Event, tuple[Fed, ...]] = {
    Event.MEETING_CREATED: (*_MEETING, *_ITEMS),
    Event.MEETING_EDITED: _EVERYTHING,  # its title stands above everything
    Event.MEETING_ISSUED: (*_MEETING, *_ITEMS),  # no longer drafts
    Event.MEETING_CANCELLED: (*_MEETING, *_ITEMS),
    Event.MEETING_POSTPONED: (*_MEETING, *_ITEMS),  # another day
    Event.MEETING_OPENED: (*_MEETING, *_ITEMS),
    Event.MEETING_CLOSED: _MEETING,
    Event.MEETING_ARCHIVED: _MEETING,
    Event.ITEM_ADDED: _ITEMS,  # others are numbered anew
    Event.ITEM_EDITED: (*_ITEM, *_MINUTES),  # the minutes are cut by titles
    Event.ITEM_MOVED: _ITEMS,
    Event.ITEM_REMOVED: _ITEMS,
    Event.ITEM_SET_ASIDE: _ITEMS,
    Event.ITEM_RESTORED: _ITEMS,
    Event.PAPER_SUBMITTED: _PAPERS,
    Event.PAPER_ACCEPTED: _PAPERS,
    Event.PAPER_RETURNED: _PAPERS,
    Event.PAPER_LAID_BEFORE_HEAD: _PAPERS,
    Event.REQUIREMENT_WAIVED: _PAPERS,
    Event.PAPER_PUBLISHED: _PAPERS,
    Event.PAPER_TAKEN_BACK: _PAPERS,
    Event.OPINION_POSTED: _OPINION,
    Event.OPINION_WITHDRAWN: _OPINION,
    Event.OPINION_HIDDEN: _OPINION,
    Event.OPINION_SHOWN: _OPINION,
    Event.QUESTION_PREPARED: _QUESTION,
    Event.QUESTION_EDITED: _QUESTION,
    Event.QUESTION_REMOVED: _QUESTION,
    Event.VOTE_OPENED: _QUESTION,  # its day
    Event.VOTE_REPEATED: _QUESTION,
    Event.RESULT_PUBLISHED: _QUESTION,
    Event.TIE_SETTLED: _QUESTION,
    Event.QUESTION_CANCELLED: _QUESTION,
    Event.MINUTES_PART_WRITTEN: _MINUTES,
    Event.MINUTES_DRAFTED: _MINUTES,
    Event.MINUTES_EDITED: _MINUTES,
    Event.MINUTES_SIGNED: _MINUTES,
    Event.NOTICE_DRAFTED: _DOCUMENT,
    Event.NOTICE_EDITED: _DOCUMENT,
    Event.NOTICE_DISCARDED: _DOCUMENT,
    Event.NOTICE_NUMBERED: _DOCUMENT,
    Event.NOTICE_ISSUED: (*_DOCUMENT, ("task", "")),
    Event.NOTICE_CORRECTED: _DOCUMENT,  # how it stands now
    Event.NOTICE_REPLACED: _DOCUMENT,
    Event.NOTICE_WITHDRAWN: _DOCUMENT,
    Event.DOCUMENT_SET: (("document", ""), *_MINUTES),  # lines have pages now
    Event.PROMISE_NOTED: _PROMISE,
    Event.PROMISE_EDITED: _PROMISE,
    Event.PROMISE_KEPT: _PROMISE,
    Event.PROMISE_LAPSED: _PROMISE,
    Event.TASK_ASSIGNED: _TASK,
    Event.TASK_ENTERED: _TASK,
    Event.TASK_EDITED: _TASK,
    Event.TASK_CHANGE_DECIDED: _TASK,
    Event.TASK_TRANSFERRED: _TASK,
    Event.TASK_EXTENDED: _TASK,
    Event.TASK_RECEIVED: _TASK,
    Event.TASK_REPORTED: _TASK,
    Event.TASK_ACCEPTED: _TASK,
    Event.TASK_SENT_BACK: _TASK,
    Event.TASK_CANCELLED: _TASK,
    Event.ROUND_DRAFTED: _ROUND,
    Event.ROUND_EDITED: _ROUND,
    Event.ROUND_SENT: _ROUND,
    Event.ROUND_EXTENDED: _ROUND,
    Event.ROUND_CLOSED: _ROUND,
    Event.ROUND_DECIDED: _ROUND,
    Event.ROUND_CANCELLED: _ROUND,
    Event.PERSON_ADDED: _PERSON,
    Event.ROLE_GIVEN: _PERSON,
    Event.ROLE_ENDED: _PERSON,
    Event.PERSON_RETIRED: _PERSON,
    Event.PERSON_RETURNED: _PERSON,
    Event.TERM_ENDED: (("person", ""),),
    Event.ROSTER_COPIED: (("person", ""),),
    Event.PEOPLE_IMPORTED: (("person", ""), ("unit", "")),
    Event.UNIT_ADDED: (("unit", "unit_id"),),
    Event.UNIT_RETIRED: (("unit", "unit_id"), ("person", "")),
    Event.UNIT_RETURNED: (("unit", "unit_id"), ("person", "")),
}

#: Handled by reactions of their own, below.
HANDLED = frozenset(
    {
        Event.FILE_READY,
        Event.FILE_REFUSED,
        Event.RESTORED,
        Event.UNIT_EDITED,
        Event.PERSON_EDITED,
        Event.TYPE_RENAMED,
    }
)

FAMILIES = {"conclusion": "notice", "decision": "resolution"}
OUTSIDE = frozenset({"round", "person", "unit"})  # what belongs to no meeting, whatever chain tells of it


@on(*FED)
def make_stale(tx: Tx, entry: Told) -> None:
    """Marks the passages that this event changed."""
    for kind, fact in FED[entry.event]:
        source_id = int(entry.facts.get(fact) or 0) if fact else 0
        if kind in OUTSIDE:
            service.mark(tx, kind, 0, source_id)
        elif kind == "task":
            service.mark(tx, kind, entry.chain, source_id)
        elif entry.chain:
            _make_stale(tx, entry, kind, source_id)


def _make_stale(tx: Tx, entry: Told, kind: str, source_id: int) -> None:
    if kind == "document":
        family = FAMILIES.get(entry.facts.get("family", ""))
        for each in [family] if family else FAMILIES.values():
            service.mark(tx, each, entry.chain, source_id)
    elif kind == "paper" and source_id:
        versions = select(Submission.id).where(Submission.requirement_id == source_id)
        for version in tx.scalars(versions).all():
            service.mark(tx, "paper", entry.chain, version)
    else:
        service.mark(tx, kind, entry.chain, source_id)


@on(Event.FILE_READY, Event.FILE_REFUSED)
def make_file_stale(tx: Tx, entry: Told) -> None:
    """The pages of a file are read now, or gone: the versions of papers that it holds are read anew."""
    holders = select(Requirement.meeting_id, Submission.id).join(Submission).where(Submission.file_id == entry.facts["file_id"])
    found: list[tuple[int, int]] = [(row.meeting_id, row.id) for row in tx.execute(holders)]
    for meeting_id, version in found:
        service.mark(tx, "paper", meeting_id, version)


@on(Event.UNIT_EDITED)
def make_unit_stale(tx: Tx, entry: Told) -> None:
    """A unit has another name: everything in which the name stands is read anew."""
    unit_id = int(entry.facts["unit_id"])
    service.mark(tx, "unit", 0, unit_id)
    for kind in ("person", "round"):
        service.mark(tx, kind, 0)
    helped = select(cooperation.c.task_id).where(cooperation.c.unit_id == unit_id)
    _mark_where(tx, "task", Task, or_(Task.lead_unit_id == unit_id, Task.id.in_(helped)))
    _mark_where(tx, "item", Item, Item.unit_id == unit_id)
    _mark_where(tx, "promise", Promise, Promise.unit_id == unit_id)


@on(Event.PERSON_EDITED)
def make_person_stale(tx: Tx, entry: Told) -> None:
    """Somebody has another position or unit; with another name everything in which the name stands is read anew."""
    person_id = int(entry.facts["person_id"])
    service.mark(tx, "person", 0, person_id)
    if not {"full_name", "honorific"} & set(entry.facts.get("fields", ())):
        return
    beside = select(FurtherPresenter.item_id).where(FurtherPresenter.person_id == person_id)
    _mark_where(tx, "item", Item, or_(Item.presenter_id == person_id, Item.id.in_(beside)))
    _mark_where(tx, "task", Task, or_(Task.officer_id == person_id, Task.leader_id == person_id))
    _mark_where(tx, "opinion", Opinion, Opinion.person_id == person_id)
    _mark_where(tx, "promise", Promise, Promise.person_id == person_id)
    for meeting_id in tx.scalars(select(Meeting.id).where(Meeting.chair_id == person_id)).all():
        service.mark(tx, "meeting", meeting_id)


@on(Event.TYPE_RENAMED)
def make_type_stale(tx: Tx, entry: Told) -> None:
    """A kind of meeting has another name: its meetings are read anew."""
    for meeting_id in tx.scalars(select(Meeting.id).where(Meeting.type_id == int(entry.facts["type_id"]))).all():
        service.mark(tx, "meeting", meeting_id)


def _mark_where(tx: Tx, kind: str, model: Any, where: ColumnElement[bool]) -> None:
    """All of a kind in the meetings (0: in none) where one of its rows is so."""
    for meeting_id in tx.scalars(select(model.meeting_id).distinct().where(where)).all():
        service.mark(tx, kind, meeting_id or 0)


@goes_with_item
def item_goes(tx: Tx, item: Item) -> None:
    """An item is taken off the programme: what is kept of it may no longer point to it."""
    tx.execute(update(Passage).where(Passage.item_id == item.id).values(item_id=None))


@kept.hears
def goes_on(tx: Tx, what: str, meeting_id: int, source_id: int) -> None:
    """Words were kept at a pause of the hand, without an entry in the journal."""
    kind = FAMILIES.get(what, what)
    service.mark(tx, kind, meeting_id, source_id if kind != "minutes" else 0)


@on(Event.RESTORED)
def start_anew(tx: Tx, entry: Told) -> None:  # noqa: ARG001 - the form of a reaction
    """After a restore the index belongs to another time: it is written anew, and everything is read again."""
    for meeting_id in [0, *tx.scalars(select(Meeting.id)).all()]:
        service.mark(tx, service.EVERY, meeting_id)
    jobs.enqueue(tx, REBUILD)


@job(REBUILD, slow=True)
def rebuild() -> None:
    """Writes the whole index anew."""
    keeping.rebuild()
