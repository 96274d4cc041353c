"""What the issue of a document does to the earlier one it is about, in the same transaction."""

from typing import Any

from meeting.acts import Tx
from meeting.conclusions.life_queries import lines_carried, standing_of
from meeting.conclusions.models import Instrument
from meeting.conclusions.relations import CORRECTS, REPLACES, WITHDRAWS, carried, check_about
from meeting.events import Event

EVENTS = {CORRECTS: Event.NOTICE_CORRECTED, REPLACES: Event.NOTICE_REPLACED, WITHDRAWS: Event.NOTICE_WITHDRAWN}


def take_effect(tx: Tx, document: Instrument, symbol: str) -> None:
    """Corrects, replaces or withdraws the document that this one names, and tells it on the old one.

    Refused as in `check_about`: much may have happened to the old one since the draft. What is withdrawn is no longer public.
    """
    old = document.about
    if old is None:
        return
    check_about(document.relation, standing_of(old), document.meeting.body_id, document.family)
    facts: dict[str, Any] = {"notice_id": old.id, "kind": old.kind, "family": old.family, "by": document.id, "symbol": symbol}
    facts["reason"] = document.relation_reason
    if document.relation == CORRECTS:
        old.corrected_at = tx.now
    elif document.relation == REPLACES:
        old.replaced_at = tx.now
        facts["carried"] = {str(before): after for before, after in carried(lines_carried(tx.reading, document)).items()}
    else:
        old.withdrawn_at = tx.now
        facts["unpublished"] = old.published_at is not None
        old.published_at, old.published_by_id = None, None
    tx.record(EVENTS[document.relation], old, **facts)
