"""What is known for a while of who may read what, so that a search of thousands of documents asks few questions or none.

The journal tells when it no longer holds, whoever wrote it and in whichever process: it is read in the searcher's own picture of
the store before every search. What happened in a meeting ends what is known of that meeting; people, tasks and written rounds
outside meetings likewise; everything that is not listed as harmless ends all. Roles are the actor's own, so other roles are
another actor; days end at midnight, and of guests with a link nothing is kept longer than seconds.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Any, Protocol

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.documents import grants
from meeting.events import Event
from meeting.journal import Entry
from meeting.materials.models import Requirement, Submission
from meeting.permissions import Actor
from meeting.search.rights.picture import marks as marks_of
from meeting.search.rights.sight_places import Place, places
from meeting.search.rights.sight_shapes import Shape, shapes

SLICE = 300  # documents read between two breaths of the loop
MOST_PEOPLE = 500
MOST_CHANGES = 1000
VISITOR_SECONDS = 5.0
DRAFTS = ("draft", "writing")  # states in which the text that was fed is the makers' own

#: Harmless for papers, but not for what is found.
_TELLS = {
    Event.FILE_READY,
    Event.HANDED_OVER,
    Event.HANDED_BACK,
    Event.PRESIDER_CHANGED,
    Event.PRESIDIUM_SEATED,
    Event.OPINION_POSTED,
    Event.OPINION_WITHDRAWN,
    Event.OPINION_HIDDEN,
    Event.OPINION_SHOWN,
    Event.MINUTES_PART_WRITTEN,
    Event.QUESTION_PREPARED,
    Event.QUESTION_READY,
    Event.QUESTION_EDITED,
    Event.QUESTION_REMOVED,
    Event.QUESTION_CANCELLED,
    Event.REVIEW_STARTED,
    Event.REVIEW_ENDED,
    Event.VOTE_OPENED,
    Event.VOTE_REPEATED,
    Event.RESULT_PUBLISHED,
}
#: Outside meetings: nobody may read more or less for it.
_ELSEWHERE = {
    Event.PASSWORD_CHANGED,
    Event.TOKEN_CREATED,
    Event.TOKEN_REVOKED,
    Event.CHANNELS_SET,
    Event.FORM_KEPT,
    Event.SCANNER_AWAY,
}
ELSEWHERE = (
    "catalogues.",
    "rulebook.",
    "calendars.",
    "evaluation.",
    "notify.",
    "agenda.template_",
)  # where they are of no meeting
HARMLESS = frozenset({each.value for each in (grants.HARMLESS - _TELLS) | _ELSEWHERE})
FILES = frozenset({Event.FILE_READY.value, Event.FILE_REFUSED.value})
PEOPLE = frozenset(
    {
        each.value
        for each in (
            Event.PERSON_ADDED,
            Event.PERSON_EDITED,
            Event.ROLE_GIVEN,
            Event.ROLE_ENDED,
            Event.UNIT_ADDED,
            Event.UNIT_EDITED,
            Event.UNIT_RETIRED,
            Event.ACCOUNT_CHANGED,
            Event.PEOPLE_IMPORTED,
        )
    }
)


def breathe() -> None:
    """Lets others have their turn."""
    time.sleep(0)


class Numbered(Protocol):
    """What of a catalogue is needed: the documents by number, and their sets by meeting and kind."""

    docs: list[Any]
    by_meeting: dict[Any, BitMap]
    by_kind: dict[Any, BitMap]


class Verdicts:
    """What one actor may read, as far as it was decided."""

    def __init__(self, version: int) -> None:
        self.decided, self.readable = BitMap(), BitMap()
        self.version = version
        self.born = time.monotonic()

    def forget(self, docs: BitMap) -> None:
        """These are asked for anew."""
        self.decided -= docs
        self.readable -= docs


class Ground:
    """The shapes of all documents that were asked about, the places of their meetings, and what was decided of them."""

    def __init__(self, catalogue: Numbered) -> None:
        self.catalogue = catalogue
        self.told = -1  # the newest entry of the journal that was heard of
        self.day = clock.today()
        self.lock = Lock()
        self.people: OrderedDict[Actor, Verdicts] = OrderedDict()
        self.version = 0
        self.empty()

    def empty(self) -> None:
        """Everything is asked anew."""
        self.shape_of: dict[int, Shape] = {}
        self.by_marks: dict[tuple[str, tuple[Any, ...]], BitMap] = {}  # what brings the same to its kind's rule
        self.by_meeting: dict[int, BitMap] = {}
        self.seen = BitMap()
        self.unfed = BitMap()  # handed out, but what was fed is still the draft
        self.changed: list[BitMap] = []  # what each version ended
        self.first = self.version
        self.places: dict[int, Place] = {}
        self.people.clear()

    # following the journal

    def hear(self, session: Session) -> bool:
        """Reads what happened since, as this session sees it. False when the session sees an older state than is known here."""
        newest = marks_of(session).entry
        if self.told < 0:
            self.told = newest
        if newest < self.told:
            return False
        if self.day != clock.today():
            self.day = clock.today()
            self.empty()
        if newest > self.told:
            since = select(Entry.id, Entry.chain, Entry.event).where(Entry.id > self.told).order_by(Entry.id)
            self._end(session, [(row.id, row.chain, row.event) for row in session.execute(since)])
            self.told = newest
        return True

    def _end(self, session: Session, entries: Iterable[tuple[int, int, str]]) -> None:
        meetings: set[int] = set()
        kinds: set[str] = set()
        files: list[int] = []
        for number, chain, event in entries:
            if event in HARMLESS:
                continue
            if event in FILES:
                files.append(number)
            elif chain:
                meetings.add(chain)
            elif event in PEOPLE:
                kinds |= {"person", "unit"}
            elif event.startswith(ELSEWHERE):
                continue
            elif event.startswith(("tasks.", "rounds.")):
                kinds.add("task" if event.startswith("tasks.") else "round")
            else:
                self.empty()
                return
        if files:
            meetings |= _meetings_with(session, files)
        if meetings or kinds:
            self._forget(meetings, kinds)

    def _forget(self, meetings: set[int], kinds: set[str]) -> None:
        ended = BitMap()
        for meeting in meetings:
            self.places.pop(meeting, None)
            ended |= self.catalogue.by_meeting.get(meeting, BitMap())
            ended |= self.by_meeting.get(meeting, BitMap())
        for kind in kinds:
            ended |= self.catalogue.by_kind.get(kind, BitMap())
        for (kind, marks), docs in self.by_marks.items():  # a paper may be open through another meeting too
            if kind == "opinion" and marks[1] is not None:
                ended |= docs
        ended &= self.seen
        for number in ended:
            if number in self.shape_of:
                self._take_out(number, self.shape_of.pop(number))
        self.seen -= ended
        self.unfed -= ended
        self.changed.append(ended)
        self.version += 1
        if len(self.changed) > MOST_CHANGES:
            self.empty()

    # what is known

    def verdicts(self, actor: Actor) -> Verdicts:
        """What was decided of an actor and still holds."""
        known = self.people.get(actor)
        old = known is not None and actor.only_meeting is not None and time.monotonic() - known.born > VISITOR_SECONDS
        if known is None or old:
            known = self.people[actor] = Verdicts(self.version)
        for ended in self.changed[known.version - self.first :]:
            known.forget(ended)
        known.version = self.version
        self.people.move_to_end(actor)
        while len(self.people) > MOST_PEOPLE:
            self.people.popitem(last=False)
        return known

    def look_at(self, session: Session, docs: BitMap) -> None:
        """Reads the shapes of documents that were not asked about yet, and the places of their meetings, slice by slice."""
        wanted: dict[str, dict[int, int]] = {}
        for number in docs - self.seen:
            doc = self.catalogue.docs[number]
            wanted.setdefault(doc.kind, {})[doc.source_id] = number
        for kind, sources in wanted.items():
            rest = list(sources)
            while rest:
                some, rest = rest[:SLICE], rest[SLICE:]
                found = shapes(session, kind, some)
                self._look_at_places(session, {shape.meeting_id for shape in found.values() if shape.meeting_id})
                for source in some:
                    self.seen.add(sources[source])
                    if (shape := found.get(source)) is not None:
                        self._put(sources[source], shape)
                breathe()

    def _look_at_places(self, session: Session, meetings: set[int]) -> None:
        missing = meetings - self.places.keys()
        if missing:
            self.places |= places(session, missing)

    def _put(self, number: int, shape: Shape) -> None:
        self.shape_of[number] = shape
        self.by_marks.setdefault((shape.kind, shape.marks), BitMap()).add(number)
        if shape.meeting_id is not None:
            self.by_meeting.setdefault(shape.meeting_id, BitMap()).add(number)
        private = shape.kind in ("item", "meeting") and shape.meeting_id in self.places and self.places[shape.meeting_id].private
        if not shape.draft and not private and self.catalogue.docs[number].state in DRAFTS:
            self.unfed.add(number)

    def _take_out(self, number: int, shape: Shape) -> None:
        alike = self.by_marks[shape.kind, shape.marks]
        alike.discard(number)
        if not alike:
            del self.by_marks[shape.kind, shape.marks]
        if shape.meeting_id is not None:
            self.by_meeting[shape.meeting_id].discard(number)

    def without_unfed(self, docs: BitMap) -> BitMap:
        """The documents whose kept text is not an older draft of what was handed out since."""
        for number in docs & self.unfed:
            if self.catalogue.docs[number].state in DRAFTS:
                docs.discard(number)
            else:
                self.unfed.discard(number)
        return docs


def _meetings_with(session: Session, entries: list[int]) -> set[int]:
    """The meetings that hold the files of which these entries tell."""
    told = session.scalars(select(Entry.facts).where(Entry.id.in_(entries)))
    files = {int(facts["file_id"]) for facts in told}
    held = select(Requirement.meeting_id).join(Submission).where(Submission.file_id.in_(files))
    return set(session.scalars(held))


_ground: Ground | None = None


def ground_of(catalogue: Numbered) -> Ground:
    """What is known of the documents of this catalogue."""
    global _ground
    if _ground is None or _ground.catalogue is not catalogue:
        _ground = Ground(catalogue)
    return _ground


def forget() -> None:
    """Everything is asked anew."""
    global _ground
    _ground = None
