"""A body's forms: usual words and signer of each kind, who numbers; new drafts begin with them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.form_models import PaperForm
from meeting.conclusions.minutes_sheets import minutes_sheet
from meeting.conclusions.models import Minutes
from meeting.database import reading
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.organization.models import Body
from tests.conclusions.conftest import Desk

Do = Callable[..., dict[str, Any]]


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def keep(do: Do, council: Any, username: str = "minh", body: str = "UBND", **wanted: Any) -> int:
    return int(do(username, "conclusions.keep_form", body_id=council.body(body), **{"kind": "TB", **wanted})["form_id"])


def told(council: Any, event: str) -> list[dict[str, Any]]:
    return council.all(select(Entry.facts).where(Entry.event == event).order_by(Entry.seq))


def test_a_new_draft_begins_with_the_words_of_the_form(desk: Desk, do: Do, council: Any) -> None:
    keep(
        do,
        council,
        opening="{ngày họp}, {cơ quan} họp {cuộc họp} do {chủ trì}, {chức vụ} chủ trì.",
        closing="Đề nghị thực hiện./.",
        recipients="- Như trên;\n- Lưu: VT.",
    )

    desk.draft(desk.task())

    notice = desk.notice()
    assert notice.opening == (
        "ngày 24 tháng 11 năm 2026, Ủy ban nhân dân phường họp phiên họp UBND do ông Đỗ Mạnh Hùng, Chủ tịch UBND chủ trì."
    )
    assert (notice.closing, notice.recipients) == ("Đề nghị thực hiện./.", "- Như trên;\n- Lưu: VT.")


def test_the_form_says_who_signs(desk: Desk, do: Do, council: Any) -> None:
    keep(do, council, signer="chair")
    notice_id = desk.approved()

    assert refusal(do, "minh", "conclusions.sign", notice_id=notice_id) == "signed_by_chair"
    do("hung", "conclusions.sign", notice_id=notice_id)

    assert desk.notice().signed_by_id == council.person("hung")


def test_a_person_named_by_the_form_stands_on_the_document(desk: Desk, do: Do, council: Any) -> None:
    keep(do, council, signer="person", signer_id=council.person("hoa"))

    desk.draft()

    assert desk.notice().signer_id == council.person("hoa")


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"kind": "NQ"}, "kind_of_other_body"),
        ({"kind": "ABC"}, "kind_unknown"),
        ({"kind": "BB", "signer": "chair"}, "minutes_form_words"),
        ({"kind": "BB", "publish": True}, "minutes_form_words"),
        ({"kind": "BB", "opening": "Hôm nay"}, "minutes_form_words"),
        ({"opening": "Do {chủ toạ} chủ trì"}, "place_unknown"),
        ({"signer": "person"}, "signer_unnamed"),
        ({"signer": "person", "signer_id": 999}, "not_found"),
        ({"signer": "nobody"}, "malformed"),
    ],
)
def test_what_cannot_be_kept_is_refused(do: Do, council: Any, wanted: dict[str, Any], code: str) -> None:
    wanted = {"kind": "TB", **wanted}

    assert refusal(do, "minh", "conclusions.keep_form", body_id=council.body("UBND"), **wanted) == code


@pytest.mark.parametrize(
    ("username", "code"), [("hung", "forbidden"), ("van", "forbidden"), ("khach", "not_found"), ("lan", "not_found")]
)
def test_only_the_desk_keeps_forms(do: Do, council: Any, username: str, code: str) -> None:
    body = council.body("UBND")

    assert refusal(do, username, "conclusions.keep_form", body_id=body, kind="TB") == code
    assert refusal(do, username, "conclusions.set_numbering", body_id=body, numbering="clerk") == code


def test_a_form_is_one_for_each_body_and_kind_and_says_what_changed(do: Do, council: Any) -> None:
    first = keep(do, council, closing="Một./.")
    again = keep(do, council, closing="Một./.")
    changed = keep(do, council, closing="Hai./.", publish=True)
    other = keep(do, council, kind="QĐ", grounds="Căn cứ Luật;")

    assert first == again == changed != other
    assert [row.kind for row in council.all(select(PaperForm).order_by(PaperForm.id))] == ["TB", "QĐ"]
    assert [(each["kind"], each["changed"]) for each in told(council, "conclusions.form_kept")][1:] == [
        ("TB", ["closing", "publish"]),
        ("QĐ", ["authority", "closing", "grounds", "opening", "publish", "recipients", "signer", "signer_id"]),
    ]


def test_the_setting_of_numbers_is_recorded_once(do: Do, council: Any) -> None:
    body = council.body("UBND")
    do("minh", "conclusions.set_numbering", body_id=body, numbering="clerk")
    do("minh", "conclusions.set_numbering", body_id=body, numbering="clerk")

    assert council.one(select(Body.numbering).where(Body.id == body)) == "clerk"
    assert told(council, "conclusions.numbering_set") == [{"numbering": "clerk"}]
    assert refusal(do, "minh", "conclusions.set_numbering", body_id=body, numbering="nobody") == "malformed"


def test_programs_read_forms_and_try_a_signature(council: Any, do: Do, api: Callable[[str], Any]) -> None:
    body = council.body("UBND")
    status, forms = api("minh").get(f"/bodies/{body}/paper-forms")
    tried = api("minh").get(f"/bodies/{body}/paper-forms/TB/signature?signer=person&signer_id={council.person('hoa')}")[1]

    assert (status, forms["numbering"], [each["kind"] for each in forms["data"]]) == (200, "system", ["TB", "QĐ", "BB"])
    assert forms["data"][0]["signature"] == {"lines": ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], "name": "Tạ Quang Minh"}
    assert forms["data"][1]["signature"] == {"lines": ["TM. ỦY BAN NHÂN DÂN PHƯỜNG", "CHỦ TỊCH"], "name": "Đỗ Mạnh Hùng"}
    assert tried["sentence"] == "TUQ. CHỦ TỊCH / ỦY VIÊN UBND / Phan Thị Hoa"
    assert api("hung").get(f"/bodies/{body}/paper-forms")[0] == 404
    assert api("minh").get(f"/bodies/{body}/paper-forms/CV/signature")[0] == 404
    assert api("minh").act("conclusions.keep_form", body_id=body, kind="TB", publish=True)[0] == 200


def test_the_pages_show_the_signature_and_the_next_number(council: Any, client: Callable[[str], Any]) -> None:
    listed = client("minh").get("/paper-forms").get_data(as_text=True)
    one = client("minh").get(f"/paper-forms/{council.body('UBND')}/TB").get_data(as_text=True)

    assert "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG / Tạ Quang Minh" in listed
    assert "01/TB-UBND" in listed
    assert 'data-act="conclusions.set_numbering"' in listed
    assert "CHÁNH VĂN PHÒNG" in one
    assert 'data-act="conclusions.keep_form"' in one
    assert client("minh").get(f"/paper-forms/{council.body('UBND')}/NQ").status_code == 404
    assert client("hung").get(f"/paper-forms/{council.body('UBND')}/TB").status_code == 404


def test_minutes_go_to_whom_the_form_says_and_bear_its_lines(
    desk: Desk, do: Do, council: Any, client: Callable[[str], Any]
) -> None:
    def printed() -> tuple[list[str], list[str]]:
        with reading() as session:
            found = session.scalars(select(Minutes).where(Minutes.meeting_id == desk.meeting_id)).one()
            sheet = minutes_sheet(session, found)
            return sheet["recipients"], sheet["signature"]["lines"]

    before = printed()
    keep(do, council, kind="BB", recipients="- Các thành viên UBND\n- Lưu: VT", authority="TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG")

    assert before == (["Lưu: VT, hồ sơ cuộc họp."], ["CHÁNH VĂN PHÒNG"])
    assert printed() == (["Các thành viên UBND;", "Lưu: VT."], ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"])
    shown = client("minh").get(f"/paper-forms/{council.body('UBND')}/BB").text
    assert 'name="recipients"' in shown
    assert 'name="opening"' not in shown
    assert 'name="signer"' not in shown
    assert "01/BB-UBND" in client("minh").get("/paper-forms").text


def test_no_minutes_are_drafted_as_a_document(desk: Desk, do: Do) -> None:
    assert refusal(do, "minh", "conclusions.draft", meeting_id=desk.meeting_id, kind="BB") == "kind_unknown"


def test_programs_see_the_lines_of_minutes(council: Any, api: Callable[[str], Any]) -> None:
    body = council.body("UBND")

    _, tried = api("minh").get(f"/bodies/{body}/paper-forms/BB/signature?authority=TL.%20CHỦ%20TỊCH")

    assert tried["lines"] == ["TL. CHỦ TỊCH"]
    assert api("hung").get(f"/bodies/{body}/paper-forms/BB/signature")[0] == 404
