"""Who is prepared: counts for chair and desk, names for nobody but the secretary and the person."""

import pytest

from meeting.agenda.models import Meeting
from tests.counting import asked
from tests.materials.handing import hand_in, put_right, written


@pytest.fixture
def read(desk, do, council):
    """A published paper on the second item that Hoa has opened; a guest has opened it too."""
    council.invite(desk.meeting_id, "khach", voting=False)
    file_id = hand_in(desk, "Trang 1", "Trang 2")
    do("hoa", "materials.mark_read", file_id=file_id, page=1)
    do("khach", "materials.mark_read", file_id=file_id, page=1)
    return file_id


def readiness(api, who, desk):
    return api(who).get(f"/meetings/{desk.meeting_id}/readiness")


def test_the_chair_reads_how_many_members_have_opened_what_and_no_name(desk, api, client, read):
    status, answer = readiness(api, "hung", desk)

    assert status == 200
    assert (answer["members"], answer["begun"]) == (3, 1)
    (row,) = [row for row in answer["data"] if row["papers"]]
    assert (row["opened"], row["members"], row["percent"]) == (1, 3, 33)
    assert row["papers"][0]["opened"] == 1
    page = client("hung").get(f"/meetings/{desk.meeting_id}/papers/readiness").text
    assert "1/3" in page
    assert "Phan Thị Hoa" not in page
    assert "Phan" not in str(answer)
    assert "/papers/readers" not in page


def test_names_are_for_the_secretary(desk, api, client, read):
    assert api("minh").get(f"/meetings/{desk.meeting_id}/readers")[0] == 200
    assert [api(who).get(f"/meetings/{desk.meeting_id}/readers")[0] for who in ("hung", "hoa", "van")] == [403, 403, 403]
    assert "/papers/readers" in client("minh").get(f"/meetings/{desk.meeting_id}/papers/readiness").text


def test_members_guests_and_strangers_read_no_map(desk, api, client, read):
    people = ("hoa", "khach", "dung", "van", "lan", "admin")

    assert [readiness(api, who, desk)[0] for who in people] == [403, 403, 403, 403, 404, 404]
    assert client("hoa").get(f"/meetings/{desk.meeting_id}/papers/readiness").status_code == 403


def test_everybody_sees_how_far_they_are_themselves(desk, api, read):
    (paper,) = api("hoa").get(f"/meetings/{desk.meeting_id}/papers")[1]["data"][1]["papers"]

    assert (paper["pages_seen"], paper["page_count"]) == (1, 2)
    assert api("hoa").get(f"/documents/{read}/reading")[1]["seen"] == [1]
    assert api("tuan").get(f"/documents/{read}/reading")[1]["seen"] == []


def test_a_new_version_has_to_be_opened_anew(desk, api, read):
    hand_in(desk, "Trang 1 sửa", "Trang 2")

    (row,) = [row for row in readiness(api, "hung", desk)[1]["data"] if row["papers"]]

    assert (row["papers"][0]["opened"], row["papers"][0]["older_only"]) == (0, 1)
    assert row["opened"] == 1, "the item was looked at"


def test_what_nobody_has_opened_stands_first(desk, do, api, council, read):
    items = council.items(desk.meeting_id)
    asked = do(
        "minh", "materials.request", meeting_id=desk.meeting_id, item_id=items[2], unit_id=council.unit("kinh_te"), what="Báo cáo"
    )
    do("dung", "materials.submit", requirement_id=asked["requirement_id"], file_id=written(council, "Trang 1"))
    do("minh", "materials.accept", requirement_id=asked["requirement_id"])

    assert [row["item_id"] for row in readiness(api, "minh", desk)[1]["data"]] == [items[2], items[1], items[0]]


def test_a_paper_not_for_members_is_asked_of_nobody(desk, do, api, read):
    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="office")

    (row,) = [row for row in readiness(api, "hung", desk)[1]["data"] if row["papers"]]

    assert (row["members"], row["percent"]) == (0, None)


def test_before_the_issue_nobody_is_counted(desk, api, council, read):
    council.update(Meeting, desk.meeting_id, state="approved")

    assert readiness(api, "hung", desk)[1]["members"] == 0


def test_the_map_asks_as_much_of_the_store_for_three_papers_as_for_one(desk, do, api, council, client, read):
    def cost():
        with asked() as statements:
            assert readiness(api, "hung", desk)[0] == 200
        return len(statements)

    one = cost()
    put_right(desk)
    for what in ("Báo cáo", "Dự thảo"):
        made = do("minh", "materials.request", meeting_id=desk.meeting_id, unit_id=council.unit("kinh_te"), what=what)
        do("dung", "materials.submit", requirement_id=made["requirement_id"], file_id=written(council, "Trang 1"))
        do("minh", "materials.accept", requirement_id=made["requirement_id"])

    assert cost() <= one + 1
