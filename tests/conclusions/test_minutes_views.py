"""The pages of minutes as pictures, and the Word files of minutes and documents: for whoever may read the paper."""

import io
from collections.abc import Callable
from typing import Any

import docx

from tests.conclusions.conftest import Desk

Client = Callable[[str], Any]


def words_of(written: bytes) -> str:
    body = docx.Document(io.BytesIO(written)).element.body
    return " ".join(" ".join(piece.text or "" for piece in body.iter() if piece.tag.endswith("}t")).split())


def test_the_word_file_of_minutes_is_the_writers_until_they_are_signed(desk: Desk, client: Client, do: Any) -> None:
    address = f"/meetings/{desk.meeting_id}/minutes/docx"
    draft = {name: client(name).get(address).status_code for name in ("minh", "hung", "hoa", "khach")}
    do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)
    signed = {name: client(name).get(address).status_code for name in ("minh", "hung", "hoa", "khach")}

    assert draft == {"minh": 200, "hung": 200, "hoa": 404, "khach": 404}
    assert signed == {"minh": 200, "hung": 200, "hoa": 200, "khach": 404}
    answer = client("hoa").get(address)
    said = words_of(answer.data)
    assert "01-BB-UBND.docx" in answer.headers["Content-Disposition"]
    order = [
        "BIÊN BẢN",
        "Thời gian bắt đầu:",
        "Địa điểm:",
        "I. THÀNH PHẦN THAM DỰ",
        "Chủ tọa:",
        "Cuộc họp kết thúc vào",
        "CHÁNH VĂN PHÒNG",
    ]
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)


def test_the_word_file_of_a_notice_follows_the_rights_to_read_it(desk: Desk, client: Client) -> None:
    notice_id = desk.draft({"text": "Ghi nhận kết quả"}, desk.task())
    address = f"/notices/{notice_id}/docx"

    assert {name: client(name).get(address).status_code for name in ("minh", "hung", "van", "hoa")} == {
        "minh": 200,
        "hung": 200,
        "van": 200,
        "hoa": 404,
    }
    said = words_of(client("minh").get(address).data)
    assert "THÔNG BÁO" in said
    assert "Tháo gỡ mặt bằng ngõ 115. Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì thực hiện; hoàn thành trước ngày" in said
    assert "TL. CHỦ TỊCH CHÁNH VĂN PHÒNG" in said


def test_the_pages_of_the_minutes_are_drawn_for_their_readers(
    desk: Desk, client: Client, api: Callable[[str], Any], do: Any
) -> None:
    address = f"/meetings/{desk.meeting_id}/minutes/pages"
    assert api("hoa").get(address)[0] == 404
    do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)

    status, drawn = api("hoa").get(address)
    picture = client("hoa").get(drawn["pages"][0])

    assert (status, len(drawn["pages"])) == (200, 1)
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    assert picture.data.startswith(b"<svg")
    assert client("hoa").get(drawn["pages"][0].replace("/1?", "/2?")).status_code == 404
    assert client("khach").get(drawn["pages"][0]).status_code == 404


def test_the_desk_reads_what_it_writes_and_earlier_texts(desk: Desk, api: Callable[[str], Any], do: Any, council: Any) -> None:
    do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="Một")
    do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="Một hai")

    status, written = api("minh").get(f"/meetings/{desk.meeting_id}/minutes/writing")
    assert (status, written["text"], written["version"], written["signs_next"]) == (200, "Một hai", 3, "chief")
    _, earlier = api("minh").get(f"/meetings/{desk.meeting_id}/minutes/versions")
    assert [each["version"] for each in earlier["data"]] == [3, 1]  # one stretch of writing, and the draft
    assert api("hoa").get(f"/meetings/{desk.meeting_id}/minutes/versions")[0] == 404


def test_minutes_that_wait_for_a_signature_stand_on_the_home_page(desk: Desk, client: Client, do: Any) -> None:
    waiting = client("minh").get("/").get_data(as_text=True)
    do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)
    after = client("minh").get("/").get_data(as_text=True)

    link = f"/meetings/{desk.meeting_id}/minutes"
    assert (link in waiting, link in after) == (True, False)
    assert link not in client("hung").get("/").get_data(as_text=True)


def test_corrected_minutes_lead_to_what_changed(desk: Desk, client: Client, do: Any) -> None:
    one = {"meeting_id": desk.meeting_id}
    do("minh", "conclusions.edit_minutes", **one, text="Kết luận của chủ tọa: thống nhất.")
    do("minh", "conclusions.sign_minutes", **one)
    do("minh", "conclusions.correct_minutes", **one, reason="Sai tên phố")
    do("minh", "conclusions.edit_minutes", **one, text="Kết luận của chủ tọa: thống nhất chủ trương.")
    do("minh", "conclusions.sign_minutes", **one)

    shown = client("minh").get(f"/meetings/{desk.meeting_id}/minutes")

    history = f"/meetings/{desk.meeting_id}/minutes/history"
    assert (shown.status_code, f'href="{history}"' in shown.get_data(as_text=True)) == (200, True)
    assert "Sai tên phố" in client("minh").get(history).get_data(as_text=True)
