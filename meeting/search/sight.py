"""Who may read a passage: asked of the rooms' own rules at every search, so that a right taken away works at the next one."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting.agenda import queries as agenda
from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.models import Minutes, Notice
from meeting.discussion.models import Opinion
from meeting.permissions import Action, Actor, allows
from meeting.search.index import body_term, meeting_term
from meeting.search.models import Passage
from meeting.tasks.models import Task
from meeting.voting.models import Question

#: The row that a passage was taken from, and the right to read it.
SOURCES: Mapping[str, tuple[type[Any], Action]] = {
    "item": (Item, Action.READ_MEETING),
    "notice": (Notice, Action.READ_CONCLUSIONS),
    "minutes": (Minutes, Action.READ_CONCLUSIONS),
    "question": (Question, Action.READ_MEETING),
    "task": (Task, Action.READ_TASKS),
    "opinion": (Opinion, Action.JOIN_LIVE),
}

#: What must still hold of the row itself, where its words could outlive their place in the index for a moment.
STANDS: Mapping[str, Callable[[Any], bool]] = {
    "question": lambda question: question.state == "published",
    "opinion": lambda opinion: opinion.withdrawn_at is None,
}


def reach(session: Session, actor: Actor) -> list[str]:
    """Terms of the index that hold everything the actor could possibly read: bodies served, meetings invited to or led.

    Only to keep the number of proposals small; the verdict is `Sight.sees`.
    """
    person = actor.person_id
    invited = select(Participant.meeting_id).where(Participant.person_id == person)
    led = select(Meeting.id).where(or_(Meeting.chair_id == person, Meeting.secretary_id == person, Meeting.id.in_(invited)))
    bodies = actor.bodies_as()
    outside = session.scalars(led.where(Meeting.body_id.not_in(bodies)))
    terms = [body_term(body) for body in sorted(bodies)] + [meeting_term(meeting) for meeting in outside]
    if actor.unit_id is not None:  # a unit sees its tasks, whichever body gave them
        tasks = select(Task.meeting_id).where(Task.meeting_id.in_(select(Meeting.id).where(Meeting.body_id.not_in(bodies))))
        terms += [meeting_term(meeting) for meeting in session.scalars(tasks.distinct())]
    return list(dict.fromkeys(terms))


class Sight:
    """What one actor may read, asked once for each source in one search."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor
        self._asked: dict[tuple[str, int], bool] = {}
        self._meetings: dict[int, bool] = {}

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
        self._rows = [
            list(self._session.scalars(select(model).where(model.id.in_(wanted[kind]))).unique())
            for kind, (model, _) in SOURCES.items()
            if kind in wanted
        ]

    def sees(self, passage: Passage) -> bool:
        """Whether the actor may read the passage now."""
        key = (passage.kind, passage.source_id)
        if key not in self._asked:
            self._asked[key] = self._ask(passage)
        return self._asked[key]

    def _ask(self, passage: Passage) -> bool:
        if passage.kind != "task" and not self._meetings.get(passage.meeting_id):
            return False
        model, action = SOURCES[passage.kind]
        source = self._session.get(model, passage.source_id)
        if source is None or not STANDS.get(passage.kind, bool)(source):
            return False
        return allows(action, source.hats_of(self._actor, self._session))
