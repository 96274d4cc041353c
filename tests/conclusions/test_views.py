"""Pages and resources of minutes and notices: who sees them, and what stands on them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.models import Minutes
from tests.conclusions.conftest import Desk

Client = Callable[[str], Any]


def test_the_page_of_a_notice_holds_its_editor_and_the_way_to_its_word_file(desk: Desk, client: Client) -> None:
    notice_id = desk.draft({"text": "Ghi nhận kết quả"}, desk.task())

    shown = client("minh").get(f"/notices/{notice_id}").get_data(as_text=True)

    assert f'data-notice="{notice_id}"' in shown
    assert f'href="/notices/{notice_id}/docx"' in shown


@pytest.mark.parametrize(
    ("username", "button"),
    [("minh", "conclusions.submit"), ("hung", "conclusions.approve")],
)
def test_each_sees_their_own_next_step(desk: Desk, client: Client, username: str, button: str) -> None:
    notice_id = desk.draft(desk.task())

    shown = client(username).get(f"/notices/{notice_id}").get_data(as_text=True)

    offered = {b for b in ("conclusions.submit", "conclusions.approve", "conclusions.sign") if f'data-act="{b}"' in shown}
    assert offered == {button}


@pytest.mark.parametrize(("username", "status"), [("hung", 200), ("van", 200), ("hoa", 404), ("khach", 404), ("dung", 404)])
def test_a_draft_is_seen_by_its_makers_only(desk: Desk, client: Client, username: str, status: int) -> None:
    notice_id = desk.draft(desk.task())

    assert client(username).get(f"/notices/{notice_id}").status_code == status


@pytest.mark.parametrize(("username", "status"), [("hoa", 200), ("dung", 200), ("khach", 404), ("lan", 404), ("admin", 404)])
def test_an_issued_notice_is_seen_by_those_of_the_meeting(desk: Desk, client: Client, username: str, status: int) -> None:
    notice_id = desk.issued()

    assert client(username).get(f"/notices/{notice_id}").status_code == status


def test_a_guest_of_one_item_does_not_read_the_whole_notice(desk: Desk, client: Client, council: Any) -> None:
    council.invite(desk.meeting_id, "khach", item_ids=[desk.items()[0]])
    notice_id = desk.issued()

    assert client("khach").get(f"/notices/{notice_id}").status_code == 404
    assert "01/TB-UBND" not in client("khach").get("/notices").get_data(as_text=True)


def test_the_list_shows_what_one_may_read(desk: Desk, client: Client) -> None:
    desk.issued()

    shown = {name: "01/TB-UBND" in client(name).get("/notices").get_data(as_text=True) for name in ("minh", "hoa", "lan")}

    assert shown == {"minh": True, "hoa": True, "lan": False}


def test_the_desk_is_told_which_meetings_wait_for_their_notice(desk: Desk, client: Client) -> None:
    waiting = client("minh").get("/notices").get_data(as_text=True)
    desk.draft()
    drafted = client("minh").get("/notices").get_data(as_text=True)

    assert 'data-act="conclusions.draft"' in waiting
    assert 'data-act="conclusions.draft"' not in drafted


def test_minutes_are_edited_by_the_desk_and_read_by_members_once_signed(desk: Desk, client: Client, do: Any) -> None:
    address = f"/meetings/{desk.meeting_id}/minutes"
    draft = [client(name).get(address).status_code for name in ("minh", "hung", "hoa", "khach")]
    do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)
    signed = [client(name).get(address).status_code for name in ("minh", "hung", "hoa", "khach")]

    assert (draft, signed) == ([200, 200, 404, 404], [200, 200, 200, 404])


def test_the_minutes_page_shows_text_versions_and_the_printed_page(desk: Desk, client: Client) -> None:
    shown = client("minh").get(f"/meetings/{desk.meeting_id}/minutes").get_data(as_text=True)

    assert "1. Có mặt: 3/3 thành viên." in shown
    assert "data-pages" in shown
    assert 'data-autosave="conclusions.edit_minutes"' in shown


def test_programs_read_minutes_and_notice(desk: Desk, api: Callable[[str], Any], council: Any) -> None:
    notice_id = desk.issued({"text": "Ghi nhận"}, desk.task())

    status, notice = api("hoa").get(f"/notices/{notice_id}")
    assert (status, notice["symbol"], notice["body"], len(notice["lines"])) == (200, "01/TB-UBND", "UBND", 2)
    assert notice["lines"][1]["lead_unit"] == {
        "id": council.unit("kinh_te"),
        "name": "Phòng Kinh tế, Hạ tầng và Đô thị",
    }
    assert api("lan").get(f"/notices/{notice_id}")[0] == 404
    assert [row["id"] for row in api("hoa").get("/notices")[1]["data"]] == [notice_id]
    assert api("hoa").get(f"/meetings/{desk.meeting_id}/minutes")[0] == 404
    status, minutes = api("minh").get(f"/meetings/{desk.meeting_id}/minutes")
    assert (status, minutes["state"], minutes["version"]) == (200, "draft", 1)


def test_a_sentence_offers_its_task(desk: Desk, api: Callable[[str], Any], council: Any) -> None:
    notice_id = desk.draft()
    sentence = "Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì, phối hợp với van_hoa, hoàn thành trước ngày 15/12/2026"

    status, cue = api("minh").get(f"/notices/{notice_id}/cue?text={sentence}")

    assert status == 200
    assert {name: cue[name] for name in ("leads", "cooperating", "due_on", "missing")} == {
        "leads": [council.unit("kinh_te")],
        "cooperating": [council.unit("van_hoa")],
        "due_on": "2026-12-15",
        "missing": [],
    }


def test_a_notice_page_asks_the_store_as_often_for_three_lines_as_for_one(
    desk: Desk, client: Client, council: Any, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    notice_id = desk.draft(desk.task())
    one = queries_of(lambda: client("minh").get(f"/notices/{notice_id}"))
    for _ in range(2):
        desk.do("minh", "conclusions.add_line", notice_id=notice_id, **desk.task())

    assert queries_of(lambda: client("minh").get(f"/notices/{notice_id}")) == one
    assert council.one(select(Minutes.state)) == "draft"
