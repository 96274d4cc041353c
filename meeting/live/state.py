"""The live state of a meeting: sections for each audience, what each person may know and do, and one version number.

Rooms register sections, parts of `me` and objections to closing; this module reads them in one transaction. Nothing is
merged or replayed: a screen replaces a section by what it is sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.database import LiveVersion, setting
from meeting.errors import Missing
from meeting.permissions import Action, Actor, Role, allows

AUDIENCES = ("member", "desk", "hall", "guest")


@dataclass(frozen=True)
class View:
    """What a section is read for."""

    session: Session
    meeting: Meeting
    audience: str  # member, desk (chair and secretariat), hall (the big screen), guest (perhaps limited to items)
    now: datetime
    item_ids: frozenset[int] | None = None  # for a limited guest: the items he may see

    @property
    def names_shown(self) -> bool:
        """Lists of people go to desk and hall only; members get counts."""
        return self.audience in ("desk", "hall")


@dataclass(frozen=True)
class Objection:
    """A reason why the meeting cannot close now: a declared refusal code with its facts, and the act that settles it."""

    code: str
    facts: dict[str, Any]
    settle: tuple[str, dict[str, Any]] | None = None  # an act and its input, for a button beside the sentence

    def told(self) -> dict[str, Any]:
        """As part of a refusal."""
        settle = {"settle": {"act": self.settle[0], "input": self.settle[1]}} if self.settle else {}
        return {"code": self.code, **self.facts, **settle}


Section = Callable[[View], Any]
Mine = Callable[[Session, Meeting, Sequence[int], datetime], Mapping[int, Mapping[str, Any]]]
Objector = Callable[[Session, Meeting], list[Objection]]

SECTIONS: dict[str, Section] = {}
MINE: dict[str, Mine] = {}
OBJECTORS: list[Objector] = []


def section(name: str) -> Callable[[Section], Section]:
    """Registers the reader of one section of the live state."""

    def register(function: Section) -> Section:
        if name in SECTIONS:
            raise LookupError(f"the section {name!r} exists already")
        SECTIONS[name] = function
        return function

    return register


def mine(name: str) -> Callable[[Mine], Mine]:
    """Registers a part of `me`, read for many people at once by set queries."""

    def register(function: Mine) -> Mine:
        MINE[name] = function
        return function

    return register


def objects_to_close(function: Objector) -> Objector:
    """Registers an objection to closing the meeting."""
    OBJECTORS.append(function)
    return function


def objections(session: Session, meeting: Meeting) -> list[Objection]:
    """Everything that is still open."""
    return [objection for objector in OBJECTORS for objection in objector(session, meeting)]


def audience_of(hats: frozenset[Role]) -> str:
    """The audience these hats belong to, the one that sees most first."""
    if allows(Action.SEE_DESK, hats):
        return "desk"
    if allows(Action.JOIN_LIVE, hats - {Role.GUEST}):
        return "member"
    if Role.GUEST in hats:  # who prepares papers in a unit too stays a guest here
        return "guest"
    raise Missing()


def version(session: Session, meeting_id: int) -> int:
    """The meeting's live version; 0 when nothing has changed it yet."""
    return session.scalar(select(LiveVersion.version).where(LiveVersion.meeting_id == meeting_id)) or 0


def epoch(session: Session) -> str:
    """Changes at every restore: a client that sees another epoch joins again."""
    return setting(session, "epoch", "1")


def sections(session: Session, meeting: Meeting, audience: str, item_ids: frozenset[int] | None = None) -> dict[str, Any]:
    """All sections for one audience."""
    view = View(session, meeting, audience, clock.now(), item_ids)
    return {name: read(view) for name, read in SECTIONS.items()}


def personal(session: Session, meeting: Meeting, actors: Sequence[Actor]) -> dict[int, dict[str, Any]]:
    """`me` for many people: who they are here, what they may do, and the parts the rooms add."""
    now = clock.now()
    people = [actor.person_id for actor in actors]
    found = standing(session, meeting, actors)
    for read in MINE.values():
        for person_id, part in read(session, meeting, people, now).items():
            if person_id in found:
                found[person_id].update(part)
    return found


def standing(session: Session, meeting: Meeting, actors: Sequence[Actor]) -> dict[int, dict[str, Any]]:
    """Who these people are here, and what they may do."""
    hats = meeting.hats_of_many(actors, session)
    return {
        actor.person_id: {
            "person_id": actor.person_id,
            "name": actor.name,
            "hats": sorted(hats[actor.person_id]),
            "can": _can(hats[actor.person_id]),
        }
        for actor in actors
    }


@cache
def _can(hats: frozenset[Role]) -> list[str]:
    """What these hats may do. Remembered: it is asked for everybody at every change, and the table never changes."""
    return [action.value for action in Action if allows(action, hats)]


Place = tuple[str, frozenset[int] | None]


def place_of(session: Session, meeting_id: int, actor: Actor, wanted: str = "") -> Place:
    """The audience this person belongs to, with a limited guest's items. Missing for strangers."""
    meeting = session.get(Meeting, meeting_id)
    hats = meeting.hats_of(actor, session) if meeting else frozenset()
    if meeting is None or not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    if wanted == "hall" and allows(Action.SHOW_HALL, hats):
        return "hall", None
    audience = audience_of(hats)
    return audience, item_limit(session, meeting, actor) if audience == "guest" else None


def joined(session: Session, meeting_id: int, actor: Actor, wanted: str = "") -> dict[str, Any]:
    """The answer to `live.join`: everything this person's screens need now, from one read transaction.

    `wanted` may ask for the `hall` audience where the actor may show it. Missing for strangers.
    """
    audience, items = place_of(session, meeting_id, actor, wanted)
    meeting = session.get_one(Meeting, meeting_id)
    return {
        "epoch": epoch(session),
        "seq": version(session, meeting_id),
        "now": clock.now().isoformat(timespec="milliseconds"),
        "audience": audience,
        "state": sections(session, meeting, audience, items),
        "me": personal(session, meeting, [actor])[actor.person_id],
    }


def item_limit(session: Session, meeting: Meeting, actor: Actor) -> frozenset[int] | None:
    """The items a limited guest may see; None: all."""
    limit = select(Participant.item_ids).where(Participant.meeting_id == meeting.id, Participant.person_id == actor.person_id)
    items = session.scalar(limit)
    return frozenset(items) if items else None
