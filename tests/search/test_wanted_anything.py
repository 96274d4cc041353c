"""Nothing that can be typed is an error, and nothing takes long by its form."""

import random
import unicodedata
from datetime import date

import pytest

from meeting.search.language.matching import match
from meeting.search.language.plan import excluding, tiers
from meeting.search.language.spelling import offers
from meeting.search.language.symbols import bears
from meeting.search.language.wanted import MAX_LETTERS, MAX_SYLLABLES, Wanted, read
from meeting.search.language.words import index_terms

TODAY = date(2026, 11, 23)
HEAD = "Thông báo kết luận. 135/TB-UBND. Phiên họp thường kỳ. Ngày 7 tháng 11 năm 2026. 7/11/2026"
TEXT = "1. Vỉa hè, lòng đường. Ủy ban nhân dân phường xử lý hạtầng; đạt 99,83% (3.697/7.043)."
PIECES = [
    *"\"'“”«»:;-–—/\\_.,!?()[]{}*%&#@~^$|<>+=0123456789aăâđêôơưyAĐÐ",
    *" \t\n\r\0\x1b\x7f\u00a0\u00ad\u200b\u200d\u202e\u2066\ufeff\u0300\u0301\u0323²½Ⅳ٣",
    "\ud800",
    "\udfff",
    "🙂",
    "👨‍👩‍👧",
    "ﷺ",
    "ﬃ",
    "İ",
    "ß",
    "số:",
    "đơn vị:",
    "từ:",
    "đến:",
    "loại:",
    "-",
    "tháng:",
    "7/11/2026",
    "31/2/2026",
    "135/TB-UBND",
    "61/2018",
    "nghị định 61",
    "số 135",
    "tháng sáu",
    "quý I/2026",
    "UBND",
    "kết luận",
    "hôm qua",
    "của",
    "vỉa hè",
    "hạtầng",
    "thoats",
    "viahe",
    unicodedata.normalize("NFD", "biểu quyết"),
]


def ask_everything(typed: str) -> Wanted:
    """All that a search does with a question before and after the engine."""
    wanted = read(typed, TODAY)
    for need in (*wanted.needs, *wanted.left_out):
        assert 1 <= len(need.alternatives) <= 8
        for run in need.alternatives:
            assert run
            assert all(term and " " not in term for tier in (tiers(run).near, tiers(run).phrase) for term in tier)
    assert all(terms for need in wanted.left_out for terms in excluding(need))
    for text in (TEXT, typed[:500]):
        found = match(wanted, HEAD, text)
        assert all(0 <= start < end <= len(text) for start, end in (found.spans if found else ()))
    assert all(offer for offer in offers(wanted, set))
    assert all(isinstance(bears("135/TB-UBND", symbol), bool) for symbol in wanted.symbols)
    assert all(term.strip() and " " not in term for term in index_terms(HEAD, typed[:500]))
    wanted.said.encode()
    return wanted


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        '"',
        '""',
        "-",
        "- -",
        '-"',
        "*",
        "a:b",
        "(((",
        "' OR 1=1 --",
        "%_",
        "\\",
        "🙂",
        "a" * 10_000,
        "á" * 10_000,
        '"' * 10_000,
        "-" * 10_000,
        "1/" * 5_000,
        "1." * 5_000,
        "1.000" + ".000" * 3_000,
        "a\u0301" * 5_000,
        "a" + "\u0301\u0323\u0300" * 3_000,
        "từ:" * 3_000,
        "số 1 " * 2_000,
        "nghị định " * 1_000,
        "7 tháng " * 1_000,
        " " * 10_000 + "vỉa",
        "\n" * 10_000 + "vỉa",
        "A-" * 5_000,
        "135/TB" + "-UBND" * 2_000,
        "\ud800\udfff",
        "\0vỉa\0hè\0",
        "\u202evỉa hè",
        "AND OR NOT NEAR/3",
        "-chỉ",
        '"a',
        "đơn vị:" + '"' * 50,
        "99999999999999999999/2026",
        "99/99/9999",
        "0/0/2026",
        "ngày 0 tháng 0 năm 2026",
        "tháng:" + "9" * 200,
        "năm:9999",
        "từ:999 tuần trước",
    ],
)
def test_nothing_that_can_be_typed_is_an_error(typed: str) -> None:
    wanted = ask_everything(typed)

    assert len(wanted.said) <= MAX_LETTERS
    assert all(len(need.alternatives[0]) <= 2 * MAX_SYLLABLES for need in wanted.needs)


@pytest.mark.parametrize("seed", range(40))
def test_nor_is_any_mixture_of_it(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        ask_everything("".join(chance.choice(PIECES) + chance.choice(("", "", " ")) for _ in range(chance.randint(1, 60))))
