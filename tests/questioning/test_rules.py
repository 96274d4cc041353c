"""Tables of cases for questioning: NQ 114/2025/UBTVQH15 Điều 21 to 25."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meeting.errors import Refused
from meeting.questioning import rules
from meeting.questioning.rules import Asking, FollowUp, Line, Standing


@pytest.mark.parametrize(
    ("verb", "state", "leads"),
    [
        ("open", "planned", "open"),
        ("open", "stopped", "open"),
        ("open", "open", None),
        ("open", "ended", None),
        ("stop", "open", "stopped"),
        ("stop", "planned", None),
        ("stop", "stopped", None),
        ("stop", "ended", None),
        ("end", "open", "ended"),
        ("end", "stopped", "ended"),
        ("end", "planned", None),
        ("end", "ended", None),
        ("remove", "planned", "planned"),
        ("remove", "open", None),
        ("pick", "planned", "planned"),
        ("pick", "stopped", None),
        ("edit", "open", "open"),
        ("edit", "ended", None),
    ],
)
def test_steps_of_a_group(verb: str, state: str, leads: str | None) -> None:
    if leads is None:
        with pytest.raises(Refused, match="group_state"):
            rules.step(verb, state)
    else:
        assert rules.step(verb, state) == leads


@pytest.mark.parametrize(
    ("running", "here", "code"),
    [(None, True, None), ("Vỉa hè", True, "group_running"), (None, False, "respondent_away"), ("Vỉa hè", False, "group_running")],
)
def test_one_group_at_a_time_and_only_with_its_respondent(running: str | None, here: bool, code: str | None) -> None:
    if code is None:
        rules.check_open(running, here=here, name="Ông Trường")
    else:
        with pytest.raises(Refused, match=code):
            rules.check_open(running, here=here, name="Ông Trường")


@pytest.mark.parametrize(
    ("invited", "stands_for", "code"),
    [(True, None, None), (False, None, "respondent_uninvited"), (True, "Bà Hương", "respondent_stands_in")],
)
def test_respondent_answers_in_person(invited: bool, stands_for: str | None, code: str | None) -> None:
    if code is None:
        rules.check_respondent(invited=invited, stands_for=stands_for, name="Ông Lực")
    else:
        with pytest.raises(Refused, match=code):
            rules.check_respondent(invited=invited, stands_for=stands_for, name="Ông Lực")


FREE = Asking(in_session=True, groups=False, open_group=False, by_member=True, by_respondent=False)


@pytest.mark.parametrize(
    ("asking", "code"),
    [
        (FREE, None),
        (replace(FREE, groups=True, open_group=True), None),
        (replace(FREE, groups=True), "no_group_open"),
        (replace(FREE, groups=True, written=True), None),
        (replace(FREE, groups=True, in_session=False), None),
        (replace(FREE, by_member=False), "only_members_ask"),
        (replace(FREE, by_respondent=True), "question_to_oneself"),
        (replace(FREE, waiting=2), "already_asked"),
        (replace(FREE, waiting=2, in_session=False), None),
        (replace(FREE, waiting=2, written=True), None),
        (replace(FREE, ahead=rules.MOST_AHEAD, in_session=False), "question_too_many"),
        (replace(FREE, ahead=rules.MOST_AHEAD - 1, in_session=False), None),
    ],
)
def test_who_may_register_a_question(asking: Asking, code: str | None) -> None:
    if code is None:
        rules.check_question(asking)
    else:
        with pytest.raises(Refused, match=code):
            rules.check_question(asking)


HEARD = FollowUp(group="open", put=True, answered=True, by_member=True, by_respondent=False)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (HEARD, None),
        (replace(HEARD, group=None), None),  # the meeting has no groups
        (replace(HEARD, group="stopped"), "group_not_open"),
        (replace(HEARD, group="ended"), "group_not_open"),
        (replace(HEARD, group="planned"), "group_not_open"),
        (replace(HEARD, put=False), "question_not_put"),
        (replace(HEARD, answered=False), "nothing_answered"),
        (replace(HEARD, by_member=False), "only_members_ask"),
        (replace(HEARD, by_respondent=True), "respondent_answers"),
        (replace(HEARD, by_respondent=True, by_member=False), "respondent_answers"),
        (replace(HEARD, to_respondent=False), "debate_with_respondent"),  # never against another deputy
        (replace(HEARD, waiting=1), "already_asked"),
    ],
)
def test_debate_is_with_the_respondent_about_an_answer(wish: FollowUp, code: str | None) -> None:
    if code is None:
        rules.check_follow_up(wish)
    else:
        with pytest.raises(Refused, match=code):
            rules.check_follow_up(wish)


def asked(each: int, person: int = 0, place: int = 0) -> Line:
    return Line(each, "question", person or each, place)


def debate(each: int, person: int, answers: int, place: int = 0) -> Line:
    return Line(each, "debate", person, place, answers)


@pytest.mark.parametrize(
    ("lines", "standing", "asker", "called"),
    [
        ([asked(3), asked(1), asked(2)], None, None, [1, 2, 3]),  # order of registration
        ([asked(1, place=1), asked(2, place=0)], None, None, [2, 1]),  # skipped once
        ([asked(2), debate(5, 20, 1), debate(6, 10, 1)], 1, 10, [6, 5, 2]),  # who asked debates first
        ([asked(2), debate(5, 20, 1), debate(6, 30, 1)], 1, 10, [5, 6, 2]),  # the others as registered
        ([debate(7, 10, 1), debate(8, 20, 4)], 4, 20, [8, 7]),  # the answer just heard before older ones
        ([debate(7, 20, 1), debate(8, 30, 4)], 4, 20, [8, 7]),
        ([], 1, 10, []),
    ],
)
def test_order_of_calling(lines: list[Line], standing: int | None, asker: int | None, called: list[int]) -> None:
    assert rules.order(lines, standing, asker) == called


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(
    st.lists(
        st.builds(
            Line,
            id=st.integers(1, 60),
            kind=st.sampled_from(["question", "debate"]),
            person=st.integers(1, 5),
            place=st.integers(0, 9),
            answers=st.sampled_from([None, 1, 2]),
        ),
        unique_by=lambda line: line.id,
        max_size=25,
    ),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 1, 2, 3]),
)
def test_order_loses_nobody_and_keeps_the_ranks(lines: list[Line], standing: int | None, asker: int | None) -> None:
    """A plain model: each line is called once, and no later rank comes before an earlier one."""
    called = rules.order(lines, standing, asker)
    by_id = {line.id: line for line in lines}

    assert sorted(called) == sorted(by_id)
    kinds = [by_id[each].kind for each in called]
    assert kinds == sorted(kinds)  # debates, then questions
    now = [by_id[each] for each in called if by_id[each].kind == "debate" and by_id[each].answers == standing]
    assert [line.person == asker for line in now] == sorted((line.person == asker for line in now), reverse=True)
    questions = [(by_id[each].place, each) for each in called if by_id[each].kind == "question"]
    assert questions == sorted(questions)


@pytest.mark.parametrize(
    ("groups", "picked"),
    [
        ([(1, 3, 1), (2, 9, 2), (3, 5, 3)], [2, 3, 1]),
        ([(1, 4, 2), (2, 4, 1)], [2, 1]),
        ([], []),
    ],
)
def test_groups_by_agreements(groups: list[tuple[int, int, int]], picked: list[int]) -> None:
    assert rules.by_agreement(groups) == picked


def test_all_groups_are_arranged_or_none() -> None:
    assert rules.arranged([1, 2], [2, 1]) == [2, 1]
    with pytest.raises(Refused, match="groups_incomplete"):
        rules.arranged([1, 2], [2])


@pytest.mark.parametrize(
    ("text", "line"),
    [("Ngõ 91", "Ngõ 91"), ("hai\n dòng ", "hai dòng"), ("a" * 150 + " " + "b" * 150, "a" * 150 + "…")],
)
def test_question_in_one_line(text: str, line: str) -> None:
    assert rules.shortened(text) == line
    assert len(rules.shortened(text)) <= rules.SUBJECT_LETTERS


def test_written_answer_in_twenty_calendar_days() -> None:
    assert rules.written_due(date(2026, 12, 15)) == date(2027, 1, 4)


TODAY = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("state", "due", "kept", "says"),
    [
        ("open", date(2026, 12, 9), None, Standing.OVERDUE),
        ("open", date(2026, 12, 10), None, Standing.DUE_SOON),
        ("open", date(2026, 12, 17), None, Standing.DUE_SOON),
        ("open", date(2026, 12, 18), None, Standing.ON_TRACK),
        ("kept", date(2026, 12, 9), date(2026, 12, 9), Standing.KEPT),
        ("kept", date(2026, 12, 9), date(2026, 12, 10), Standing.KEPT_LATE),
        ("lapsed", date(2026, 12, 9), None, Standing.LAPSED),
    ],
)
def test_what_the_calendar_says_about_a_promise(state: str, due: date, kept: date | None, says: Standing) -> None:
    assert rules.standing(state, due, kept, TODAY) is says


def test_closed_promises_stay_as_they_are() -> None:
    rules.check_promise_open("open")
    for state in ("kept", "lapsed"):
        with pytest.raises(Refused, match="promise_closed"):
            rules.check_promise_open(state)
