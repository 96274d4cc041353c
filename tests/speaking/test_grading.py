"""The chair grades what was said, at once or later; the evaluation of the meeting holds the same verdict."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.evaluation.models import StatementGrade
from meeting.speaking.models import Floor
from tests.conftest import Council, Program
from tests.speaking.conftest import Chamber

Do = Callable[..., dict[str, Any]]


@pytest.fixture
def said(do: Do, meeting: int) -> int:
    """A speech of Hoa that is over."""
    floor = int(do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"])
    do("hung", "speaking.start", floor_id=floor)
    do("hung", "speaking.stop", floor_id=floor)
    return floor


def kept(council: Council, floor_id: int) -> tuple[str, str, str, str, str]:
    floor = council.one(select(Floor).where(Floor.id == floor_id))
    grade = council.one(select(StatementGrade).where(StatementGrade.floor_id == floor_id))
    return floor.grade, floor.grade_note, grade.verdict, grade.shade, grade.reason


def test_grade_given_in_the_chamber_is_the_verdict_of_the_evaluation(
    council: Council, chamber: Chamber, do: Do, said: int
) -> None:
    do("hung", "speaking.grade", floor_id=said, grade="good")
    assert kept(council, said) == ("good", "", "met", "good", "")
    assert chamber.last().event == "speaking.statement_marked"

    do("hung", "speaking.grade", floor_id=said, grade="not_met", note="Lạc đề")
    assert kept(council, said) == ("not_met", "Lạc đề", "not_met", "", "Lạc đề")
    told = chamber.told()
    do("hung", "speaking.grade", floor_id=said, grade="not_met", note="Lạc đề")
    assert chamber.told() == told


def test_verdict_given_after_the_meeting_stands_beside_the_statement(council: Council, do: Do, meeting: int, said: int) -> None:
    do("hung", "speaking.grade", floor_id=said, grade="met")
    council.update(Meeting, meeting, state="held")

    do("hung", "evaluation.grade_statement", floor_id=said, verdict="met", shade="good")

    assert kept(council, said) == ("good", "", "met", "good", "")


def test_grades_are_refused_where_they_would_be_unfair(council: Council, do: Do, meeting: int, said: int) -> None:
    own = do("hung", "speaking.ask", meeting_id=meeting)["floor_id"]
    with pytest.raises(Refused, match="statement_not_made"):
        do("hung", "speaking.grade", floor_id=own, grade="good")
    do("hung", "speaking.start", floor_id=own)
    do("hung", "speaking.stop", floor_id=own)
    with pytest.raises(Refused, match="grade_of_own_words"):
        do("hung", "speaking.grade", floor_id=own, grade="good")
    with pytest.raises(Refused, match="grade_needs_note"):
        do("hung", "speaking.grade", floor_id=said, grade="not_met")
    council.update(Meeting, meeting, evaluation_state="closed")
    with pytest.raises(Refused, match="grades_closed"):
        do("hung", "speaking.grade", floor_id=said, grade="good")


def test_only_the_chair_grades(do: Do, api: Callable[[str], Program], said: int) -> None:
    for who, code in (("hoa", "forbidden"), ("minh", "forbidden"), ("khach", "not_found")):
        with pytest.raises(Refused, match=code):
            do(who, "speaking.grade", floor_id=said, grade="good")
    assert api("hung").act("speaking.grade", floor_id=said, grade="met")[0] == 200
