"""The council's root in the forms that devices take: a file of the certificate, and a profile for iPad, iPhone and Mac."""

import plistlib
import uuid

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from meeting.entrance import authority

CERTIFICATE_TYPE = "application/x-x509-ca-cert"
PROFILE_TYPE = "application/x-apple-aspen-config"


def certificate_file(root: x509.Certificate) -> bytes:
    """DER, as Android, Windows, ChromeOS and macOS take it."""
    return root.public_bytes(Encoding.DER)


def profile(root: x509.Certificate, place: str, described: str) -> bytes:
    """An Apple configuration profile that holds the root and nothing else. The same root is always the same profile."""
    name = _common_name(root)
    mark = uuid.uuid5(uuid.NAMESPACE_OID, authority.fingerprint(root))
    payload = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"vn.hop-khong-giay.ca.{mark}.root",
        "PayloadUUID": str(uuid.uuid5(mark, "root")).upper(),
        "PayloadDisplayName": name,
        "PayloadCertificateFileName": "council-ca.cer",
        "PayloadContent": root.public_bytes(Encoding.DER),
    }
    whole = {
        "PayloadType": "Configuration",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"vn.hop-khong-giay.ca.{mark}",
        "PayloadUUID": str(mark).upper(),
        "PayloadDisplayName": name,
        "PayloadDescription": described,
        "PayloadOrganization": place or name,
        "PayloadContent": [payload],
    }
    return plistlib.dumps(whole)


def _common_name(root: x509.Certificate) -> str:
    found = root.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else "CA"
