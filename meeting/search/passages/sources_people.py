"""Passages of people and units: who somebody is and where they work; never a telephone number or an address of mail.

People who left and units that were dissolved are not found as such; what they said and did is. A seat in the Party is not told:
whoever sits there too finds them by their name all the same.
"""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from meeting.clock import today
from meeting.organization.models import Body, Membership, Person, Unit
from meeting.search.passages.sources import UNDATED, Found, reads, sentences


@reads("person")
def people(session: Session, scope: int, source_id: int) -> list[Found]:
    """People on file with position, unit and the bodies they serve today."""
    if scope:
        return []
    wanted = select(Person).where(Person.retired_on.is_(None))
    if source_id:
        wanted = wanted.where(Person.id == source_id)
    served = _bodies(session, source_id)
    return [_person(person, served.get(person.id, [])) for person in session.scalars(wanted.options(joinedload(Person.unit)))]


def _bodies(session: Session, person_id: int) -> dict[int, list[Body]]:
    wanted = (
        select(Membership.person_id, Body)
        .join(Body, Body.id == Membership.body_id)
        .where(Membership.starts_on <= today(), or_(Membership.ends_on.is_(None), Membership.ends_on >= today()))
        .where(Body.kind != "party")
    )
    if person_id:
        wanted = wanted.where(Membership.person_id == person_id)
    found: dict[int, list[Body]] = {}
    for person, body in session.execute(wanted.distinct().order_by(Membership.person_id, Body.id)):
        found.setdefault(person, []).append(body)
    return found


def _person(person: Person, bodies: list[Body]) -> Found:
    unit = person.unit.name if person.unit and person.unit.retired_on is None else ""
    text = sentences(person.called, person.position, unit, ", ".join(body.short_name for body in bodies))
    return Found(person.id, 0, person.full_name, text, UNDATED, unit_id=person.unit_id, person_id=person.id)


@reads("unit")
def units(session: Session, scope: int, source_id: int) -> list[Found]:
    """Units that prepare papers and carry out tasks."""
    if scope:
        return []
    wanted = select(Unit).where(Unit.retired_on.is_(None))
    if source_id:
        wanted = wanted.where(Unit.id == source_id)
    return [
        Found(unit.id, 0, unit.name, sentences(unit.name, unit.short_name), UNDATED, unit_id=unit.id)
        for unit in session.scalars(wanted)
    ]
