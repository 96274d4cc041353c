"""The form of a body: as data, kept from a day on, never changed under a meeting that was graded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.batch import Answer
from meeting.errors import Malformed
from meeting.evaluation import criteria, forms
from meeting.evaluation.criteria import DEFAULT, Criterion, Form, SurveyQuestion, as_columns, checked, from_columns
from meeting.evaluation.models import EvaluationForm, MeetingGrade
from meeting.events import Event
from tests.conftest import MORNING, Council, Program
from tests.evaluation.held import code, events, well_held

Do = Callable[..., dict[str, Any]]
Ask = Callable[..., Answer]

OWN = Criterion("own1", 10, "judged", "Nội dung sinh hoạt")


def test_the_usual_form_is_the_one_of_the_order() -> None:
    assert [(each.code, each.points) for each in DEFAULT.criteria] == [
        ("papers_on_time", 20),
        ("papers_quality", 20),
        ("handed_out", 10),
        ("attendance", 15),
        ("statements", 10),
        ("chairing", 10),
        ("result", 10),
        ("notice", 5),
    ]
    assert (DEFAULT.total, DEFAULT.pass_points, DEFAULT.close_days, DEFAULT.smallest_sample) == (100, 50, 5, 5)
    assert DEFAULT.failures == ("no_quorum", "main_paper_missing", "item_without_conclusion")
    assert {each.code for each in DEFAULT.criteria if each.is_timed} == {"papers_on_time", "handed_out"}
    assert checked(DEFAULT) == DEFAULT


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"criteria": ()}, {"criteria"}),
        ({"criteria": (Criterion("guess", 1),)}, {"criteria.0.label"}),
        ({"criteria": (Criterion("result", 1), Criterion("result", 1))}, {"criteria.1.label"}),
        ({"criteria": (Criterion("result", 0), Criterion("notice", 1001))}, {"criteria.0.points", "criteria.1.points"}),
        ({"criteria": (Criterion("result", 1, "felt"),)}, {"criteria.0.way"}),
        ({"criteria": (replace(OWN, way="measured"),)}, {"criteria.0.way"}),
        ({"criteria": (replace(OWN, label=" "),)}, {"criteria.0.label"}),
        ({"pass_points": 0}, {"pass_points"}),
        ({"pass_points": 101}, {"pass_points"}),
        ({"pass_points": 70}, {"good_from"}),  # no higher than fair begins
        ({"good_from": 70}, {"good_from"}),
        ({"good_from": 101}, {"good_from"}),
        ({"failures": ("bad_weather",)}, {"failures"}),
        ({"close_days": 0}, {"close_days"}),
        ({"close_days": 61}, {"close_days"}),
        ({"smallest_sample": 2}, {"smallest_sample"}),
        ({"survey": (SurveyQuestion("q1"),)}, {"survey.0.text"}),
        ({"survey": tuple(SurveyQuestion(f"q{n}", "Hỏi") for n in range(5))}, {"survey"}),
        ({"survey": (SurveyQuestion("q1", "Một"), SurveyQuestion("q1", "Hai"))}, {"survey.0.text", "survey.1.text"}),
    ],
)
def test_a_form_that_cannot_hold_says_where(change: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Malformed) as wrong:
        checked(replace(DEFAULT, **change))

    assert set(wrong.value.facts["fields"]) == fields


def test_a_body_may_do_without_shades_and_without_a_survey() -> None:
    form = replace(DEFAULT, split=False, good_from=0, fair_from=0, survey=(), smallest_sample=1, criteria=(OWN,))

    assert checked(form) == form
    assert form.bands == ()


def test_a_form_is_kept_as_it_is() -> None:
    form = Form(
        criteria=(OWN, Criterion("result", 30, "both")), pass_points=60, close_days=3, survey=(SurveyQuestion("q1", "Hỏi"),)
    )

    assert from_columns(as_columns(form)) == form


WANTED = {
    "criteria": [{"code": "result", "points": 60}, {"code": "own1", "points": 40, "way": "judged", "label": "  Nội dung "}],
    "pass_points": 60,
    "survey": [{"code": "heard", "text": ""}],
}


def test_a_form_holds_from_its_day_on(council: Council, do: Do, at: Callable[..., None]) -> None:
    at(MORNING)
    ubnd = council.body("UBND")

    do("minh", "evaluation.keep_form", body_id=ubnd, **WANTED)
    do("hung", "evaluation.keep_form", body_id=ubnd, **{**WANTED, "pass_points": 65, "starts_on": "2027-01-01"})

    with database.reading() as session:
        on = {
            day: forms.form_of(forms.row_on(session, ubnd, day))
            for day in (date(2026, 11, 22), date(2026, 11, 23), date(2027, 1, 1))
        }
        assert forms.row_on(session, council.body("HĐND"), date(2027, 1, 1)) is None
    assert [form.pass_points for form in on.values()] == [50, 60, 65]
    assert on[date(2026, 11, 23)].criteria[1].label == "Nội dung"
    told = events(council, Event.EVALUATION_FORM_KEPT)
    assert [(each["body_id"], each["starts_on"], each["form"]["pass_points"]) for each in told] == [
        (ubnd, "2026-11-23", 60),
        (ubnd, "2027-01-01", 65),
    ]


def test_a_form_for_the_same_day_takes_its_place(council: Council, do: Do, at: Callable[..., None]) -> None:
    at(MORNING)
    ubnd = council.body("UBND")
    first = do("minh", "evaluation.keep_form", body_id=ubnd, **WANTED)

    again = do("minh", "evaluation.keep_form", body_id=ubnd, **WANTED)
    other = do("minh", "evaluation.keep_form", body_id=ubnd, **{**WANTED, "pass_points": 55})

    assert first == again == other
    assert council.all(select(EvaluationForm.pass_points)) == [55]
    assert len(events(council, Event.EVALUATION_FORM_KEPT)) == 2


def test_a_graded_meeting_keeps_its_form(council: Council, do: Do, ask: Ask, at: Callable[..., None]) -> None:
    at(MORNING)
    meeting_id, ubnd = well_held(council), council.body("UBND")  # on 20 November
    do("hung", "evaluation.grade", meeting_id=meeting_id, verdict="met")

    refused = ask("minh", "evaluation.keep_form", body_id=ubnd, starts_on="2026-11-20", **WANTED)
    assert (code(refused), refused.body["facts"]["day"]) == ("form_under_graded", "20/11/2026")
    do("minh", "evaluation.keep_form", body_id=ubnd, starts_on="2026-11-21", **WANTED)
    do("minh", "evaluation.keep_form", body_id=council.body("HĐND"), starts_on="2026-11-20", **WANTED)

    with database.reading() as session:
        meeting = session.get_one(Meeting, meeting_id)
        assert forms.form_for(session, meeting) == DEFAULT
    assert council.one(select(MeetingGrade.verdict)) == "met"


def test_an_older_form_may_be_set_before_a_form_that_graded_meetings_follow(
    council: Council, do: Do, at: Callable[..., None]
) -> None:
    at(MORNING)
    ubnd = council.body("UBND")
    do("minh", "evaluation.keep_form", body_id=ubnd, starts_on="2026-11-10", **WANTED)
    do("hung", "evaluation.grade", meeting_id=well_held(council), verdict="not_met", reason="Chưa chấm nội dung")

    do("minh", "evaluation.keep_form", body_id=ubnd, starts_on="2026-10-01", **WANTED)

    assert council.all(select(EvaluationForm.starts_on).order_by(EvaluationForm.starts_on)) == [
        date(2026, 10, 1),
        date(2026, 11, 10),
    ]


def test_only_chair_and_office_of_the_body_keep_its_form(council: Council, ask: Ask, api: Callable[[str], Program]) -> None:
    ubnd = council.body("UBND")
    for username, refusal in (
        ("hoa", "forbidden"),
        ("dung", "forbidden"),
        ("van", "forbidden"),
        ("lan", "not_found"),
        ("khach", "not_found"),
    ):
        assert code(ask(username, "evaluation.keep_form", body_id=ubnd, **WANTED)) == refusal, username
    assert code(ask("minh", "evaluation.keep_form", body_id=999, **WANTED)) == "not_found"
    status, answer = api("minh").act("evaluation.keep_form", body_id=ubnd, criteria=[{"code": "guess", "points": 1}])
    assert (status, set(answer["facts"]["fields"])) == (422, {"criteria.0.label"})


def test_the_form_is_read_over_the_api(council: Council, do: Do, api: Callable[[str], Program], at: Callable[..., None]) -> None:
    at(MORNING)
    ubnd = council.body("UBND")
    do("minh", "evaluation.keep_form", body_id=ubnd, **WANTED)

    status, answer = api("hung").get(f"/bodies/{ubnd}/evaluation-form")

    assert status == 200
    assert (answer["starts_on"], answer["form"]["pass_points"], answer["may_keep"]) == ("2026-11-23", 60, True)
    assert [each["starts_on"] for each in answer["forms"]] == ["2026-11-23"]
    assert api("hoa").get(f"/bodies/{ubnd}/evaluation-form")[0] == 403
    assert api("khach").get(f"/bodies/{ubnd}/evaluation-form")[0] == 404


def test_the_page_of_the_form(council: Council, client: Callable[[str], FlaskClient]) -> None:
    ubnd = council.body("UBND")

    page = client("minh").get(f"/evaluation/form?body={ubnd}").get_data(as_text=True)

    assert "Ủy ban nhân dân phường" in page
    assert 'data-form-of="' in page
    assert client("hoa").get("/evaluation/form").status_code == 403
    assert client("lan").get(f"/evaluation/form?body={ubnd}").status_code == 404


def test_the_day_of_the_closing(council: Council, at: Callable[..., None]) -> None:
    at(MORNING)
    meeting_id = well_held(council)  # ended on 20 November

    with database.reading() as session:
        closes = forms.closes_at(session, session.get_one(Meeting, meeting_id))

    assert clock.local(closes) - timedelta(seconds=1) < clock.at_local(date(2026, 11, 26)) <= closes
    assert set(criteria.FORM_FAULTS) >= {"points", "bands"}
