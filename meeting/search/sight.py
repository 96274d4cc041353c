"""Who may read a passage: asked of the rooms' own rules at every search, so that a right taken away works at the next one."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting.agenda import queries as agenda
from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.models import Minutes, Notice
from meeting.discussion.models import Opinion
from meeting.materials.models import Submission
from meeting.materials.reactions import may_open
from meeting.permissions import Action, Actor, allows
from meeting.questioning.models import Promise
from meeting.search.index import body_term, meeting_term
from meeting.search.models import Passage
from meeting.tasks.models import Task
from meeting.voting.models import Question

Reads = Callable[[Session, Actor, Any], bool]


def _may(action: Action) -> Reads:
    return lambda session, actor, row: allows(action, row.hats_of(actor, session))


def _reads_question(session: Session, actor: Actor, question: Question) -> bool:
    return question.state == "published" and allows(Action.READ_MEETING, question.hats_of(actor, session))


def _reads_opinion(session: Session, actor: Actor, opinion: Opinion) -> bool:
    return opinion.withdrawn_at is None and allows(Action.JOIN_LIVE, opinion.hats_of(actor, session))


def _reads_paper(session: Session, actor: Actor, version: Submission) -> bool:
    """As the viewer asks it, for this very version in this very meeting."""
    return version.file.first_page_read and may_open(session, actor, version)


#: The row that a passage was taken from, and who reads it.
SOURCES: Mapping[str, tuple[type[Any], Reads]] = {
    "item": (Item, _may(Action.READ_MEETING)),
    "paper": (Submission, _reads_paper),
    "opinion": (Opinion, _reads_opinion),
    "question": (Question, _reads_question),
    "minutes": (Minutes, _may(Action.READ_CONCLUSIONS)),
    "notice": (Notice, _may(Action.READ_CONCLUSIONS)),
    "task": (Task, _may(Action.READ_TASKS)),
    "promise": (Promise, _may(Action.READ_PROMISES)),
}

#: Units see their tasks whichever body gave them; everything else needs the meeting itself to be known.
BEYOND_MEETINGS = frozenset({"task"})


def reach(session: Session, actor: Actor) -> list[str]:
    """Terms of the index that hold everything the actor could possibly read: bodies served, meetings invited to or led.

    Only to keep the number of proposals small; the verdict is `Sight.sees`.
    """
    person = actor.person_id
    bodies = actor.bodies_as()
    invited = select(Participant.meeting_id).where(Participant.person_id == person)
    led = or_(Meeting.chair_id == person, Meeting.secretary_id == person, Meeting.id.in_(invited))
    outside = select(Meeting.id).where(Meeting.body_id.not_in(bodies))
    meetings = set(session.scalars(outside.where(led)))
    if actor.unit_id is not None:
        meetings |= set(session.scalars(select(Task.meeting_id).where(Task.meeting_id.in_(outside))))
    return [body_term(body) for body in sorted(bodies)] + [meeting_term(meeting) for meeting in sorted(meetings)]


class Sight:
    """What one actor may read, asked once for each source in one search."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor
        self._asked: dict[tuple[str, int], bool] = {}
        self._meetings: dict[int, bool] = {}
        self._rows: dict[tuple[str, int], Any] = {}

    def prepare(self, passages: Iterable[Passage]) -> None:
        """Reads the sources of many passages at once, so that `sees` asks few questions."""
        wanted: dict[str, set[int]] = {}
        meetings: set[int] = set()
        for passage in passages:
            wanted.setdefault(passage.kind, set()).add(passage.source_id)
            meetings.add(passage.meeting_id)
        known = agenda.visible_to(self._actor).where(Meeting.id.in_(meetings)).with_only_columns(Meeting.id)
        visible = set(self._session.scalars(known))
        self._meetings |= {meeting: meeting in visible for meeting in meetings}
        for kind, sources in wanted.items():
            model = SOURCES[kind][0]
            rows = self._session.scalars(select(model).where(model.id.in_(sources))).unique()
            self._rows |= {(kind, row.id): row for row in rows}

    def sees(self, passage: Passage) -> bool:
        """Whether the actor may read the passage now."""
        key = (passage.kind, passage.source_id)
        if key not in self._asked:
            self._asked[key] = self._ask(passage.meeting_id, *key)
        return self._asked[key]

    def _ask(self, meeting_id: int, kind: str, source_id: int) -> bool:
        if kind not in BEYOND_MEETINGS and not self._meetings.get(meeting_id):
            return False
        row = self._rows.get((kind, source_id))
        return row is not None and SOURCES[kind][1](self._session, self._actor, row)
