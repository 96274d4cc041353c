"""A system with the judged texts in it: a store of its own, fed by the real feeding, on either engine."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from meeting import clock, config, database, jobs, migrations
from meeting.app import load_rooms
from meeting.config import Settings
from meeting.search.engines import engine
from meeting.search.finding import catalogue, queries
from meeting.search.finding.queries import Asked
from meeting.search.language.words import folded_forms
from meeting.search.models import StaleMark
from meeting.search.passages import service
from tests.search.judged import house, judging
from tests.search.judged.house import House
from tests.search.judged.judging import Answer, Query
from tests.search.judged.store import Filled, Filler
from tests.search.judged.texts import Text

FED = ("meeting", "item", "paper", "notice", "resolution", "task", "minutes")
OUTSIDE = ("person", "unit")
TODAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SLICE = 16  # every so many texts lie between the others, whatever they say
ALIKE = 5  # of each query: texts that hold its words and are not what is wanted


@dataclass(frozen=True)
class Standing:
    """It, ready to be asked."""

    house: House
    filled: Filled
    fed_seconds: float
    ask: Callable[[str], Answer]


def a_slice(texts: Sequence[Text], every: Iterable[Query]) -> list[Text]:
    """The texts that the list names, others that hold the very words of a query without answering it, and a few more."""
    chosen = {text.key for text in texts if _chance(text) % SLICE == 0}
    lines = {text.key: folded_forms(text.body) for text in sorted(texts, key=_chance)}
    for query in every:
        named = query.relevant | query.never
        words = f" {judging.folded(query.typed)} "
        alike = (key for key, line in lines.items() if key not in named and words in line)
        chosen |= named | set(islice(alike, ALIKE))
    return [text for text in texts if text.key in chosen]


def _chance(text: Text) -> int:
    return int(sha256(text.key.encode()).hexdigest(), 16)


@contextmanager
def standing(folder: Path, texts: Iterable[Text], address: str = "", name: str = "", asker: str = "hoa") -> Iterator[Standing]:
    """Fills an empty store at `address` (SQLite without one), feeds search, and lets `asker` ask until the end of the `with`."""
    (folder / "storage").mkdir(parents=True, exist_ok=True)
    address = address or f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(Settings(data=folder, database_url=address, keys=folder / "keys", search_engine=name))
    database.use(database.Database(address))
    load_rooms()
    migrations.upgrade()
    held, jobs.queue.held = jobs.queue.held, True
    forget()
    whole = ExitStack()
    try:
        whole.enter_context(clock.frozen(TODAY))  # how old a text is counts: it must not grow older from run to run
        with Session(database.database().writing) as session:
            made = house.build(session)
            session.commit()
        with database.database().writing.begin() as connection:
            filled = Filler(connection, made.holders, list(made.units.values())).fill(texts)
        began = time.monotonic()
        feed(filled)
        yield Standing(made, filled, time.monotonic() - began, _asking(made, filled, asker))
    finally:
        whole.close()
        jobs.queue.held = held
        forget()
        database.use(None)


def feed(filled: Filled) -> None:
    """Marks everything and lets the worker's job read it."""
    with Session(database.database().writing) as session:
        session.add_all(StaleMark(kind=kind, scope=each, source_id=0) for each in sorted(filled.meetings) for kind in FED)
        session.add_all(StaleMark(kind=kind, scope=0, source_id=0) for kind in OUTSIDE)
        session.commit()
    service.feed()


def forget() -> None:
    """What this process remembers of another store."""
    engine.forget()
    catalogue.forget()


def _asking(made: House, filled: Filled, asker: str) -> Callable[[str], Answer]:
    keys = filled.keys | made.keys

    def ask(typed: str) -> Answer:
        with database.database().reads() as session:
            return judging.answer_of(queries.search(session, made.actors[asker], Asked(typed)), keys)

    return ask
