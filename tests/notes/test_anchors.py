"""Passages in their own version, and followed into the next: tables of cases with real-looking paragraphs."""

import pytest

from meeting.notes.anchors import Document, PageWords, boxes_of, form, forms, page_of, passage, quote_of
from meeting.notes.following import Path
from tests.notes.setting import BUDGET, CLOSING, HEALTH, INCOME, ORDER, PAPER, ROADS, SCHOOLS, passage_in, setting


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hoà", "hòa", True),  # the tone mark in its old and its new place
        ("THUỶ", "thủy", True),
        ("hóa;", "“hóa”", True),
        ("104,2%", "104,2%,", True),
        ("hoa", "hòa", False),
        ("ngõ", "ngò", False),
        ("ân", "an", False),
        ("15.600", "15.500", False),
    ],
)
def test_syllables_are_compared_by_their_letters_and_tone(one, other, same):
    assert (form(one) == form(other)) is same


def test_signs_without_letters_are_no_syllables():
    assert forms("Độc lập - Tự do – Hạnh phúc ;") == forms("Độc lập Tự do Hạnh phúc")


def test_a_passage_is_found_under_its_boxes_and_by_its_quote():
    document = setting(PAPER)
    span = passage_in(document, "cải tạo hệ thống thoát nước khu vực chợ")
    number = page_of(document, span)
    boxes = boxes_of(document, span, number)

    assert passage(document, number, None, boxes) == span
    assert passage(document, number, quote_of(document, span), boxes) == span
    assert passage(document, number, quote_of(document, span), []) == span
    assert passage(document, number, {"exact": "không có trong văn bản này"}, boxes) is None


def test_of_equal_passages_the_one_under_the_boxes_is_meant():
    document = setting(PAPER)
    first, second = document.occurrences(forms("kinh phí dự kiến"))
    number = page_of(document, (second, second + 4))
    boxes = boxes_of(document, (second, second + 4), number)

    assert passage(document, number, {"exact": "kinh phí dự kiến"}, boxes) == (second, second + 4)
    assert first != second


def test_a_passage_over_two_lines_has_a_box_for_each():
    document = setting(PAPER, letters=60)
    span = passage_in(document, "cải tạo hệ thống thoát nước khu vực chợ, lắp đặt bổ sung chiếu sáng tại các điểm tối")

    boxes = boxes_of(document, span, 1)

    assert len(boxes) in (2, 3)
    assert all(left < right and top < bottom for left, top, right, bottom in boxes)


def test_a_heading_in_two_columns_has_a_box_for_each():
    words = [
        [100, 50, 150, 60, "Số:"],
        [155, 50, 300, 60, "118/TTr-UBND"],
        [520, 50, 560, 60, "Lạc"],
        [565, 50, 640, 60, "Giang,"],
    ]
    document = Document([PageWords(1, words)])

    assert boxes_of(document, (0, 4), 1) == [[100, 50, 300, 60], [520, 50, 640, 60]]


def edited(paragraph, old, new):
    assert old in paragraph
    return paragraph.replace(old, new)


def replaced(old, new):
    return tuple(new if paragraph is old else paragraph for paragraph in PAPER)


#: what changed, the newer version, the passage before, the passage it should be now ("" when it is gone)
CASES = [
    ("nothing", PAPER, "nguồn vốn từ ngân sách phường", "nguồn vốn từ ngân sách phường"),
    ("a paragraph before it", (PAPER[0], ORDER + " Bổ sung.", *PAPER[1:]), "chợ, lắp đặt bổ sung", "chợ, lắp đặt bổ sung"),
    (
        "another figure in it",
        replaced(ROADS, edited(ROADS, "15.600", "17.250")),
        "tổng mức đầu tư dự kiến 15.600 triệu đồng",
        "tổng mức đầu tư dự kiến 17.250 triệu đồng",
    ),
    (
        "another figure at its end",
        replaced(ROADS, edited(ROADS, "15.600", "15.900")),
        "tổng mức đầu tư dự kiến 15.600",
        "tổng mức đầu tư dự kiến 15.900",
    ),
    ("the only word of it, a date", replaced(SCHOOLS, edited(SCHOOLS, "15/8/2027", "30/8/2027")), "15/8/2027.", "30/8/2027."),
    (
        "tone marks in their other place",
        replaced(HEALTH, edited(HEALTH, "khỏe", "khoẻ")),
        "khám sức khỏe định kỳ",
        "khám sức khoẻ định kỳ",
    ),
    (
        "words put into it",
        replaced(HEALTH, edited(HEALTH, "cho người cao tuổi", "miễn phí cho toàn bộ người cao tuổi")),
        "tổ chức khám sức khỏe định kỳ cho người cao tuổi",
        "tổ chức khám sức khỏe định kỳ miễn phí cho toàn bộ người cao tuổi",
    ),
    (
        "words taken out of it",
        replaced(ROADS, edited(ROADS, " khu vực chợ, lắp đặt bổ sung", ", lắp đặt")),
        "cải tạo hệ thống thoát nước khu vực chợ, lắp đặt bổ sung chiếu sáng",
        "cải tạo hệ thống thoát nước, lắp đặt chiếu sáng",
    ),
    (
        "its paragraph stands at the end now",
        (*(each for each in PAPER if each is not ROADS), ROADS),
        "lắp đặt bổ sung chiếu sáng tại các điểm tối",
        "lắp đặt bổ sung chiếu sáng tại các điểm tối",
    ),
    (
        "its paragraph stands at the end and was rewritten a little",
        (
            *(each for each in PAPER if each is not ROADS),
            edited(edited(ROADS, "tiếp tục hoàn thiện", "hoàn thành"), "khu vực chợ", "quanh chợ dân sinh"),
        ),
        "cải tạo hệ thống thoát nước khu vực chợ, lắp đặt bổ sung chiếu sáng tại các điểm tối",
        "cải tạo hệ thống thoát nước quanh chợ dân sinh, lắp đặt bổ sung chiếu sáng tại các điểm tối",
    ),
    (
        "a short passage that stands twice, the first one gone",
        tuple(each for each in PAPER if each is not SCHOOLS),
        "y tế: duy trì",
        "y tế: duy trì",
    ),
    ("its paragraph is gone", tuple(each for each in PAPER if each is not SCHOOLS), "thiết bị dạy học tối thiểu", ""),
    (
        "its paragraph is gone, the words 'kinh phí dự kiến' stand elsewhere",
        tuple(each for each in PAPER if each is not SCHOOLS),
        "năm tuổi trên địa bàn; kinh phí dự kiến",
        "",
    ),
    (
        "its paragraph is another one now",
        replaced(SCHOOLS, "Về văn hóa: tổ chức hội diễn văn nghệ quần chúng."),
        "trường mầm non",
        "",
    ),
    ("everything", ("Biên bản làm việc về công tác phòng cháy, chữa cháy tại các khu dân cư.",), "trường mầm non", ""),
]


@pytest.mark.parametrize(("what", "newer", "before", "after"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("reflow", [{}, {"letters": 47, "lines": 9}], ids=["same lines", "other lines and pages"])
def test_a_passage_is_followed(what, newer, before, after, reflow):
    old, new = setting(PAPER), setting(newer, **reflow)

    found = Path(old, new).follow(passage_in(old, before))

    assert (forms(new.text(found)) if found else []) == forms(after), new.text(found) if found else "gone"


def test_of_equal_passages_each_keeps_its_own():
    old, new = setting(PAPER), setting((PAPER[0], CLOSING, *PAPER[1:]), letters=60)
    places = old.occurrences(forms("kinh phí dự kiến"))
    path = Path(old, new)

    found = [path.follow((at, at + 4)) for at in places]

    assert [new.forms[each[0] - 1] for each in found] == [old.forms[at - 1] for at in places]
    assert [new.forms[each[1]] for each in found] == [old.forms[at + 4] for at in places]


def test_a_page_is_followed_by_its_content():
    old = setting((BUDGET, INCOME, ROADS, SCHOOLS, HEALTH, ORDER), lines=6)
    new = setting(("Mục lục " * 30, BUDGET, INCOME, ROADS, SCHOOLS, HEALTH, ORDER), lines=6)
    path = Path(old, new)

    assert path.page(1) is not None
    assert {number: path.page(number)[0] for number in (1, 2, 3)} == {
        number: new.number_at(path.homes[sum(old.span(number)) // 2]) for number in (1, 2, 3)
    }
    assert Path(old, setting(("Nội dung khác hẳn",))).page(2) is None
