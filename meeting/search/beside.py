"""What stands with each hit on the page: the tasks that came of it, whether it still holds, its matter, how it is cited.

A few set questions for all hits of a page, never one for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import threads
from meeting.agenda.models import Meeting
from meeting.conclusions.models import Instrument
from meeting.organization.models import Body, Person
from meeting.permissions import Actor
from meeting.search.citation import Cited, around, citation
from meeting.search.finding.answers import Hit, Place
from meeting.search.language.matching import Span
from meeting.search.models import Passage
from meeting.search.rules import DOCUMENTS, OPEN_STANDINGS, OVERDUE, STANDINGS, standing
from meeting.tasks import queries as tasks
from meeting.tasks.models import Task
from meeting.tasks.rules import TaskState, Timeliness, timeliness

ENDED = {"replaces": "replaced", "withdraws": "withdrawn", "corrects": "corrected"}


@dataclass(frozen=True)
class TaskStates:
    """How the tasks born from a document stand, as far as the reader may see them."""

    done: int = 0
    running: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return self.done + self.running + self.overdue


@dataclass(frozen=True)
class Sign:
    """A state in a word, with its colour and sign."""

    says: str  # a message id
    tone: str
    icon: str


@dataclass(frozen=True)
class Ended:
    """That a document was replaced, withdrawn or corrected, and by which one."""

    how: str
    symbol: str = ""
    on: date | None = None
    document_id: int | None = None


@dataclass(frozen=True)
class Beside:
    """What stands with one hit."""

    tasks: TaskStates = TaskStates()
    sign: Sign | None = None
    ended: Ended | None = None
    matter: int = 0  # how many items the matter has across meetings, of those the reader may see
    citation: str = ""


#: How what a hit stands at is shown: colour and sign. What is simply in force, or signed, needs no word.
_SIGNS: Mapping[str, tuple[str, str]] = {
    "draft": ("warn", "pencil"),
    "passed": ("agree", "check"),
    "not_passed": ("oppose", "x"),
    "waiting": ("abstain", "clock"),
    "running": ("primary", "progress"),
    "overdue": ("oppose", "clock-exclamation"),
    "reported": ("agree", "clipboard-check"),
    "done": ("agree", "check"),
    "cancelled": ("abstain", "ban"),
    "upcoming": ("primary", "calendar-event"),
    "in_session": ("agree", "progress"),
    "postponed": ("warn", "clock"),
}


def beside(session: Session, actor: Actor, hits: Sequence[Hit]) -> dict[str, Beside]:
    """What stands with each hit of a page, by the hit's name. The hits are such as the actor may read."""
    passages = [hit.passage for hit in hits]
    born = task_states(session, actor, _sources(passages, DOCUMENTS))
    ended = _ended(session, [each for each in passages if each.kind in DOCUMENTS])
    matters = threads.sizes(session, actor, {each.item_id for each in passages if each.item_id is not None})
    cited = _Names(session, passages)
    found = {}
    for hit in hits:
        passage = hit.passage
        over = ended.get(passage.source_id) if passage.kind in DOCUMENTS else None
        found[hit.name] = Beside(
            tasks=born.get(passage.source_id, TaskStates()) if passage.kind in DOCUMENTS else TaskStates(),
            sign=sign_of(hit.doc.standing, hit.doc.due_on),
            ended=over,
            matter=matters.get(passage.item_id, 0) if passage.item_id is not None else 0,
            citation=citation(cited.of(passage, hit.match.spans, over)),
        )
    return found


def places_of(hit: Hit) -> list[Place]:
    """Where the words stand, each place once: papers page by page, the rest by what the place is called there."""
    by_page = hit.passage.kind == "paper"
    found: dict[tuple[int | None, str], int] = {}
    for place in hit.places:
        where = (place.page, "") if by_page else (None, place.name)
        if any(where):
            found[where] = found.get(where, 0) + place.hits
    return [Place(page, number, name[:1].upper() + name[1:]) for (page, name), number in found.items()]


def task_states(session: Session, actor: Actor, notices: set[int]) -> dict[int, TaskStates]:
    """The tasks of several notices in one query, by notice."""
    if not notices:
        return {}
    today = clock.today()
    wanted = tasks.visible_to(actor).where(Task.notice_id.in_(notices), Task.given, Task.state != TaskState.CANCELLED)
    rows = session.execute(
        wanted.with_only_columns(
            Task.id, Task.notice_id, Task.state, Task.due_on, Task.done_on, maintain_column_froms=True
        ).distinct()
    )
    found: dict[int, TaskStates] = {}
    for row in rows:
        before = found.get(row.notice_id, TaskStates())
        if row.state == TaskState.ACCEPTED:
            found[row.notice_id] = replace(before, done=before.done + 1)
        elif timeliness(TaskState(row.state), row.due_on, row.done_on, today) == Timeliness.OVERDUE:
            found[row.notice_id] = replace(before, overdue=before.overdue + 1)
        else:
            found[row.notice_id] = replace(before, running=before.running + 1)
    return found


def _sources(passages: Sequence[Passage], kinds: Sequence[str]) -> set[int]:
    return {each.source_id for each in passages if each.kind in kinds}


def standing_today(standing: str, due_on: date | None) -> str:
    """What something stands at: late is said before all else."""
    late = standing in OPEN_STANDINGS and due_on is not None and due_on < clock.today()
    return OVERDUE if late else standing


def sign_of(standing: str, due_on: date | None) -> Sign | None:
    """What something stands at, in a word."""
    word = standing_today(standing, due_on)
    return Sign(STANDINGS[word], *_SIGNS[word]) if word in _SIGNS else None


def _ended(session: Session, documents: Sequence[Passage]) -> dict[int, Ended]:
    """Which documents were replaced, withdrawn or corrected, with the latest that did it."""
    ids = {each.source_id for each in documents}
    if not ids:
        return {}
    wanted = select(Instrument).where(Instrument.about_id.in_(ids), Instrument.state == "issued").order_by(Instrument.id)
    later = session.scalars(wanted).unique().all()
    found: dict[int, Ended] = {}
    for each in later:
        if each.about_id is not None and each.relation in ENDED:
            symbol = each.number.symbol if each.number else ""
            found[each.about_id] = Ended(ENDED[each.relation], symbol, each.issued_on, each.id)
    for passage in documents:
        if passage.state in ENDED.values():
            found.setdefault(passage.source_id, Ended(passage.state))
    return found


class _Names:
    """What citations say of bodies, meetings and people, read for a whole page at once."""

    def __init__(self, session: Session, passages: Sequence[Passage]) -> None:
        meetings = {each.meeting_id for each in passages if each.meeting_id is not None}
        bodies = {each.body_id for each in passages if each.body_id is not None}
        people = {each.person_id for each in passages if each.kind in ("opinion", "promise") and each.person_id is not None}
        held = session.execute(
            select(Meeting.id, Meeting.title, Meeting.opened_at, Meeting.starts_at).where(Meeting.id.in_(meetings))
        )
        self._meetings = {row.id: (row.title, clock.local(row.opened_at or row.starts_at).date()) for row in held}
        self._bodies = {row.id: row.name for row in session.execute(select(Body.id, Body.name).where(Body.id.in_(bodies)))}
        named = session.scalars(select(Person).where(Person.id.in_(people))) if people else ()
        self._people = {person.id: person.called for person in named}

    def of(self, passage: Passage, spans: Sequence[Span], ended: Ended | None) -> Cited:
        title, held_on = self._meetings.get(passage.meeting_id or 0, ("", None))
        over = ended if ended and ended.how != "corrected" else None
        return Cited(
            kind=passage.kind,
            text=around(passage.text, spans),
            dated=passage.dated,
            symbol=passage.symbol,
            title=passage.title,
            body=self._bodies.get(passage.body_id or 0, ""),
            place=passage.place,
            speaker=self._people.get(passage.person_id or 0, ""),
            meeting=title,
            held_on=held_on,
            draft=passage.kind in (*DOCUMENTS, "minutes") and standing(passage.kind, passage.state) == "draft",
            ended=over.how if over else "",
            ended_by=over.symbol if over else "",
            ended_on=over.on if over else None,
        )
