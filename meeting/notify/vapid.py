"""The installation's key towards push services (VAPID, RFC 8292): made once, kept with its data, never shown."""

import base64
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from meeting import config
from meeting.acts import ActInput, Tx, act
from meeting.database import reading, setting
from meeting.permissions import SYSTEM, Action
from meeting.tables import Setting
from meeting.writer import perform

KEPT = "push_key"


class KeyInput(ActInput):
    """A private key, as text (PEM)."""

    pem: str


@act("notify.keep_push_key", Action.KEEP_RECORDS)
def keep_push_key(tx: Tx, wanted: KeyInput) -> dict[str, Any]:
    """Keeps the key by which push services know this installation; of several that are made at once the first. Not recorded."""
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record("a key of the installation itself")
    if tx.find(Setting, KEPT) is None:
        tx.keep_setting(KEPT, wanted.pem)
    return {}


def private_key() -> ec.EllipticCurvePrivateKey:
    """The key; made at the first question, the same for every process on every machine."""
    if not (pem := _kept()):
        perform(SYSTEM, "notify.keep_push_key", {"pem": _of_earlier_versions() or _made()})
        pem = _kept()
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _kept() -> str:
    with reading() as session:
        return setting(session, KEPT, "")


def _made() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(*form).decode()


def _of_earlier_versions() -> str:
    """They kept it in a file: the browsers that subscribed with it go on being told."""
    path = config.settings().storage / "vapid.pem"
    return path.read_text(encoding="ascii") if path.exists() else ""


def public_key() -> str:
    """What a browser subscribes with: the uncompressed point in base64url without padding."""
    point = private_key().public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def raw_private_key() -> str:
    """The private number in base64url, as the library that signs wants it."""
    number = private_key().private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()
