"""What the page of a document offers for its digital signatures: which step, with which keys, from which file."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from meeting.clock import now
from meeting.conclusions import life_queries
from meeting.conclusions.models import Instrument
from meeting.conclusions.sealing import DIGITAL, grouped
from meeting.conclusions.signing_rules import may_sign
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.permissions import Action, Actor, allows
from meeting.signing import queries
from meeting.web.api import resource


@dataclass(frozen=True)
class Offer:
    """The step of digital signature that is this reader's now, and what stands of the others."""

    step: str = ""  # sign, seal; empty: none is this reader's now
    keys: list[dict[str, Any]] = field(default_factory=list)
    laid_out: bool = False
    may_bring: bool = False
    file_id: int | None = None  # to be taken to the outside tool, or looked at
    only_mark: bool = False  # signed without a digital signature
    locked: bool = False

    @property
    def solid(self) -> bool:
        """Whether the digital signature is the next step that can be taken now."""
        return bool(self.step and self.keys and self.laid_out)


@resource("/notices/<int:notice_id>/signing", "How a document stands with its digital signatures, and which step is the reader's")
def notice_signing(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """The step (`sign`, `seal` or none), the reader's keys for it, the files so far, and the code of the document."""
    document = document_for_signing(session, actor, notice_id)
    found = offer(session, actor, document)
    return {
        "step": found.step or None,
        "keys": found.keys,
        "may_bring_back": found.may_bring,
        "sealing": document.sealing or None,
        "laid_out_id": document.laid_out_id,
        "signed_file_id": document.signed_file_id,
        "locked_at": document.locked_at.isoformat() if document.locked_at else None,
        "verify_code": grouped(document.verify_code) if document.verify_code else None,
    }


def document_for_signing(session: Session, actor: Actor, notice_id: int) -> Instrument:
    """A document, for somebody who may see it now or is named to sign it; Missing for everybody else."""
    found = session.get(Instrument, notice_id)
    named = found is not None and found.signer_id is not None and found.signer_id == actor.person_id
    if found is None or not (named or allows(Action.READ_CONCLUSIONS, found.hats_of(actor, session))):
        raise Missing()
    return found


def offer(session: Session, actor: Actor, document: Instrument) -> Offer:
    """What the page shows beside the life of a document."""
    hats = document.hats_of(actor, session)
    office = allows(Action.ISSUE_CONCLUSIONS, hats)
    file_id = _readable(session, document.signed_file_id or document.laid_out_id)
    standing: dict[str, Any] = {
        "laid_out": document.laid_out_id is not None,
        "file_id": file_id,
        "only_mark": document.sealing == "mark",
        "locked": document.locked_at is not None,
    }
    if document.state == "approved":
        signs = may_sign(life_queries.signing_for(session, document), document.meeting.hats_of(actor, session), actor.person_id)
        brings = signs or office or allows(Action.WRITE_CONCLUSIONS, hats)
        keys = own_shown(session, actor) if signs else []
        return Offer("sign" if signs else "", keys, may_bring=brings, **standing)
    if document.state == "numbered" and document.sealing in DIGITAL and document.locked_at is None and office:
        keys = _shown(queries.body_keys(session, [document.meeting.body_id]))
        return Offer("seal", keys, may_bring=True, **standing)
    return Offer(**standing)


def own_shown(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The reader's own keys that can sign now."""
    return _shown(queries.own_keys(session, actor))


def _shown(keys: list[Any]) -> list[dict[str, Any]]:
    told = [queries.key_json(key, now()) for key in keys]
    return [key for key in told if not key["expired"]]


def _readable(session: Session, file_id: int | None) -> int | None:
    file = session.get(File, file_id) if file_id is not None else None
    return file.id if file is not None and file.first_page_read else None
