"""Two editors of one text: a table of cases, and for any edits: nothing that either wrote is lost."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting.conclusions.merging import CLASH, check_settled, clashes, lines_of, merged, tidy
from meeting.errors import Refused

CASES = json.loads(Path(__file__).with_name("merging_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("base", "theirs", "mine", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_two_texts_become_one(base: str, theirs: str, mine: str, wanted: str) -> None:
    base, theirs, mine, wanted = (text.replace("#", CLASH) for text in (base, theirs, mine, wanted))

    assert merged(base, theirs, mine) == wanted


LINE = st.text(alphabet="ab ", max_size=3)
TEXT = st.lists(LINE, max_size=7).map("\n".join)


@given(TEXT, TEXT, TEXT)
@settings(max_examples=400, deadline=None)
def test_no_paragraph_that_either_wrote_is_lost(base: str, theirs: str, mine: str) -> None:
    whole = merged(base, theirs, mine)

    for line in set(lines_of(theirs) + lines_of(mine)) - set(lines_of(base)):
        assert line in whole


@given(TEXT, TEXT)
@settings(max_examples=200, deadline=None)
def test_who_changed_nothing_changes_nothing(base: str, theirs: str) -> None:
    assert merged(base, theirs, base) == theirs
    assert merged(base, base, theirs) == theirs
    assert merged(base, theirs, theirs) == theirs


@given(TEXT, TEXT, TEXT)
@settings(max_examples=200, deadline=None)
def test_nothing_is_made_up_but_the_mark(base: str, theirs: str, mine: str) -> None:
    known = {*lines_of(base), *lines_of(theirs), *lines_of(mine), CLASH}

    assert set(lines_of(merged(base, theirs, mine))) <= known


def test_text_is_kept_composed_with_one_kind_of_line_end() -> None:
    assert tidy("Ngo\u0303 91\r\nđang ghi ") == "Ngõ 91\nđang ghi "


def test_minutes_are_not_signed_before_two_versions_are_settled() -> None:
    check_settled("A\nB")
    assert clashes(f"A\n{CLASH}\nB") == 1
    with pytest.raises(Refused, match="minutes_clashes"):
        check_settled(f"A\n{CLASH}\nB")
