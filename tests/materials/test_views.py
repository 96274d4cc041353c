"""The pages of papers: who sees them, and what they say."""

import pytest

from tests.counting import asked
from tests.materials.conftest import DUE


@pytest.fixture
def accepted(desk, do):
    """A paper that participants read; its file."""
    desk.send()
    do("minh", "materials.accept", requirement_id=desk.requirement_id)
    return desk.versions()[0].file_id


def seen_by(client, path, *people):
    return {who: client(who).get(path).status_code for who in people}


def test_the_board_is_for_desk_and_chair(client, desk):
    path = f"/meetings/{desk.meeting_id}/papers"

    found = seen_by(client, path, "minh", "van", "hung", "hoa", "dung", "khach", "lan")

    assert found == {"minh": 200, "van": 200, "hung": 200, "hoa": 403, "dung": 403, "khach": 404, "lan": 404}


def test_the_board_says_in_time_late_and_missing(client, desk, do, council, at):
    do("minh", "materials.request", meeting_id=desk.meeting_id, unit_id=council.unit("van_hoa"), what="Báo cáo văn hóa")
    desk.send()
    at(DUE.replace(hour=14))

    shown = client("minh").get(f"/meetings/{desk.meeting_id}/papers").text

    assert "đúng hạn" in shown
    assert "Quá hạn 4 giờ" in shown


def test_a_tab_of_the_board_shows_only_its_rows(client, desk):
    shown = client("minh").get(f"/meetings/{desk.meeting_id}/papers?show=review").text

    assert "Tờ trình dự toán ngân sách năm 2027" not in shown


def test_the_board_asks_as_much_of_the_store_for_one_row_as_for_three(client, desk, do, council):
    def cost():
        with asked() as statements:
            assert client("minh").get(f"/meetings/{desk.meeting_id}/papers").status_code == 200
        return len(statements)

    one = cost()
    units = [council.unit("van_hoa"), council.unit("van_phong")]
    do("minh", "materials.request", meeting_id=desk.meeting_id, unit_ids=units, what="Số liệu")

    assert cost() == one


def test_a_unit_opens_its_own_papers_only(client, desk):
    path = f"/papers/owed/{desk.requirement_id}"

    found = seen_by(client, path, "dung", "truong", "minh", "hoa", "khach", "lan")

    assert found == {"dung": 200, "truong": 200, "minh": 200, "hoa": 404, "khach": 404, "lan": 404}


def test_a_units_papers_are_listed_by_state_and_time(client, desk, do, at):
    shown = client("dung").get("/papers/owed").text
    assert f"/papers/owed/{desk.requirement_id}" in shown

    desk.send()

    assert f"/papers/owed/{desk.requirement_id}" not in client("dung").get("/papers/owed").text
    for address in ("/papers/owed?show=office", "/papers/owed?show=all"):
        assert f"/papers/owed/{desk.requirement_id}" in client("dung").get(address).text, address
    desk.close()
    assert f"/papers/owed/{desk.requirement_id}" not in client("dung").get("/papers/owed?show=all").text
    assert f"/papers/owed/{desk.requirement_id}" in client("dung").get("/papers/owed?show=all&when=past").text
    assert client("hoa").get("/papers/owed").status_code == 200


def test_the_reason_of_a_return_stands_on_the_units_page(client, desk, do):
    desk.send()
    do("minh", "materials.return", requirement_id=desk.requirement_id, reason="Thiếu phụ lục phân bổ")

    shown = client("dung").get(f"/papers/owed/{desk.requirement_id}").text

    assert "Thiếu phụ lục phân bổ" in shown
    assert "Bản 2" in shown


def test_the_viewer_is_told_where_the_reading_stopped(client, do, accepted):
    do("hoa", "materials.mark_read", file_id=accepted, page=2)

    assert "&#34;last_page&#34;: 2" in client("hoa").get(f"/documents/{accepted}").text
    assert "&#34;last_page&#34;: 1" in client("tuan").get(f"/documents/{accepted}").text
    assert seen_by(client, f"/documents/{accepted}", "hoa", "khach", "lan") == {"hoa": 200, "khach": 404, "lan": 404}


def test_papers_to_read_are_on_list_tab_programme_and_home(client, desk, accepted):
    for path in ("/papers", f"/meetings/{desk.meeting_id}?tab=papers", f"/meetings/{desk.meeting_id}", "/"):
        assert f"/documents/{accepted}" in client("hoa").get(path).text, path
    assert f"/documents/{accepted}" not in client("lan").get("/papers").text


def test_who_has_read_is_for_the_secretariat(client, desk, accepted):
    found = seen_by(client, f"/meetings/{desk.meeting_id}/papers/readers", "minh", "hoa", "dung", "khach")

    assert found == {"minh": 200, "hoa": 403, "dung": 403, "khach": 404}


def test_the_list_of_boards_names_the_meetings_one_prepares(client, desk):
    assert "Phiên họp UBND" in client("minh").get("/papers/boards").text
    assert "Phiên họp UBND" not in client("lan").get("/papers/boards").text
