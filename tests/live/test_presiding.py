"""Who presides: what was handed over, for what, and who may be asked to."""

import pytest

from meeting.agenda import rules as _agenda  # declares `item_set_aside`
from meeting.errors import Refused
from meeting.live.presiding import Deputy, Handed, check_deputy, check_item_ahead, holding, in_force

assert _agenda
WHOLE, FOR_2, FOR_21, FOR_3 = Handed(70), Handed(72, 2), Handed(721, 21), Handed(73, 3)

HOLDS = {
    "nothing handed over": ([], [2], None),
    "the whole meeting": ([WHOLE], [2], 70),
    "the whole meeting, before the first item": ([WHOLE], [], 70),
    "this item": ([FOR_2], [2], 72),
    "another item": ([FOR_3], [2], None),
    "another item, before the first one": ([FOR_3], [], None),
    "the item goes before the whole": ([WHOLE, FOR_2], [2], 72),
    "elsewhere the whole holds": ([WHOLE, FOR_3], [2], 70),
    "a part follows its matter": ([FOR_2], [21, 2], 72),
    "a part of its own goes before its matter": ([FOR_2, FOR_21, WHOLE], [21, 2], 721),
}


@pytest.mark.parametrize("case", HOLDS)
def test_who_presides(case: str) -> None:
    handed, chain, expected = HOLDS[case]
    found = holding(handed, chain)

    assert (found.to_id if found else None) == expected


def test_whoever_leaves_loses_what_holds_now_and_keeps_what_is_still_to_come() -> None:
    assert in_force([WHOLE, FOR_2, FOR_21, FOR_3], [21, 2]) == [WHOLE, FOR_2, FOR_21]
    assert in_force([FOR_3], []) == []


DEPUTIES = {
    "a member who is here": (Deputy("Hoa"), False, None),
    "somebody of the presidium without a vote": (Deputy("Hoa", voting=False, presidium=True), False, None),
    "the chair": (Deputy("Hoa", chair=True), False, "deputy_is_chair"),
    "a stranger": (Deputy("Hoa", invited=False, voting=False, here=False), False, "deputy_not_invited"),
    "a guest": (Deputy("Hoa", voting=False), False, "deputy_no_member"),
    "a member who is not here": (Deputy("Hoa", here=False), False, "deputy_not_here"),
    "who presides already": (Deputy("Hoa"), True, "deputy_presides"),
}


@pytest.mark.parametrize("case", DEPUTIES)
def test_who_may_be_asked_to_preside(case: str) -> None:
    deputy, presides, code = DEPUTIES[case]
    if code is None:
        check_deputy(deputy, presides=presides)
    else:
        with pytest.raises(Refused, match=code) as refused:
            check_deputy(deputy, presides=presides)
        assert refused.value.facts == {"name": "Hoa"}


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("planned", None),
        ("current", None),
        ("done", "item_is_over"),
        ("deferred", "item_set_aside"),
        ("withdrawn", "item_set_aside"),
    ],
)
def test_only_items_ahead_are_handed_over(state: str, code: str | None) -> None:
    if code is None:
        check_item_ahead(state, "…")
    else:
        with pytest.raises(Refused, match=code):
            check_item_ahead(state, "…")
