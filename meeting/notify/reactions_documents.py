"""Who is told what of notices, resolutions and decisions: the next hand, those who took part, those of a document that fell."""

from collections.abc import Sequence
from typing import Any

from meeting.acts import Tx
from meeting.conclusions.life_queries import signer_of, signing_for
from meeting.conclusions.models import Instrument
from meeting.events import Event
from meeting.journal import Told
from meeting.notify import queries
from meeting.notify.facts import about
from meeting.notify.reactions import EXCUSED, OFFICE, handles
from meeting.notify.telling import tell
from meeting.permissions import Role

EXCUSED.update(
    {
        Event.NOTICE_DRAFTED: OFFICE,
        Event.NOTICE_EDITED: OFFICE,
        Event.NOTICE_DISCARDED: OFFICE,
        Event.NOTICE_NOT_REQUIRED: OFFICE,
        Event.NOTICE_NUMBERED: "whoever numbers a document issues it too",
        Event.NOTICE_PUBLISHED: "those whom it concerns heard of the issue",
        Event.NOTICE_UNPUBLISHED: "those whom it concerns have the document",
        Event.NOTICE_SENT_UP: OFFICE,
        Event.FORM_KEPT: OFFICE,
        Event.NUMBERING_SET: OFFICE,
    }
)

LATER = {
    Event.NOTICE_CORRECTED: "document_corrected",
    Event.NOTICE_REPLACED: "document_replaced",
    Event.NOTICE_WITHDRAWN: "document_withdrawn",
}


def page_of(document: Instrument) -> str:
    """The page of a document."""
    return f"/{'notices' if document.family == 'conclusion' else 'resolutions'}/{document.id}"


def document_facts(document: Instrument) -> dict[str, Any]:
    """What notifications say about a document."""
    return {**about(document.meeting), "abstract": document.abstract}


@handles(Event.NOTICE_SUBMITTED, Event.NOTICE_SENT_BACK, Event.NOTICE_APPROVED, Event.NOTICE_SIGNED)
def tell_next_hand(tx: Tx, entry: Told) -> None:
    """Whoever has the next step on a document: the chair, the secretary, the signer, the clerk."""
    document = tx.get(Instrument, entry.facts["notice_id"])
    meeting = document.meeting
    steps: dict[Event, tuple[str, Sequence[int | None]]] = {
        Event.NOTICE_SUBMITTED: ("submitted", [meeting.chair_id]),
        Event.NOTICE_SENT_BACK: ("sent_back", [meeting.secretary_id, document.drafted_by_id]),
        Event.NOTICE_APPROVED: ("approved", _signers(tx, document)),
        Event.NOTICE_SIGNED: ("signed", _issuers(tx, document)),
    }
    kind, people = steps[entry.event]
    facts = {**document_facts(document), "reason": entry.facts.get("reason", "")}
    tell(tx, people, f"{_family(document)}_{kind}", page_of(document), meeting.id, **facts)


@handles(Event.NOTICE_ISSUED)
def tell_issued(tx: Tx, entry: Told) -> None:
    """Who took part gets the issued document; the units that are given tasks hear of those."""
    document = tx.get(Instrument, entry.facts["notice_id"])
    people = queries.invited(tx.reading, document.meeting_id)
    facts = {**document_facts(document), "symbol": entry.facts["symbol"]}
    tell(tx, people, f"{_family(document)}_issued", page_of(document), document.meeting_id, **facts)


@handles(*LATER)
def tell_later(tx: Tx, entry: Told) -> None:
    """Who got a document learns that it was corrected, replaced or withdrawn, and is led to the later one."""
    old, new = tx.get(Instrument, entry.facts["notice_id"]), tx.get(Instrument, entry.facts["by"])
    people = queries.invited(tx.reading, old.meeting_id)
    symbol = old.number.symbol if old.number else ""
    facts = {**document_facts(old), "old": symbol, "symbol": entry.facts["symbol"], "reason": entry.facts["reason"].rstrip(" .")}
    tell(tx, people, LATER[entry.event], page_of(new), old.meeting_id, **facts)


def _family(document: Instrument) -> str:
    return "notice" if document.family == "conclusion" else "decision"


def _signers(tx: Tx, document: Instrument) -> list[int | None]:
    if signing_for(tx.reading, document).by == "chief":
        return [*queries.holders(tx.reading, document.meeting.body_id, Role.CHIEF)]
    signer = signer_of(tx.reading, document)
    return [signer.id if signer else None]


def _issuers(tx: Tx, document: Instrument) -> list[int | None]:
    """The clerks of the body; without any the Chánh Văn phòng."""
    body = document.meeting.body_id
    clerks = queries.holders(tx.reading, body, Role.CLERK)
    return [*(clerks or queries.holders(tx.reading, body, Role.CHIEF))]
