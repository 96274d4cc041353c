"""Two people at one run sheet lose nothing; the journal tells of writing, not of every letter."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.errors import Refused
from meeting.runsheet.rules import Change, Value, applied, check_open, is_new_hand

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STANDS: dict[str, Value] = {"opening": "A", "words": "", "minutes": None}

SAVED = {
    "a field": ([Change("opening", "A", "B")], {"opening": "B"}),
    "the same again": ([Change("opening", "X", "A")], {}),
    "two fields": ([Change("opening", "A", "B"), Change("minutes", None, 5)], {"opening": "B", "minutes": 5}),
    "back to the usual words": ([Change("opening", "A", "")], {"opening": ""}),
}


@pytest.mark.parametrize("case", SAVED)
def test_what_a_saving_changes(case: str) -> None:
    changes, expected = SAVED[case]

    assert applied(STANDS, changes, "Hoa") == expected


def test_a_field_that_somebody_else_changed_is_not_overwritten() -> None:
    with pytest.raises(Refused) as refused:
        applied(STANDS, [Change("opening", "what I read", "what I write")], "Hoa")

    assert (refused.value.code, refused.value.facts) == ("script_changed", {"name": "Hoa", "field": "opening", "now": "A"})


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["opening", "words"]), st.text("xyz", max_size=3)), max_size=20))
def test_whoever_saves_in_whatever_order_never_loses_what_the_other_saved(saves: list[tuple[str, str, str]]) -> None:
    """Each editor knows only what it read last; a save goes through only over what it knows."""
    stands: dict[str, Value] = {"opening": "", "words": ""}
    known = {who: dict(stands) for who in "ab"}
    for who, field, text in saves:
        wanted = [Change(field, known[who][field], text)]
        if stands[field] in (known[who][field], text):
            stands |= applied(stands, wanted, "…")
            known[who][field] = text
        else:
            with pytest.raises(Refused) as refused:
                applied(stands, wanted, "…")
            assert refused.value.facts["now"] == stands[field]
            known[who][field] = stands[field]  # the screen now shows what the other wrote, beside the own words


@pytest.mark.parametrize(
    ("by", "ago", "told"), [(None, None, True), (1, 0, False), (1, 9, False), (1, 11, True), (2, 0, True), (None, 1, True)]
)
def test_a_stretch_of_writing_is_told_once(by: int | None, ago: int | None, told: bool) -> None:
    at = None if ago is None else NOW - timedelta(minutes=ago)

    assert is_new_hand(by, at, 1, NOW) is told


@pytest.mark.parametrize("state", ["held", "archived", "cancelled"])
def test_after_the_meeting_it_stays(state: str) -> None:
    with pytest.raises(Refused, match="script_over"):
        check_open(state)
    check_open("draft")
