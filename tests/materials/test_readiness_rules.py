"""Counting who is prepared: tables of cases."""

import pytest

from meeting.materials.readiness import PaperSeen, Share, item_share, least_first, paper_share

FOUR = frozenset({1, 2, 3, 4})
PAPER = PaperSeen(10, 100, (5, 7), FOUR)  # its first version is file 5, its newest file 7
OTHER = PaperSeen(11, 100, (8,), frozenset({1, 2}))


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ({}, Share(0, 4, 0)),
        ({1: {7}}, Share(1, 4, 0)),
        ({1: {5}}, Share(0, 4, 1)),
        ({1: {5, 7}, 2: {5}, 3: {8}}, Share(1, 4, 1)),
        ({9: {7}}, Share(0, 4, 0)),  # a guest, or the secretary
    ],
)
def test_a_paper_counts_who_opened_its_newest_version(opened, expected):
    assert paper_share(PAPER, {person: frozenset(files) for person, files in opened.items()}) == expected


def test_an_item_counts_who_opened_any_of_its_papers_in_any_version():
    opened = {1: frozenset({8}), 2: frozenset({5}), 3: frozenset({8})}

    assert item_share([PAPER, OTHER], opened) == Share(2, 4)
    assert item_share([], opened) == Share(0, 0)


@pytest.mark.parametrize(
    ("share", "percent"),
    [((0, 0), None), ((0, 5), 0), ((5, 5), 100), ((1, 3), 33), ((1, 2), 50), ((1, 8), 13), ((199, 200), 99), ((1, 400), 1)],
)
def test_per_cent_is_rounded_but_all_and_nobody_stay_exact(share, percent):
    assert Share(*share).percent == percent


def test_what_nobody_has_opened_stands_first_and_what_has_no_papers_last():
    shares = {1: Share(3, 4), 2: Share(0, 4), 3: Share(0, 0), 4: Share(1, 4), 6: Share(0, 2)}

    assert least_first(shares, [1, 2, 3, 4, 5, 6]) == [2, 6, 4, 1, 3, 5]
