"""Short texts by the beginnings of their words."""

import pytest

from meeting.search.kept.suggesting_words import WordIndex, field_at_end, part_of, retyped, typed_so_far

TEXTS = {
    1: "Kế hoạch thoát nước đô thị",
    2: "Báo cáo thoát nước mùa mưa",
    3: "Nước sạch và thoát hiểm",
    4: "135/TB-UBND",
    5: "1352/TB-HĐND",
    6: "Ủy ban nhân dân phường Giang Biên",
    7: "Kế hoạch phòng cháy",
}


@pytest.fixture(scope="module")
def index() -> WordIndex:
    made = WordIndex()
    for number, text in TEXTS.items():
        made.put(number, text)
    return made


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("thoát nư", {1, 2, 3}),
        ("thoat nuoc", {1, 2, 3}),
        ("THOÁT", {1, 2, 3}),
        ("thoat ", {1, 2, 3}),
        ("thoa ", set()),  # a finished word is no beginning
        ("ke h", {1, 7}),
        ("135", {4, 5}),
        ("135/", {4}),
        ("135/tb", {4}),
        ("135/TB-U", {4}),
        ("0135/tb", {4}),
        ("uỷ ban", {6}),
        ("nhan dan phuong giang bien", {6}),
        ("oach", set()),  # inside a word
        ("", set()),
        ('"thoát nước', {1, 2, 3}),
        ("()%*", set()),
        ("x" * 10_000, set()),
    ],
)
def test_texts_are_found_by_the_beginnings_of_their_words(index: WordIndex, typed: str, numbers: set[int]) -> None:
    assert set(index.find(typed_so_far(typed))) == numbers


@pytest.mark.parametrize(
    ("text", "typed", "closeness"),
    [
        (TEXTS[1], "kế ho", 0),
        (TEXTS[1], "thoát n", 1),
        (TEXTS[3], "thoát nước", 2),
        (TEXTS[1], "đô kế", 2),
        (TEXTS[1], "nước mưa", 3),
        ("biên bản UBND 2026", "ubnd 20", 1),
        ("thoát nước ngập úng", "nuoc ung", 2),
        ("x", "", 3),
    ],
)
def test_the_nearer_the_words_stand_the_better(text: str, typed: str, closeness: int) -> None:
    assert part_of(text).closeness(typed_so_far(typed)) == closeness


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("thoats nuwowcs", ("thoat", "nuoc")),
        ("thoast nuowsc", ("thoat", "nuoc")),
        ("ddoo thij", ("do", "thi")),
        ("ddaauf tuw coong", ("dau", "tu", "cong")),
        ("thoat1 nu7o7c1", ("thoat", "nuoc")),
        ("d9o6 thi5", ("do", "thi")),
        ("phwowngf", ("phuong",)),
        ("suwr dungj", ("su", "dung")),
        ("135/TB-UBND", ("135", "tb", "ubnd")),
        ("nghỉ hưu", ("nghi", "huu")),
    ],
)
def test_signs_of_a_raw_keyboard_are_read(typed: str, words: tuple[str, ...]) -> None:
    assert retyped(typed_so_far(typed)).words == words


def test_a_changed_text_is_found_by_its_new_words_only() -> None:
    index = WordIndex()
    index.put(1, "Cải tạo vỉa hè")
    index.put(1, "Cải tạo lòng đường")

    assert not index.find(typed_so_far("vỉa"))
    assert set(index.find(typed_so_far("long duong"))) == {1}


def test_an_emptied_text_is_gone() -> None:
    index = WordIndex()
    index.put(1, "Cải tạo vỉa hè")
    index.put(1)

    assert not index.find(typed_so_far("cai"))


def test_each_text_of_a_number_is_told_apart() -> None:
    index = WordIndex()
    index.put(1, "Tờ trình thoát nước", "Phiên họp UBND")

    assert set(index.find(typed_so_far("trinh ubnd"))) == {1}
    assert [part.text for part in index.parts(1) if part.closeness(typed_so_far("phiên")) < 3] == ["Phiên họp UBND"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("đơn vị: kinh", ("đơn vị: ", "unit", "kinh")),
        ("thoát nước don vi:kinh tế", ("thoát nước don vi:", "unit", "kinh tế")),
        ('người: "Lê A', ("người: ", "person", "Lê A")),
        ('đơn vị: "Phòng Kinh tế" số: 135/', ('đơn vị: "Phòng Kinh tế" số: ', "symbol", "135/")),
        ("đơn vị:", ("đơn vị:", "unit", "")),
        ('đơn vị: "Phòng Kinh tế" thoát', None),
        ("từ: 2026", None),
        ("lúc 8:30", None),
        ("thoát nước", None),
        (":", None),
        ("x" * 10_000 + ":", None),
    ],
)
def test_the_value_behind_a_field_word_is_told_apart(typed: str, field: tuple[str, str, str] | None) -> None:
    assert field_at_end(typed) == field
