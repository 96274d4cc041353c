"""Who may read what is found: asked of the rooms' own rules, once for all documents that a rule cannot tell apart.

What a source brings (`sight_shapes`) and where somebody stands towards its meeting (`sight_places`) make up a case; the rule of
the room (`sight_rules`) is asked with one document of each case. Whoever is invited to some items only is asked about each
document by itself. A test compares all this with asking each document of a whole council for everybody.
"""

from collections.abc import Hashable
from typing import Any

from pyroaring import BitMap
from sqlalchemy import Select
from sqlalchemy.orm import Session

from meeting.permissions import Actor, Role
from meeting.rounds import queries as rounds
from meeting.rounds.models import OpinionRound
from meeting.search.rights import known
from meeting.search.rights.known import Ground, Numbered, Verdicts
from meeting.search.rights.sight_places import MOST_ASKED, alike, seats
from meeting.search.rights.sight_rules import SOURCES as SOURCES  # noqa: PLC0414 - part of this module's own words
from meeting.search.rights.sight_rules import finds_person, finds_units, reads
from meeting.search.rules import DOCUMENTS
from meeting.tasks.models import Task
from meeting.tasks.visible import visible_to as visible_tasks

OUTSIDE = frozenset({"person", "unit"})  # of no meeting

#: What the rules answered: a case holds all that they ask about, so the answer is everybody's and never changes.
_ANSWERS: dict[Hashable, bool] = {}


class Sight:
    """What one actor may read."""

    def __init__(self, session: Session, actor: Actor, catalogue: Numbered) -> None:
        self._session = session
        self._actor = actor
        self._catalogue = catalogue

    def readable(self, docs: BitMap) -> BitMap:
        """Those of some documents (numbers of the catalogue) that the actor may read now."""
        ground = known.ground_of(self._catalogue)
        with ground.lock:
            if ground.hear(self._session):
                return _Asking(self._session, self._actor, ground, ground.verdicts(self._actor)).readable(docs)
        return self._in_an_older_picture(docs)

    def _in_an_older_picture(self, docs: BitMap) -> BitMap:
        """What this session sees is older than what is known: it is asked by itself, and nothing of it is kept."""
        return _Asking(self._session, self._actor, Ground(self._catalogue), Verdicts(0)).readable(docs)


class _Asking:
    """One question of one actor."""

    def __init__(self, session: Session, actor: Actor, ground: Ground, verdicts: Verdicts) -> None:
        self._session, self._actor, self._ground, self._verdicts = session, actor, ground, verdicts
        self._answers: dict[Hashable, bool] = {}  # of cases that are this actor's alone

    def readable(self, docs: BitMap) -> BitMap:
        undecided = docs - self._verdicts.decided
        if undecided:
            self._decide(undecided)
        return self._ground.without_unfed(docs & self._verdicts.readable)

    def _decide(self, docs: BitMap) -> None:
        self._ground.look_at(self._session, docs)
        known.breathe()
        self._decide_set("task", docs, visible_tasks(self._actor).with_only_columns(Task.id), Task.id)
        known.breathe()
        self._decide_set("round", docs, rounds.visible_to(self._actor).with_only_columns(OpinionRound.id), OpinionRound.id)
        rest = docs - self._verdicts.decided
        alone, alike_docs = self._places_of(rest)
        known.breathe()
        mine = BitMap([number for number in alone if self._asks(number)])
        rest -= alone
        for (kind, marks), docs_alike in self._ground.by_marks.items():
            here = docs_alike & rest
            if here and kind in OUTSIDE:
                mine |= here if self._finds(kind, marks) else BitMap()
                continue
            for where, there in alike_docs if here else ():
                if (both := here & there) and self._answer(kind, marks, where, both):
                    mine |= both
        self._verdicts.readable |= mine
        self._verdicts.decided |= docs  # the rest is gone

    def _decide_set(self, kind: str, docs: BitMap, visible: Select[Any], column: Any) -> None:
        """Of tasks and rounds their rooms say themselves which ones somebody sees."""
        asked = docs & self._ground.catalogue.by_kind.get(kind, BitMap())
        if not asked:
            return
        sources = {self._ground.catalogue.docs[number].source_id: number for number in asked}
        few = visible.where(column.in_(sources)) if len(sources) <= MOST_ASKED else visible
        seen = BitMap([sources[source] for source in self._session.scalars(few).unique() if source in sources])
        self._verdicts.decided |= asked
        self._verdicts.readable |= seen

    def _places_of(self, docs: BitMap) -> tuple[BitMap, list[tuple[Hashable, BitMap]]]:
        """The documents of meetings where somebody is limited to items, asked about alone; and those of all other meetings,
        put together where somebody stands alike."""
        found = self._ground.shape_of
        meetings = {shape.meeting_id for number in docs if (shape := found.get(number)) and shape.meeting_id is not None}
        if not meetings:
            return BitMap(), []
        invited = seats(self._session, self._actor.person_id)
        roles: dict[int, frozenset[Role]] = {}
        alone: list[BitMap] = []
        together: dict[Hashable, list[BitMap]] = {}
        for meeting in meetings:
            place, seat = self._ground.places[meeting], invited.get(meeting)
            if seat is not None and seat.limited:
                alone.append(self._ground.by_meeting[meeting])
                continue
            if place.body_id not in roles:
                roles[place.body_id] = self._actor.roles_in(place.body_id)
            where = alike(self._actor, roles[place.body_id], meeting, place, seat)
            together.setdefault(where, []).append(self._ground.by_meeting[meeting])
        return BitMap.union(BitMap(), *alone) & docs, [(where, BitMap.union(*found)) for where, found in together.items()]

    def _asks(self, number: int) -> bool:
        known.breathe()  # a rule reads what it needs itself, and there may be many to ask
        doc = self._ground.catalogue.docs[number]
        return reads(self._session, self._actor, doc.kind, doc.source_id)

    def _finds(self, kind: str, marks: tuple[Any, ...]) -> bool:
        return finds_person(self._actor, marks[0]) if kind == "person" else finds_units(self._actor)

    def _answer(self, kind: str, marks: tuple[Any, ...], where: Hashable, docs: BitMap) -> bool:
        """What the room says of one of these documents, which its rule cannot tell apart."""
        own, case = _case(kind, marks, self._actor)
        answers = self._answers if own else _ANSWERS
        key = (kind, where, case)
        if key not in answers:
            answers[key] = self._asks(docs[0])
        return answers[key]


def _case(kind: str, marks: tuple[Any, ...], actor: Actor) -> tuple[bool, Hashable]:
    """What marks come to for an actor, and whether the answer depends on more than this says (a paper opened elsewhere)."""
    me = actor.person_id
    if kind in DOCUMENTS:
        return False, (marks[0], marks[1] == me)
    if kind == "promise":
        return False, (actor.roles_in(marks[0]), marks[1] == me)
    if kind == "paper":
        return False, (actor.unit_id == marks[0], *marks[1:])
    if kind == "opinion":
        return marks[1] is not None, (marks[0], marks[1], marks[2] == me)
    return False, marks
