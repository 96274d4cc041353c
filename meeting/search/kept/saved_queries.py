"""Reads of one's own saved searches: what each asks in words, and what is new there that one may read now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda import queries as agenda
from meeting.agenda.models import Meeting
from meeting.errors import N_, Missing
from meeting.organization.models import Person, Unit
from meeting.permissions import Actor
from meeting.search.addresses import address_of
from meeting.search.finding import catalogue, narrowing
from meeting.search.finding.catalogue import Catalogue
from meeting.search.kept.saved_models import SavedHit, SavedSearch
from meeting.search.kept.saved_rules import address
from meeting.search.models import Passage
from meeting.search.rights.sight import Sight
from meeting.search.rules import LABELS, STANDINGS

PERIODS = {
    "this-month": N_("This month"),
    "this-quarter": N_("This quarter"),
    "this-year": N_("This year"),
    "last-year": N_("Last year"),
}


class Saved(NamedTuple):
    """A saved search, and how much in it is new to its owner."""

    search: SavedSearch
    new: int

    @property
    def url(self) -> str:
        """The page that asks the same again; what is new first where there is something new."""
        return address(self.search.question, sort="date") if self.new else self.search.url


@dataclass(frozen=True)
class NewHit:
    """A document that answered a saved search after it was saved: its best passage, when it was found, whether it was seen."""

    passage: Passage
    url: str
    found_at: datetime
    seen: bool


class Told(NamedTuple):
    """One filter in words: the sign before it, the words, and whether they are message ids."""

    icon: str
    words: str
    translate: bool = False


def saved_of(session: Session, actor: Actor) -> list[Saved]:
    """One's own saved searches: those with something new first, then by name."""
    rows = list(session.scalars(select(SavedSearch).where(SavedSearch.person_id == actor.person_id)))
    new = {row.id: 0 for row in rows}
    for hit in _readable(session, actor, _unseen(session, actor)):
        new[hit.saved_id] += 1
    return sorted((Saved(row, new[row.id]) for row in rows), key=lambda each: (not each.new, each.search.name.casefold()))


def count_new(session: Session, actor: Actor) -> int:
    """How many documents are new in all one's saved searches, each counted once."""
    return len({(hit.kind, hit.source_id) for hit in _readable(session, actor, _unseen(session, actor))})


def own(session: Session, actor: Actor, saved_id: int) -> SavedSearch:
    """One's own saved search; Missing for everybody else."""
    row = session.get(SavedSearch, saved_id)
    if row is None or row.person_id != actor.person_id:
        raise Missing()
    return row


def hits_of(session: Session, actor: Actor, row: SavedSearch, limit: int = 200, unseen: bool = False) -> list[NewHit]:
    """What was found for it since it was saved (and not seen yet) and may be read now, the newest first."""
    wanted = select(SavedHit).where(SavedHit.saved_id == row.id).order_by(SavedHit.found_at.desc(), SavedHit.id.desc())
    if unseen:
        wanted = wanted.where(SavedHit.seen_at.is_(None))
    hits = _readable(session, actor, list(session.scalars(wanted)))[:limit]
    known = catalogue.current(session)
    firsts = {}
    for hit in hits:
        number = known.number_of(hit.kind, hit.source_id)
        if number is not None:
            firsts[hit.id] = known.docs[number].passages[0]
    passages = {each.id: each for each in session.scalars(select(Passage).where(Passage.id.in_(firsts.values())))}
    typed = str(row.question.get("q", ""))
    found = []
    for hit in hits:
        passage = passages.get(firsts.get(hit.id, 0))
        if passage is not None:
            found.append(NewHit(passage, address_of(passage, typed=typed), hit.found_at, hit.seen_at is not None))
    return found


def _unseen(session: Session, actor: Actor) -> list[SavedHit]:
    mine = select(SavedSearch.id).where(SavedSearch.person_id == actor.person_id)
    return list(session.scalars(select(SavedHit).where(SavedHit.saved_id.in_(mine), SavedHit.seen_at.is_(None))))


def _readable(session: Session, actor: Actor, hits: list[SavedHit]) -> list[SavedHit]:
    """Those whose document is still there and may be read now."""
    if not hits:
        return []
    known = catalogue.current(session)
    numbers = {hit.id: known.number_of(hit.kind, hit.source_id) for hit in hits}
    readable = readable_of(session, actor, known, {number for number in numbers.values() if number is not None})
    return [hit for hit in hits if numbers[hit.id] in readable]


def readable_of(session: Session, actor: Actor, known: Catalogue, numbers: set[int]) -> set[int]:
    """The numbers of documents that somebody may read now."""
    return set(Sight(session, actor, known).readable(BitMap(numbers)))


def filters_told(session: Session, actor: Actor, question: Mapping[str, str]) -> list[Told]:
    """The filters of a question in words. What a number stands for is said only to those who may know of it."""
    told = []
    if question.get("kind") in LABELS:
        told.append(Told("file-text", LABELS[question["kind"]], True))
    if question.get("body"):
        told.append(Told("building-community", question["body"]))
    told += [Told(icon, name) for icon, name in _named(session, actor, question) if name]
    if question.get("state") in STANDINGS:
        told.append(Told("flag", STANDINGS[question["state"]], True))
    period = question.get("year", "")
    if period:
        told.append(Told("calendar", PERIODS.get(period, period), period in PERIODS))
    days = [_day(question.get(name, "")) for name in ("from", "to")]
    if any(days):
        told.append(Told("calendar", " – ".join(days)))
    return told


def _named(session: Session, actor: Actor, question: Mapping[str, str]) -> list[tuple[str, str]]:
    """Unit, meeting and person by their numbers."""
    found = []
    unit_id, person_id = (_number(question.get(name, "")) for name in ("unit", "person"))
    unit = session.get(Unit, unit_id) if unit_id and narrowing.tells_of(session, actor, "unit", unit_id) else None
    found.append(("users", unit.name if unit else ""))
    visible = agenda.visible_to(actor).where(Meeting.id == _number(question.get("meeting", "")))
    meeting = session.scalar(visible)
    found.append(("calendar-event", meeting.title if meeting else ""))
    person = session.get(Person, person_id) if person_id and narrowing.tells_of(session, actor, "person", person_id) else None
    found.append(("user", person.full_name if person else ""))
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return ""
