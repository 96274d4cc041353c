"""Whether a document is genuine: what a code on paper leads to, for anybody, without signing in.

What is shown is on the paper that the asker holds anyway. Of a meeting behind closed doors that was not published no more
than symbol and date. A code that leads nowhere and a document that is not issued yet get the same answer.
"""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import segno
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import config
from meeting.clock import local
from meeting.conclusions import life_queries
from meeting.conclusions.kinds import KINDS
from meeting.conclusions.models import Instrument, Minutes
from meeting.conclusions.sealing import DIGITAL, grouped, plain_code
from meeting.documents.models import File
from meeting.errors import N_

PATH = "/xac-thuc"
STANDINGS = {
    "in_force": ("agree", N_("Genuine and in force")),
    "corrected": ("warn", N_("Genuine; corrected by a later document")),
    "replaced": ("oppose", N_("Genuine, but replaced by a later document")),
    "withdrawn": ("oppose", N_("Genuine, but withdrawn")),
}


@dataclass(frozen=True)
class Genuine:
    """What anybody may know of an issued document by its code."""

    code: str
    body: str
    kind: str
    symbol: str
    issued_on: date | None
    abstract: str  # empty: not for everybody
    standing: str  # in_force, corrected, replaced, withdrawn
    since: datetime | None
    by: str  # symbol of the later document
    by_date: date | None
    signer: str
    position: str
    digital: bool
    locked_at: datetime | None
    sha256: str
    size_bytes: int
    certificates: tuple[dict[str, str], ...] = ()  # of the signatures in the file: whom they name, and who vouches for that

    def told(self) -> dict[str, Any]:
        """For programs."""
        return {
            "code": grouped(self.code),
            "body": self.body,
            "kind": self.kind,
            "symbol": self.symbol,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "abstract": self.abstract,
            "standing": self.standing,
            "by": self.by,
            "signer": self.signer,
            "digital": self.digital,
            "sha256": self.sha256,
            "certificates": list(self.certificates),
        }


def found(session: Session, typed: str) -> Genuine | None:
    """The issued document of a code; None for a code that leads nowhere and for one not issued yet."""
    code = plain_code(typed)
    if not code:
        return None
    document = session.scalar(select(Instrument).where(Instrument.verify_code == code, Instrument.state == "issued"))
    if document is not None:
        return _of_document(session, document)
    minutes = session.scalar(select(Minutes).where(Minutes.verify_code == code, Minutes.state == "signed"))
    return _of_minutes(session, minutes) if minutes is not None else None


def _of_document(session: Session, document: Instrument) -> Genuine:
    body = document.meeting.body
    shown = document.published_at is not None or not document.meeting.closed
    file = session.get(File, document.document_id) if document.document_id else None
    standing, since, later = _standing(session, document)
    signer = document.signed_by
    return Genuine(
        code=document.verify_code or "",
        body=body.name,
        kind=KINDS[document.kind].word,
        symbol=document.number.symbol if document.number else "",
        issued_on=document.issued_on,
        abstract=document.abstract if shown else "",
        standing=standing,
        since=since,
        by=later.number.symbol if later and later.number else "",
        by_date=later.issued_on if later else None,
        signer=signer.full_name if signer and shown else "",
        position=signer.position if signer and shown else "",
        digital=document.sealing in DIGITAL,
        locked_at=document.locked_at,
        sha256=file.sha256 if file else "",
        size_bytes=file.size_bytes if file else 0,
        certificates=_certificates(file) if shown else (),
    )


def _certificates(file: File | None) -> tuple[dict[str, str], ...]:
    """The names in the certificates themselves: a file that was signed elsewhere bears what its signer's tool wrote."""
    found = [each for each in (file.signatures or [] if file else []) if each.get("kind") == "signature"]
    return tuple({"name": each.get("name", ""), "issuer": each.get("issuer", "")} for each in found if each.get("name"))


def _standing(session: Session, document: Instrument) -> tuple[str, datetime | None, Instrument | None]:
    later = [each for each in life_queries.later_about(session, document) if each.state == "issued"]
    for relation, standing, since in (
        ("withdraws", "withdrawn", document.withdrawn_at),
        ("replaces", "replaced", document.replaced_at),
        ("corrects", "corrected", document.corrected_at),
    ):
        if since is not None:
            return standing, since, next((each for each in reversed(later) if each.relation == relation), None)
    return "in_force", None, None


def _of_minutes(session: Session, minutes: Minutes) -> Genuine:
    """Minutes are inside papers: that they are, and whether a copy is theirs."""
    file = session.get(File, minutes.document_id) if minutes.document_id else None
    return Genuine(
        code=minutes.verify_code or "",
        body=minutes.meeting.body.name,
        kind="Biên bản",
        symbol=minutes.number.symbol if minutes.number else "",
        issued_on=local(minutes.signed_at).date() if minutes.signed_at else None,
        abstract="",
        standing="in_force",
        since=None,
        by="",
        by_date=None,
        signer="",
        position="",
        digital=minutes.sealing in DIGITAL,
        locked_at=None,
        sha256=file.sha256 if file else "",
        size_bytes=file.size_bytes if file else 0,
    )


def proof_of(paper: Instrument | Minutes) -> dict[str, Any]:
    """What a paper bears at its foot: with a public address a QR code and the address, else the code alone."""
    if not paper.verify_code:
        return {"qr": "", "verify": []}
    public, code = config.settings().public_url, grouped(paper.verify_code)
    if not public:
        return {"qr": "", "verify": [f"Mã xác thực: {code}", f"Tra cứu tại trang {PATH} của hệ thống"]}
    drawn = BytesIO()
    segno.make(f"{public}{PATH}/{paper.verify_code}", error="m").save(drawn, kind="svg", border=0, xmldecl=False, svgclass=None)
    return {"qr": drawn.getvalue().decode(), "verify": [f"Mã xác thực: {code}", f"{urlsplit(public).netloc}{PATH}"]}
