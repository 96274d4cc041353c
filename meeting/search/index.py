"""The index: Whoosh in a folder of its own. It proposes passages by their terms; it can always be rebuilt from the database.

One process writes at a time (a file lock), each rebuild goes into a new folder and becomes current by one rename, and an index
that cannot be opened counts as empty and is rebuilt by the worker.
"""

import fcntl
import logging
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh import fields, index, query

from meeting.search.words import terms

log = logging.getLogger("meeting.search")

FORMAT = "v1"  # raised when what is written changes: older indexes are then rebuilt
WRITER_MEGABYTES = 64
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Entry:
    """A passage as the index takes it."""

    key: int
    kind: str
    body_id: int
    meeting_id: int
    text: str  # head and text


class Unreadable(Exception):
    """There is no index, or it cannot be opened."""


def _schema() -> fields.Schema:
    return fields.Schema(key=fields.ID(stored=True, unique=True), terms=fields.KEYWORD(scorable=False))


def kind_term(kind: str) -> str:
    """The term by which a kind is selected. Capitals keep it apart from syllables."""
    return f"K:{kind}"


def body_term(body_id: int) -> str:
    """The term by which a body is selected."""
    return f"B:{body_id}"


def meeting_term(meeting_id: int) -> str:
    """The term by which a meeting is selected."""
    return f"M:{meeting_id}"


def _row(entry: Entry) -> dict[str, str]:
    marks = [kind_term(entry.kind), body_term(entry.body_id), meeting_term(entry.meeting_id)]
    return {"key": str(entry.key), "terms": " ".join(dict.fromkeys([*marks, *terms(entry.text)]))}


class PassageIndex:
    """The index in one folder, as one process sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: Any = None
        self._searcher: Any = None
        self._name = ""

    # reading

    def ready(self) -> bool:
        """Whether it can be opened."""
        try:
            self._reader()
        except Unreadable:
            return False
        return True

    def find(self, all_of: Sequence[str], any_of: Sequence[str], limit: int) -> tuple[list[int], bool]:
        """Keys of passages that hold every term of `all_of` and one of `any_of`; the latest written, and whether there are more.

        Pure Python and file reads: to be called through `run_blocking`, one caller at a time.
        """
        searcher = self._reader()
        wanted = query.And([query.Term("terms", term) for term in dict.fromkeys(all_of)])
        if any_of:
            wanted = query.And([wanted, query.Or([query.Term("terms", term) for term in any_of])])
        latest: deque[int] = deque(maxlen=limit)
        count = 0
        for number in searcher.docs_for_query(wanted):
            latest.append(number)
            count += 1
        reader = searcher.reader()
        return [int(reader.stored_fields(number)["key"]) for number in reversed(latest)], count > limit

    def _reader(self) -> Any:
        """The searcher on what was committed last."""
        name = self._current()
        try:
            if self._searcher is None or name != self._name:
                self._open, self._name = index.open_dir(str(self.folder / name)), name
                self._searcher = self._open.searcher()
            self._searcher = self._searcher.refresh()
        except Exception as problem:
            self._searcher = None
            raise Unreadable(str(problem)) from problem
        return self._searcher

    def _current(self) -> str:
        try:
            name = (self.folder / "current").read_text().strip()
        except OSError:
            raise Unreadable("there is no index yet") from None
        if not name.startswith(FORMAT):
            raise Unreadable("the index has an older form")
        return name

    # writing

    def add(self, entries: Iterable[Entry]) -> None:
        """Adds or replaces passages in one commit. Raises `Unreadable` when it has to be rebuilt first."""
        with self._alone():
            name = self._current()
            try:
                writer = index.open_dir(str(self.folder / name)).writer(limitmb=WRITER_MEGABYTES)
            except Exception as problem:
                raise Unreadable(str(problem)) from problem
            try:
                for entry in entries:
                    writer.update_document(**_row(entry))
            except BaseException:
                writer.cancel()
                raise
            writer.commit()

    def rebuild(self, entries: Iterable[Entry], total: int, progress: Progress | None = None) -> int:
        """Writes a whole new index beside the old one and makes it the current one. Returns how many passages it holds."""
        with self._alone():
            name = self._fresh()
            writer = index.create_in(str(self.folder / name), _schema()).writer(limitmb=WRITER_MEGABYTES)
            done = 0
            for entry in entries:
                writer.add_document(**_row(entry))
                done += 1
                if progress and done % 200 == 0:
                    progress(done, total)
            writer.commit(optimize=True)
            self._make_current(name)
        if progress:
            progress(done, total)
        return done

    def _fresh(self) -> str:
        numbers = [int(path.name.split("-")[1]) for path in self.folder.glob(f"{FORMAT}-*") if path.name.split("-")[1].isdigit()]
        name = f"{FORMAT}-{max(numbers, default=0) + 1}"
        (self.folder / name).mkdir(parents=True)
        return name

    def _make_current(self, name: str) -> None:
        before = {path for path in self.folder.glob("v*-*") if path.name != name}
        pointer = self.folder / "current.new"
        pointer.write_text(name)
        pointer.replace(self.folder / "current")
        for path in before:
            shutil.rmtree(path, ignore_errors=True)  # open readers keep their files until they look again

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer on this machine: the worker, or a rebuild from the command line."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "writer.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


_indexes: dict[Path, PassageIndex] = {}


def at(folder: Path) -> PassageIndex:
    """The index in this folder; one object a process."""
    return _indexes.setdefault(folder, PassageIndex(folder))
