"""Figures in writing."""

from fractions import Fraction

import pytest

from meeting.evaluation.numbers import Change, Share, average, number, tenths


@pytest.mark.parametrize(
    ("part", "whole", "vietnamese", "english"),
    [
        (25_925, 25_969, "99,83%", "99.83%"),
        (27, 56, "48,21%", "48.21%"),
        (9, 20, "45%", "45%"),
        (1, 8, "12,5%", "12.5%"),
        (1, 3, "33,33%", "33.33%"),
        (2, 3, "66,67%", "66.67%"),
        (1, 2000, "0,05%", "0.05%"),
        (5, 100_000, "0,01%", "0.01%"),
        (1, 1_000_000, "0,01%", "0.01%"),
        (999_999, 1_000_000, "99,99%", "99.99%"),
        (7, 7, "100%", "100%"),
        (0, 7, "0%", "0%"),
        (0, 0, "–", "–"),
    ],
)
def test_a_share_is_rounded_half_up_from_the_exact_fraction(part: int, whole: int, vietnamese: str, english: str) -> None:
    assert Share(part, whole).percent() == vietnamese
    assert Share(part, whole).percent("en") == english


def test_a_share_with_its_counts() -> None:
    assert Share(25_925, 25_969).text() == "25.925/25.969 (99,83%)"
    assert Share(25_925, 25_969).text("en") == "25,925/25,969 (99.83%)"
    assert Share(0, 0).text() == "0/0"


def test_numbers_and_means() -> None:
    assert number(1234.5, decimals=1) == "1.234,5"
    assert number(24_389) == "24.389"
    assert tenths(Fraction(5, 4)) == 1.3
    assert average(3, 0) is None


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(56, 44, "tăng 12 (27,27%)"), (22, 44, "giảm 22 (50%)"), (3, 3, "không đổi"), (3, 0, "tăng 3"), (0, 0, "không đổi")],
)
def test_a_change_in_words(now: int, before: int, words: str) -> None:
    assert Change(now, before).words() == words
    assert Change(56, 44).words("en") == "up 12 (27.27%)"
