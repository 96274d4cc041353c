"""A part of what `python -m tests.guard.schema` asks for ten minutes, the same each time, and the watch on the store."""

import sqlite3
import time
from pathlib import Path

import pytest

from tests.guard.schema import one_round
from tests.guard.watch import Watch

OPERATIONS = 200


@pytest.mark.server
def test_a_real_server_keeps_to_the_description_of_its_api(furnished: Path, tmp_path: Path) -> None:
    asking = one_round(furnished, tmp_path / "data", 1, time.monotonic() + 600, examples=2, most=OPERATIONS)

    assert list(asking.faults.values()) == []
    assert {200, 403, 404, 422} <= set(asking.asked)
    assert sum(asking.asked.values()) > OPERATIONS


def test_the_watch_sees_rows_come_change_and_go_and_nothing_else(tmp_path: Path) -> None:
    store = sqlite3.connect(tmp_path / "meeting.db", isolation_level=None)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("CREATE TABLE meeting (id INTEGER PRIMARY KEY, title TEXT)")
    store.execute("CREATE TABLE stored_answer (id INTEGER PRIMARY KEY)")
    watch = Watch(tmp_path / "meeting.db")

    store.execute("INSERT INTO stored_answer VALUES (1)")  # to be given again: no fault
    assert watch.changed() == []
    store.execute("INSERT INTO meeting VALUES (1, 'a')")
    assert watch.changed() == ["meeting: 0 to 1"]
    watch.look()
    assert watch.changed() == []
    store.execute("UPDATE meeting SET title = 'a'")
    assert watch.changed() == []
    store.execute("UPDATE meeting SET title = 'b'")
    assert watch.changed() == ["meeting: rows changed"]
    watch.look()
    store.execute("DELETE FROM meeting")
    assert watch.changed() == ["meeting: 1 to 0"]
    watch.close()
    store.close()
