"""What stands beside the editor: offers out of a sentence, sources of lines, earlier conclusions and their tasks."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.beside import pairs_of
from meeting.conclusions.editing_sources import concluded_in
from meeting.conclusions.models import MinutesPart, NoticeLine
from meeting.discussion.models import Opinion
from meeting.errors import Refused
from tests.conclusions.conftest import EVENING, HELD, Desk

Do = Callable[..., dict[str, Any]]

MATTER = "Tháo gỡ vướng mắc giải phóng mặt bằng ngõ 115 phố Ngọc Lâm"


def read(client: Any, who: str, path: str, **query: Any) -> Any:
    answer = client(who).get(f"/api/v1/notices/{path}", query_string=query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bà Hoa đề nghị làm rõ.\nKết luận của chủ tọa: thống nhất chủ trương.", ["Thống nhất chủ trương."]),
        (
            "Kết luận của Chủ tịch UBND phường:\n- Giao A rà soát.\n- Giao B báo cáo.\n\nÔng C nói.",
            ["Giao A rà soát.", "Giao B báo cáo."],
        ),
        ("KẾT LUẬN: Đồng ý.", ["Đồng ý."]),
        ("Ông A kết luận như trên.", []),
        ("", []),
    ],
)
def test_conclusions_are_found_in_the_secretarys_text(text: str, found: list[str]) -> None:
    assert concluded_in(text) == found


def test_lines_are_made_from_minutes_and_opinions_once(desk: Desk, do: Do, council: Any, client: Any) -> None:
    first, second, _ = desk.items()
    said = "Kết luận của chủ tọa: Thống nhất chủ trương.\nGiao Văn phòng theo dõi."
    council.write(MinutesPart(meeting_id=desk.meeting_id, item_id=second, text=said, version=1, edited_at=HELD))
    council.write(
        Opinion(meeting_id=desk.meeting_id, item_id=first, person_id=council.person("hoa"), text="Cần làm rõ nguồn vốn.", at=HELD)
    )
    notice = desk.draft({"text": "Thống nhất chủ trương", "item_id": second})

    rows = read(client, "minh", f"{notice}/sources")["data"]
    assert [(row["kind"], row["item_id"], row["taken"]) for row in rows] == [
        ("opinion", first, False),
        ("minutes", second, True),
        ("minutes", second, False),
    ]
    keys = [row["key"] for row in rows]
    assert len(do("minh", "conclusions.take_sources", notice_id=notice, keys=keys)["line_ids"]) == 2
    assert do("minh", "conclusions.take_sources", notice_id=notice, keys=keys)["line_ids"] == []

    texts = council.all(select(NoticeLine.text).where(NoticeLine.notice_id == notice).order_by(NoticeLine.position))
    assert texts == ["Cần làm rõ nguồn vốn.", "Thống nhất chủ trương", "Giao Văn phòng theo dõi."]
    assert [facts["lines"] for facts in desk.told("conclusions.notice_edited") if facts["change"] == "taken"] == [2]


def test_nobody_takes_for_others_or_after_the_approval(desk: Desk, do: Do) -> None:
    notice = desk.approved()

    for who, code in (("hoa", "not_found"), ("minh", "notice_not_draft")):
        with pytest.raises(Refused) as refused:
            do(who, "conclusions.take_sources", notice_id=notice, keys=["x"])
        assert refused.value.code == code


def test_earlier_conclusions_on_the_same_matter_come_with_their_tasks(desk: Desk, do: Do, council: Any, client: Any) -> None:
    desk.issued(desk.task(text=MATTER), {"text": "Duy trì tổ công tác liên ngành xử lý vỉa hè."})
    later = Desk(council, do, council.meeting(state="held", starts_at=HELD, opened_at=HELD, closed_at=EVENING))
    notice = later.draft({"text": "Khẩn trương giải phóng mặt bằng ngõ 115."})
    line = council.one(select(NoticeLine.id).where(NoticeLine.notice_id == notice))

    found = read(client, "minh", f"{notice}/beside", line_id=line)
    other = read(client, "minh", f"{notice}/beside", text="Chuẩn bị Tết trung thu cho thiếu nhi")

    assert [(hit["text"], hit["symbol"], hit["word"]) for hit in found["conclusions"]] == [(MATTER, "01/TB-UBND", "Thông báo")]
    task = found["conclusions"][0]["task"]
    assert (task["due_on"], task["url"].startswith("/tasks/")) == ("2026-12-15", True)
    assert other == {"conclusions": [], "tasks": []}


def test_pairs_leave_out_what_stands_everywhere() -> None:
    assert pairs_of("Giao Phòng A chủ trì, phối hợp với", "NGÕ 115") == {"phong a", "a chu", "tri phoi", "ngo 115"}


def test_a_sentence_is_read_with_the_units_on_file_and_nothing_is_saved(desk: Desk, council: Any, client: Any) -> None:
    notice = desk.draft({"text": "Một"})

    cue = read(client, "minh", f"{notice}/cue", text="Giao Phòng Kinh tế chủ trì, phối hợp Văn phòng; xong trước ngày 20/12.")

    assert (cue["leads"], cue["cooperating"]) == ([council.unit("kinh_te")], [council.unit("van_phong")])
    assert (cue["due_on"], cue["likely_due"], cue["due_said"], cue["missing"]) == (
        None,
        "2026-12-20",
        "trước ngày 20/12",
        ["due"],
    )
    assert council.one(select(NoticeLine.lead_unit_id).where(NoticeLine.notice_id == notice)) is None


def test_the_editor_reads_the_whole_and_knows_who_else_is_here(desk: Desk, council: Any, client: Any) -> None:
    notice = desk.draft(desk.task())

    whole = read(client, "minh", f"{notice}/editor")
    assert (whole["edit"], whole["lines"][0]["lead_unit_id"], whole["lines"][0]["version"]) == (True, council.unit("kinh_te"), 1)
    assert [each["name"] for each in whole["officers"] if each["head"]] == ["Ông Cao Xuân Trường"]
    read(client, "minh", f"{notice}/standing", window="one", line="line-1")
    there = read(client, "hung", f"{notice}/standing", window="two")
    assert [(each["person_id"], each["line"]) for each in there["here"]] == [(council.person("minh"), "line-1")]
    read(client, "minh", f"{notice}/standing", window="one", leaves="1")
    assert read(client, "hung", f"{notice}/standing", window="two")["here"] == []


def test_who_only_reads_is_given_the_names_on_the_lines_and_no_others(desk: Desk, council: Any, client: Any) -> None:
    notice = desk.draft(desk.task(cooperating_unit_ids=[council.unit("van_phong")], leader_id=council.person("hung")))

    whole = read(client, "hung", f"{notice}/editor")

    assert whole["edit"] is False
    assert {each["id"] for each in whole["units"]} == {council.unit("kinh_te"), council.unit("van_phong")}
    assert [each["id"] for each in whole["leaders"]] == [council.person("hung")]
    assert whole["officers"] == whole["signers"] == []


def test_the_pages_are_drawn_for_readers_only(desk: Desk, client: Any, council: Any) -> None:
    notice = desk.draft(desk.task())
    line = council.one(select(NoticeLine.id).where(NoticeLine.notice_id == notice))

    found = read(client, "minh", f"{notice}/pages")
    picture = client("minh").get(found["pages"][0], headers={"Accept-Encoding": "gzip"})

    assert (picture.status_code, picture.mimetype, picture.headers["Content-Encoding"]) == (200, "image/svg+xml", "gzip")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert [place["page"] for place in found["places"] if place["name"] == f"line-{line}"] == [1]
    assert client("minh").get(f"/notices/{notice}/pages/1").mimetype == "image/svg+xml"
    assert client("minh").get(f"/notices/{notice}/pages/9").status_code == 404
    for who in ("hoa", "dung", "khach"):
        assert client(who).get(found["pages"][0]).status_code == 404
        for path in ("editor", "text", "standing", "pages", "sources", "beside", "versions", "cue"):
            assert client(who).get(f"/api/v1/notices/{notice}/{path}").status_code == 404, path


def test_versions_are_read_by_who_writes(desk: Desk, do: Do, council: Any, client: Any) -> None:
    notice = desk.draft(desk.task())
    line = council.one(select(NoticeLine.id).where(NoticeLine.notice_id == notice))
    do("minh", "conclusions.save_line", line_id=line, text="Bản hai")

    rows = read(client, "minh", f"{notice}/versions")["data"]
    newest = read(client, "minh", f"{notice}/versions/{rows[0]['version']}")

    assert newest["content"]["lines"][0]["text"] == "Bản hai"
    assert newest["by"]["id"] == council.person("minh")
    assert newest["units"] == {str(council.unit("kinh_te")): "Phòng Kinh tế, Hạ tầng và Đô thị"}
    assert client("hoa").get(f"/api/v1/notices/{notice}/versions").status_code == 404
