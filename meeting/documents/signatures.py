"""Digital signatures in a PDF: whose, when, and whether the bytes still match. Runs only in the reading process (pyHanko).

Facts are found here; how they are said is `signature_words`. Whatever is wrong with a signature, the file can be read.
The organisation that issued a certificate is not checked (`trust: unknown`): this system knows no roots.
"""

import contextlib
import logging
import signal
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

MAX_SIGNATURES = 50
SECONDS = 60  # for all of them; those not looked at by then are told as unread
MAX_LETTERS = 200


class OutOfTime(BaseException):
    """The signatures of a file take too long. Nothing on the way may take this for an error of a signature."""


def found_in(path: Path, pages: dict[int, int]) -> list[dict[str, Any]]:
    """The signatures of a PDF in the order they were made. `pages` gives the page of a field by its object number.

    A file whose signatures cannot be listed at all has one entry with the state `unreadable`.
    """
    logging.disable(logging.CRITICAL)
    found: list[tuple[int, dict[str, Any]]] = []
    try:
        with _at_most(SECONDS), path.open("rb") as opened:
            reader = PdfFileReader(opened, strict=False)
            signed = list(islice(enumerate_sig_fields(reader, filled_status=True), MAX_SIGNATURES))
            names = {name for name, _, _ in signed}
            for name, value, field in signed:
                found.append((reader.total_revisions, _seen(name, value, field, pages)))
                found[-1] = _looked_at(reader, name, field, found[-1][1], names) or found[-1]
    except (Exception, OutOfTime):
        return _in_order(found) or [dict(UNREADABLE)]
    return _in_order(found)


def _in_order(found: list[tuple[int, dict[str, Any]]]) -> list[dict[str, Any]]:
    return [facts for _, facts in sorted(found, key=lambda each: (each[0], each[1]["signed_at"] or ""))]


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def late(_number: int, _frame: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


UNREADABLE: dict[str, Any] = {
    "state": "unreadable",  # intact, added (changed in a later revision), changed, unreadable
    "kind": "signature",  # or timestamp
    "name": "",
    "organisation": "",
    "issuer": "",
    "field": "",
    "page": None,
    "signed_at": None,
    "time": "none",  # stamped by a time authority, claimed by the signer's machine, none
    "whole": False,  # covers the file as it is now
    "later": "none",  # what came after it: none, archive, signatures, form, annotations, content
    "valid_from": None,
    "valid_until": None,
    "valid_then": None,  # whether the certificate was in force when it signed
    "trust": "unknown",
}


def _seen(name: str, value: Any, field: Any, pages: dict[int, int]) -> dict[str, Any]:
    """What can be told of a signature without looking into it."""
    facts = dict(UNREADABLE) | {"field": _clean(str(name))}
    with contextlib.suppress(Exception):
        facts["page"] = _page_of(field.get_object(), pages)
    with contextlib.suppress(Exception):
        facts["name"] = _clean(str(value.get_object().get("/Name", "")))
    moment = _written_time(value)
    if moment is not None:
        facts |= {"signed_at": moment.isoformat(), "time": "claimed"}
    return facts


def _looked_at(
    reader: PdfFileReader, name: str, field: Any, seen: dict[str, Any], names: set[str]
) -> tuple[int, dict[str, Any]] | None:
    """The revision a signature was made in, with its facts; None when its inside cannot be read."""
    try:
        signed = EmbeddedPdfSignature(reader, field, name)
        return signed.signed_revision, facts_of(signed, seen, names)
    except Exception:  # a broken signature is told as broken
        return None


def facts_of(signed: EmbeddedPdfSignature, seen: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """Everything that is told of one signature; its state is `unreadable` when it cannot be checked.

    `names` are the fields of all signatures of the file: those that came later change the file rightly.
    """
    facts = dict(seen)
    with contextlib.suppress(Exception):
        facts |= _certificate(signed)
    stamp = signed.sig_object_type == "/DocTimeStamp"
    facts["kind"] = "timestamp" if stamp else "signature"
    trusted = ValidationContext(trust_roots=[], allow_fetching=False)
    try:
        status: Any = validate_pdf_timestamp(signed, trusted) if stamp else validate_pdf_signature(signed, trusted)
    except Exception:
        return facts
    moment, kind = (status.timestamp, "stamped") if stamp else _moment(signed, status)
    facts |= {"signed_at": moment.isoformat() if moment else None, "time": kind}
    facts["whole"] = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    facts["later"] = _later(status, names)
    facts["state"] = _state(status, facts["later"])
    if moment and facts["valid_from"]:
        facts["valid_then"] = facts["valid_from"] <= moment.astimezone(UTC).isoformat() <= facts["valid_until"]
    return facts


def _state(status: Any, later: str) -> str:
    if not status.valid:
        return "unreadable" if status.intact else "changed"
    if not status.intact:
        return "changed"
    return "added" if later == "content" else "intact"


def _later(status: Any, names: set[str]) -> str:
    """What was done to the file after this signature, as far as the signed bytes themselves are whole."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "none"
    level = status.modification_level
    if level == ModificationLevel.FORM_FILLING:
        changed = set(getattr(status.diff_result, "changed_form_fields", ()))
        return "signatures" if changed and changed <= names else "form"
    said = {
        ModificationLevel.NONE: "none",
        ModificationLevel.LTA_UPDATES: "archive",
        ModificationLevel.ANNOTATIONS: "annotations",
    }
    return said.get(level, "content")


def _certificate(signed: EmbeddedPdfSignature) -> dict[str, Any]:
    certificate = signed.signer_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    units = [_one(subject.get(name)) for name in ("organizational_unit_name", "organization_name")]
    return {
        "name": _one(subject.get("common_name")) or units[-1],
        "organisation": ", ".join(dict.fromkeys(each for each in units if each)),
        "issuer": _one(issuer.get("common_name")) or _one(issuer.get("organization_name")),
        "valid_from": certificate.not_valid_before.astimezone(UTC).isoformat(),
        "valid_until": certificate.not_valid_after.astimezone(UTC).isoformat(),
        "trust": "self_signed" if certificate.self_signed != "no" else "unknown",
    }


def _moment(signed: EmbeddedPdfSignature, status: Any) -> tuple[datetime | None, str]:
    """When it was signed, and how that is known. Some signing tools write local time as UTC into the signature itself, so
    the time in the PDF, which has its zone, comes first."""
    stamp = status.timestamp_validity
    if stamp is not None and stamp.intact and stamp.valid:
        return stamp.timestamp, "stamped"
    claimed = _written_time(signed.sig_object) or status.signer_reported_dt
    return (claimed, "claimed") if claimed else (None, "none")


def _written_time(value: Any) -> datetime | None:
    with contextlib.suppress(Exception):
        moment = generic.parse_pdf_date(str(value.get_object()["/M"]))
        return moment if moment.tzinfo else None
    return None


def _page_of(field: Any, pages: dict[int, int]) -> int | None:
    """The page on which a signature is seen; None for one that is seen nowhere."""
    widgets = [field, *(kid.get_object() for kid in field.get("/Kids", ()))]
    for widget in widgets[:20]:
        reference = getattr(widget, "container_ref", None)
        if reference is not None and reference.idnum in pages:
            return pages[reference.idnum]
    return None


def _one(value: Any) -> str:
    return _clean(", ".join(map(str, value)) if isinstance(value, list) else str(value or ""))


def _clean(text: str) -> str:
    flat = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in unicodedata.normalize("NFC", text))
    return " ".join(flat.split())[:MAX_LETTERS]
