"""Reading certificates, without what opens their keys."""

from typing import Any

from asn1crypto import x509

from meeting.signing.practice import MARK


def facts(certificate: x509.Certificate) -> dict[str, Any]:
    """What a certificate says of itself, for the record and the screen."""
    subject, issuer = certificate.subject.native, certificate.issuer.native
    name = _text(subject.get("common_name")) or _text(subject.get("organization_name"))
    return {
        "subject": name,
        "organisation": _text(subject.get("organization_name")),
        "issuer": _text(issuer.get("common_name")) or _text(issuer.get("organization_name")),
        "serial": f"{certificate.serial_number:x}",
        "fingerprint": certificate.sha256.hex(),
        "valid_from": certificate.not_valid_before.isoformat(),
        "valid_until": certificate.not_valid_after.isoformat(),
        "practice": MARK in name or MARK in _text(issuer.get("common_name")),
    }


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
