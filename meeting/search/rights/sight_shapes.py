"""What of a source decides who may read it: two documents of one shape are read by the same people. A few set queries for all.

A shape never holds what an actor brings along (that is `sight_places`), and never decides anything: the room's own rule is asked
with one document of each shape.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.conclusions.models import Instrument, Minutes
from meeting.discussion.models import Opinion
from meeting.documents.models import File
from meeting.materials.audience import GROUPS
from meeting.materials.models import HANDED_OUT, Requirement, Submission
from meeting.materials.release_models import Release
from meeting.organization.models import Person, Unit
from meeting.questioning.models import Promise
from meeting.rounds.models import OpinionRound
from meeting.search.rights.sight_places import MOST_ASKED
from meeting.search.rights.sight_rules import bodies_today
from meeting.tasks.models import Task
from meeting.voting.models import Question, VoteReview


class Shape(NamedTuple):
    """What decides, as far as the source itself goes. `draft`: not handed out, so that what was fed then is the makers' only."""

    kind: str
    meeting_id: int | None
    marks: tuple[Any, ...] = ()
    draft: bool = False


Shapes = dict[int, Shape]
_Asks = Callable[[Session, str, Collection[int]], Shapes]


def shapes(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    """The shapes of some sources of a kind, by id; those that are gone are missing."""
    return _KINDS[kind](session, kind, sources)


def _rows(session: Session, wanted: Any, column: Any, sources: Collection[int]) -> Iterable[Any]:
    """The rows of these sources; of many the whole table, for one long question costs less than many short ones."""
    return session.execute(wanted.where(column.in_(sources)) if len(sources) <= MOST_ASKED else wanted)


def _meetings(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    return {number: Shape(kind, number) for (number,) in _rows(session, select(Meeting.id), Meeting.id, sources)}


def _items(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    rows = _rows(session, select(Item.id, Item.meeting_id), Item.id, sources)
    return {number: Shape(kind, meeting) for number, meeting in rows}


def _documents(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    """Whoever is named to sign reads from the approval on."""
    wanted = select(Instrument.id, Instrument.meeting_id, Instrument.state, Instrument.signer_id)
    found: Shapes = {}
    for number, meeting, state, signer in _rows(session, wanted, Instrument.id, sources):
        phase = state if state in ("draft", "issued") else "between"
        found[number] = Shape(kind, meeting, (phase, signer if phase == "between" else None), phase != "issued")
    return found


def _minutes(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    """By meeting: drafted, signed, or only begun."""
    rows = _rows(session, select(Minutes.meeting_id, Minutes.state), Minutes.meeting_id, sources)
    known: dict[int, str] = {meeting: state for meeting, state in rows}  # noqa: C416 - rows are no pairs to dict
    return {meeting: Shape(kind, meeting, (known.get(meeting),), known.get(meeting) != "signed") for meeting in sources}


def _questions(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    reviewed = set(session.scalars(select(VoteReview.meeting_id).where(VoteReview.ended_at.is_(None))))
    wanted = select(Question.id, Question.meeting_id, Question.state, Question.opened_at)
    return {
        number: Shape(
            kind,
            meeting,
            (state == "published", opened is not None, state == "ready", state == "draft" and meeting in reviewed),
        )
        for number, meeting, state, opened in _rows(session, wanted, Question.id, sources)
    }


def _opinions(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    """What was written on a paper goes with the paper; who wrote it reads it anyway."""
    wanted = select(Opinion.id, Opinion.meeting_id, Opinion.withdrawn_at, Opinion.document_id, Opinion.person_id)
    return {
        number: Shape(kind, meeting, (withdrawn is not None, document, person if document else None))
        for number, meeting, withdrawn, document, person in _rows(session, wanted, Opinion.id, sources)
    }


def _promises(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    wanted = select(Promise.id, Promise.meeting_id, Promise.body_id, Promise.person_id)
    rows = _rows(session, wanted, Promise.id, sources)
    return {number: Shape(kind, meeting, (body, person)) for number, meeting, body, person in rows}


def _papers(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    wanted = (
        select(
            Submission.id,
            Requirement.id.label("requirement_id"),
            Requirement.meeting_id,
            Requirement.unit_id,
            Requirement.audience,
            Requirement.item_id,
            (Requirement.state == "waived").label("waived"),
            Submission.received_at,
            (Submission.state.in_(HANDED_OUT) & Submission.published_at.is_not(None)).label("published"),
            Item.outside,
            File.state.label("file_state"),
            File.pages_done,
        )
        .join(Requirement, Requirement.id == Submission.requirement_id)
        .join(File, File.id == Submission.file_id)
        .outerjoin(Item, Item.id == Requirement.item_id)
    )
    timed = _unreached(session)
    found: Shapes = {}
    for row in _rows(session, wanted, Submission.id, sources):
        readable = row.file_state in ("reading", "ready") and row.pages_done > 0
        found[row.id] = Shape(
            kind,
            row.meeting_id,
            (
                row.unit_id,
                row.audience,
                row.item_id is None,
                bool(row.outside),
                bool(row.waived),
                row.received_at is not None,
                bool(row.published),
                readable,
                timed.get(row.requirement_id, frozenset()),
            ),
        )
    return found


def _unreached(session: Session) -> Mapping[int, frozenset[str]]:
    """The groups that papers have not reached yet, because of a time that has not come."""
    found: dict[int, frozenset[str]] = {}
    wanted = select(Release.requirement_id, Release.audience).where(Release.made_at.is_(None), Release.audience.in_(GROUPS))
    for requirement, group in session.execute(wanted):
        found[requirement] = found.get(requirement, frozenset()) | {group}
    return found


def _tasks(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    rows = _rows(session, select(Task.id, Task.given), Task.id, sources)
    return {number: Shape(kind, None, (), not given) for number, given in rows}


def _rounds(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    rows = _rows(session, select(OpinionRound.id, OpinionRound.sent_at), OpinionRound.id, sources)
    return {number: Shape(kind, None, (), sent is None) for number, sent in rows}


def _people(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    held = bodies_today(session)
    rows = _rows(session, select(Person.id, Person.retired_on), Person.id, sources)
    return {number: Shape(kind, None, (held.get(number, frozenset()),)) for number, retired in rows if retired is None}


def _units(session: Session, kind: str, sources: Collection[int]) -> Shapes:
    rows = _rows(session, select(Unit.id, Unit.retired_on), Unit.id, sources)
    return {number: Shape(kind, None) for number, retired in rows if retired is None}


_KINDS: Mapping[str, _Asks] = {
    "meeting": _meetings,
    "item": _items,
    "notice": _documents,
    "resolution": _documents,
    "minutes": _minutes,
    "question": _questions,
    "opinion": _opinions,
    "promise": _promises,
    "paper": _papers,
    "task": _tasks,
    "round": _rounds,
    "person": _people,
    "unit": _units,
}
