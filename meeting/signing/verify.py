"""What pyHanko says of the signatures of a file. Runs only in the signing process.

A signature is `sound` when it is intact and valid, and every later change is one it permits (DocMDP, FieldMDP): pyHanko's
`docmdp_ok` and modification level. Whether its issuer is trusted is told apart (`trusted`): the roots are the installation's.
"""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko_certvalidator import ValidationContext

from meeting.errors import Refused
from meeting.signing.fields import values_in

MOST_SIGNATURES = 20
PERMITTED = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}


def signatures_of(pdf: bytes, roots: Iterable[bytes] = ()) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Each signature in the order it was made, and what stands in the fields. Refused: `back_not_pdf`."""
    trusted = [_certificate(each) for each in roots]
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signed = list(reader.embedded_signatures)[:MOST_SIGNATURES]
        filled = values_in(reader.root)
    except Exception:
        raise Refused("back_not_pdf") from None
    return [_facts(each, trusted) for each in signed], filled


def _certificate(told: bytes) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(told)[2] if pem.detect(told) else told)


def _facts(signed: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> dict[str, Any]:
    stamp = signed.sig_object_type == "/DocTimeStamp"
    certificate = signed.signer_cert
    at = _moment(signed)
    facts: dict[str, Any] = {
        "field": str(signed.field_name),
        "kind": "timestamp" if stamp else "signature",
        "name": _one(certificate, "common_name") or _one(certificate, "organization_name"),
        "organisation": _one(certificate, "organization_name"),
        "issuer": str(certificate.issuer.native.get("common_name", "")),
        "fingerprint": certificate.sha256.hex(),
        "signed_at": at.isoformat() if at else None,
        "valid_then": certificate.not_valid_before <= at <= certificate.not_valid_after if at else None,
        "sound": False,
        "whole": False,
        "level": "",
        "trusted": False,
        "says": "",
    }
    try:
        known = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at if facts["valid_then"] else None)
        status: Any = validate_pdf_timestamp(signed, known) if stamp else validate_pdf_signature(signed, known)
    except Exception:
        return facts
    facts["level"] = status.modification_level.name if status.modification_level else ""
    facts["whole"] = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    facts["trusted"] = bool(status.trusted)
    facts["says"] = status.summary()
    facts["sound"] = bool(
        status.intact and status.valid and (facts["whole"] or (status.docmdp_ok and status.modification_level in PERMITTED))
    )
    return facts


def _moment(signed: EmbeddedPdfSignature) -> datetime | None:
    try:
        told: datetime | None = generic.parse_pdf_date(str(signed.sig_object["/M"]))
    except Exception:
        told = signed.self_reported_timestamp
    if told is None:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _one(certificate: x509.Certificate, name: str) -> str:
    value = certificate.subject.native.get(name, "")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
