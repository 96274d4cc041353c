"""Figures of paper ballots and of raised hands: which can be true, and how shares are written."""

from datetime import UTC, datetime
from typing import Any

import pytest

from meeting.errors import Refused
from meeting.voting.figures import Figures, LineFigures, check_closing, check_hands, checked, given, kept, on_wire
from meeting.voting.forms import Paper

NAMES = {1: "Bà An", 2: "Ông Bình", 3: "Ông Châu"}
MATTER = Paper("matter", "hand", ("for", "against", "abstain"))
ELECTION = Paper("election", "hand", ("for", "against"), (1, 2))
SURVEY = Paper("survey", "hand", ("high", "medium", "low"), (1, 2))
PARTS = Paper("paper", "hand", ("for", "against", "abstain"), (1, 2))
ALTERNATIVES = Paper("alternatives", "hand", ("for", "abstain"), (1, 2))
CHOOSE = Paper("choose", "hand", ("for",), (1, 2, 3), seats=2)


def one(invalid: int = 0, **counts: int) -> LineFigures:
    return LineFigures(counts, invalid)


TRUE: list[tuple[str, Paper, Figures]] = [
    ("three boxes", MATTER, Figures(27, 26, 1, {"for": 20, "against": 3, "abstain": 2})),
    ("an option nobody marked", MATTER, Figures(10, 10, 0, {"for": 10})),
    ("nobody came back", MATTER, Figures(10, 0, 0, {})),
    ("all invalid", MATTER, Figures(5, 5, 5, {})),
    ("nothing issued", MATTER, Figures(0, 0, 0, {})),
    ("as many as the register", MATTER, Figures(30, 30, 0, {"for": 30})),
    ("two people, both valid", ELECTION, Figures(27, 27, 0, {}, {1: one(**{"for": 20, "against": 7}), 2: one(**{"for": 27})})),
    ("invalid for one only", ELECTION, Figures(27, 27, 0, {}, {1: one(2, **{"for": 25}), 2: one(**{"for": 27})})),
    ("invalid as a whole, and one more", ELECTION, Figures(27, 27, 1, {}, {1: one(2, **{"for": 25}), 2: one(1, **{"for": 26})})),
    ("everybody against", ELECTION, Figures(9, 9, 0, {}, {1: one(against=9), 2: one(against=9)})),
    ("three levels", SURVEY, Figures(20, 20, 0, {}, {1: one(high=5, medium=10, low=5), 2: one(1, high=19)})),
    ("parts", PARTS, Figures(4, 4, 0, {}, {1: one(**{"for": 3, "abstain": 1}), 2: one(against=4)})),
    ("one alternative each", ALTERNATIVES, Figures(9, 9, 1, {"abstain": 2}, {1: one(**{"for": 4}), 2: one(**{"for": 2})})),
    ("no abstention", ALTERNATIVES, Figures(9, 9, 0, {}, {1: one(**{"for": 9}), 2: one()})),
    ("two of three", CHOOSE, Figures(9, 9, 0, {}, {1: one(**{"for": 9}), 2: one(**{"for": 9}), 3: one()})),
    ("fewer than they may", CHOOSE, Figures(9, 8, 1, {}, {1: one(**{"for": 7}), 2: one(**{"for": 1}), 3: one()})),
]
FALSE: list[tuple[str, Paper, Figures, str]] = [
    ("more issued than electors", MATTER, Figures(31, 31, 0, {"for": 31}), "figures_issued"),
    ("more back than issued", MATTER, Figures(10, 11, 0, {"for": 11}), "figures_returned"),
    ("sum too small", MATTER, Figures(10, 10, 1, {"for": 8}), "figures_sum"),
    ("sum too large", MATTER, Figures(10, 10, 1, {"for": 10}), "figures_sum"),
    ("below zero", MATTER, Figures(10, 10, -1, {"for": 11}), "figures_negative"),
    ("a mark below zero", MATTER, Figures(10, 10, 0, {"for": 11, "against": -1}), "figures_negative"),
    ("not on the ballot", MATTER, Figures(1, 1, 0, {"other": 1}), "choice_not_offered"),
    ("third box", ELECTION, Figures(1, 1, 0, {}, {1: one(abstain=1), 2: one(**{"for": 1})}), "mark_not_offered"),
    ("one line missing", ELECTION, Figures(1, 1, 0, {}, {1: one(**{"for": 1})}), "figures_line_missing"),
    ("no lines", ELECTION, Figures(1, 1, 0, {}), "figures_line_missing"),
    ("a stranger", ELECTION, Figures(1, 1, 0, {}, {1: one(**{"for": 1}), 2: one(**{"for": 1}), 9: one()}), "line_unknown"),
    ("line too small", ELECTION, Figures(9, 9, 0, {}, {1: one(**{"for": 8}), 2: one(**{"for": 9})}), "figures_line_sum"),
    ("line too large", ELECTION, Figures(9, 9, 0, {}, {1: one(1, **{"for": 9}), 2: one(**{"for": 9})}), "figures_line_sum"),
    (
        "fewer invalid than whole",
        ELECTION,
        Figures(9, 9, 2, {}, {1: one(1, **{"for": 8}), 2: one(2, **{"for": 7})}),
        "figures_invalid",
    ),
    ("survey short", SURVEY, Figures(9, 9, 0, {}, {1: one(high=1, low=1), 2: one(high=9)}), "figures_line_sum"),
    ("two alternatives", ALTERNATIVES, Figures(9, 9, 0, {}, {1: one(**{"for": 5}), 2: one(**{"for": 5})}), "figures_sum"),
    ("alternative beyond valid", ALTERNATIVES, Figures(9, 9, 5, {}, {1: one(**{"for": 5}), 2: one()}), "figures_line_most"),
    ("against an alternative", ALTERNATIVES, Figures(9, 9, 0, {}, {1: one(against=9), 2: one()}), "mark_not_offered"),
    ("chosen twice on a ballot", CHOOSE, Figures(5, 5, 0, {}, {1: one(**{"for": 6}), 2: one(), 3: one()}), "figures_line_most"),
    (
        "more chosen than seats",
        CHOOSE,
        Figures(5, 5, 0, {}, {1: one(**{"for": 5}), 2: one(**{"for": 5}), 3: one(**{"for": 1})}),
        "figures_too_many",
    ),
    ("more invalid than back", CHOOSE, Figures(5, 3, 4, {}, {1: one(), 2: one(), 3: one()}), "figures_sum"),
    ("abstaining from a choice", CHOOSE, Figures(5, 5, 0, {"abstain": 1}, {1: one(), 2: one(), 3: one()}), "choice_not_offered"),
]


@pytest.mark.parametrize(("paper", "typed"), [case[1:] for case in TRUE], ids=[case[0] for case in TRUE])
def test_figures_that_can_be_true_are_kept_with_every_mark_named(paper: Paper, typed: Figures) -> None:
    found = checked(paper, typed, 30, NAMES)

    written = kept(paper, found)
    assert (written["issued"], written["returned"]) == (typed.issued, typed.returned)
    assert set(written["lines"]) == {str(number) for number in paper.lines}
    for line in written["lines"].values():
        assert line["valid"] + line["invalid"] == typed.returned
    if not paper.has_lines:
        assert tuple(written["counts"]) == paper.offered


@pytest.mark.parametrize(("paper", "typed", "code"), [case[1:] for case in FALSE], ids=[case[0] for case in FALSE])
def test_figures_that_cannot_be_true_say_why(paper: Paper, typed: Figures, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(paper, typed, 30, NAMES)

    assert refused.value.code == code


def test_a_refusal_names_the_line() -> None:
    with pytest.raises(Refused) as refused:
        checked(ELECTION, Figures(9, 9, 0, {}, {1: one(**{"for": 9}), 2: one(**{"for": 8})}), 30, NAMES)

    assert refused.value.facts == {"line": "Ông Bình", "counted": 8, "returned": 9}


HANDS: list[tuple[str, Paper, Figures, str]] = [
    ("fewer hands than people", PARTS, Figures(0, 0, 0, {}, {1: one(**{"for": 3}), 2: one(against=5)}), ""),
    ("a line nobody raised for", PARTS, Figures(0, 0, 0, {}, {1: one(**{"for": 5})}), ""),
    ("too many on one line", PARTS, Figures(0, 0, 0, {}, {1: one(**{"for": 4, "against": 2})}), "counts_too_many"),
    ("alternatives together", ALTERNATIVES, Figures(0, 0, 0, {"abstain": 1}, {1: one(**{"for": 2}), 2: one(**{"for": 2})}), ""),
    ("one hand each", ALTERNATIVES, Figures(0, 0, 0, {}, {1: one(**{"for": 3}), 2: one(**{"for": 3})}), "counts_too_many"),
    ("two hands each", CHOOSE, Figures(0, 0, 0, {}, {1: one(**{"for": 5}), 2: one(**{"for": 5})}), ""),
    (
        "three hands each",
        CHOOSE,
        Figures(0, 0, 0, {}, {1: one(**{"for": 5}), 2: one(**{"for": 5}), 3: one(**{"for": 1})}),
        "figures_too_many",
    ),
    ("a stranger", PARTS, Figures(0, 0, 0, {}, {8: one(**{"for": 1})}), "line_unknown"),
    ("unknown mark", PARTS, Figures(0, 0, 0, {}, {1: one(high=1)}), "mark_not_offered"),
]


@pytest.mark.parametrize(("paper", "typed", "code"), [case[1:] for case in HANDS], ids=[case[0] for case in HANDS])
def test_hands_on_several_lines(paper: Paper, typed: Figures, code: str) -> None:
    if code:
        with pytest.raises(Refused) as refused:
            check_hands(paper, typed, 5)
        assert refused.value.code == code
    else:
        assert set(check_hands(paper, typed, 5)["lines"]) == {str(number) for number in paper.lines}


@pytest.mark.parametrize(
    ("figures", "moment", "code"),
    [
        (None, None, "figures_missing"),
        ({"issued": 1}, None, "figures_unconfirmed"),
        ({"issued": 1}, datetime(2026, 11, 23, tzinfo=UTC), ""),
    ],
)
def test_a_paper_vote_closes_over_confirmed_figures_only(
    figures: dict[str, Any] | None, moment: datetime | None, code: str
) -> None:
    if code:
        with pytest.raises(Refused, match=code):
            check_closing(figures, moment)
    else:
        check_closing(figures, moment)


@pytest.mark.parametrize(
    ("paper", "typed", "invalid"),
    [
        (MATTER, given(MATTER, 10, 9, counts={"for": 8}), [1]),
        (MATTER, given(MATTER, 10, 9, 2, counts={"for": 7}), [2]),
        (ALTERNATIVES, given(ALTERNATIVES, 9, 9, counts={"abstain": 1}, lines={1: {"for": 4}, 2: {"for": 3}}), [1, 1, 1]),
        (ELECTION, given(ELECTION, 9, 9, lines={1: {"for": 8}, 2: {"for": 4, "against": 5}}), [0, 1, 0]),
        (ELECTION, given(ELECTION, 9, 9, lines={1: {"for": 8, "invalid": 1}, 2: {"for": 9}}), [0, 1, 0]),
        (CHOOSE, given(CHOOSE, 9, 9, 1, lines={1: {"for": 8}, 2: {"for": 2}, 3: {}}), [1, 1, 1, 1]),
    ],
)
def test_what_no_mark_accounts_for_is_invalid(paper: Paper, typed: Figures, invalid: list[int]) -> None:
    written = kept(paper, checked(paper, typed, 30, NAMES))

    assert [written["invalid"], *(line["invalid"] for line in written["lines"].values())] == invalid
    assert on_wire(written) is not None
    assert all("counts" not in line for line in (on_wire(written) or {})["lines"].values())
