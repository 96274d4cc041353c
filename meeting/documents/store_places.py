"""Places where files are kept by name: a folder of this machine, or a bucket of an S3-compatible object store.

Both know the same few things; nothing half-written is ever seen in either. A name is a path with slashes: `files/ab/ab12…`.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import urlsplit

from meeting.config import Settings
from meeting.errors import N_, Refused, declare

CHUNK_BYTES = 1024 * 1024
CONNECT_SECONDS, READ_SECONDS, TRIES = 3, 20, 3

declare(
    {
        "files_unreachable": N_(
            "The store of files cannot be reached just now. Nothing was changed. Try again in a moment or tell the administrator."
        ),
        "files_misset": N_("MEETING_S3_URL must be an address with a bucket, like https://files.example.vn/hop-khong-giay."),
    }
)


@dataclass(frozen=True)
class Kept:
    """A file that is kept: its name, its size in bytes, when it was put, and the MD5 of its bytes where the place tells it."""

    name: str
    size_bytes: int
    written: float = 0.0
    md5: str = ""


class FileStore(Protocol):
    """A place of files. Refused: `files_unreachable` when it does not answer."""

    def put(self, name: str, source: BinaryIO, size: int) -> None:
        """Keeps what the stream holds under a name, whole or not at all; the same name again replaces it."""

    def open(self, name: str, start: int = 0, end: int | None = None) -> BinaryIO:
        """The bytes from `start` up to, not with, `end`. FileNotFoundError where there are none."""

    def size(self, name: str) -> int | None:
        """The size of a file in bytes; None where there is none."""

    def erase(self, name: str) -> None:
        """Takes the bytes away for good, all earlier versions of them too. Harmless when they are gone."""

    def names(self, prefix: str = "") -> Iterator[Kept]:
        """All files whose names begin so, in the order of their names."""


class FolderStore:
    """Files in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, source: BinaryIO, size: int) -> None:
        """See `FileStore`."""
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.{os.urandom(6).hex()}.part")
        try:
            with part.open("wb") as out:
                shutil.copyfileobj(source, out, CHUNK_BYTES)
                if out.tell() != size:
                    raise Refused("files_unreachable")
                out.flush()
                os.fsync(out.fileno())
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)

    def open(self, name: str, start: int = 0, end: int | None = None) -> BinaryIO:
        """See `FileStore`."""
        opened = (self.root / name).open("rb")
        opened.seek(start)
        return opened if end is None else _Piece(opened, end - start)  # type: ignore[return-value]

    def size(self, name: str) -> int | None:
        """See `FileStore`."""
        try:
            return (self.root / name).stat().st_size
        except FileNotFoundError:
            return None

    def erase(self, name: str) -> None:
        """See `FileStore`. The bytes are overwritten first."""
        overwrite(self.root / name)

    def names(self, prefix: str = "") -> Iterator[Kept]:
        """See `FileStore`."""
        start = self.root / prefix.rpartition("/")[0]
        found = (path for path in start.rglob("*") if path.is_file() and not path.name.endswith(".part"))
        named = sorted((path.relative_to(self.root).as_posix(), path) for path in found)
        return (_kept(name, path) for name, path in named if name.startswith(prefix))


def _kept(name: str, path: Path) -> Kept:
    found = path.stat()
    return Kept(name, found.st_size, found.st_mtime)


class _Piece:
    """So many bytes of a file, from where it stands."""

    def __init__(self, opened: BinaryIO, left: int) -> None:
        self._opened, self._left = opened, left

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        wanted = self._left if size < 0 else min(size, self._left)
        content = self._opened.read(wanted)
        self._left -= len(content)
        return content

    def close(self) -> None:
        """Closes the file."""
        self._opened.close()

    def __enter__(self) -> "_Piece":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def overwrite(path: Path) -> None:
    """Writes zeros over a file and removes it, if it is there."""
    if not path.exists():
        return
    with path.open("r+b") as opened:
        left = path.stat().st_size
        while left > 0:
            opened.write(b"\0" * min(left, CHUNK_BYTES))
            left -= CHUNK_BYTES
        opened.flush()
        os.fsync(opened.fileno())
    path.unlink(missing_ok=True)


class S3Store:
    """Files in a bucket. Asked through sockets that let others go on; each request has its limits and is tried three times."""

    def __init__(self, settings: Settings) -> None:
        self.bucket, self._client = _client(settings)

    def put(self, name: str, source: BinaryIO, size: int) -> None:
        """See `FileStore`. One request, whose bytes the server compares with their SHA-256."""
        with _reached():
            self._client.put_object(Bucket=self.bucket, Key=name, Body=source, ContentLength=size)

    def open(self, name: str, start: int = 0, end: int | None = None) -> BinaryIO:
        """See `FileStore`."""
        wanted = {"Range": f"bytes={start}-{'' if end is None else end - 1}"} if start or end is not None else {}
        with _reached():
            body: BinaryIO = self._client.get_object(Bucket=self.bucket, Key=name, **wanted)["Body"]
        return body

    def size(self, name: str) -> int | None:
        """See `FileStore`."""
        try:
            with _reached():
                return int(self._client.head_object(Bucket=self.bucket, Key=name)["ContentLength"])
        except FileNotFoundError:
            return None

    def erase(self, name: str) -> None:
        """See `FileStore`."""
        with _reached():
            for page in self._client.get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=name):
                for each in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                    if each["Key"] == name:
                        self._client.delete_object(Bucket=self.bucket, Key=name, VersionId=each["VersionId"])

    def names(self, prefix: str = "") -> Iterator[Kept]:
        """See `FileStore`."""
        with _reached():
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix):
                for each in page.get("Contents", ()):
                    yield Kept(each["Key"], each["Size"], each["LastModified"].timestamp(), _md5(each["ETag"]))


def _md5(tag: str) -> str:
    """What a bucket says of the bytes: their MD5, unless they came in pieces or are encrypted there."""
    told = tag.strip('"')
    return told if re.fullmatch(r"[0-9a-f]{32}", told) else ""


@contextmanager
def _reached() -> Iterator[None]:
    """What the library says of a store that does not answer, or does not let us in, in our words."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - only where there is a bucket
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    try:
        yield
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404 and "Bucket" not in str(error):
            raise FileNotFoundError(str(error)) from None
        raise Refused("files_unreachable") from error
    except (BotoCoreError, HTTPError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise Refused("files_unreachable") from error


def _client(settings: Settings) -> tuple[str, Any]:
    import boto3  # noqa: PLC0415 - comes with the extra `grown`
    from botocore.config import Config  # noqa: PLC0415

    address = urlsplit(settings.s3_url)
    folder, _, bucket = address.path.strip("/").rpartition("/")
    if address.scheme not in ("http", "https") or not address.netloc or not bucket:
        raise Refused("files_misset")
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path", "payload_signing_enabled": True},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"max_attempts": TRIES, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    session = boto3.session.Session(settings.s3_key, settings.s3_secret, region_name=settings.s3_region)
    endpoint = f"{address.scheme}://{address.netloc}{'/' + folder if folder else ''}"
    return bucket, session.client("s3", endpoint_url=endpoint, config=config)


Breathe = Callable[[], None]


class Breathing:
    """A file that lets others go on each time a piece of it is read."""

    def __init__(self, opened: BinaryIO, breathe: Breathe) -> None:
        self._opened, self._breathe = opened, breathe

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        self._breathe()
        return self._opened.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opened, name)
