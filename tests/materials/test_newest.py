"""New since you last looked: papers, versions, the programme, the invitation; cleared by looking, on every device."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meeting.agenda.models import Participant, ProgrammeVersion
from meeting.journal import Entry
from meeting.materials.release_service import make_releases
from tests.materials.conftest import MONDAY
from tests.materials.handing import hand_in

HOUR = timedelta(hours=1)


@pytest.fixture
def news(desk, api):
    """What is new to somebody of this meeting."""

    def read(username):
        status, answer = api(username).get(f"/meetings/{desk.meeting_id}/news")
        assert status == 200
        return answer["count"], answer["papers"], answer["new_versions"]

    return read


def looked(do, desk, who="hoa"):
    do(who, "materials.look", meeting_id=desk.meeting_id)


def test_a_paper_that_came_after_the_look_is_new_until_the_next_look(desk, do, at, news):
    looked(do, desk)
    at(MONDAY + HOUR)
    hand_in(desk, "Trang 1")
    assert news("hoa") == (1, [desk.requirement_id], 0)

    at(MONDAY + 2 * HOUR)
    looked(do, desk)

    assert news("hoa") == (0, [], 0)


def test_what_one_has_opened_is_not_new(desk, do, at, news):
    looked(do, desk)
    at(MONDAY + HOUR)
    file_id = hand_in(desk, "Trang 1")

    do("hoa", "materials.mark_read", file_id=file_id, page=1)

    assert news("hoa") == (0, [], 0)


def test_a_new_version_is_new_and_said_to_be_one(desk, do, at, news):
    hand_in(desk, "Trang 1")
    looked(do, desk)
    at(MONDAY + HOUR)

    hand_in(desk, "Trang 1 sửa")

    assert news("hoa") == (1, [desk.requirement_id], 1)


def test_a_paper_that_reaches_a_group_later_is_new_to_it_then(desk, do, at, council, news):
    council.invite(desk.meeting_id, "khach", voting=False)
    hand_in(desk, "Trang 1")
    times = {"guests": "at", "guests_at": (MONDAY + 2 * HOUR).isoformat()}
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="all", **times)
    at(MONDAY + HOUR)
    looked(do, desk, "khach")
    looked(do, desk, "hoa")
    assert news("khach") == (0, [], 0)

    at(MONDAY + 3 * HOUR)
    make_releases()

    assert news("khach") == (1, [desk.requirement_id], 0)
    assert news("hoa") == (0, [], 0)


def test_a_changed_programme_and_the_invitation_are_new(desk, do, at, council, api):
    invited = council.one(select(Participant).where(Participant.person_id == council.person("hoa")))
    council.update(Participant, invited.id, invited_at=MONDAY)
    assert api("hoa").get(f"/meetings/{desk.meeting_id}/news")[1]["invitation"]

    looked(do, desk)
    assert api("hoa").get(f"/meetings/{desk.meeting_id}/news")[1]["count"] == 0
    council.write(ProgrammeVersion(meeting_id=desk.meeting_id, number=2, content={}, made_at=MONDAY + HOUR))

    answer = api("hoa").get(f"/meetings/{desk.meeting_id}/news")[1]
    assert (answer["count"], answer["programme_version"]) == (1, 2)


def test_the_meeting_page_the_home_page_and_the_list_mark_what_is_new(desk, do, at, client):
    looked(do, desk)
    at(MONDAY + HOUR)
    hand_in(desk, "Trang 1")
    title = "Mới từ lần xem trước"

    inside = client("hoa").get(f"/meetings/{desk.meeting_id}")
    assert title in inside.text
    assert f'data-looks="{desk.meeting_id}"' in inside.text
    assert title in client("hoa").get("/").text
    assert "1 mới" in client("hoa").get("/papers").text

    looked(do, desk)

    assert title not in client("hoa").get("/").text, "cleared on every device"
    assert title in client("hoa").get(f"/meetings/{desk.meeting_id}").text, "marked for the rest of the visit"
    at(MONDAY + 2 * HOUR)
    assert title not in client("hoa").get(f"/meetings/{desk.meeting_id}").text


def test_each_person_has_their_own_look(desk, do, at, news):
    looked(do, desk, "hoa")
    looked(do, desk, "tuan")
    at(MONDAY + HOUR)
    hand_in(desk, "Trang 1")

    looked(do, desk, "tuan")

    assert (news("hoa")[0], news("tuan")[0]) == (1, 0)


def test_a_stranger_looks_at_nothing(desk, ask, api):
    assert [ask(who, "materials.look", meeting_id=desk.meeting_id).status for who in ("lan", "khach", "admin")] == [404] * 3
    assert [api(who).get(f"/meetings/{desk.meeting_id}/news")[0] for who in ("lan", "khach")] == [404, 404]


def test_looking_tells_the_journal_nothing(desk, do, council):
    before = council.all(select(Entry.id))

    looked(do, desk)

    assert council.all(select(Entry.id)) == before


def test_news_of_all_meetings_are_read_at_once(desk, do, at, api):
    looked(do, desk)
    at(MONDAY + HOUR)
    hand_in(desk, "Trang 1")

    assert [row["meeting_id"] for row in api("hoa").get("/news")[1]["data"]] == [desk.meeting_id]
    assert api("khach").get("/news")[1]["data"] == []
