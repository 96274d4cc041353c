"""Where changed passages stand, and what of two readings of a scan is no change: tables of cases."""

import random

import pytest

from meeting.materials.compare import compare
from meeting.materials.compare_boxes import beside, lines, places
from meeting.materials.compare_marks import Mark, Place
from meeting.materials.compare_scans import bare, is_reading_error
from meeting.materials.compare_text import PageText
from tests.materials.test_compare_rules import prose
from tests.waiting import worked

LINE = "Tổng chi ngân sách phường năm 2027 là 12 tỷ đồng trong đó chi đầu tư phát triển là 4 tỷ đồng"


def pages(*texts: str, recognised: bool = False) -> list[PageText]:
    return [PageText(at, text, recognised=recognised) for at, text in enumerate(texts, start=1)]


def words(mark: Mark, old: list[str], new: list[str]) -> tuple[str, str]:
    """What went and what came, as words of the pages."""
    sides = ((mark.gone, old), (mark.come, new))
    said = [" ".join(" ".join(texts[at.page - 1].split()[at.start : at.end]) for at in side) for side, texts in sides]
    return said[0].strip(), said[1].strip()


PASSAGES = {
    "a figure": ([LINE], [LINE.replace("12 tỷ", "15 tỷ")], [("12", "15")]),
    "words added": ([LINE], [LINE.replace("năm 2027", "năm ngân sách 2027")], [("", "ngân sách")]),
    "words taken out": ([LINE], [LINE.replace(" phường", "")], [("phường", "")]),
    "two passages": (
        [LINE],
        [LINE.replace("12", "15").replace("đầu tư phát triển", "thường xuyên")],
        [("12", "15"), ("đầu tư phát triển", "thường xuyên")],
    ),
    "on the second page": ([prose(1), LINE], [prose(1), LINE.replace("12", "15")], [("12", "15")]),
    "at the very end": ([LINE], [LINE + " năm nay"], [("", "năm nay")]),
    "nothing": ([LINE], [LINE], []),
}  # fmt: skip


@pytest.mark.parametrize("case", PASSAGES)
def test_passages_are_known_by_their_words(case: str) -> None:
    old, new, expected = PASSAGES[case]

    found = compare(pages(*old), pages(*new))

    assert [words(mark, old, new) for change in found for mark in change.marks] == expected


def test_a_passage_that_only_came_has_its_place_in_the_older_version() -> None:
    (change,) = compare(pages(LINE), pages(LINE.replace("năm 2027", "năm ngân sách 2027")))

    (mark,) = change.marks
    assert mark.gone == (Place(1, 6, 6),)
    assert mark.come == (Place(1, 6, 8),)


def test_a_passage_across_a_page_break_is_marked_on_both_pages() -> None:
    first, second = prose(1), prose(2)
    one, other = first.split(), second.split()
    new = [" ".join([*one[:-2], "moi", "moi"]), " ".join(["khac", "khac", *other[2:]])]

    found = compare(pages(first, second), pages(*new))

    places_new = [place for change in found for mark in change.marks for place in mark.come if place.end > place.start]
    assert [(place.page, place.end - place.start) for place in places_new] == [(1, 2), (2, 2)]


def test_moved_pages_tell_their_passages() -> None:
    one, other, third = prose(1), prose(2), prose(3)
    changed = third.split()
    changed[30] = "moi"

    found = compare(pages(one, other, third), pages(" ".join(changed), one, other))

    (moved,) = [change for change in found if change.kind == "moved"]
    assert [(mark.gone[0].page, mark.come[0].page) for mark in moved.marks] == [(3, 1)]


READINGS = {  # old, new: a reading error?
    "the same": (["ngân", "sách"], ["ngân", "sách"], True),
    "a mark lost": (["tỷ"], ["tý"], True),
    "letters alike": (["phát", "triển"], ["phát", "tríen"], True),
    "a space lost": (["khởi", "công"], ["khởicông"], True),
    "a speck": (["|"], [], True),
    "two specks": ([], ["~", "."], True),
    "a figure": (["12"], ["15"], False),
    "a figure lost": (["2027"], [], False),
    "a figure in a word": (["Điều", "7"], ["Điều", "1"], False),
    "another word": (["đồng", "ý"], ["bác", "bỏ"], False),
    "a word that came": ([], ["không"], False),
    "a sentence that came": ([], ["giao", "Văn", "phòng"], False),
}


@pytest.mark.parametrize("case", READINGS)
def test_what_may_be_a_reading_error(case: str) -> None:
    old, new, error = READINGS[case]
    assert is_reading_error(old, new) is error


@pytest.mark.parametrize(
    ("word", "letters"), [("Điều", "dieu"), ("2027,", "2027"), ("“Ủy", "uy"), ("…", "…"), ("12.000", "12000")]
)
def test_words_without_case_marks_and_signs(word: str, letters: str) -> None:
    assert bare(word) == letters


def noisy(text: str, seed: int, share: float) -> str:
    """The text as a bad scan reads: marks lost, letters mistaken, specks; figures stay."""
    by = random.Random(seed)
    said = []
    for word in text.split():
        if by.random() < share and word.isalpha():
            at = by.randrange(len(word))
            word = word[:at] + by.choice("ilnmeoa") + word[at + 1 :]
        said.append(word)
        if by.random() < share / 5:
            said.append(by.choice(["|", ".", "~", "-"]))
    return " ".join(said)


SAID = """ủy ban nhân dân phường giao phòng kinh tế hạ tầng đô thị chủ trì phối hợp với các đơn vị có liên quan
xây dựng dự toán thu chi ngân sách địa phương trình hội đồng xem xét quyết định theo luật đầu tư công và nghị quyết
của thành phố về cải tạo mương thoát nước trường học trạm y tế nhà văn hóa"""
SYLLABLES = SAID.split()
PAGE = " ".join(f"{' '.join(random.Random(number).choices(SYLLABLES, k=26))} khoản {number}" for number in range(1, 12))


@pytest.mark.parametrize(("share", "most"), [(0.02, 0), (0.05, 1), (0.10, 3)])
def test_two_readings_of_one_sheet_are_hardly_a_change(share: float, most: int) -> None:
    old, new = pages(noisy(PAGE, 1, share), recognised=True), pages(noisy(PAGE, 2, share), recognised=True)

    (change,) = compare(old, new)

    assert len(change.marks) <= most, [run for run in change.runs if run.kind != "kept"]
    assert not change.rough


def test_a_figure_changed_on_a_scan_is_told_and_nothing_else() -> None:
    changed = PAGE.replace("khoản 7", "khoản 9", 1)
    old, new = pages(noisy(PAGE, 3, 0.04), recognised=True), pages(noisy(changed, 4, 0.04), recognised=True)

    (change,) = compare(old, new)

    assert change.kind == "changed"
    assert change.recognised
    assert [run.text for run in change.runs if run.kind == "come" and "9" in run.text]
    assert len(change.marks) <= 3


def test_a_typed_draft_against_its_scan_is_compared_roughly() -> None:
    (change,) = compare(pages(PAGE), pages(noisy(PAGE, 5, 0.05), recognised=True))

    assert change.recognised
    assert len(change.marks) <= 1


def test_typed_pages_beside_a_scan_are_compared_to_the_letter() -> None:
    old = [*pages(LINE), PageText(2, PAGE, recognised=True)]
    new = [*pages(LINE.replace("đồng trong", "đồng, trong")), PageText(2, noisy(PAGE, 6, 0.03), recognised=True)]

    first, second = compare(old, new)

    assert (first.kind, first.recognised, len(first.marks)) == ("changed", False, 1)
    assert second.recognised


def test_a_page_read_too_badly_is_not_marked_place_by_place() -> None:
    said = PAGE.split()
    mixed = [word if at % 5 < 2 else f"xq{at}zw" for at, word in enumerate(said)]

    (change,) = [each for each in compare(pages(PAGE, recognised=True), pages(" ".join(mixed), recognised=True)) if each.new]

    assert change.rough or change.kind in ("added", "moved")
    assert change.marks == ()


DRAWN = [(100, 100, 150, 120, "Tổng"), (160, 100, 200, 120, "chi"), (210, 100, 300, 120, "ngân"), (100, 130, 180, 150, "sách")]


def test_words_find_their_boxes_again() -> None:
    said = ["Tổng", "chi", "ngân", "sách"]
    assert places(said, DRAWN) == [tuple(word[:4]) for word in DRAWN]
    assert places(["chi", "ngân"], DRAWN) == [(160, 100, 200, 120), (210, 100, 300, 120)]
    assert places(["Tổng", "chí", "ngân", "sách"], DRAWN)[1] == (160, 100, 200, 120)
    assert places(said, []) == [None] * 4


def test_words_of_a_line_are_one_box() -> None:
    boxes = places(["Tổng", "chi", "ngân", "sách"], DRAWN)
    assert lines(boxes) == [(100, 100, 300, 120), (100, 130, 180, 150)]
    assert lines([None, *boxes[:1]]) == [(100, 100, 150, 120)]
    assert lines([]) == []


def test_missing_words_have_a_thin_box_between_their_neighbours() -> None:
    boxes = places(["Tổng", "chi", "ngân", "sách"], DRAWN)
    assert beside(boxes, 2) == (200, 100, 202, 120)
    assert beside(boxes, 0) == (98, 100, 100, 120)
    assert beside([None], 1) is None


def test_long_scans_are_compared_in_seconds() -> None:
    old = [PageText(at, noisy(prose(at, 300), at, 0.04), recognised=True) for at in range(1, 121)]
    new = [PageText(at, noisy(prose(at, 300), at + 1000, 0.04), recognised=True) for at in range(1, 121)]
    began = worked()

    found = compare(old, new)

    assert worked() - began < 20
    assert len(found) == 120
