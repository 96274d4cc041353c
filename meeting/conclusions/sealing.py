"""Digital signatures on a document's way: what a door has proven of a file, and what becomes of the document by it.

The door runs the signing process and keeps the file; the act that follows names it by a ticket that only the door can give.
Between the two nothing is lost: the door can be asked again, the number stays with its document.
"""

import base64
import secrets
from dataclasses import dataclass, field
from typing import Any

from meeting.acts import Tx
from meeting.conclusions.models import Instrument, Minutes
from meeting.errors import N_, Refused, declare

DIGITAL = ("key", "outside")
MOST = 500
CODE_BYTES = 10  # 80 bits: nobody finds a code by trying

declare(
    {
        "laid_out_soon": N_("The page to be signed is being laid out. Please try again in a moment."),
        "seal_ticket_unknown": N_("The signed file is not known any more. Please sign again."),
        "seal_missing": N_("The body's signature is missing: seal the document, or bring it back sealed from the outside tool."),
        "seal_not_wanted": N_("This document carries no digital signature, so there is nothing to seal."),
        "seal_done": N_("The document is sealed already."),
        "seal_unnumbered": N_("Give the document its number and date first: the body's signature locks them."),
        "minutes_marked_before": N_("The secretary signed without a certificate: sign these minutes in the same way."),
        "back_not_now": N_("A signed file is brought back after the approval, or after the number to be locked."),
    }
)


@dataclass(frozen=True)
class Proven:
    """A file whose signatures were made or checked a moment ago, for one document, one step and one account."""

    paper: str  # notice, minutes
    paper_id: int
    account_id: int
    step: str  # sign, second, lock
    how: str  # key, outside
    file_id: int
    facts: dict[str, Any] = field(default_factory=dict)
    of: int | None = None  # the page of a document that was signed: laid out anew meanwhile, it is another text


_proven: dict[str, Proven] = {}


def prove(proven: Proven) -> str:
    """A ticket for what was proven, for the act that follows at once."""
    while len(_proven) >= MOST:
        _proven.pop(next(iter(_proven)))
    ticket = secrets.token_hex(16)
    _proven[ticket] = proven
    return ticket


def taken(tx: Tx, ticket: str, paper: Instrument | Minutes, *steps: str) -> Proven:
    """What a ticket stands for: this document, this account, one of these steps. Refused: `seal_ticket_unknown`."""
    found = _proven.get(ticket)
    kind = "minutes" if isinstance(paper, Minutes) else "notice"
    rightly = found is not None and (found.paper, found.paper_id, found.account_id) == (kind, paper.id, tx.actor.account_id)
    if found is None or not rightly or found.step not in steps:
        raise Refused("seal_ticket_unknown")
    if isinstance(paper, Instrument) and found.step == "sign" and found.of != paper.laid_out_id:
        raise Refused("seal_ticket_unknown")
    return found


def take_signed(tx: Tx, document: Instrument, ticket: str) -> str:
    """Puts the signed file on the document; returns how it was signed (`key`). Called by `conclusions.sign`."""
    proven = taken(tx, ticket, document, "sign")
    document.signed_file_id = proven.file_id
    return proven.how


def take_minutes(tx: Tx, minutes: Minutes, version: int, ticket: str | None) -> str:
    """Puts the signed file of this text on the minutes, or without a ticket takes away that of an earlier one; returns how they
    are signed. Called by `conclusions.sign_minutes`."""
    if not ticket:
        minutes.signed_file_id = None
        return "mark"
    proven = taken(tx, ticket, minutes, "sign", "second")
    if proven.facts["version"] != version:
        raise Refused("seal_ticket_unknown")
    minutes.signed_file_id = proven.file_id
    return proven.how


def check_locked(document: Instrument) -> None:
    """Whether a digitally signed document carries the body's signature, as it must before the issue: `seal_missing`."""
    if document.sealing in DIGITAL and document.locked_at is None:
        raise Refused("seal_missing")


def forget(document: Instrument) -> None:
    """A document that goes back to be changed loses what was laid out and signed; the files stay, nothing points to them."""
    document.laid_out_id = document.signed_file_id = document.locked_at = document.locked_by_id = None
    document.text_digest = document.sealing = ""


def new_code() -> str:
    """A code that leads to the page of genuineness: 80 random bits, as letters without those that look alike."""
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()


def grouped(code: str) -> str:
    """A code as people copy it: in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def plain_code(typed: str) -> str:
    """A typed code as it is kept: capitals without signs between them."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())[:40]
