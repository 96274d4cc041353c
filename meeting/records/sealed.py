"""Encrypted backups: the server holds only the public key, so whoever takes the server or the file reads nothing.

A file begins with a line that names the form, the mark of the key it is for, and a random file key sealed to that public key
(X25519, libsodium's sealed box). Then pieces of 64 KiB follow, each encrypted and authenticated with its place in the file
(libsodium's secretstream, XChaCha20-Poly1305): one that is changed, missing, doubled or moved is noticed, and so is a file
that was cut off, for the last piece is marked as the last.
"""

import base64
import io
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from meeting.errors import Refused

MAGIC = b"hop-khong-giay backup, sealed, form 1\n"
PIECE = 64 * 1024
MARK = 8  # bytes that tell which key a file is for
SEALED = 32 + 48
STREAM = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
EXTRA = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
PUBLIC, SECRET = "hkg-public-", "hkg-secret-"


def _written(prefix: str, raw: bytes) -> str:
    """A key as people copy it: letters and digits with four bytes that tell a slip of the pen."""
    check = blake2b(prefix.encode() + raw, digest_size=4).digest()
    return prefix + base64.b32encode(raw + check).decode().rstrip("=").lower()


def _read(text: str, prefix: str) -> bytes | None:
    body = text.strip().removeprefix(prefix).upper()
    try:
        raw = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError:
        return None
    right = len(raw) == 36 and blake2b(prefix.encode() + raw[:32], digest_size=4).digest() == raw[32:]
    return raw[:32] if right else None


def new_keys() -> tuple[str, str]:
    """A new pair: the public key for the server, the secret one for the safe."""
    secret = PrivateKey.generate()
    return _written(PUBLIC, bytes(secret.public_key)), _written(SECRET, bytes(secret))


@dataclass(frozen=True)
class Keys:
    """What is known of a pair: always the public key, the secret one only where somebody brought it."""

    public: bytes
    secret: bytes | None = None

    @property
    def mark(self) -> bytes:
        """What tells this pair from others, in the head of each file."""
        return blake2b(self.public, digest_size=MARK).digest()

    @property
    def shown(self) -> str:
        """The public key as people copy it."""
        return _written(PUBLIC, self.public)


def read_key(text: str) -> Keys:
    """The key in a text: the first line that is one; lines with # are remarks. Refused: `backup_key_wrong`."""
    for line in text.splitlines():
        words = line.strip()
        if words.startswith(SECRET) and (raw := _read(words, SECRET)):
            return Keys(bytes(PrivateKey(raw).public_key), raw)
        if words.startswith(PUBLIC) and (raw := _read(words, PUBLIC)):
            return Keys(raw)
    raise Refused("backup_key_wrong")


def read_key_file(path: Path) -> Keys:
    """The key in a file. Refused: `backup_key_wrong`."""
    try:
        return read_key(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise Refused("backup_key_wrong") from None


class Sealer(io.RawIOBase):
    """A file to write into: what goes in comes out encrypted. `close()` writes the last piece."""

    def __init__(self, target: BinaryIO, keys: Keys) -> None:
        super().__init__()
        self.file_key = bindings.crypto_secretstream_xchacha20poly1305_keygen()
        self._target, self._waiting = target, bytearray()
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        stream = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, self.file_key)
        self._head = MAGIC + keys.mark + SealedBox(PublicKey(keys.public)).encrypt(self.file_key) + stream
        target.write(self._head)

    def writable(self) -> bool:
        """It is written into."""
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        """Takes some bytes; whole pieces go on at once."""
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._push(bytes(self._waiting[:PIECE]), MESSAGE)
            del self._waiting[:PIECE]
        return len(content)

    def _push(self, piece: bytes, tag: int) -> None:
        self._target.write(bindings.crypto_secretstream_xchacha20poly1305_push(self._state, piece, self._head, tag))

    def close(self) -> None:
        """Writes the last piece, marked as the last. The target stays open."""
        if not self.closed:
            self._push(bytes(self._waiting), FINAL)
            self._waiting.clear()
        super().close()


class Opener(io.RawIOBase):
    """A file to read from: what comes out is what was sealed. Refused: `backup_damaged`, `backup_cut_off`, `backup_wrong_key`."""

    def __init__(self, source: BinaryIO, keys: Keys | None, file_key: bytes | None = None) -> None:
        super().__init__()
        self._source, self._waiting, self._ended = source, b"", False
        head = source.read(len(MAGIC) + MARK + SEALED + STREAM)
        if len(head) < len(MAGIC) + MARK + SEALED + STREAM or not head.startswith(MAGIC):
            raise Refused("backup_cut_off")
        mark, sealed, stream = head[len(MAGIC) :][:MARK], head[len(MAGIC) + MARK :][:SEALED], head[-STREAM:]
        self._head = head
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        key = file_key or _unsealed(sealed, mark, keys)
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(self._state, stream, key)

    def readable(self) -> bool:
        """It is read from."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Some bytes; none at the end. The end is believed only when the last piece says that it is the last."""
        while not self._ended and (size < 0 or len(self._waiting) < size):
            self._waiting += self._pull()
        taken = self._waiting if size < 0 else self._waiting[:size]
        self._waiting = self._waiting[len(taken) :]
        return taken

    def _pull(self) -> bytes:
        sealed = self._source.read(PIECE + EXTRA)
        if not sealed:
            raise Refused("backup_cut_off")
        try:
            piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(self._state, sealed, self._head)
        except (CryptoError, ValueError, RuntimeError):
            raise Refused("backup_cut_off" if len(sealed) < PIECE + EXTRA else "backup_piece_damaged") from None
        if tag == FINAL:
            self._ended = True
            if self._source.read(1):
                raise Refused("backup_piece_damaged")
        return bytes(piece)


def _unsealed(sealed: bytes, mark: bytes, keys: Keys | None) -> bytes:
    if keys is None or keys.secret is None:
        raise Refused("backup_key_needed")
    if keys.mark != mark:
        raise Refused("backup_wrong_key")
    try:
        return SealedBox(PrivateKey(keys.secret)).decrypt(sealed)
    except CryptoError:
        raise Refused("backup_piece_damaged") from None


def is_sealed(path: Path) -> bool:
    """Whether a file is an encrypted backup."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
