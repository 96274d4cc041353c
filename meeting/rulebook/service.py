"""Acts on rules: give a body the rule books of its kind."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from meeting.acts import ActInput, Tx, act, on
from meeting.journal import Event, Told
from meeting.organization.models import Body
from meeting.permissions import Action
from meeting.rulebook.defaults import BY_KIND, FIRST_DAY
from meeting.rulebook.models import MeetingType, RuleBook


class BodyInput(ActInput):
    """One body."""

    body_id: int


@act("rulebook.install", Action.MANAGE_PEOPLE)
def install(tx: Tx, wanted: BodyInput) -> dict[str, Any]:
    """Gives a body the default kinds of meetings of its sort with their rules. Kinds it has already are left as they are.

    Calling it again is harmless. Records the codes that were added.
    """
    tx.require(Action.MANAGE_PEOPLE)
    body = tx.get(Body, wanted.body_id)
    present = set(tx.scalars(select(MeetingType.code).where(MeetingType.body_id == body.id)))
    types = {}
    for each in BY_KIND[body.kind]:
        if each.code not in present:
            values = asdict(each)
            kind = tx.add(MeetingType(body_id=body.id, code=values.pop("code"), name=values.pop("name")))
            tx.add(RuleBook(type_id=kind.id, starts_on=FIRST_DAY, **values))
            types[each.code] = kind.id
    if types:
        tx.record(Event.TYPES_INSTALLED, None, body_id=body.id, codes=sorted(types))
    else:
        tx.nothing_to_record("the body has all its types already")
    return {"type_ids": types}


@on(Event.BODY_ADDED)
def give_types(tx: Tx, told: Told) -> None:
    """A new body has the default kinds of meetings of its sort from the start."""
    tx.call_as_system("rulebook.install", BodyInput(body_id=told.facts["body_id"]))
