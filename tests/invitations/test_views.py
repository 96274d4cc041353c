"""The pages of invitations: what each role finds, and what strangers do not."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from meeting.agenda.models import Participant
from meeting.organization.models import Person
from tests.conftest import MORNING, Council
from tests.counting import asked
from tests.invitations.conftest import Rule

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], FlaskClient]


def text(client: Client, who: str, path: str) -> str:
    answer = client(who).get(path)
    assert answer.status_code == 200, answer.text[:400]
    return " ".join(answer.text.split())


@pytest.fixture
def meeting(council: Council, at: Any, rule: Rule) -> int:
    """An issued UBND meeting tomorrow; members may send somebody, with the chair's consent."""
    at(MORNING)
    rule("UBND", substitutes="speaks")
    return council.meeting()


def test_the_office_sees_how_all_invitations_stand(client: Client, council: Council, do: Do, meeting: int) -> None:
    do("hoa", "agenda.reply", meeting_id=meeting, reply="declined", reason="Ốm")

    shown = text(client, "minh", "/invitations")

    assert "chưa có giấy mời" in shown
    assert "1 việc cần quyết định" in shown


def test_the_desk_shows_reasons_and_offers_the_decision(client: Client, council: Council, do: Do, meeting: int) -> None:
    do("hoa", "agenda.reply", meeting_id=meeting, reply="declined", reason="Đi khám bệnh")

    shown = text(client, "minh", f"/meetings/{meeting}/invitations")

    assert "Lý do: Đi khám bệnh" in shown
    assert "invitations.decide_absence" in shown
    assert "invitations.decide_absence" not in text(client, "van", f"/meetings/{meeting}/invitations")
    assert "Phan Thị Hoa" not in text(client, "minh", f"/meetings/{meeting}/invitations?show=accepted").split("inv-rows")[1]


@pytest.mark.parametrize(
    ("who", "status"), [("minh", 200), ("hung", 200), ("van", 200), ("hoa", 403), ("khach", 404), ("admin", 404)]
)
def test_the_desk_is_the_offices_and_the_chairs(client: Client, meeting: int, who: str, status: int) -> None:
    for path in ("invitations", "invitations/absentees.xlsx", "invitations/paper"):
        assert client(who).get(f"/meetings/{meeting}/{path}").status_code == status, path


def test_absentees_with_their_reasons_go_into_a_spreadsheet(client: Client, council: Council, do: Do, meeting: int) -> None:
    do("hoa", "agenda.reply", meeting_id=meeting, reply="declined", reason="=1+1")
    do(
        "minh",
        "invitations.decide_absence",
        meeting_id=meeting,
        person_id=council.person("hoa"),
        decision="approved",
        answer="Đồng ý",
    )

    answer = client("minh").get(f"/meetings/{meeting}/invitations/absentees.xlsx")

    sheet = load_workbook(BytesIO(answer.data)).active
    rows = [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert [row[1:7] for row in rows] == [["Ông Phan Thị Hoa", "Ủy viên UBND", "thành viên", "'=1+1", "Vắng có phép", "Đồng ý"]]


def test_a_member_has_three_answers_and_finds_people_to_send(client: Client, council: Council, meeting: int) -> None:
    page = text(client, "hoa", f"/meetings/{meeting}")
    for words in ("Tôi sẽ dự", "Xin vắng", "Cử người dự thay"):
        assert words in page

    assert "Cao Xuân Trường" in text(client, "hoa", f"/meetings/{meeting}/substitute?q=truong")
    assert client("hung").get(f"/meetings/{meeting}/substitute").status_code == 409
    assert client("khach").get(f"/meetings/{meeting}/substitute").status_code == 404


def test_where_the_rule_lets_nobody_be_represented_no_button_offers_it(client: Client, meeting: int, rule: Rule) -> None:
    rule("UBND", substitutes="none")

    assert "Cử người dự thay" not in text(client, "hoa", f"/meetings/{meeting}")


def test_the_chair_finds_consents_at_home(client: Client, council: Council, do: Do, meeting: int) -> None:
    do("hoa", "invitations.name_substitute", meeting_id=meeting, substitute_id=council.person("truong"), reason="Bận")

    shown = text(client, "hung", "/")

    assert "Cao Xuân Trường" in shown
    assert "invitations.consent" in shown
    assert "invitations.consent" not in text(client, "minh", "/")


def test_the_paper_is_worded_seen_and_issued_on_one_page(client: Client, council: Council, do: Do, at: Any) -> None:
    at(MORNING)
    meeting = council.meeting(state="draft", starts_at=MORNING + timedelta(days=3))
    assert "Soạn giấy mời" in text(client, "minh", f"/meetings/{meeting}/invitations/paper")
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]
    page = text(client, "minh", f"/invitations/{made}")
    assert "GIẤY MỜI" in page
    assert "data-editor" in page
    assert "invitations.sign" in page
    assert client("minh").get(f"/meetings/{meeting}/invitations/paper").status_code == 302
    assert client("hoa").get(f"/invitations/{made}").status_code == 404
    assert "08 giờ 00, thứ Năm, ngày 26 tháng 11 năm 2026" in text(client, "minh", f"/invitations/{made}/sheet")

    do("minh", "invitations.sign", invitation_id=made)
    assert "with_meeting" in text(client, "van", f"/invitations/{made}")
    do("van", "invitations.issue", invitation_id=made, with_meeting=True)

    assert "01/GM-UBND" in text(client, "hoa", f"/meetings/{meeting}")
    assert "01/GM-UBND" in text(client, "hoa", f"/invitations/{made}")


def test_the_meeting_says_that_it_has_no_paper(client: Client, meeting: int) -> None:
    assert "Chưa có giấy mời" in text(client, "minh", f"/meetings/{meeting}")


def statements(client: Client, who: str, path: str) -> int:
    """How many statements a page costs."""
    with asked() as heard:
        text(client, who, path)
    return len(heard)


def test_a_long_list_costs_no_more_questions_than_a_short_one(client: Client, council: Council, do: Do, meeting: int) -> None:
    pages = [f"/meetings/{meeting}/invitations", f"/meetings/{meeting}", "/invitations", f"/meetings/{meeting}/substitute?q=a"]
    readers = ["minh", "hoa", "minh", "hoa"]
    before = [statements(client, who, path) for who, path in zip(readers, pages, strict=True)]
    people = council.write(*(Person(full_name=f"Khách Thứ {number}") for number in range(60)))
    rows = [Participant(meeting_id=meeting, person_id=each, voting=False, invited_at=MORNING) for each in people[:40]]
    for each in rows[:10]:
        each.reply, each.reason, each.absence = "declined", "Bận", "asked"
    council.write(*rows)
    for number in range(10):
        council.meeting(starts_at=MORNING + timedelta(days=2 + number))

    after = [statements(client, who, path) for who, path in zip(readers, pages, strict=True)]

    assert [late <= early + 2 for early, late in zip(before, after, strict=True)] == [True] * 4, (before, after)
