"""The end of an evaluation: by the chair, by time, and what may still be changed afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.batch import Answer
from meeting.evaluation.models import CriterionScore, MeetingGrade, PaperGrade
from meeting.events import Event
from meeting.notify.models import Notification
from meeting.permissions import SYSTEM
from meeting.writer import perform
from tests.conftest import MORNING, Council, Program
from tests.evaluation.held import asked, code, events, well_held

Do = Callable[..., dict[str, Any]]
Ask = Callable[..., Answer]
WHY = "Bổ sung biên bản đã ký"


@pytest.fixture
def well(council: Council, at: Callable[..., None]) -> int:
    """A meeting of the UBND on Friday 20 November; today is Monday."""
    at(MORNING)
    return well_held(council)


def close_by_time() -> dict[str, Any]:
    return perform(SYSTEM, "evaluation.close_by_time", {})


def state(council: Council, meeting_id: int) -> str:
    return str(council.one(select(Meeting.evaluation_state).where(Meeting.id == meeting_id)))


def test_a_verdict_may_change_until_the_evaluation_is_finished(council: Council, do: Do, ask: Ask, well: int) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")
    do("hung", "evaluation.grade", meeting_id=well, verdict="not_met", reason="Không kết luận")
    do("hung", "evaluation.close", meeting_id=well)

    assert [facts["verdict"] for facts in events(council, Event.MEETING_GRADED)] == ["met", "not_met"]
    assert events(council, Event.EVALUATION_CLOSED) == [{"verdict": "not_met"}]
    assert state(council, well) == "closed"
    assert code(ask("hung", "evaluation.grade", meeting_id=well, verdict="met", reason="Lý do")) == "regrade_needs_reason"
    assert code(ask("hung", "evaluation.close", meeting_id=well)) == "evaluation_closed"


def test_a_change_after_the_closing_says_why_and_is_marked(
    council: Council, do: Do, well: int, api: Callable[[str], Program]
) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met", shade="good")
    do("hung", "evaluation.close", meeting_id=well)

    do("hung", "evaluation.grade", meeting_id=well, verdict="met", shade="good")  # the same: nothing to say
    do("hung", "evaluation.grade", meeting_id=well, verdict="met", shade="fair", why=WHY)

    row = council.one(select(MeetingGrade))
    assert (row.shade, row.late) == ("fair", True)
    told = events(council, Event.MEETING_GRADED)
    assert [(each.get("late"), each.get("why")) for each in told] == [(None, None), (True, WHY)]
    _, answer = api("minh").get(f"/meetings/{well}/evaluation")
    assert (answer["late"], answer["state"], answer["shade"]) == (True, "closed", "fair")


def test_papers_and_points_are_changed_late_the_same_way(council: Council, do: Do, ask: Ask, well: int) -> None:
    asked(council, well, "kinh_te", MORNING - timedelta(days=4))
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")
    do("hung", "evaluation.close", meeting_id=well)
    paper = {"meeting_id": well, "unit_id": council.unit("kinh_te"), "verdict": "met"}
    points = {"meeting_id": well, "criterion": "attendance", "points": 10}

    assert code(ask("hung", "evaluation.grade_paper", **paper)) == "regrade_needs_reason"
    assert code(ask("hung", "evaluation.score", **points)) == "regrade_needs_reason"
    assert council.all(select(PaperGrade)) == council.all(select(CriterionScore)) == []
    do("hung", "evaluation.grade_paper", **paper, why=WHY)
    do("hung", "evaluation.score", **points, why=WHY)

    assert events(council, Event.PAPER_GRADED)[0]["why"] == events(council, Event.CRITERION_SCORED)[0]["why"] == WHY


def test_the_changes_are_listed_for_chair_and_office(
    council: Council, do: Do, well: int, client: Callable[[str], FlaskClient]
) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met", shade="good")
    do("hung", "evaluation.close", meeting_id=well)
    do("hung", "evaluation.grade", meeting_id=well, verdict="not_met", reason="Thiếu biên bản", why=WHY)

    for reader in ("hung", "minh"):
        page = client(reader).get(f"/meetings/{well}/evaluation").get_data(as_text=True)
        assert WHY in page
        assert "Thiếu biên bản" in page
    assert client("hoa").get(f"/meetings/{well}/evaluation").status_code == 403


@pytest.mark.parametrize(("days", "closed"), [(5, 0), (6, 1)])
def test_an_evaluation_closes_five_days_after_the_meeting(
    council: Council, well: int, at: Callable[..., None], days: int, closed: int
) -> None:
    at((MORNING - timedelta(days=3)).replace(hour=16, minute=59) + timedelta(days=days))  # 23:59 here

    assert close_by_time()["closed"] == closed
    assert state(council, well) == ("closed" if closed else "open")


def test_a_body_sets_after_how_many_days(council: Council, do: Do, at: Callable[..., None]) -> None:
    at(MORNING)
    form = {"criteria": [{"code": "result", "points": 1}], "close_days": 2, "starts_on": "2026-01-01"}
    do("minh", "evaluation.keep_form", body_id=council.body("UBND"), **form)
    well = well_held(council)  # on the 20th; closes at the end of the 22nd

    assert close_by_time()["closed"] == 1
    assert state(council, well) == "closed"


def test_what_nobody_judged_stays_not_graded(council: Council, do: Do, ask: Ask, well: int, at: Callable[..., None]) -> None:
    at(MORNING + timedelta(days=9))
    close_by_time()

    assert council.all(select(MeetingGrade)) == []
    assert events(council, Event.EVALUATION_CLOSED) == [{"verdict": "", "by_time": True}]
    assert close_by_time()["closed"] == 0
    assert code(ask("hung", "evaluation.grade", meeting_id=well, verdict="met")) == "regrade_needs_reason"
    do("hung", "evaluation.grade", meeting_id=well, verdict="met", why="Đi công tác dài ngày")
    assert council.one(select(MeetingGrade.late)) is True


def test_a_verdict_given_before_stands_as_it_was_given(council: Council, do: Do, well: int, at: Callable[..., None]) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")
    before = council.one(select(MeetingGrade)).evidence
    at(MORNING + timedelta(days=9))

    close_by_time()

    row = council.one(select(MeetingGrade))
    assert (row.verdict, row.late, row.evidence) == ("met", False, before)
    assert events(council, Event.EVALUATION_CLOSED) == [{"verdict": "met", "by_time": True}]


def test_only_what_is_over_is_closed_by_time(council: Council, at: Callable[..., None]) -> None:
    at(MORNING)
    long_ago = MORNING - timedelta(days=60)
    others = [
        council.meeting(state=each, starts_at=long_ago) for each in ("issued", "in_session", "cancelled", "postponed", "draft")
    ]

    assert close_by_time()["closed"] == 0
    assert {state(council, each) for each in others} == {"open"}


@pytest.mark.parametrize("username", ["hung", "minh", "hoa", "admin", "khach"])
def test_nobody_else_closes_by_time(ask: Ask, username: str) -> None:
    assert code(ask(username, "evaluation.close_by_time")) in ("forbidden", "not_found")


def test_a_stranger_finishes_nothing(ask: Ask, do: Do, well: int) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")

    for username, refusal in (("minh", "forbidden"), ("hoa", "forbidden"), ("lan", "not_found"), ("khach", "not_found")):
        assert code(ask(username, "evaluation.close", meeting_id=well)) == refusal


def told(council: Council) -> list[int]:
    """Who was reminded of grading."""
    return council.all(select(Notification.person_id).where(Notification.kind == "evaluation_ends"))


def test_the_chair_is_reminded_on_the_last_morning(council: Council, do: Do, well: int, at: Callable[..., None]) -> None:
    do("system", "notify.remind")
    assert told(council) == []

    at(MORNING + timedelta(days=2))  # Wednesday 25 November, the last day
    do("system", "notify.remind")
    do("system", "notify.remind")

    assert told(council) == [council.person("hung")]


def test_who_has_graded_is_not_reminded(council: Council, do: Do, well: int, at: Callable[..., None]) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")

    at(MORNING + timedelta(days=2))
    do("system", "notify.remind")

    assert told(council) == []


def test_another_program_grades_the_same_way(council: Council, well: int, api: Callable[[str], Program]) -> None:
    hung = api("hung")

    assert hung.act("evaluation.score", meeting_id=well, criterion="attendance", points=12.5)[0] == 200
    assert hung.act("evaluation.grade", meeting_id=well, verdict="met", shade="fair")[0] == 200
    assert hung.act("evaluation.close", meeting_id=well)[0] == 200
    status, refused = hung.act("evaluation.grade", meeting_id=well, verdict="met")
    assert (status, refused["code"]) == (409, "regrade_needs_reason")
    assert api("minh").act("evaluation.grade", meeting_id=well, verdict="met")[0] == 403
    assert api("khach").act("evaluation.grade", meeting_id=well, verdict="met")[0] == 404
    _, answer = hung.get(f"/meetings/{well}/evaluation")
    by = {line["criterion"]: (line["points_tenths"], line["by"]) for line in answer["lines"]}
    assert (answer["verdict"], answer["shade"], by["attendance"]) == ("met", "fair", (125, "judged"))
    assert api("hoa").get(f"/meetings/{well}/evaluation")[0] == 403
    assert api("khach").get(f"/meetings/{well}/evaluation")[0] == 404
