"""Steps inside the issue of a document: its number and date, whether its way is done, publishing by the body's form."""

from datetime import date
from typing import Any

from sqlalchemy import select

from meeting.acts import Tx
from meeting.clock import local
from meeting.conclusions.kinds import KINDS
from meeting.conclusions.life_queries import form_of
from meeting.conclusions.models import Instrument
from meeting.conclusions.rules import NoticeState
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.models import OfficialNumber
from meeting.organization.numbering import period_of, take_number_in_order
from meeting.organization.symbols import check_dated

DIGITAL = ("key", "outside")


def give_number(tx: Tx, document: Instrument, wanted: int | None, on: date | None) -> dict[str, Any]:
    """Number and date for a document, by the setting of its body. Refusals: see `conclusions.number`."""
    meeting, today = document.meeting, local(tx.now).date()
    issued_on = on or today
    if issued_on < local(meeting.opened_at or meeting.starts_at).date():
        raise Refused("issued_before_meeting")
    check_dated(issued_on, today, meeting.body.numbering, _last(tx, document, issued_on))
    number = take_number_in_order(tx, meeting.body, document.kind, issued_on, wanted)
    document.number_id, document.number = number.id, number
    document.issued_on = issued_on
    document.numbered_at = tx.now
    document.numbered_by_id = tx.actor.person_id
    return {"symbol": number.symbol, "number": number.number, "issued_on": issued_on.isoformat()}


def check_way(document: Instrument) -> None:
    """A digitally signed document gets its number first, into the fields that were left open for it: `notice_unnumbered`."""
    if document.sealing in DIGITAL and document.state == NoticeState.SIGNED:
        raise Refused("notice_unnumbered")


def publish_by_form(tx: Tx, document: Instrument) -> None:
    """Publishes an issued document where the body's form says so once and for all; nothing of a closed meeting."""
    form = form_of(tx.reading, document.meeting.body_id, document.kind)
    if form is None or not form.publish or document.meeting.closed:
        return
    document.published_at = tx.now
    document.published_by_id = tx.actor.person_id
    facts = {"notice_id": document.id, "kind": document.kind, "family": KINDS[document.kind].family}
    tx.record(Event.NOTICE_PUBLISHED, document, **facts, by="form")


def _last(tx: Tx, document: Instrument, on: date) -> tuple[str, date] | None:
    """Symbol and date of the last document of this body, kind and period."""
    body = document.meeting.body
    wanted = (
        select(OfficialNumber.symbol, Instrument.issued_on)
        .join(Instrument, Instrument.number_id == OfficialNumber.id)
        .where(OfficialNumber.body_id == body.id, OfficialNumber.kind == document.kind)
        .where(OfficialNumber.period == period_of(body, on))
        .order_by(OfficialNumber.number.desc())
    )
    row = tx.execute(wanted.limit(1)).first()
    return (row.symbol, row.issued_on) if row is not None and row.issued_on is not None else None
