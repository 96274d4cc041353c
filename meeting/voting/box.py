"""The sealed ballot box: anybody can put a ballot in, only the holder of the private key can open it.

Pure cryptography (PyNaCl sealed boxes: X25519, XSalsa20-Poly1305). Every ballot is padded to the same length, so that its
size tells nothing.
"""

import secrets
from collections.abc import Iterable

from nacl.public import PrivateKey, PublicKey, SealedBox

PADDED_BYTES = 512
KEY_BYTES = 16
_END = b"\x80"


def new_pair() -> tuple[bytes, bytes]:
    """A fresh (private, public) key pair: one for each question."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def seal(public: bytes, choice: str) -> bytes:
    """One ballot, sealed: always the same length, never twice the same bytes."""
    text = choice.encode() + _END
    if len(text) > PADDED_BYTES:
        raise ValueError("a ballot is too long for its envelope")
    sealed: bytes = SealedBox(PublicKey(public)).encrypt(text.ljust(PADDED_BYTES, b"\0"))
    return sealed


def open_all(private: bytes, sealed: Iterable[bytes]) -> list[str]:
    """All ballots, opened and shuffled with the system's random source: their order tells nothing any more."""
    box = SealedBox(PrivateKey(private))
    choices = [box.decrypt(each).rstrip(b"\0").removesuffix(_END).decode() for each in sealed]
    secrets.SystemRandom().shuffle(choices)
    return choices


def fresh_key() -> bytes:
    """A random name for a row: says nothing about who, when or in which order."""
    return secrets.token_bytes(KEY_BYTES)
