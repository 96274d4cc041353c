"""Programme versions: kept at each handing out, collected changes told once, time and place told at once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from meeting.agenda.models import Participant, ProgrammeVersion
from meeting.events import Event
from meeting.notify.models import Notification
from meeting.notify.wording import text_of
from tests.agenda.preparing import START, Do, code, issued, made, row, told
from tests.conftest import Council, Program


def kinds(answer: dict[str, Any]) -> list[str]:
    return [each["kind"] for each in answer["changes"]]


def versions(council: Council, meeting_id: int) -> list[ProgrammeVersion]:
    return council.all(
        select(ProgrammeVersion).where(ProgrammeVersion.meeting_id == meeting_id).order_by(ProgrammeVersion.number)
    )


def test_the_issue_keeps_the_first_version(do: Do, council: Council) -> None:
    meeting_id = made(do, council)
    assert versions(council, meeting_id) == []

    do("minh", "agenda.issue", meeting_id=meeting_id)

    (first,) = versions(council, meeting_id)
    assert (first.number, first.content["place"], len(first.content["items"])) == (1, "Phòng 2", 3)
    assert row(council, meeting_id).programme_version == 1
    assert told(council, Event.MEETING_ISSUED)[0]["version"] == 1


def test_changes_are_collected_and_handed_out_as_one(do: Do, council: Council) -> None:
    meeting_id = issued(do, council)
    first, second, third = council.items(meeting_id)
    do("minh", "agenda.edit_item", item_id=second, title="Dự toán ngân sách", minutes_planned=40)
    do("minh", "agenda.move_item", item_id=third, to="up")
    do("minh", "agenda.add_item", meeting_id=meeting_id, title="Đầu tư công")
    assert told(council, Event.PROGRAMME_HANDED_OUT) == []

    answer = do("minh", "agenda.hand_out_programme", meeting_id=meeting_id, why="bổ sung nội dung")

    assert (answer["version"], answer["told"]) == (2, 4)
    assert kinds(answer) == ["item_added", "item_moved", "item_retitled", "minutes"]
    (entry,) = told(council, Event.PROGRAMME_HANDED_OUT)
    assert (entry["number"], entry["why"], len(entry["changes"])) == (2, "bổ sung nội dung", 4)
    assert code(do, "minh", "agenda.hand_out_programme", meeting_id=meeting_id) == "nothing_to_hand_out"
    assert [each.why for each in versions(council, meeting_id)] == ["", "bổ sung nội dung"]
    assert first


def test_time_and_place_are_told_at_once_and_other_changes_still_wait(do: Do, council: Council) -> None:
    meeting_id = issued(do, council)
    do("minh", "agenda.edit_item", item_id=council.items(meeting_id)[1], title="Dự toán")

    later = (START + timedelta(hours=1)).isoformat()
    do("minh", "agenda.edit", meeting_id=meeting_id, starts_at=later, place="Hội trường", why="phòng đang sửa")

    assert row(council, meeting_id).programme_version == 2
    entry = told(council, Event.MEETING_EDITED)[-1]
    assert (kinds(entry), entry["version"]) == (["time", "place"], 2)
    second = versions(council, meeting_id)[1]
    assert (second.content["place"], second.content["items"][1]["title"], second.why) == (
        "Hội trường",
        "Ngân sách",
        "phòng đang sửa",
    )
    assert kinds(do("minh", "agenda.hand_out_programme", meeting_id=meeting_id)) == ["item_retitled"]


def test_only_an_issued_programme_is_handed_out_again_and_only_by_the_office(do: Do, council: Council) -> None:
    draft = made(do, council)
    assert code(do, "minh", "agenda.hand_out_programme", meeting_id=draft) == "programme_not_issued"

    meeting_id = issued(do, council, place="Phòng 3")
    do("minh", "agenda.add_item", meeting_id=meeting_id, title="Thêm")
    for stranger in ("hoa", "hung", "dung"):
        assert code(do, stranger, "agenda.hand_out_programme", meeting_id=meeting_id) == "forbidden"
    assert code(do, "khach", "agenda.hand_out_programme", meeting_id=meeting_id) == "not_found"
    assert do("van", "agenda.hand_out_programme", meeting_id=meeting_id)["version"] == 2


def test_readers_see_what_changed_since_they_last_looked(do: Do, council: Council, client: Any) -> None:
    meeting_id = issued(do, council)
    do("hoa", "agenda.mark_seen", meeting_id=meeting_id)
    do("minh", "agenda.edit_item", item_id=council.items(meeting_id)[1], title="Dự toán")
    page = f"/meetings/{meeting_id}"
    assert "so với lần xem trước" not in client("hoa").get(page).get_data(as_text=True)

    do("minh", "agenda.hand_out_programme", meeting_id=meeting_id)
    seen = client("hoa").get(page).get_data(as_text=True)
    assert "Chương trình đã thay đổi so với lần xem trước" in seen
    assert "Nội dung 2 nay là: Dự toán (trước là: Ngân sách)" in seen
    do("hoa", "agenda.mark_seen", meeting_id=meeting_id)

    assert "so với lần xem trước" not in client("hoa").get(page).get_data(as_text=True)
    assert council.one(select(Participant.read_version).where(Participant.person_id == council.person("hoa"))) == 2


def test_the_office_sees_what_waits_to_be_handed_out(do: Do, council: Council, client: Any) -> None:
    meeting_id = issued(do, council)
    do("minh", "agenda.edit_item", item_id=council.items(meeting_id)[1], minutes_planned=30)

    assert "1 thay đổi chưa phát hành" in client("minh").get(f"/meetings/{meeting_id}").get_data(as_text=True)
    assert "thay đổi chưa phát hành" not in client("hoa").get(f"/meetings/{meeting_id}").get_data(as_text=True)


def test_two_versions_are_compared_on_a_page_and_by_programs(do: Do, council: Council, client: Any, api: Any) -> None:
    meeting_id = issued(do, council)
    do("minh", "agenda.edit_item", item_id=council.items(meeting_id)[1], title="Dự toán")
    do("minh", "agenda.hand_out_programme", meeting_id=meeting_id, why="đính chính")

    shown = client("hoa").get(f"/meetings/{meeting_id}/changes?before=1&after=2").get_data(as_text=True)
    assert "Nội dung 2 nay là: Dự toán (trước là: Ngân sách)" in shown
    assert client("hoa").get(f"/meetings/{meeting_id}/changes?before=1&after=7").status_code == 404
    assert client("khach").get(f"/meetings/{meeting_id}/changes").status_code == 404
    program: Program = api("hoa")
    listed = program.get(f"/meetings/{meeting_id}/versions")[1]["data"]
    assert [(each["number"], each["why"]) for each in listed] == [(2, "đính chính"), (1, "")]
    compared = program.get(f"/meetings/{meeting_id}/changes?before=1&after=2")[1]
    assert [(each["kind"], each["after"]) for each in compared["data"]] == [("item_retitled", "Dự toán")]
    assert api("khach").get(f"/meetings/{meeting_id}/versions")[0] == 404


def test_a_guest_hears_only_of_the_own_items(do: Do, council: Council, client: Any, api: Any) -> None:
    meeting_id = made(do, council)
    first, second, _ = council.items(meeting_id)
    guest = {"person_id": council.person("khach"), "item_ids": [first]}
    do("minh", "agenda.set_participants", meeting_id=meeting_id, add=[guest])
    do("minh", "agenda.issue", meeting_id=meeting_id)
    do("khach", "agenda.mark_seen", meeting_id=meeting_id)
    do("minh", "agenda.edit_item", item_id=second, title="Nhân sự")
    do("minh", "agenda.hand_out_programme", meeting_id=meeting_id)

    for address in ("", "/changes?before=1&after=2"):
        shown = client("khach").get(f"/meetings/{meeting_id}{address}").get_data(as_text=True)
        assert "Nhân sự" not in shown
        assert "Ngân sách" not in shown
    assert api("khach").get(f"/meetings/{meeting_id}/changes?before=1&after=2")[1]["data"] == []
    versions_read = api("khach").get(f"/meetings/{meeting_id}/versions/2")[1]
    assert [each["title"] for each in versions_read["items"]] == ["Khai mạc"]


def test_each_issue_after_a_postponement_is_a_version(do: Do, council: Council) -> None:
    meeting_id = issued(do, council)
    later = (START + timedelta(days=7)).isoformat()

    do("minh", "agenda.postpone", meeting_id=meeting_id, reason="bão", starts_at=later)
    do("minh", "agenda.issue", meeting_id=meeting_id)

    assert [each.number for each in versions(council, meeting_id)] == [1, 2]


def test_each_is_told_once_with_what_changed_and_a_guest_only_of_the_own_items(do: Do, council: Council) -> None:
    meeting_id = made(do, council)
    first, second, _ = council.items(meeting_id)
    guest = {"person_id": council.person("khach"), "item_ids": [first]}
    do("minh", "agenda.set_participants", meeting_id=meeting_id, add=[guest])
    do("minh", "agenda.issue", meeting_id=meeting_id)
    do("minh", "agenda.edit_item", item_id=second, title="Dự toán")
    do("minh", "agenda.hand_out_programme", meeting_id=meeting_id, why="đính chính")

    rows = council.all(select(Notification).where(Notification.kind == "programme_changed"))

    members = {council.person(each) for each in ("hung", "hoa", "tuan")}
    assert members <= {each.person_id for each in rows} <= members | {council.person("minh")}
    said = text_of(rows[0].kind, rows[0].facts, "vi")
    assert said == "Phiên bản 2 của chương trình: Nội dung 2 nay là: Dự toán (trước là: Ngân sách); Lý do: đính chính."
