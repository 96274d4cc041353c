"""Whoosh as the engine: a folder an index, a pointer to the one in force, one writer at a time, readers that never wait."""

import fcntl
import logging
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pyroaring import BitMap

from meeting.asyncmode import run_blocking
from meeting.search.engines import whoosh_files
from meeting.search.engines.engine import Entry, Hook, Progress, Unreadable
from meeting.search.engines.remembered import Remembered
from meeting.search.engines.whoosh_codec import rarest_first
from meeting.search.engines.whoosh_files import WHOLE, PassageWriter, Piece, View

log = logging.getLogger("meeting.search")

FORMAT = "v2"  # raised when what is written changes: older indexes are then rebuilt
TOLD_EVERY = 200
T = TypeVar("T")


class WhooshEngine:
    """The index in one folder, as one process sees it."""

    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._view: View | None = None
        self._cache = Remembered()
        self._alone = threading.Lock()  # green in the web process; Whoosh's files are read by one thread at a time

    # reading

    def mark(self) -> object:
        """What is another after each commit."""
        return self._latest()

    def ready(self) -> bool:
        """Whether it can be opened; looks at the files again."""
        try:
            view = self._blocking(self._looked)
            if any(whoosh_files.stamp(piece.path) != piece.stamp for piece, _, _ in view.parts):
                self._view = None
                self._blocking(self._looked)
        except (Unreadable, OSError):
            self._view = None
            return False
        return True

    def find(self, terms: Sequence[str]) -> BitMap:
        """The passages that hold all of these terms."""
        asked = rarest_first(terms)
        if not asked:
            return BitMap()
        view = self._newest()
        known = self._answer(view, asked, self._cached) if view else None
        return self._blocking(lambda: self._found(asked)) if known is None else known

    def ahead(self, questions: Iterable[Sequence[str]]) -> None:
        """One turn of the thread for all of them."""
        asked = [rarest_first(terms) for terms in questions]
        view = self._newest()
        if view is None or any(self._answer(view, terms, self._cached) is None for terms in asked):
            self._blocking(lambda: [self._found(terms) for terms in asked])

    def _newest(self) -> View | None:
        """The view on what was committed last, where it is open already."""
        return self._view if self._view is not None and self._latest() == self._view.at else None

    def known(self, terms: Sequence[str]) -> set[str]:
        """Those of the terms that occur at all."""
        return self._blocking(lambda: self._occurring(set(terms))) if terms else set()

    def held(self) -> Iterator[tuple[int, int]]:
        """The number and revision of every passage in the index."""
        for piece, dead, segment in self._blocking(self._looked).parts:
            for key, revision in zip(piece.keys, piece.revisions(segment), strict=True):
                if key not in dead:
                    yield key, revision

    def _blocking(self, work: Callable[[], T]) -> T:
        with self._alone:
            return run_blocking(work)

    def _found(self, terms: Sequence[str]) -> BitMap:
        view = self._looked()
        try:
            found = self._answer(view, terms, self._read)
        except Exception as problem:
            self._view = None
            raise Unreadable(str(problem)) from problem
        assert found is not None
        return found

    def _occurring(self, terms: set[str]) -> set[str]:
        view = self._looked()
        try:
            return {term for term in terms if self._answer(view, [term], self._read)}
        except Exception as problem:
            self._view = None
            raise Unreadable(str(problem)) from problem

    def _answer(self, view: View, terms: Sequence[str], look: Callable[[Piece, str], BitMap | None]) -> BitMap | None:
        """All of the terms, segment by segment; None when something is not known without reading."""
        found = BitMap()
        for piece, dead, _ in view.parts:
            here: BitMap | None = None
            for term in terms:
                keys = look(piece, term)
                if keys is None:
                    return None
                here = keys if here is None else here & keys
                if not here:
                    break
            if here:
                found |= here - dead if dead else here
        return found

    def _cached(self, piece: Piece, term: str) -> BitMap | None:
        kept = self._cache.get((piece.path, term))
        return kept[0] if kept else None

    def _read(self, piece: Piece, term: str) -> BitMap:
        kept = self._cached(piece, term)
        if kept is None:
            kept = piece.terms.keys_of(term) or BitMap()
            self._cache.keep((piece.path, term), kept)
        return kept

    def _latest(self) -> tuple[str, int]:
        """Which table of contents is in force: two small looks at the disk. A switch between the two makes it look again."""
        before = ""
        while True:
            try:
                name = (self.folder / "current").read_text().strip()
            except OSError:
                raise Unreadable("there is no index yet") from None
            try:
                return name, whoosh_files.generation(self.folder / name)
            except OSError:
                if name == before:
                    raise Unreadable("there is no index yet") from None
                before = name

    def _looked(self) -> View:
        """The view on what was committed last. A commit or a switch between two looks at the disk makes it look again."""
        for _ in range(20):
            at = self._latest()
            if self._view is not None and self._view.at == at:
                return self._view
            if not at[0].startswith(FORMAT):
                raise Unreadable("the index has an older form")
            try:
                self._view = self._opened(*at)
            except Unreadable:
                if self._latest() == at:
                    raise
            except Exception as problem:
                if self._latest() == at:
                    raise Unreadable(str(problem)) from problem
            else:
                return self._view
        raise Unreadable("the index changes all the time")

    def _opened(self, name: str, number: int) -> View:
        place = self.folder / name
        before = {piece.path: piece for piece, _, _ in self._view.parts} if self._view else {}
        parts = []
        for segment in whoosh_files.read(place, number):
            piece = before.get(whoosh_files.path_of(place, segment)) or Piece(place, segment)
            parts.append((piece, piece.dead(segment), segment))
        return View(name, number, parts)

    # writing

    def write(self, entries: Sequence[Entry], gone: Sequence[int]) -> None:
        """One commit, in the order in which it is called. A rebuild that runs beside gets a copy."""
        with self._locked("writer.lock"):
            fresh = self._being_built()
            if fresh is not None:
                whoosh_files.pass_on(fresh, entries, gone)
            self._put(entries, gone)

    def tidy(self) -> None:
        """Puts the segments of a day together, and takes away what a broken rebuild left."""
        with self._locked("writer.lock"):
            if not self._rebuilding():
                self.sweep()
            self._put([], [], at_leisure=True)

    def _put(self, entries: Sequence[Entry], gone: Sequence[int], at_leisure: bool = False) -> None:
        view = self._looked()
        try:
            PassageWriter(self.folder / view.at[0], [piece for piece, _, _ in view.parts]).put(entries, gone, at_leisure)
        except Unreadable:
            raise
        except Exception as problem:
            if isinstance(problem, OSError) and problem.errno is not None and not isinstance(problem, FileNotFoundError):
                raise  # a full disk is no reason to write everything anew
            raise Unreadable(str(problem)) from problem

    def rebuild(
        self,
        entries: Iterable[Entry],
        total: int,
        progress: Progress | None = None,
        before_switch: Hook = None,
    ) -> int:
        """Writes everything into a folder of its own, adds what was written meanwhile, and renames the pointer."""
        with self._locked("rebuild.lock"):
            with self._locked("writer.lock"):
                fresh = self._begun()
            taken: dict[int, int] = {}
            try:
                stream = self._counted(entries, taken, total, progress)
                while PassageWriter(fresh).fill(islice(stream, WHOLE)):
                    pass
                if before_switch:
                    before_switch()
                with self._locked("writer.lock"):
                    self._take_along(fresh, taken)
                    self._switch(fresh)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
        if progress:
            progress(len(taken), total)
        return len(taken)

    def _counted(self, part: Iterable[Entry], taken: dict[int, int], total: int, progress: Progress | None) -> Iterator[Entry]:
        if progress:
            progress(0, total)
        for entry in part:
            taken[entry.key] = entry.revision
            if progress and len(taken) % TOLD_EVERY == 0:
                progress(len(taken), total)
            yield entry

    def _begun(self) -> Path:
        """A new folder that is known to be under way; what an earlier, broken attempt left goes."""
        self.sweep()
        numbers = [int(path.name.split("-")[1]) for path in self.folder.glob(f"{FORMAT}-*")]
        fresh = self.folder / f"{FORMAT}-{max(numbers, default=0) + 1}"
        whoosh_files.create(fresh)
        (fresh / whoosh_files.MEANWHILE).mkdir()
        return fresh

    def _being_built(self) -> Path | None:
        """The folder of a rebuild that runs now in some process."""
        under_way = [path.parent for path in self.folder.glob(f"{FORMAT}-*/meanwhile")]
        if not under_way:
            return None
        if self._rebuilding():
            return max(under_way, key=lambda path: int(path.name.split("-")[1]))
        self.sweep()  # it was killed
        return None

    def _rebuilding(self) -> bool:
        """Whether some process rebuilds."""
        with (self.folder / "rebuild.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def sweep(self) -> None:
        """Takes away folders that are not in force. Only while no rebuild runs."""
        try:
            name = (self.folder / "current").read_text().strip()
        except OSError:
            name = ""
        for path in self.folder.glob("v*-*"):
            if path.name != name:
                shutil.rmtree(path, ignore_errors=True)  # readers keep what they have open until they look again

    def _take_along(self, fresh: Path, taken: dict[int, int]) -> None:
        """Each passage as it was written last, unless the rebuild itself has read a later revision."""
        last: dict[int, Entry | None] = {}
        for entries, gone in whoosh_files.passed_on(fresh):
            last.update(dict.fromkeys(gone))
            last.update({entry.key: entry for entry in entries if entry.revision >= taken.get(entry.key, 0)})
        put = [entry for entry in last.values() if entry is not None]
        if last:
            PassageWriter(fresh).put(put, [key for key, entry in last.items() if entry is None])

    def _switch(self, fresh: Path) -> None:
        shutil.rmtree(fresh / whoosh_files.MEANWHILE)
        whoosh_files.point(self.folder / "current", fresh.name)
        self.sweep()

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        """One writer, and one rebuild, on this machine."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
