"""Both engines answer alike: as a comparison of every passage would, whatever was written, replaced, taken out and rebuilt."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from meeting.search.engines.engine import Engine, Entry, Unreadable
from meeting.search.engines.postgresql_engine import PostgresqlEngine
from meeting.search.engines.whoosh_engine import WhooshEngine
from meeting.search.language.words import index_terms
from tests.postgresql import cluster

SYLLABLES = ["vỉa", "hè", "kết", "luận", "quy", "hoạch", "đô", "thị", "hoá", "hóa", "thuỷ", "lý", "2026", "135"]


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with cluster() as url:
        yield url


@pytest.fixture(params=["whoosh", "postgresql"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Engine]:
    """Opens the same, at first missing, index as another process would."""
    if request.param == "whoosh":
        return lambda: WhooshEngine(tmp_path / "search_index")
    url = request.getfixturevalue("database")
    forget_all(url)
    return lambda: PostgresqlEngine(url, patience=0.0)


def forget_all(url: str) -> None:
    bare = create_engine(url, isolation_level="AUTOCOMMIT")
    with bare.connect() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS search_index CASCADE"))
    bare.dispose()


@pytest.fixture
def engine(make: Callable[[], Engine]) -> Engine:
    """An empty index."""
    made = make()
    made.rebuild([], 0)
    return made


def entry(key: int, revision: int, *terms: str) -> Entry:
    return Entry(key, revision, terms)


class Reference:
    """What an engine has to answer, found by looking at everything."""

    def __init__(self) -> None:
        self.rows: dict[int, Entry] = {}

    def write(self, entries: list[Entry], gone: list[int]) -> None:
        for key in gone:
            self.rows.pop(key, None)
        self.rows.update({each.key: each for each in entries})

    def find(self, terms: list[str]) -> set[int]:
        return {key for key, row in self.rows.items() if terms and set(terms) <= set(row.terms)}

    def held(self) -> dict[int, int]:
        return {key: row.revision for key, row in self.rows.items()}


def passage(rng: random.Random, key: int, revision: int) -> Entry:
    words = " ".join(rng.choices(SYLLABLES, k=rng.randrange(1, 25)))
    return Entry(key, revision, tuple(index_terms(f"Thông báo. {rng.choice(SYLLABLES)}", words)))


def questions(rng: random.Random, reference: Reference) -> list[list[str]]:
    terms = [term for row in reference.rows.values() for term in row.terms] or ["x"]
    return [rng.choices(terms, k=rng.randrange(1, 5)) for _ in range(12)] + [["nowhere"], [terms[0], "nowhere"], []]


@pytest.mark.parametrize("seed", range(4))
def test_an_engine_answers_as_looking_at_everything_would(engine: Engine, make: Callable[[], Engine], seed: int) -> None:
    rng = random.Random(seed)
    reference = Reference()
    other = make()  # another process, that follows
    for step in range(1, 31):
        entries = [passage(rng, key, step) for key in rng.sample(range(1, 120), rng.randrange(0, 12))]
        written = {each.key for each in entries}
        gone = [key for key in rng.sample(range(1, 120), rng.randrange(0, 6)) if key not in written]
        engine.write(entries, gone)
        reference.write(entries, gone)
        if step % 10 == 0:
            engine.tidy()
        if step == 15:
            assert engine.rebuild(list(reference.rows.values()), len(reference.rows)) == len(reference.rows)
        asked_now = list(questions(rng, reference))
        other.ahead(asked_now[: rng.randrange(len(asked_now) + 1)])
        for asked in asked_now:
            assert set(engine.find(asked)) == set(other.find(asked)) == reference.find(asked), asked
        assert dict(engine.held()) == dict(other.held()) == reference.held()
        some = [term for asked in questions(rng, reference) for term in asked]
        assert other.known(some) == {term for term in some if reference.find([term])}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.dictionaries(st.integers(1, 2**31 - 1), st.lists(st.text(min_size=1, max_size=8), max_size=6), max_size=8))
def test_any_term_is_found_as_it_is(engine: Engine, rows: dict[int, list[str]]) -> None:
    rows = {key: [term.replace("\0", "") or "x" for term in terms] for key, terms in rows.items()}
    rows = {key: [term.encode("utf-8", "ignore").decode() or "x" for term in terms] for key, terms in rows.items()}
    engine.rebuild([Entry(key, 1, tuple(terms)) for key, terms in rows.items()], len(rows))

    engine.ahead(rows.values())
    for terms in rows.values():
        for term in terms:
            assert set(engine.find([term])) == {key for key, held in rows.items() if term in held}
        assert set(engine.find(terms)) == {key for key, held in rows.items() if terms and set(terms) <= set(held)}


def test_an_answer_belongs_to_who_asked(engine: Engine) -> None:
    engine.write([entry(1, 1, "vỉa"), entry(2, 1, "vỉa")], [])
    engine.find(["vỉa"]).discard(1)

    assert set(engine.find(["vỉa"])) == {1, 2}


def test_without_an_index_nothing_is_ready_and_nothing_fails_otherwise(make: Callable[[], Engine]) -> None:
    engine = make()

    assert engine.ready() is False
    for ask in (
        lambda: engine.find(["a"]),
        lambda: engine.ahead([["a"], ["b"]]),
        lambda: engine.known(["a"]),
        lambda: list(engine.held()),
        engine.mark,
    ):
        with pytest.raises(Unreadable):
            ask()
    with pytest.raises(Unreadable):
        engine.write([entry(1, 1, "a")], [])
    engine.tidy() if engine.name == "postgresql" else None
    engine.rebuild([entry(1, 1, "a")], 1)

    assert engine.ready() is True
    assert set(engine.find(["a"])) == {1}


def test_the_mark_is_another_after_each_commit_and_stays_between(engine: Engine, make: Callable[[], Engine]) -> None:
    reader = make()
    marks: list[Any] = [reader.mark()]
    assert reader.mark() == marks[0]
    for key in range(1, 4):
        engine.write([entry(key, 1, "a")], [])
        marks.append(reader.mark())
    engine.rebuild([], 0)
    marks.append(reader.mark())

    assert len(set(marks)) == 5


def test_what_is_written_during_a_rebuild_is_taken_along(engine: Engine, make: Callable[[], Engine]) -> None:
    engine.write([entry(key, 1, "old", f"t{key}") for key in range(1, 9)], [])
    other, reader = make(), make()
    found_meanwhile: list[set[int]] = []

    def entries() -> Iterator[Entry]:
        yield from [entry(key, 1, "old", f"t{key}") for key in (1, 2, 3)]
        other.write([entry(1, 2, "new")], [2, 7])  # both read already, and one still to come
        yield entry(4, 3, "newest")  # read after what is written next
        other.write([entry(4, 2, "late")], [])
        other.write([entry(9, 1, "ninth")], [8])
        found_meanwhile.append(set(reader.find(["old"])))
        yield from [entry(5, 1, "old"), entry(6, 1, "old"), entry(7, 1, "old")]

    engine.rebuild(entries(), 8)

    assert found_meanwhile == [{3, 5, 6}]
    assert dict(reader.held()) == {1: 2, 3: 1, 4: 3, 5: 1, 6: 1, 9: 1}
    assert [set(reader.find([term])) for term in ("new", "newest", "late", "ninth", "old")] == [{1}, {4}, set(), {9}, {3, 5, 6}]


def test_a_rebuild_that_breaks_off_leaves_the_index_as_it_was(engine: Engine, make: Callable[[], Engine]) -> None:
    engine.write([entry(1, 1, "a")], [])

    def entries() -> Iterator[Entry]:
        yield entry(2, 1, "b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.rebuild(entries(), 2)
    engine.write([entry(3, 1, "c")], [])

    assert dict(make().held()) == {1: 1, 3: 1}
    assert make().rebuild([entry(4, 1, "d")], 1) == 1
    assert dict(make().held()) == {4: 1}


def test_a_rebuild_tells_how_far_it_is(engine: Engine) -> None:
    told: list[tuple[int, int]] = []

    engine.rebuild((entry(key, 1, "a") for key in range(1, 451)), 450, lambda done, total: told.append((done, total)))

    assert told[-1] == (450, 450)
    assert told == sorted(told)
