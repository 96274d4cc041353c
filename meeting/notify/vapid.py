"""The installation's key towards push services (VAPID, RFC 8292): made once, kept with its data, never shown."""

import base64
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from meeting import config


def _path() -> Path:
    return config.settings().storage / "vapid.pem"


def key_file() -> str:
    """Where the private key lies; made at the first question. A second process that asks at once gets the same key."""
    path = _path()
    if not path.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        fresh = path.with_suffix(".fresh")
        fresh.touch(mode=0o600)
        fresh.write_bytes(written)
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
    return str(path)


def public_key() -> str:
    """What a browser subscribes with: the uncompressed point in base64url without padding."""
    key = serialization.load_pem_private_key(Path(key_file()).read_bytes(), password=None)
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
