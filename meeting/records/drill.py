"""The drill: a backup is restored beside the running system, brought up to date and compared. Nothing of it stays."""

import io
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymupdf

from meeting import config, journal, migrations
from meeting.database import reading, use
from meeting.errors import N_, Refused
from meeting.records import pieces
from meeting.records.backup import figures
from meeting.records.restoring import look_through, unpack
from meeting.records.rules import STORE, Manifest
from meeting.records.sealed import Keys

#: What is looked at, in this order: what it is called, and what is said of it.
LOOKS = {
    "files": N_("%(count)s files unpacked, each with the SHA-256 it was packed with"),
    "store": N_("The database is sound"),
    "counts": N_("Rows of %(tables)s tables compared with the list: %(differing)s differ %(names)s"),
    "heads": N_("Ends of %(chains)s chains of the journal compared with the list: %(differing)s differ"),
    "upgrade": N_("Brought up to the tables of this version"),
    "journal": N_("The journal was computed anew: %(entries)s entries, %(faults)s faults"),
    "papers": N_("Papers that the database names: %(named)s, missing among the files: %(missing)s"),
    "page": N_("A page of a paper was opened: %(opened)s"),
}


@dataclass
class Verdict:
    """What a drill found: each look with its outcome and figures, and how long all of it took."""

    findings: list[dict[str, Any]] = field(default_factory=list)
    seconds: int = 0
    error: str = ""

    @property
    def ok(self) -> bool:
        """Whether this backup would bring everything back."""
        return not self.error and all(each["ok"] for each in self.findings)

    def note(self, name: str, ok: bool, **facts: Any) -> None:
        """One look more."""
        self.findings.append({"name": name, "ok": ok, "facts": facts})

    def as_value(self) -> dict[str, Any]:
        """For programs."""
        return {"ok": self.ok, "seconds": self.seconds, "error": self.error, "findings": self.findings}


def drill(source: Path, keys: Keys | None = None) -> Verdict:
    """Restores a backup into a folder of its own beside the data and compares. The running system is not touched.

    What makes a backup unusable is in the verdict as its refusal's code (`error`); `backup_no_room` too.
    """
    begun, verdict = time.monotonic(), Verdict()
    try:
        with tempfile.TemporaryDirectory(dir=config.settings().data, prefix=".drill-") as folder:
            storage = Path(folder) / "storage"
            storage.mkdir()
            if source.stat().st_size * 1.2 > pieces.free_bytes(storage):
                sizes = {"needed": source.stat().st_size // 10**6 + 1, "free": pieces.free_bytes(storage) // 10**6}
                raise Refused("backup_no_room", **sizes)
            manifest = unpack(source, storage, keys)
            verdict.note("files", True, count=len(manifest.pieces))
            look_through(storage / STORE)
            verdict.note("store", True)
            _compare(verdict, manifest, storage / STORE)
            with _as_installation(Path(folder)):
                _bring_up(verdict)
            _papers(verdict, storage)
    except Refused as refused:
        verdict.error = refused.code
    verdict.seconds = round(time.monotonic() - begun)
    return verdict


def _compare(verdict: Verdict, manifest: Manifest, store: Path) -> None:
    if not manifest.counts:  # of the first form
        return
    found = figures(store)
    names = sorted(manifest.counts.keys() | found["counts"].keys())
    wrong = [name for name in names if manifest.counts.get(name) != found["counts"].get(name)]
    verdict.note("counts", not wrong, tables=len(names), differing=len(wrong), names=" ".join(wrong[:10]))
    chains = manifest.heads.keys() | found["heads"].keys()
    other = [chain for chain in chains if manifest.heads.get(chain) != found["heads"].get(chain)]
    verdict.note("heads", not other, chains=len(chains), differing=len(other))


@contextmanager
def _as_installation(folder: Path) -> Iterator[None]:
    """While it lasts this process works on the restored copy."""
    before = config.settings()
    url = f"sqlite:///{folder / 'storage' / STORE}"
    config.use(config.Settings(data=folder, database_url=url, keys=folder / "keys"))
    use(None)
    try:
        yield
    finally:
        use(None)
        config.use(before)


def _bring_up(verdict: Verdict) -> None:
    migrations.upgrade()
    verdict.note("upgrade", migrations.current() == migrations.newest())
    with reading() as session:
        entries = session.connection().exec_driver_sql("SELECT count(*) FROM journal").scalar() or 0
        faults = list(journal.verify(session.connection()))
    verdict.note("journal", not faults, entries=entries, faults=len(faults))


def _papers(verdict: Verdict, storage: Path) -> None:
    ready = "SELECT DISTINCT sha256, media_type FROM file WHERE state = 'ready' ORDER BY id DESC"
    with closing(sqlite3.connect(storage / STORE)) as connection:
        rows = connection.execute(ready).fetchall()
    paths = {digest: storage / "files" / digest[:2] / digest for digest, _ in rows}
    missing = sum(not path.exists() for path in paths.values())
    verdict.note("papers", missing == 0, named=len(rows), missing=missing)
    first = next((paths[key] for key, kind in rows if kind == "application/pdf" and paths[key].exists()), None)
    verdict.note("page", first is None or _opens(first), opened="—" if first is None else first.name[:12])


def _opens(path: Path) -> bool:
    """Whether the first page of a PDF can be drawn."""
    try:
        with pymupdf.open(stream=io.BytesIO(path.read_bytes()), filetype="pdf") as paper:
            return int(paper[0].get_pixmap(dpi=40).width) > 0
    except (RuntimeError, ValueError, IndexError):
        return False
