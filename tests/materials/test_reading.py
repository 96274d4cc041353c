"""Who reads what: papers before and after acceptance, guests, marks."""

from datetime import date

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.database import database
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live.state import joined
from meeting.organization.models import Membership, Person
from meeting.permissions import Role


@pytest.fixture
def sent(desk):
    """A paper that waits for the secretary."""
    return desk.send() | {"file_id": desk.versions()[0].file_id}


@pytest.fixture
def accepted(desk, do, sent):
    """A paper that participants read."""
    do("minh", "materials.accept", requirement_id=desk.requirement_id)
    return sent


def statuses(api, file_id, *people):
    return {who: api(who).get(f"/documents/{file_id}")[0] for who in people}


def test_before_it_is_accepted_a_paper_is_open_to_its_unit_and_the_desk(api, sent):
    found = statuses(api, sent["file_id"], "dung", "truong", "minh", "van", "hung", "hoa", "khach", "lan", "admin")

    assert found == {
        "dung": 200, "truong": 200, "minh": 200, "van": 200, "hung": 200, "hoa": 404, "khach": 404, "lan": 404, "admin": 404,
    }  # fmt: skip


def test_once_accepted_those_invited_read_it(api, accepted):
    assert statuses(api, accepted["file_id"], "hoa", "tuan", "khach", "lan") == {
        "hoa": 200, "tuan": 200, "khach": 404, "lan": 404,
    }  # fmt: skip


def test_nobody_but_the_sender_opens_a_file_before_its_first_page_was_read(api, desk):
    desk.send(file_id=desk.unread())
    file_id = desk.versions()[0].file_id

    assert statuses(api, file_id, "dung", "minh", "truong") == {"dung": 200, "minh": 404, "truong": 404}


def test_a_paper_of_a_meeting_not_yet_issued_is_closed_to_members(api, council, desk, accepted):
    council.update(Meeting, desk.meeting_id, state="draft")

    assert statuses(api, accepted["file_id"], "hoa", "minh") == {"hoa": 404, "minh": 200}


def test_a_guest_reads_only_the_papers_of_his_items(api, council, desk, accepted):
    items = council.items(desk.meeting_id)
    council.invite(desk.meeting_id, "khach", item_ids=[items[0]])
    assert statuses(api, accepted["file_id"], "khach") == {"khach": 404}
    assert [row["papers"] for row in api("khach").get(f"/meetings/{desk.meeting_id}/papers")[1]["data"]] == [[]]

    council.invite(desk.meeting_id, "admin", item_ids=[items[1]])

    assert statuses(api, accepted["file_id"], "admin") == {"admin": 200}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.INSPECTOR, Role.UNIT_ADMIN])
def test_a_guest_stays_limited_to_his_items_whatever_else_he_is_in_the_body(api, council, desk, do, accepted, role):
    items, khach = council.items(desk.meeting_id), council.person("khach")
    council.write(Membership(person_id=khach, body_id=council.body("UBND"), role=role, starts_on=date(2026, 1, 1)))
    council.update(Person, khach, unit_id=council.unit("van_hoa"))
    council.invite(desk.meeting_id, "khach", item_ids=[items[0]])
    council.invite(desk.meeting_id, "admin", item_ids=[items[1]])
    whole = do("minh", "materials.request", meeting_id=desk.meeting_id, unit_id=council.unit("kinh_te"), what="Báo cáo chung")
    general = desk.file()
    do("dung", "materials.submit", requirement_id=whole["requirement_id"], file_id=general)
    do("minh", "materials.accept", requirement_id=whole["requirement_id"])

    assert statuses(api, accepted["file_id"], "khach", "admin") == {"khach": 404, "admin": 200}
    assert statuses(api, general, "khach", "hoa") == {"khach": 404, "hoa": 200}
    listed = api("khach").get(f"/meetings/{desk.meeting_id}/papers")[1]["data"]
    assert [each for row in listed for each in row["papers"]] == []
    with database().reads() as session:
        assert joined(session, desk.meeting_id, council.actor("khach"))["audience"] == "guest"


def test_papers_are_listed_by_item_with_the_accepted_version(api, desk, accepted):
    status, answer = api("hoa").get(f"/meetings/{desk.meeting_id}/papers")

    assert status == 200
    assert [len(row["papers"]) for row in answer["data"]] == [0, 1, 0]
    (paper,) = answer["data"][1]["papers"]
    assert (paper["document_id"], paper["version"], paper["page_count"], paper["pages_seen"]) == (accepted["file_id"], 1, 2, 0)


def test_requirements_are_read_by_desk_and_own_unit(api, desk, sent):
    path = f"/meetings/{desk.meeting_id}/requirements"

    assert [len(api(who).get(path)[1].get("data", [])) for who in ("minh", "dung")] == [1, 1]
    assert [api(who).get(path)[0] for who in ("hoa", "khach", "lan")] == [403, 404, 404]


def test_only_the_reader_sees_pages_and_time(api, client, desk, do, accepted):
    do("hoa", "materials.mark_read", file_id=accepted["file_id"], page=1, seconds=90)
    do("hoa", "materials.mark_read", file_id=accepted["file_id"], page=1, seconds=5000)

    (paper,) = api("hoa").get(f"/meetings/{desk.meeting_id}/papers")[1]["data"][1]["papers"]
    assert (paper["pages_seen"], paper["seconds_read"]) == (1, 690)
    told = api("minh").get(f"/meetings/{desk.meeting_id}/readers")[1]["data"]
    assert {key for row in told for each in row["opened"] for key in each} == {"document_id"}
    assert "11 phút" in client("hoa").get("/papers").text
    assert "11 phút" not in client("tuan").get("/papers").text


def test_the_secretary_sees_who_has_opened_what(api, council, do, desk, accepted):
    do("hoa", "materials.mark_read", file_id=accepted["file_id"], page=2, seen=[1])
    do("hoa", "materials.mark_read", file_id=accepted["file_id"], page=2)

    status, answer = api("minh").get(f"/meetings/{desk.meeting_id}/readers")

    opened = {row["name"]: row["opened"] for row in answer["data"]}
    assert status == 200
    assert opened["Phan Thị Hoa"] == [{"document_id": accepted["file_id"]}]
    assert opened["Lê Anh Tuấn"] == []
    assert [api(who).get(f"/meetings/{desk.meeting_id}/readers")[0] for who in ("hoa", "khach")] == [403, 404]


def test_reading_marks_need_the_right_to_read(do, accepted):
    with pytest.raises(Refused) as unknown:
        do("khach", "materials.mark_read", file_id=accepted["file_id"], page=1)
    assert unknown.value.code == "not_found"
    with pytest.raises(Refused) as refused:
        do("hoa", "materials.mark_read", file_id=accepted["file_id"], page=3)
    assert refused.value.code == "no_such_page"


def test_marks_tell_the_journal_nothing(council, do, accepted):
    before = council.all(select(Entry.id))

    do("hoa", "materials.mark_read", file_id=accepted["file_id"], page=1)

    assert council.all(select(Entry.id)) == before
