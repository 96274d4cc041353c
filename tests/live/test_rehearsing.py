"""When a process starts, its main pages are made once for nobody: nothing is written by it, and others go on meanwhile."""

from flask import Flask
from sqlalchemy import func, select

from meeting import database
from meeting.journal import Entry
from meeting.live import rehearsing
from meeting.web.rehearsing import rehearse
from meeting.web.sockets import socketio
from tests.conftest import Council
from tests.counting import asked


def test_all_main_pages_are_made_for_one_who_votes_and_for_the_secretary(app: Flask, council: Council) -> None:
    found = council.meeting(state="in_session")
    council.meeting(state="issued")
    with database.reading() as session:
        meeting = rehearsing._next_meeting(session)
        assert meeting is not None
        assert meeting.id == found
        people = rehearsing._people(session, meeting)
    assert len(people) == 2
    for who in people:
        assert rehearse(app, who, [page.format(found) for page in rehearsing.PAGES]) == len(rehearsing.PAGES)


def test_a_rehearsal_only_reads(app: Flask, council: Council) -> None:
    council.meeting(state="issued")
    before = council.one(select(func.count()).select_from(Entry))
    with asked() as statements:
        rehearsing.rehearse_pages(app)

    assert len(statements) > 50
    assert not [each for each in statements if not each.startswith(("SELECT", "BEGIN", "WITH"))]
    assert council.one(select(func.count()).select_from(Entry)) == before


def test_a_page_that_one_may_not_see_is_left_out(app: Flask, council: Council) -> None:
    private = council.meeting(state="draft")

    assert rehearse(app, council.actor("khach"), [f"/meetings/{private}", "/calendar"]) == 1


def test_others_go_on_after_each_statement(app: Flask, council: Council) -> None:
    """In ordinary Python giving way is a sleep of no time."""
    who, turns, server = council.actor("hoa"), list[float](), socketio.server
    sleep = server.sleep
    server.sleep = lambda seconds=0: (turns.append(seconds), sleep(seconds))[1]
    try:
        with asked() as statements:
            assert rehearse(app, who, ["/calendar"]) == 1
    finally:
        server.sleep = sleep

    assert len(turns) > len(statements) - statements.count("BEGIN")
