"""Filters: which documents of the catalogue are asked for, filter by filter, by the address and by the field words typed."""

from collections.abc import Iterable
from datetime import date

from pyroaring import BitMap
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.organization.models import Body, Person, Unit
from meeting.permissions import Actor
from meeting.search.finding import catalogue as catalogues
from meeting.search.finding.answers import Asked
from meeting.search.finding.catalogue import Catalogue
from meeting.search.language.abbreviations import same_name
from meeting.search.language.field_words import Known
from meeting.search.language.symbols import bears, parts
from meeting.search.language.wanted import Fields
from meeting.search.language.words import folded_forms
from meeting.search.rights.sight import Sight
from meeting.search.rules import OPEN_STANDINGS, OVERDUE, standing_said

Filters = dict[str, BitMap]  # by name: kind, body, unit, meeting, person, state, period, number, changed


def asked_for(session: Session, catalogue: Catalogue, asked: Asked, fields: Fields, today: date) -> Filters:
    """The documents that each filter leaves; a filter that was not asked for is not there."""
    found: Filters = {}
    if asked.kind:
        found["kind"] = catalogue.by_kind.get(asked.kind, BitMap())
    if asked.body_id is not None:
        found["body"] = catalogue.by_body.get(asked.body_id, BitMap())
    if asked.unit_id is not None:
        found["unit"] = _of(catalogue, "unit", [asked.unit_id])
    if asked.meeting_id is not None:
        found["meeting"] = catalogue.by_meeting.get(asked.meeting_id, BitMap())
    if asked.person_id is not None:
        found["person"] = _of(catalogue, "person", [asked.person_id])
    if asked.state:
        found["state"] = in_state(catalogue, asked.state, today)
    if asked.since or asked.until:
        found["period"] = between(catalogue, asked.since, asked.until)
    if asked.after_seq:
        found["changed"] = _changed(session, catalogue, asked.after_seq)
    for name, docs in named(session, catalogue, fields, today).items():
        found[name] = found[name] & docs if name in found else docs
    return found


def named(session: Session, catalogue: Catalogue, fields: Fields, today: date) -> Filters:
    """The documents that each field word typed asks for; a name that nobody bears leaves none."""
    found: Filters = {}
    if fields.kind:
        found["kind"] = catalogue.by_kind.get(fields.kind, BitMap())
    if fields.body:
        found["body"] = _any(catalogue.by_body.get(key) for key in _bodies(session, fields.body))
    if fields.unit:
        found["unit"] = _of(catalogue, "unit", _bearing(session, Unit.id, fields.unit, Unit.name, Unit.short_name))
    if fields.person:
        found["person"] = _of(catalogue, "person", _bearing(session, Person.id, fields.person, Person.full_name))
    if fields.meeting:
        found["meeting"] = _any(
            catalogue.by_meeting.get(key) for key in _bearing(session, Meeting.id, fields.meeting, Meeting.title)
        )
    if fields.state:
        found["state"] = _any(in_state(catalogue, word, today) for word in standing_said(fields.state))
    if fields.since or fields.until:
        found["period"] = between(catalogue, fields.since, fields.until)
    if fields.number:
        found["number"] = bearing_number(catalogue, fields.number)
    return found


def in_state(catalogue: Catalogue, word: str, today: date) -> BitMap:
    """The documents of one word of `rules.STANDINGS`; what is overdue is not counted as going on."""
    if word == OVERDUE:
        return overdue(catalogue, today)
    found = catalogue.by_state.get(word, BitMap())
    return found - overdue(catalogue, today) if word in OPEN_STANDINGS else found


def overdue(catalogue: Catalogue, today: date) -> BitMap:
    """What is still open and should have been done before today."""
    found = catalogue.derived.get((OVERDUE, today))
    if found is None:
        late = _any(docs for due, docs in catalogue.by_due.items() if due < today)
        found = late & _any(catalogue.by_state.get(word) for word in OPEN_STANDINGS)
        catalogue.derived[OVERDUE, today] = found
    return found


def between(catalogue: Catalogue, since: date | None, until: date | None) -> BitMap:
    """The documents of some days, both ends among them."""
    first = since or date.min
    last = until or date.max
    whole: list[BitMap] = []
    edges: list[BitMap] = []
    for month, docs in list(catalogue.by_month.items()):
        if (first.year, first.month) < month < (last.year, last.month):
            whole.append(docs)
        elif (first.year, first.month) <= month <= (last.year, last.month):
            edges.append(docs)
    inside = BitMap([number for docs in edges for number in docs if first <= catalogue.docs[number].dated <= last])
    return BitMap.union(inside, *whole)


def bearing_number(catalogue: Catalogue, number: str) -> BitMap:
    """The documents whose symbol begins so: 135, 135/TB, 61/NĐ."""
    alike = catalogue.symbols_with.get(next(iter(parts(number)), ""), ())
    return _any(catalogue.by_symbol.get(key) for key in alike if bears(key, number))


def _of(catalogue: Catalogue, kind: str, keys: Iterable[int]) -> BitMap:
    """What units or people have to do with, and they themselves."""
    sets = catalogue.by_unit if kind == "unit" else catalogue.by_person
    keys = list(keys)
    themselves = BitMap([number for key in keys if (number := catalogue.number_of(kind, key)) is not None])
    return themselves | _any(sets.get(key) for key in keys)


def tells_of(session: Session, actor: Actor, kind: str, key: int) -> bool:
    """Whether somebody may read anything of a unit or a person: only then it is named to them."""
    catalogue = catalogues.current(session)
    return bool(Sight(session, actor, catalogue).readable(_of(catalogue, kind, [key])))


def _bearing(session: Session, key: object, said: str, *columns: object) -> list[int]:
    """The rows whose name holds the words said, in whatever marks, abbreviated or not."""
    rows = session.execute(select(key, *columns)).all()  # type: ignore[call-overload]
    return [row[0] for row in rows if any(same_name(said, str(name)) for name in row[1:] if name)]


def _bodies(session: Session, said: str) -> list[int]:
    """A body by its short name as it is, else by words of its name."""
    words = folded_forms(said)
    rows = session.execute(select(Body.id, Body.short_name, Body.name).where(Body.practice_of_id.is_(None))).all()
    own = [row.id for row in rows if folded_forms(row.short_name) == words]
    return own or [row.id for row in rows if same_name(said, row.name)]


def known_to(session: Session) -> Known:
    """What may stand behind the field words whose values everybody may know."""
    return {
        "unit": lambda said: bool(_bearing(session, Unit.id, said, Unit.name, Unit.short_name)),
        "body": lambda said: bool(_bodies(session, said)),
        "state": lambda said: bool(standing_said(said)),
    }


def _changed(session: Session, catalogue: Catalogue, seq: int) -> BitMap:
    rows = session.execute(text("SELECT id FROM passage WHERE seq > :seq AND NOT gone"), {"seq": seq})
    return catalogue.of_passages(BitMap([row[0] for row in rows]))


def _any(sets: Iterable[BitMap | None]) -> BitMap:
    return BitMap.union(BitMap(), *(each for each in sets if each))
