"""Publishing, holding back, taking back: what readers see, who may, what is recorded and told."""

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.materials.models import Submission
from meeting.materials.release_models import Recall
from meeting.notify.models import Notification
from tests.materials.handing import hand_in, written


def refusal(do, *given, **wanted):
    with pytest.raises(Refused) as refused:
        do(*given, **wanted)
    return refused.value.code


def reads(api, file_id, *people):
    return [api(who).get(f"/documents/{file_id}")[0] for who in people]


def kinds(council, username):
    wanted = select(Notification.kind).where(Notification.person_id == council.person(username)).order_by(Notification.id)
    return [kind for kind in council.all(wanted) if kind in ("paper_published", "paper_taken_back")]


def test_accepting_publishes_at_once(desk, api):
    file_id = hand_in(desk, "Trang 1")

    assert desk.requirement().state == "published"
    assert reads(api, file_id, "hoa", "tuan", "khach") == [200, 200, 404]
    (told,) = desk.told("materials.paper_published")
    assert (told["number"], told["audience"], told["earlier"]) == (1, "all", [])


def test_an_accepted_paper_can_be_held_back_and_published_later(desk, do, api, council):
    file_id = hand_in(desk, "Trang 1", publish=False)
    assert desk.requirement().state == "accepted"
    assert reads(api, file_id, "hoa", "minh", "dung") == [404, 200, 200]
    assert kinds(council, "hoa") == []

    answer = do("minh", "materials.publish", requirement_id=desk.requirement_id)

    assert answer == {"submission_id": desk.versions()[0].id}
    assert (desk.requirement().state, reads(api, file_id, "hoa")) == ("published", [200])
    assert kinds(council, "hoa") == ["paper_published"]


def test_a_held_back_version_leaves_the_published_one_in_its_readers_hands(desk, api):
    first = hand_in(desk, "Trang 1")
    second = hand_in(desk, "Trang 1 sửa", publish=False)

    assert reads(api, first, "hoa") == [200]
    assert reads(api, second, "hoa") == [404]


def test_all_papers_of_a_meeting_are_published_at_once(desk, do, council, api):
    first = hand_in(desk, "Trang 1", publish=False)
    other = do("minh", "materials.request", meeting_id=desk.meeting_id, unit_id=council.unit("kinh_te"), what="Báo cáo")
    second = written(council, "Trang 2")
    do("dung", "materials.submit", requirement_id=other["requirement_id"], file_id=second)
    do("minh", "materials.accept", requirement_id=other["requirement_id"], publish=False)

    assert do("minh", "materials.publish_all", meeting_id=desk.meeting_id) == {"published": 2}

    assert reads(api, first, "hoa") == reads(api, second, "hoa") == [200]
    assert len(desk.told("materials.paper_published")) == 2
    assert refusal(do, "minh", "materials.publish_all", meeting_id=desk.meeting_id) == "nothing_to_publish"


def test_what_cannot_be_published_is_refused(desk, do, council):
    assert refusal(do, "minh", "materials.publish", requirement_id=desk.requirement_id) == "not_accepted_yet"
    hand_in(desk, "Trang 1")
    assert refusal(do, "minh", "materials.publish", requirement_id=desk.requirement_id) == "already_published"
    council.update(Submission, desk.versions()[0].id, published_at=None)
    desk.close()
    assert refusal(do, "minh", "materials.publish", requirement_id=desk.requirement_id) == "papers_closed"


def test_a_paper_taken_back_leaves_its_readers_and_nothing_is_deleted(desk, do, api, client, council):
    first, second = hand_in(desk, "Trang 1"), hand_in(desk, "Trang 1 sửa")

    do("minh", "materials.take_back", requirement_id=desk.requirement_id, reason="Số liệu chưa thống nhất")

    assert reads(api, first, "hoa") == reads(api, second, "hoa") == [404]
    assert reads(api, second, "minh", "dung") == [200, 200]
    assert [each.number for each in desk.versions()] == [1, 2]
    assert kinds(council, "hoa")[-1] == "paper_taken_back"
    assert "Số liệu chưa thống nhất" in client("hoa").get(f"/meetings/{desk.meeting_id}?tab=papers").text
    (told,) = desk.told("materials.paper_taken_back")
    assert (told["number"], told["reason"]) == (2, "Số liệu chưa thống nhất")
    assert council.person("hoa") in told["people"]

    do("minh", "materials.publish", requirement_id=desk.requirement_id)

    assert reads(api, second, "hoa") == [200]
    assert reads(api, first, "hoa") == [404], "what was taken back and not handed out again stays back"
    assert "Số liệu chưa thống nhất" not in client("hoa").get(f"/meetings/{desk.meeting_id}?tab=papers").text


def test_only_who_could_read_a_paper_learns_that_it_was_taken_back(desk, do, council, client):
    council.invite(desk.meeting_id, "khach", voting=False)
    hand_in(desk, "Trang 1")
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="members")

    do("minh", "materials.take_back", requirement_id=desk.requirement_id, reason="Nhầm số liệu")

    assert "paper_taken_back" not in kinds(council, "khach")
    assert "Nhầm số liệu" not in client("khach").get(f"/meetings/{desk.meeting_id}?tab=papers").text
    assert council.person("khach") not in council.one(select(Recall.readers))


def test_taking_back_needs_a_published_paper_and_a_reason_and_ends_with_the_archive(desk, do, council):
    assert refusal(do, "minh", "materials.take_back", requirement_id=desk.requirement_id, reason="x") == "not_published"
    hand_in(desk, "Trang 1")
    assert refusal(do, "minh", "materials.take_back", requirement_id=desk.requirement_id, reason="") == "reason_missing"
    council.update(Meeting, desk.meeting_id, state="archived")
    assert refusal(do, "minh", "materials.take_back", requirement_id=desk.requirement_id, reason="x") == "papers_filed"


def test_a_paper_can_be_taken_back_after_the_meeting(desk, do, api):
    file_id = hand_in(desk, "Trang 1")
    desk.close()

    do("minh", "materials.take_back", requirement_id=desk.requirement_id, reason="Thu hồi theo quy định")

    assert reads(api, file_id, "hoa") == [404]


@pytest.mark.parametrize("act", ["materials.publish", "materials.take_back"])
def test_only_the_desk_hands_out(desk, ask, act):
    more = {"reason": "x"} if act.endswith("back") else {}
    people = ("hoa", "hung", "dung", "van", "khach", "lan", "admin")

    found = {who: ask(who, act, requirement_id=desk.requirement_id, **more).status for who in people}

    assert found == {"hoa": 403, "hung": 403, "dung": 403, "van": 403, "khach": 404, "lan": 404, "admin": 404}


def test_nobody_but_the_worker_makes_releases(ask):
    assert [ask(who, "materials.release").status for who in ("minh", "hung", "hoa", "admin")] == [403] * 4


def test_the_office_reads_its_list_and_nobody_else(desk, do, api, client):
    hand_in(desk, "Trang 1", publish=False)

    (row,) = api("minh").get(f"/meetings/{desk.meeting_id}/releases")[1]["data"]

    assert (row["standing"], row["audience"], row["version"], row["published_at"]) == ("waiting", "all", 1, None)
    assert [api(who).get(f"/meetings/{desk.meeting_id}/releases")[0] for who in ("hung", "hoa", "khach")] == [403, 403, 404]
    page = client("minh").get(f"/meetings/{desk.meeting_id}/papers/release")
    assert page.status_code == 200
    assert "materials.publish_all" in page.text
    assert client("hoa").get(f"/meetings/{desk.meeting_id}/papers/release").status_code == 403


def test_the_acts_come_through_the_api(desk, api):
    hand_in(desk, "Trang 1", publish=False)

    assert api("minh").act("materials.publish", requirement_id=desk.requirement_id)[0] == 200
    status, answer = api("minh").act("materials.take_back", requirement_id=desk.requirement_id, reason="")
    assert (status, answer["code"]) == (409, "reason_missing")
