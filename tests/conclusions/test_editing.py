"""Two people's words on one line become one text; only where both changed the same words do both versions stay."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.conclusions.editing import merged_words
from meeting.conclusions.merging import CLASH

CASES = json.loads(Path(__file__).with_name("merging_words_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_both_hands_are_kept(case: list[str]) -> None:
    base, theirs, mine, whole = (text.replace("#", CLASH) for text in case[1:])

    assert merged_words(base, theirs, mine) == whole


WORDS = st.lists(st.sampled_from(["rà", "soát", "hồ", "sơ", "báo", "cáo"]), max_size=6)
FRESH = st.lists(st.sampled_from(["một", "hai", "ba"]), min_size=1, max_size=3)


@given(WORDS, WORDS, FRESH, FRESH)
def test_no_word_that_somebody_added_is_lost(before: list[str], behind: list[str], theirs: list[str], mine: list[str]) -> None:
    base = " ".join([*before, *behind])
    one, other = (
        " ".join([*before, *added, *behind]) for added in ([f"A{word}" for word in theirs], [f"B{word}" for word in mine])
    )

    whole = merged_words(base, one, other).split()

    assert [word for word in whole if word.startswith("A")] == [f"A{word}" for word in theirs]
    assert [word for word in whole if word.startswith("B")] == [f"B{word}" for word in mine]
