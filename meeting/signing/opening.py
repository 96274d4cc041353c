"""Opening keys: a PKCS#12 file with its passphrase, a key on a token with its PIN. Runs only in the signing process."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pkcs11
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import Signer

from meeting.errors import Refused
from meeting.signing.rules import check_in_force

SIGNS = {"digital_signature", "non_repudiation"}


@contextmanager
def opened(key: dict[str, Any], secret: str) -> Iterator[Signer]:
    """The signer behind a key for as long as needed.

    Refused: `key_secret_wrong`, `key_file_unreadable`, `key_without_certificate`, `key_cannot_sign`, `key_expired`,
    `key_not_yet`, `token_not_found`, `token_failed`.
    """
    if key["kind"] == "pkcs12":
        yield _checked(_from_file(key["path"], secret))
        return
    with _session(key, secret) as session:
        signer = PKCS11Signer(session, cert_label=key["label"], key_label=key["label"])
        try:
            certificate = signer.signing_cert
        except Exception:
            raise Refused("token_not_found") from None
        if certificate is None:
            raise Refused("token_not_found")
        yield _checked(signer)


def _from_file(path: str, secret: str) -> SimpleSigner:
    with open(path, "rb") as file:
        content = file.read()
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(content, secret.encode())
    except ValueError as error:
        raise Refused("key_secret_wrong" if _is_pkcs12(content) else "key_file_unreadable") from error
    except Exception:
        raise Refused("key_file_unreadable") from None
    if key is None or certificate is None:
        raise Refused("key_without_certificate")
    signer: SimpleSigner | None = SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=secret.encode())
    if signer is None:
        raise Refused("key_file_unreadable")
    return signer


def _is_pkcs12(content: bytes) -> bool:
    """Whether it begins like one: a sequence with version 3."""
    return content[:1] == b"\x30" and b"\x02\x01\x03" in content[:12]


@contextmanager
def _session(key: dict[str, Any], secret: str) -> Iterator[Any]:
    try:
        session = open_pkcs11_session(key["module"], token_criteria=TokenCriteria(label=key["token"]), user_pin=secret)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked):
        raise Refused("key_secret_wrong") from None
    except pkcs11.NoSuchToken:
        raise Refused("token_not_found") from None
    except Exception as error:
        told = str(error).startswith("No token")
        raise (Refused("token_not_found") if told else Refused("token_failed", reason=type(error).__name__)) from None
    try:
        yield session
    finally:
        session.close()


def _checked(signer: Signer) -> Signer:
    certificate = signer.signing_cert
    if certificate is None:
        raise Refused("key_without_certificate")
    usage = certificate.key_usage_value
    if usage is not None and not SIGNS & set(usage.native):
        raise Refused("key_cannot_sign")
    return signer


def check_at(certificate: x509.Certificate, moment: datetime) -> None:
    """Refuses a certificate that is not in force at the moment of signing."""
    check_in_force(certificate.not_valid_before, certificate.not_valid_after, moment)
