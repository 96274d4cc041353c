"""Encrypted backups: only the secret key opens them; what was changed, cut off or moved is refused in words."""

import io
from pathlib import Path

import pytest

from meeting.errors import Refused
from meeting.records import backup, restoring, sealed, service
from meeting.records.sealed import EXTRA, MAGIC, MARK, PIECE, SEALED, STREAM, Keys, Opener, Sealer, new_keys, read_key

PUBLIC, SECRET = new_keys()
FULL, SERVER = read_key(SECRET), read_key(PUBLIC)
HEAD = len(MAGIC) + MARK + SEALED + STREAM
TEXT = bytes(range(256)) * 1000  # four pieces, the last one short


def closed(text: bytes = TEXT) -> bytes:
    """A text as it stands in the file."""
    target = io.BytesIO()
    sealer = Sealer(target, SERVER)
    for start in range(0, len(text), 10_000):
        sealer.write(text[start : start + 10_000])
    sealer.close()
    return target.getvalue()


def opened(raw: bytes, keys: Keys | None = FULL) -> bytes:
    """What comes out of it."""
    return Opener(io.BytesIO(raw), keys).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
def test_what_was_sealed_comes_out_whole(size: int) -> None:
    text = (TEXT * 2)[:size]

    assert opened(closed(text)) == text


def pieces_of(raw: bytes) -> list[bytes]:
    """The head and each piece."""
    body = raw[HEAD:]
    return [raw[:HEAD], *(body[start : start + PIECE + EXTRA] for start in range(0, len(body), PIECE + EXTRA))]


def flipped(raw: bytes, at: int) -> bytes:
    """One bit of it is another."""
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


WHOLE = closed()
HEAD_PART, ONE, TWO, THREE, LAST = pieces_of(WHOLE)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (HEAD_PART + ONE + TWO + THREE, "backup_cut_off"),
        (WHOLE[:-1], "backup_cut_off"),
        (WHOLE[: HEAD - 3], "backup_cut_off"),
        (HEAD_PART, "backup_cut_off"),
        (HEAD_PART + TWO + ONE + THREE + LAST, "backup_piece_damaged"),
        (HEAD_PART + ONE + ONE + TWO + THREE + LAST, "backup_piece_damaged"),
        (HEAD_PART + ONE + THREE + LAST, "backup_piece_damaged"),
        (flipped(WHOLE, HEAD + 7), "backup_piece_damaged"),
        (flipped(WHOLE, len(MAGIC) + MARK + 40), "backup_piece_damaged"),
        (WHOLE + b"more", "backup_cut_off"),
        (closed(bytes(2 * PIECE)) + b"more", "backup_piece_damaged"),
    ],
)
def test_what_was_cut_off_moved_doubled_or_changed_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        opened(raw)


def test_another_key_and_no_key_are_told_apart() -> None:
    other = read_key(new_keys()[1])

    for keys, code in ((other, "backup_wrong_key"), (SERVER, "backup_key_needed"), (None, "backup_key_needed")):
        with pytest.raises(Refused, match=code):
            opened(WHOLE, keys)


@pytest.mark.parametrize("text", ["", "hkg-secret-abc", "last letter", "x" * 60])
def test_a_slip_in_a_key_is_noticed(text: str) -> None:
    slip = PUBLIC[:-4] + ("a" if PUBLIC[-4] != "a" else "b") + PUBLIC[-3:]

    with pytest.raises(Refused, match="backup_key_wrong"):
        read_key(slip if text == "last letter" else text)


def test_a_key_file_may_hold_remarks(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"# kept in the safe\n\n{SECRET}\n")

    assert sealed.read_key_file(tmp_path / "key") == FULL
    assert FULL.shown == PUBLIC


def test_an_encrypted_backup_is_made_with_the_public_key_and_opened_with_the_secret_one(store: Path, tmp_path: Path) -> None:
    (store / "storage" / "files").mkdir(parents=True)
    (store / "storage" / "files" / "x").write_bytes(b"%PDF to trinh mat" * 9000)
    made = backup.make(tmp_path / "b.hkg", SERVER)

    assert made.is_sealed
    assert b"to trinh mat" not in (tmp_path / "b.hkg").read_bytes()
    assert restoring.read_through(tmp_path / "b.hkg", FULL).counts["person"] == 10
    with pytest.raises(Refused, match="backup_key_needed"):
        service.restore(tmp_path / "b.hkg", SERVER)
    assert (store / "storage" / "meeting.db").exists()
