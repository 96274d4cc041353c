"""Search on a store in PostgreSQL, from the acts to the page: fed, found, counted, kept from strangers, told, rebuilt."""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine, select, text

from meeting import config
from meeting.database import database
from meeting.migrations import differences as schema_differences
from meeting.search.engines import engine, keeping
from meeting.search.finding import catalogue, queries
from meeting.search.finding.answers import Asked
from meeting.search.finding.queries import Found
from meeting.search.kept.suggesting import suggest
from meeting.search.models import Passage
from meeting.search.passages import service
from tests.conftest import Council
from tests.search.grown import on_postgresql
from tests.search.scenes import Scene
from tests.search.test_sight import feed_everything, one_by_one
from tests.serving import Server, serving
from tests.walk import test_searching as walk
from tests.walk.office import Office

Find = Callable[..., Found]
pytestmark = on_postgresql


def test_what_is_found_and_counted_is_what_the_rooms_allow(council: Council) -> None:
    """Hits and counts are those of asking each room by itself; words are found with and without marks."""
    scene = Scene(council, 31, meetings=3)
    feed_everything(scene)
    assert engine.current().name == "postgresql"
    words = {
        row.kind: (row.source_id, word.strip("."))
        for row in council.all(select(Passage).where(~Passage.gone))
        for word in row.text.split()
        if word.startswith("từ") and "khóa" in word
    }
    assert len(words) > 5
    for actor in [council.actor("minh"), *scene.dice.sample(scene.onlookers(), 3)]:
        with database().reads() as session:
            shelf = catalogue.current(session)
            allowed = one_by_one(session, actor, shelf)
            found = queries.search(session, actor, Asked("", since=date(1900, 1, 1), size=200))
            hits = {(hit.passage.kind, hit.passage.source_id) for hit in found.hits}
            assert (actor.name, hits ^ allowed) == (actor.name, set())
            docs = [doc for doc in shelf.docs if (doc.kind, doc.source_id) in allowed]
            for name, values in (
                ("kind", [doc.kind for doc in docs]),
                ("meeting", [str(doc.meeting_id) for doc in docs if doc.meeting_id]),
                ("unit", [str(unit) for doc in docs for unit in doc.units]),
            ):
                counted = {facet.value: facet.count for facet in found.facets[name] if facet.count}
                assert (actor.name, name, counted) == (actor.name, name, dict(Counter(values)))
            for kind, (source, word) in words.items():
                for typed in (word, word.replace("ừ", "u").replace("ó", "o").upper()):
                    total = queries.search(session, actor, Asked(typed)).total
                    assert (total > 0) == ((kind, source) in allowed), (actor.name, kind, typed)


def test_pages_go_on_where_the_last_one_ended(council: Council, wrote: Callable[..., list[int]], find: Find) -> None:
    written = wrote(*(f"Vỉa hè phố {number}." for number in range(1, 8)))

    for sort in ("date", "relevance"):
        pages = [find("hoa", "vỉa hè", sort=sort, size=3, page=page) for page in (1, 2, 3)]
        assert [hit.passage.source_id for found in pages for hit in found.hits] == written
        assert {found.total for found in pages} == {7}


def test_nearest_spellings_and_suggestions_are_of_what_one_may_read(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    party, ward = council.meeting("Đảng ủy", state="held"), council.meeting(state="held")
    notice("Chỉnh trang vỉa hè.", meeting_id=ward)
    notice("Chỉnh đốn nội bộ.", body="Đảng ủy", number=31, meeting_id=party)
    feed(party, ward)

    assert (find("hoa", "viahe").total, find("hoa", "viahe").nearest) == (0, ["vỉa hè"])
    assert find("hoa", "chinhdon").nearest == []
    offered = {}
    for who in ("hoa", "lan", "khach"):
        with database().reads() as session:
            offered[who] = {each.text for each in suggest(session, council.actor(who), "31/")}
    assert offered == {"hoa": set(), "lan": {"31/TB-ĐU"}, "khach": set()}


def test_searching_goes_on_while_the_index_is_written_anew(council: Council, wrote: Callable[..., list[int]], find: Find) -> None:
    wrote("Chỉnh trang vỉa hè.", "Thoát nước khu phố 3.")
    assert keeping.check().same
    found: list[int] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set() or not found:
            found.append(find("hoa", "vỉa hè").total)

    searching = threading.Thread(target=search)
    searching.start()
    try:
        for _ in range(3):
            keeping.rebuild()
    finally:
        done.set()
        searching.join()

    assert set(found) == {1}
    assert keeping.check().same
    assert schema_differences() == []  # the engine's own schema is no part of the store's


def test_without_its_tables_nothing_fails_and_the_worker_writes_them_anew(
    council: Council, wrote: Callable[..., list[int]], find: Find
) -> None:
    wrote("Chỉnh trang vỉa hè.")
    gone = create_engine(config.settings().database_url)
    with gone.begin() as connection:
        connection.execute(text("DROP SCHEMA search_index CASCADE"))
    gone.dispose()

    assert find("hoa", "vỉa hè").ready is False
    service.feed()

    assert find("hoa", "vỉa hè").total == 1


def test_the_page_shows_what_is_found(
    council: Council, wrote: Callable[..., list[int]], client: Callable[[str], FlaskClient], do: Callable[..., Any]
) -> None:
    wrote("Xử lý lấn chiếm vỉa hè.", "Trật tự vỉa hè.")
    do("hoa", "search.save", typed="vỉa hè", question={"kind": "notice"})
    browser = client("hoa")

    for address in ("?q=via+he", "?q=vỉa+hè&kind=notice&body=UBND&sort=date&year=2026", "?kind=notice", "?q=viahe", "/saved", ""):
        answer = browser.get("/search" + address)
        assert answer.status_code == 200, address
    assert "lấn chiếm" in browser.get("/search?q=via+he").get_data(as_text=True)


@pytest.mark.server
def test_the_whole_walk_on_the_real_server(council: Council, store: Path) -> None:
    """The acts, the worker, searching, suggestions, saved searches and the life of a matter, over HTTP."""
    address = config.settings().database_url
    there = {"MEETING_DATABASE_URL": address, "MEETING_GUARD": ""}  # psycopg2 gives way inside a transaction, and may
    with serving(store, ready=True, **there) as server:
        office = Office(server)
        meeting_id, item_id = walk.prepares(office)
        saved = walk.keeps_a_question(office)
        symbol = walk.concludes(office, meeting_id, item_id)
        walk.finds_by_every_way_of_typing(office, symbol)
        walk.narrows(office, meeting_id)
        walk.is_told(office, saved)
        walk.offers_while_typing(office, symbol)
        walk.follows_the_matter(office, item_id)
        agrees(server, address)


def agrees(server: Server, address: str) -> None:
    command = [sys.executable, "-m", "meeting.cli", "search", "check", "--data", str(server.data)]
    environment = {**os.environ, "MEETING_DATABASE_URL": address}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
