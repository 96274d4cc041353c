"""Acts on bodies. A body that has met is never deleted: it retires, and can come back."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization import rules
from meeting.organization.duties import OF_BODY, check_none, duties
from meeting.organization.fields import Rank, Short, Title, Words
from meeting.organization.models import Body
from meeting.organization.names import folded, nfc
from meeting.permissions import Action

HourOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class AddBody(ActInput):
    """A body that will meet."""

    kind: Literal["council", "committee", "party"]
    name: Title
    short_name: Short
    symbol_code: Short
    parent_name: Words = ""
    place: Words = ""
    term: Words = ""
    term_started_on: date | None = None


@act("organization.add_body", Action.MANAGE_PEOPLE)
def add_body(tx: Tx, wanted: AddBody) -> dict[str, Any]:
    """Adds a body that meets. Refused: `body_exists`, `term_unreadable`.

    Recorded: BODY_ADDED, to which the agenda answers with meeting types.
    """
    tx.require(Action.MANAGE_PEOPLE)
    rules.check_term_words(nfc(wanted.term))
    _names_free(tx, wanted)
    values = wanted.model_dump(exclude={"meeting_id"})
    body = tx.add(Body(**{key: nfc(value) if isinstance(value, str) else value for key, value in values.items()}))
    body.address_form = "dong_chi" if body.is_party else "ong_ba"
    tx.record(Event.BODY_ADDED, body, body_id=body.id, kind=body.kind, name=body.name)
    return {"body_id": body.id}


class SetTerm(ActInput):
    """The term in which a body is, in words; empty where none shall be printed."""

    body_id: int
    term: Words = ""
    term_started_on: date | None = None  # of the Party: its documents are numbered by term; left out: as it is


@act("organization.set_term", Action.MANAGE_PEOPLE)
def set_term(tx: Tx, wanted: SetTerm) -> dict[str, Any]:
    """Says in which term a body is, for its ballots and counting minutes. Refused: `term_unreadable`. Recorded: BODY_EDITED."""
    tx.require(Action.MANAGE_PEOPLE)
    body, term = tx.get(Body, wanted.body_id), nfc(wanted.term).strip()
    rules.check_term_words(term)
    started = wanted.term_started_on or body.term_started_on
    if (term, started) == (body.term, body.term_started_on):
        tx.nothing_to_record("the body has this term already")
        return {}
    before, body.term, body.term_started_on = body.term, term, started
    tx.record(Event.BODY_EDITED, body, body_id=body.id, name=body.name, before={"term": before}, term=term)
    return {}


class EditBody(ActInput):
    """New facts about a body; what is left out stays as it is. The kind never changes."""

    body_id: int
    name: Title
    short_name: Short
    symbol_code: Short | None = None
    parent_name: Words | None = None
    place: Words | None = None
    opens_at: HourOfDay | None = None
    closes_at: HourOfDay | None = None
    rank: Rank | None = None


@act("organization.edit_body", Action.MANAGE_PEOPLE)
def edit_body(tx: Tx, wanted: EditBody) -> dict[str, Any]:
    """Corrects what is on file of a body; papers already printed keep what they were printed with. The same again is harmless.

    Refused: `body_exists`, `hours_end_before_start`. Recorded: BODY_EDITED with what stood there before.
    """
    tx.require(Action.MANAGE_PEOPLE)
    body = tx.get(Body, wanted.body_id)
    _names_free(tx, wanted, body.id)
    said = wanted.model_dump(exclude={"meeting_id", "body_id"}, exclude_none=True)
    values = {key: nfc(value) if isinstance(value, str) else value for key, value in said.items()}
    rules.check_hours(values.get("opens_at", body.opens_at), values.get("closes_at", body.closes_at))
    before = {key: getattr(body, key) for key, value in values.items() if getattr(body, key) != value}
    if not before:
        tx.nothing_to_record("the body is so already")
        return {}
    for key in before:
        setattr(body, key, values[key])
    tx.record(Event.BODY_EDITED, body, body_id=body.id, name=body.name, before=before)
    return {}


class OfBody(ActInput):
    """A body."""

    body_id: int


@act("organization.retire_body", Action.MANAGE_PEOPLE)
def retire_body(tx: Tx, wanted: OfBody) -> dict[str, Any]:
    """Ends a body: no new meetings, no new roles; what was stays and is read as before. Twice is harmless.

    Refused: `body_has_meetings` while meetings or written rounds of it are open, each named. Recorded: BODY_RETIRED.
    """
    tx.require(Action.MANAGE_PEOPLE)
    body = tx.get(Body, wanted.body_id)
    if body.retired_on is not None:
        tx.nothing_to_record("the body is retired already")
        return {}
    check_none("body_has_meetings", body.name, duties(OF_BODY, tx.reading, body.id))
    body.retired_on = clock.local(tx.now).date()
    tx.record(Event.BODY_RETIRED, body, body_id=body.id, name=body.name)
    return {}


@act("organization.return_body", Action.MANAGE_PEOPLE)
def return_body(tx: Tx, wanted: OfBody) -> dict[str, Any]:
    """Brings a retired body back. Twice is harmless. Recorded: BODY_RETURNED."""
    tx.require(Action.MANAGE_PEOPLE)
    body = tx.get(Body, wanted.body_id)
    if body.retired_on is None:
        tx.nothing_to_record("the body is in use already")
        return {}
    body.retired_on = None
    tx.record(Event.BODY_RETURNED, body, body_id=body.id, name=body.name)
    return {}


def _names_free(tx: Tx, wanted: AddBody | EditBody, but: int | None = None) -> None:
    names = {folded(nfc(wanted.name)), folded(nfc(wanted.short_name))}
    for body in tx.scalars(select(Body)):
        if body.id != but and names & {folded(body.name), folded(body.short_name)}:
            raise Refused("body_exists", name=body.name)
