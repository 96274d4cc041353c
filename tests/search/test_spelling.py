"""The nearest spellings of what was not found."""

from collections.abc import Callable, Sequence

import pytest

from meeting.search.language.keystrokes import decoded
from meeting.search.language.spelling import dressed, offers
from meeting.search.language.wanted import read
from meeting.search.language.words import index_terms

TEXTS = """
Trật tự vỉa hè, lòng đường. Thoát nước đô thị. Họp không giấy. Nghị quyết, quyết định của UBND phường.
Ngân sách nhà nước năm 2026. Giải phóng mặt bằng. Thủ tục hành chính. Khiếu nại, tố cáo. Xử lý lấn chiếm. Đường bộ.
Theo đề nghị của Văn phòng. Đất đai. Dìa. Hề. Theo
"""


@pytest.fixture
def known() -> Callable[[Sequence[str]], set[str]]:
    terms = set(index_terms("", TEXTS))
    return terms.intersection


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("thoats", "thoát"),
        ("nuowcs", "nước"),
        ("thoa1t", "thoát"),
        ("nu7o71c", "nước"),
        ("nuo71c", "nước"),
        ("dduwowngf", "đường"),
        ("d9u7o7ng2", "đường"),
        ("thuongwf", "thường"),
        ("tieengs", "tiếng"),
        ("uyr", "ủy"),
        ("hoas", "hóa"),
        ("cuar", "của"),
        ("muoons", "muốn"),
        ("quyeets", "quyết"),
        ("gif", "gì"),
        ("giuwx", "giữ"),
        ("ddaats", "đất"),
        ("d9a6t1", "đất"),
        ("wng", "ưng"),
        ("chuwa", "chưa"),
        # nothing of the kind
        ("thanh", ""),
        ("xyz", ""),
        ("135", ""),
        ("tb135", ""),
        ("nước", ""),
        ("a" * 40, ""),
    ],
)
def test_what_the_keys_meant(keys: str, meant: str) -> None:
    assert decoded(keys) == meant


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("thoats nuowcs", "thoát nước"),
        ("tho1t nu7o71c", "thoat nước"),
        ("viahe", "via he"),
        ("hopkhonggiay", "hop khong giay"),
        ("thutuchanhchinh", "thu tuc hanh chinh"),
        ("ph uong", "phuong"),
        ("vai he", "via he"),  # two letters swapped
        ("vỉa hhè", "vỉa he"),
        ("via heo", "via he"),
        ("ngan xach nha nuoc", "ngan sach nha nuoc"),
        ("xử lí lấn triếm", "xử lí lấn chiem"),
        ("giai phogn mat bang", "giai phong mat bang"),
        ("thoat nuot", "thoat nuoc"),
        ("mat ban", "mat bang"),
        ("nghi quyt", "nghi quyet"),
        ("kieu nai to cao", "khieu nai to cao"),
        ("ubdn phuong", "ubnd phuong"),
        ("thuu tuc nam 2026", "thu tuc nam 2026"),
        ('loại:TBKL viahe "thoát nước"', 'loại:TBKL via he "thoát nước"'),
        ('"viahe"', '"via he"'),
    ],
)
def test_the_likeliest_is_offered_first(typed: str, first: str, known: Callable[[Sequence[str]], set[str]]) -> None:
    found = offers(read(typed), known)

    assert found[:1] == [first]
    assert len(found) <= 3


@pytest.mark.parametrize(
    "typed", ["", "vỉa hè", "thoát nước", "2026", "zzzzzz", "qwrtp hjkl", "135/TB-UBND", "đơn vị:Vănphòng", "thoát hè nước vỉa"]
)
def test_what_is_spelt_right_or_like_nothing_has_no_offers(typed: str, known: Callable[[Sequence[str]], set[str]]) -> None:
    assert offers(read(typed), known) == []


def test_the_index_is_asked_twice_and_not_for_much() -> None:
    asked: list[int] = []

    def known(terms: Sequence[str]) -> set[str]:
        asked.append(len(terms))
        return set(terms)

    offers(read("thoats nuowcs viahe ngan xach giai phogn thuu tuc kieu nai ubdn phuong mot hai ba bon"), known)

    assert len(asked) == 2
    assert sum(asked) < 4_000


@pytest.mark.parametrize(
    ("offer", "text", "shown"),
    [
        ("via he", "Trật tự Vỉa  hè, lòng đường", "Vỉa hè"),
        ("thoat nước", "việc thoát nước", "thoát nước"),
        ("via he", "lòng đường", "via he"),
        ("", "lòng đường", ""),
    ],
)
def test_an_offer_is_written_as_the_text_has_it(offer: str, text: str, shown: str) -> None:
    assert dressed(offer, text) == shown
