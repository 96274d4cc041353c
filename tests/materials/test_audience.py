"""A paper is nowhere for those it is not for: each door is tried, after proving that somebody comes through it."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from meeting import jobs
from meeting.agenda.models import Meeting
from meeting.database import database
from meeting.documents import store as files
from meeting.live import sections as _sections  # noqa: F401 - registers the sections
from meeting.live.state import sections
from meeting.notify.models import Notification
from meeting.permissions import SYSTEM
from meeting.search.passages import service as search
from meeting.writer import perform
from tests.documents.papers import paper
from tests.materials.conftest import MONDAY
from tests.materials.handing import EVERY, WORD, on_screen, open_doors

HOUR = timedelta(hours=1)


@pytest.fixture
def real(desk, do, council):
    """A real PDF, read by the worker, accepted and published; a guest is invited. Returns the file."""
    council.invite(desk.meeting_id, "khach", voting=False)
    ticket = files.take_in(io.BytesIO(paper(2, f"TỜ TRÌNH {WORD}"))).ticket
    file_id = do("dung", "documents.receive", ticket=ticket, name="To trinh.pdf")["file_id"]
    desk.send(file_id=file_id)
    jobs.run_waiting()
    do("minh", "materials.accept", requirement_id=desk.requirement_id)
    search.feed()
    jobs.run_waiting()
    return file_id


@pytest.fixture
def seen(council, api, client, desk, real):
    """The doors open to somebody now."""
    return lambda username: open_doors(council, api, client, username, desk.meeting_id, real)


def test_a_published_paper_comes_through_every_door(seen):
    assert seen("hoa") == EVERY
    assert seen("khach") == EVERY
    assert seen("admin") == set(), "a stranger"


def test_a_paper_for_members_is_nowhere_for_guests(desk, do, seen):
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="members")

    assert seen("hoa") == EVERY
    assert seen("khach") == set()


def test_a_paper_for_the_office_is_nowhere_for_members_and_guests_but_with_chair_and_desk(desk, do, seen):
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="office")

    assert seen("hoa") == seen("khach") == set()
    assert seen("hung") == EVERY, "the chair"
    assert {"api", "list", "meeting page"} <= seen("van")
    assert {"api", "viewer", "bytes"} <= seen("dung"), "its own unit"


def test_a_change_of_audience_holds_at_the_next_read_in_both_directions(desk, do, seen):
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="office")
    assert seen("hoa") == set()

    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="all")

    assert seen("hoa") == seen("khach") == EVERY


def test_before_its_time_a_paper_is_nowhere_for_that_group_and_at_it_the_worker_makes_it_true(desk, do, at, seen, council):
    times = {"guests": "at", "guests_at": (MONDAY + HOUR).isoformat()}
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="all", **times)
    assert (seen("hoa"), seen("khach")) == (EVERY, set())

    at(MONDAY + HOUR)
    assert seen("khach") == set(), "the clock alone opens nothing"
    assert perform(SYSTEM, "materials.release", {}) == {"released": 1}

    assert seen("khach") == EVERY
    assert perform(SYSTEM, "materials.release", {}) == {"released": 0}
    assert [told["group"] for told in desk.told("materials.paper_released")] == ["guests"]


def test_what_is_timed_for_the_opening_comes_with_it(desk, do, council, seen, at):
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="all", guests="opening")
    assert seen("khach") == set()

    for username in ("hung", "hoa", "tuan"):
        do(username, "live.check_in", meeting_id=desk.meeting_id)
    do("hung", "live.open", meeting_id=desk.meeting_id)

    assert seen("khach") == EVERY
    assert [told["group"] for told in desk.told("materials.paper_released")] == ["guests"]


def test_only_those_a_paper_has_reached_are_told_of_it(desk, do, council, real):
    def told(username):
        wanted = select(Notification.kind).where(Notification.person_id == council.person(username))
        return [kind for kind in council.all(wanted) if kind.startswith("paper_published")]

    assert told("hoa") == told("khach") == ["paper_published"]

    do("minh", "materials.take_back", requirement_id=desk.requirement_id, reason="Nhầm số liệu")
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="members")
    do("minh", "materials.publish", requirement_id=desk.requirement_id)

    assert told("hoa") == ["paper_published"] * 2
    assert told("khach") == ["paper_published"]


def test_the_presenters_page_stands_only_before_those_the_paper_has_reached(desk, do, council, real):
    council.update(Meeting, desk.meeting_id, state="in_session")
    do("hung", "live.show_page", meeting_id=desk.meeting_id, document_id=real, page=1)
    assert on_screen(council, "khach", desk.meeting_id)["document_id"] == real

    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="members")

    assert on_screen(council, "hoa", desk.meeting_id)["document_id"] == real
    assert on_screen(council, "khach", desk.meeting_id) is None
    with database().reads() as session:
        hall = sections(session, session.get_one(Meeting, desk.meeting_id), "hall")
    assert hall["page"] is None, "a guest sits before the big screen"


def test_a_paper_for_the_office_cannot_be_shown(desk, do, council, ask, real):
    council.update(Meeting, desk.meeting_id, state="in_session")
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="office")

    refused = ask("hung", "live.show_page", meeting_id=desk.meeting_id, document_id=real, page=1)

    assert (refused.status, refused.body["code"]) == (409, "page_unknown")


def test_a_guest_limited_to_items_stays_limited(desk, do, council, api, real):
    items = council.items(desk.meeting_id)
    council.invite(desk.meeting_id, "admin", voting=False, item_ids=[items[0]])
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="all")

    assert api("admin").get(f"/documents/{real}")[0] == 404


def test_who_stands_for_a_member_reads_what_members_read(desk, do, council, api, real):
    council.invite(desk.meeting_id, "admin", voting=False, stands_for_id=council.person("tuan"))
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="members")

    assert api("admin").get(f"/documents/{real}")[0] == 200
    assert [len(row["papers"]) for row in api("admin").get(f"/meetings/{desk.meeting_id}/papers")[1]["data"]] == [0, 1, 0]


def test_papers_published_before_the_issue_are_read_from_the_issue_on(desk, do, council, seen):
    council.update(Meeting, desk.meeting_id, state="approved")
    assert seen("hoa") == set()

    council.update(Meeting, desk.meeting_id, state="issued")

    assert seen("hoa") == EVERY


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"audience": "members", "guests": "at", "guests_at": (MONDAY + HOUR).isoformat()}, None),  # left out: never theirs
        ({"audience": "all", "guests": "at", "guests_at": MONDAY.isoformat()}, "release_passed"),
    ],
)
def test_times_that_cannot_be_are_refused(desk, ask, wanted, code):
    answer = ask("minh", "materials.set_audience", requirement_id=desk.requirement_id, **wanted)

    assert answer.body.get("code") == code


def test_only_the_desk_says_for_whom_a_paper_is(desk, ask):
    people = ("hoa", "hung", "dung", "van", "khach", "lan")

    found = {who: ask(who, "materials.set_audience", requirement_id=desk.requirement_id, audience="all").status for who in people}

    assert found == {"hoa": 403, "hung": 403, "dung": 403, "van": 403, "khach": 404, "lan": 404}


def test_the_journal_tells_for_whom_and_from_when(desk, do):
    times = {"guests": "at", "guests_at": (MONDAY + HOUR).isoformat(), "members": "opening"}

    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="all", **times)

    (told,) = desk.told("materials.audience_set")
    assert (told["audience"], told["before"]) == ("all", "all")
    assert told["times"] == {"members": "opening", "guests": (MONDAY + HOUR).isoformat()}
