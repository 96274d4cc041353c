"""The catalogue: numbers, sets, and how it follows the store."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pyroaring import BitMap
from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from meeting.database import database
from meeting.search.finding import catalogue, warming
from meeting.search.finding.catalogue import SLICE, Catalogue
from meeting.search.language.symbols import key as symbol_key
from meeting.search.models import Passage
from meeting.tables import Setting
from tests.conftest import Council
from tests.search.grown import on_both

DAY = date(2026, 6, 30)


def row(passage: int, kind: str, source: int, **values: Any) -> tuple[Any, ...]:
    """A passage as it is read from the store."""
    names = ("part", "meeting_id", "body_id", "item_id", "unit_id", "person_id", "state", "due_on", "dated", "symbol", "title")
    usual = {"part": 0, "state": "", "dated": "2026-06-30", "symbol": "", "title": "Phiên họp"}
    told = usual | values
    return (passage, kind, source, *(told.get(name) for name in names), told.get("seq", passage), told.get("gone", 0))


@pytest.fixture
def shelf() -> Catalogue:
    """A notice of two lines, a task, and a person who spoke in minutes."""
    found = Catalogue()
    found.take(
        [
            row(5, "notice", 1, part=1, body_id=2, meeting_id=7, state="in_force", symbol="142/TB-UBND", unit_id=4),
            row(4, "notice", 1, part=0, body_id=2, meeting_id=7, state="in_force", symbol="142/TB-UBND"),
            row(9, "task", 3, state="in_progress", due_on="2026-07-01", unit_id=4, dated=date(2025, 1, 2)),
            row(10, "minutes", 7, part=1000, meeting_id=7, person_id=31),
            row(11, "minutes", 7, part=1001, meeting_id=7, person_id=32),
            row(12, "item", 8, gone=1),
        ]
    )
    return found


def docs(shelf: Catalogue, sets: dict[Any, BitMap], value: Any) -> list[tuple[str, int]]:
    return [(shelf.docs[number].kind, shelf.docs[number].source_id) for number in sets.get(value, BitMap())]


def test_passages_of_one_source_are_one_document(shelf: Catalogue) -> None:
    number = shelf.number_of("notice", 1)

    assert number is not None
    assert shelf.of_passages(BitMap([4, 5, 9])) == BitMap([number, shelf.number_of("task", 3)])  # type: ignore[list-item]
    assert sorted(shelf.passages_of(shelf.docs[number])) == [4, 5]
    assert shelf.doc_of(5) is shelf.docs[number]
    assert sorted(shelf.counted(BitMap([4, 5]))) == [number, number]


def test_the_document_has_the_facts_of_its_first_part(shelf: Catalogue) -> None:
    doc = shelf.docs[shelf.number_of("notice", 1) or 0]

    assert (doc.part, doc.symbol, doc.standing, doc.meeting_id, doc.dated, doc.unit_id) == (
        0,
        "142/TB-UBND",
        "in_force",
        7,
        DAY,
        None,
    )
    assert doc.units == (4,)  # of any of its passages


def test_each_set_holds_what_bears_its_value(shelf: Catalogue) -> None:
    assert docs(shelf, shelf.by_kind, "minutes") == [("minutes", 7)]
    assert docs(shelf, shelf.by_unit, 4) == [("notice", 1), ("task", 3)]
    assert docs(shelf, shelf.by_person, 31) == docs(shelf, shelf.by_person, 32) == [("minutes", 7)]
    assert docs(shelf, shelf.by_meeting, 7) == [("notice", 1), ("minutes", 7)]
    assert docs(shelf, shelf.by_state, "running") == [("task", 3)]
    assert docs(shelf, shelf.by_year, 2025) == docs(shelf, shelf.by_month, (2025, 1)) == [("task", 3)]
    assert docs(shelf, shelf.by_due, date(2026, 7, 1)) == [("task", 3)]
    assert docs(shelf, shelf.by_symbol, symbol_key("142/TB-UBND")) == [("notice", 1)]


def test_what_is_gone_is_nowhere(shelf: Catalogue) -> None:
    assert shelf.number_of("item", 8) is None
    assert shelf.of_passages(BitMap([12])) == BitMap()

    shelf.drop([("task", 3)])

    assert shelf.number_of("task", 3) is None
    assert shelf.of_passages(BitMap([9])) == BitMap()
    assert docs(shelf, shelf.by_unit, 4) == [("notice", 1)]
    assert "running" not in shelf.by_state


def test_a_document_keeps_its_number_and_is_a_new_one_when_it_changed(shelf: Catalogue) -> None:
    before = shelf.docs[shelf.number_of("task", 3) or 0]

    shelf.drop([("task", 3)])
    shelf.take([row(9, "task", 3, state="accepted", unit_id=5, seq=40)])

    after = shelf.docs[before.number]
    assert after is not before
    assert (after.standing, after.units, after.seq) == ("done", (5,), 40)
    assert before.standing == "running"  # whoever still holds it sees one picture


# ---- following the store ----------------------------------------------------------------------------------------------------


@pytest.fixture
def put(council: Council) -> Callable[..., int]:
    """Writes a passage past all acts, as the newest change."""

    def write(kind: str = "item", source: int = 1, part: int = 0, seq: int = 1, **values: Any) -> int:
        told = {"title": "Phiên họp", "text": "vỉa hè", "dated": DAY, "body_id": council.body("UBND"), **values}
        (key,) = council.write(Passage(kind=kind, source_id=source, part=part, seq=seq, **told))
        return key

    return write


def read() -> Catalogue:
    with database().reads() as session:
        return catalogue.current(session)


@on_both
def test_it_follows_new_changed_and_gone_passages(council: Council, put: Callable[..., int]) -> None:
    first = put(source=1)
    known = read()
    assert sorted(known.live) == [first]

    second = put(source=2, seq=2)
    council.update(Passage, first, gone=True, seq=3)

    again = read()
    assert again is known
    assert sorted(again.live) == [second]
    assert again.number_of("item", 1) is None
    assert again.seq == 3


def test_nothing_changed_nothing_read(council: Council, put: Callable[..., int]) -> None:
    put()
    version = read().version

    assert read().version == version


def test_a_change_of_more_rows_than_a_slice_is_taken_whole(council: Council) -> None:
    with Session(database().writing) as session:
        common = {"kind": "paper", "title": "t", "text": "x", "dated": DAY, "revision": 1, "indexed": 0, "state": "", "place": ""}
        rows = [{**common, "source_id": n // 10, "part": n % 10, "seq": 1, "symbol": "", "gone": False} for n in range(SLICE * 2)]
        session.execute(insert(Passage), rows)
        session.commit()
        assert len(read().live) == SLICE * 2

        session.execute(update(Passage).values(seq=2, state="published"))  # all by one change
        session.execute(update(Passage).where(Passage.source_id < 3).values(seq=3, gone=True))
        session.commit()

    known = read()
    assert len(known.live) == SLICE * 2 - 30
    assert {doc.state for doc in known.docs if doc.number in known.every} == {"published"}


def test_another_epoch_is_another_store(council: Council, put: Callable[..., int]) -> None:
    put()
    known = read()

    with Session(database().writing) as session:
        session.execute(update(Setting).where(Setting.name == "epoch").values(value="2"))
        session.commit()

    assert read() is not known


def test_who_slept_too_long_reads_everything_anew(
    council: Council, put: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    put()
    known = read()
    monkeypatch.setattr(catalogue, "TRUSTED_SECONDS", -1)

    assert read() is not known


def test_a_folded_text_is_kept_no_longer_than_it_holds(
    council: Council, put: Callable[..., int], find: Callable[..., Any]
) -> None:
    key = put()
    known = read()
    known.lines[key] = " cu "

    council.update(Passage, key, text="lòng đường", seq=5)

    assert key not in read().lines
    assert council.one(select(Passage.text).where(Passage.id == key)) == "lòng đường"


def test_it_is_read_when_the_process_starts(council: Council, put: Callable[..., int], caplog: pytest.LogCaptureFixture) -> None:
    put()
    warming.warm_up()
    version = catalogue._shelf.catalogue.version if catalogue._shelf.catalogue else 0

    assert read().version == version > 0  # nothing is left to read

    with Session(database().writing) as session:
        session.execute(text("ALTER TABLE passage RENAME TO elsewhere"))
        session.commit()
    catalogue.forget()
    warming.warm_up()

    assert "could not be read at the start" in caplog.text
