"""The usual words: each kind of item in each kind of body has what a chair needs, in the words of that body."""

import pytest

from meeting.agenda.rules import ITEM_KINDS
from meeting.runsheet.wording import ROOM, About, question_of, usual

PUT = {"matter", "vote", "personnel", "resolution"}  # kinds at which something is put to the vote


@pytest.mark.parametrize("body", ROOM)
@pytest.mark.parametrize("kind", ITEM_KINDS)
def test_every_kind_has_words_in_every_body(kind: str, body: str) -> None:
    found = usual(About(kind, "Dự thảo nghị quyết về ngân sách", body, presenters=["ông Đỗ Mạnh Hùng"]))

    assert found.opening.startswith(ROOM[body][0])
    assert found.closing
    if kind in PUT:
        assert "“Dự thảo nghị quyết về ngân sách”" in found.question
    for text in (found.opening, found.words, found.question, found.closing):
        assert [sign for sign in ("  ", "{", "None") if sign in text] == []


def test_names_whoever_presents_else_the_unit() -> None:
    named = usual(About("report", "Kinh tế, xã hội", "committee", presenters=["ông A", "bà B"], unit="Phòng Kinh tế"))
    unit = usual(About("report", "Kinh tế, xã hội", "committee", unit="Phòng Kinh tế"))
    nobody = usual(About("report", "Kinh tế, xã hội", "committee"))

    assert "Mời ông A và bà B báo cáo".lower() in named.opening.lower()
    assert "mời đại diện Phòng Kinh tế báo cáo" in unit.opening
    assert "mời người trình bày báo cáo" in nobody.opening


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (("for", "against"), "ai tán thành; ai không tán thành."),
        (("for", "against", "abstain"), "ai tán thành; ai không tán thành; ai không biểu quyết."),
    ],
)
def test_the_question_names_the_choices_of_the_body(choices: tuple[str, ...], said: str) -> None:
    assert said in question_of(About("vote", "Thông qua nghị quyết", "council", choices=choices))


def test_a_prepared_question_is_put_in_its_own_words() -> None:
    found = question_of(About("matter", "Ngân sách", "council", put="Thông qua dự toán ngân sách năm 2027"))

    assert "“Thông qua dự toán ngân sách năm 2027”" in found


def test_people_are_chosen_by_secret_ballot() -> None:
    assert "bỏ phiếu kín" in usual(About("personnel", "Bầu Phó Chủ tịch", "council")).question
    assert "bỏ phiếu kín" in question_of(About("vote", "Bầu Phó Chủ tịch", "council", secret=True))


def test_the_meeting_is_opened_and_closed_by_its_name() -> None:
    about = {"title": "…", "body": "committee", "meeting": "phiên họp thường kỳ tháng 11"}

    assert "tuyên bố khai mạc phiên họp thường kỳ tháng 11" in usual(About("opening", **about)).opening  # type: ignore[arg-type]
    assert "tuyên bố bế mạc phiên họp thường kỳ tháng 11" in usual(About("closing", **about)).closing  # type: ignore[arg-type]


def test_a_heading_is_only_announced() -> None:
    found = usual(About("matter", "Kinh tế, đô thị", "committee", heading=True))

    assert (found.opening, found.question, found.closing) == (
        "Kính thưa các đồng chí, chúng ta chuyển sang phần: Kinh tế, đô thị.",
        "",
        "",
    )
