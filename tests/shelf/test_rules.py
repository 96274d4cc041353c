"""The rules of a personal shelf as tables of cases."""

import pytest

from meeting.errors import Refused
from meeting.shelf import rules

MEGA = 1024 * 1024

ROOM = [
    (0, 0, MEGA, None),
    (rules.MAX_PAPERS - 1, 0, MEGA, None),
    (rules.MAX_PAPERS, 0, MEGA, "shelf_full"),
    (1, rules.MAX_BYTES - MEGA, MEGA, None),
    (1, rules.MAX_BYTES - MEGA, MEGA + 1, "shelf_full"),
    (1, rules.MAX_BYTES, 0, None),
]


@pytest.mark.parametrize(("papers", "size", "more", "refusal"), ROOM)
def test_a_shelf_holds_so_much_and_no_more(papers, size, more, refusal):
    if refusal is None:
        rules.check_room(papers, size, more)
        return
    with pytest.raises(Refused, match=refusal):
        rules.check_room(papers, size, more)


CHAIN = {1: None, 2: 1, 3: 2, 4: 3, 5: 4, 9: None}  # 1 > 2 > 3 > 4 > 5 and one beside
PLACES = [
    (None, None, None),
    (None, 4, None),
    (None, 5, "folder_too_deep"),
    (9, 4, None),
    (9, 5, "folder_too_deep"),
    (1, 9, "folder_too_deep"),
    (2, 9, None),
    (2, 4, "folder_in_itself"),
    (2, 2, "folder_in_itself"),
    (5, None, None),
]


@pytest.mark.parametrize(("folder", "parent", "refusal"), PLACES)
def test_folders_lie_five_deep_and_never_in_themselves(folder, parent, refusal):
    if refusal is None:
        rules.check_place(folder, parent, CHAIN)
        return
    with pytest.raises(Refused, match=refusal):
        rules.check_place(folder, parent, CHAIN)


def test_marks_and_capitals_tell_no_folders_apart():
    rules.check_name("Ngân sách", ["Giao thông"])
    with pytest.raises(Refused, match="folder_exists"):
        rules.check_name("NGAN SACH", ["Giao thông", "Ngân sách"])


SNIPPETS = [
    ("ngan sach", "Dự toán ngân sách năm 2027 của phường", "Dự toán ngân sách năm 2027 của phường"),
    ("NGÂN SÁCH", "về ngân\nsách", "về ngân sách"),
    ("sách ngân", "Dự toán ngân sách", ""),
    ("", "Dự toán", ""),
    ("đường", "một hai ba bốn năm sáu bảy tám chín mười con duong làng", "… bốn năm sáu bảy tám chín mười con duong làng"),
]


@pytest.mark.parametrize(("sought", "text", "told"), SNIPPETS)
def test_the_words_around_a_place_are_told_as_written(sought, text, told):
    assert rules.snippet(sought, text) == told


def test_a_text_is_folded_into_whole_syllables():
    assert rules.folded("Ủy ban, nhân dân (Đường 5)") == " uy ban nhan dan duong 5 "
    assert rules.folded("an") not in rules.folded("ngan sach")
