"""Conformity with the procedure of holding meetings: the steps as pure rules, the facts behind them, the versions, the pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting.batch import Answer
from meeting.errors import Malformed
from meeting.evaluation import iso
from meeting.evaluation.iso import DEFAULT, Result, State, Step, Taken, figures, judge
from meeting.evaluation.models import MeetingGrade, Procedure
from meeting.events import Event
from meeting.journal import Entry
from tests.conftest import Council
from tests.evaluation.world import World

Do = Callable[..., dict[str, Any]]
Ask = Callable[..., Answer]
Api = Callable[..., Any]
NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
YEAR = "from=2026-01-01&to=2026-12-31"
INVITE, MINUTES, PLAN = (next(step for step in DEFAULT if step.key == key) for key in ("invite", "minutes", "plan"))


def code(answer: Answer) -> str:
    return str(answer.body.get("code", "ok"))


@pytest.mark.parametrize(
    ("step", "taken", "urgent", "state"),
    [
        (INVITE, Taken(NOW, NOW), False, State.IN_TIME),
        (INVITE, Taken(NOW, NOW + HOUR), False, State.LATE),
        (INVITE, Taken(NOW, NOW + HOUR), True, State.EXEMPT),
        (INVITE, Taken(NOW - HOUR), False, State.MISSING),
        (INVITE, Taken(NOW + HOUR), False, State.WAITING),
        (INVITE, Taken(NOW - HOUR, expected=False), False, State.NOTHING),
        (MINUTES, Taken(None, NOW), False, State.DONE),
        (MINUTES, Taken(), False, State.NOTHING),
        (MINUTES, Taken(NOW - 2 * HOUR, NOW), True, State.LATE),
        (PLAN, Taken(NOW, NOW), False, State.NOTHING),
    ],
)
def test_how_a_step_stands(step: Step, taken: Taken, urgent: bool, state: State) -> None:
    assert judge(step, taken, NOW, urgent).state is state


def test_a_step_over_many_meetings() -> None:
    late = [judge(INVITE, Taken(NOW, NOW + timedelta(minutes=by)), NOW) for by in (10, 25)]
    results: list[Result] = [judge(INVITE, Taken(NOW, NOW), NOW), *late, judge(INVITE, Taken(NOW - HOUR), NOW)]

    of = {each.step.key: each for each in figures(DEFAULT, results)}

    found = of["invite"]
    assert (found.measured, found.in_time, found.late, found.missing, found.late_minutes) == (4, 1, 2, 1, 18)
    assert of["notice"].measured == 0


def test_the_default_procedure_is_lawful_and_has_the_sixteen_steps() -> None:
    iso.check_steps(DEFAULT)

    assert len(DEFAULT) == 16
    assert iso.read_steps([step.as_json() for step in DEFAULT]) == DEFAULT


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        ([], "steps"),
        ([Step("nonsense", "A", "B")], "steps.0"),
        ([Step("plan", "A", "B"), Step("plan", "A", "B")], "steps.1"),
        ([Step("plan", " ", "B")], "steps.0"),
        ([Step("plan", "A", "")], "steps.0"),
        ([Step("minutes", "A", "B", "book")], "steps.0"),
        ([Step("minutes", "A", "B", "own")], "steps.0"),
        ([Step("minutes", "A", "B", "own", 401, "working")], "steps.0"),
        ([Step("minutes", "A", "B", "own", 3, "weeks")], "steps.0"),
        ([Step("plan", "A", "B", "own", 3, "working")], "steps.0"),
    ],
)
def test_what_is_no_procedure(steps: list[Step], field: str) -> None:
    with pytest.raises(Malformed) as refusal:
        iso.check_steps(steps)

    assert field in refusal.value.facts["fields"]


# ---- keeping a procedure --------------------------------------------------------------------------------------------------


def wanted(council: Council, starts_on: str = "2026-01-01", **changes: Any) -> dict[str, Any]:
    steps = [step.as_json() for step in DEFAULT if step.key in ("invite", "open", "minutes", "notice")]
    steps[2] = {**steps[2], "rule": "own", "norm": 2, "unit": "working"}
    return {"body_id": council.body("UBND"), "starts_on": starts_on, "code": "QT.01", "name": "Họp", "steps": steps, **changes}


def test_the_desk_keeps_the_procedure_of_its_body(council: Council, do: Do) -> None:
    assert do("minh", "evaluation.keep_procedure", **wanted(council)) == {"version": 1}
    assert do("minh", "evaluation.keep_procedure", **wanted(council, code="QT.02")) == {"version": 1}
    assert do("minh", "evaluation.keep_procedure", **wanted(council, "2026-06-01")) == {"version": 2}
    assert do("minh", "evaluation.keep_procedure", **wanted(council, "2026-06-01")) == {"version": 2}

    told = council.all(select(Entry.facts).where(Entry.event == Event.PROCEDURE_KEPT.value).order_by(Entry.id))
    assert [(facts["version"], facts["code"], facts["starts_on"]) for facts in told] == [
        (1, "QT.01", "2026-01-01"),
        (1, "QT.02", "2026-01-01"),
        (2, "QT.01", "2026-06-01"),
    ]
    assert [len(steps) for steps in council.all(select(Procedure.steps))] == [4, 4]


def test_what_is_refused_of_a_procedure(council: Council, do: Do, ask: Ask) -> None:
    do("minh", "evaluation.keep_procedure", **wanted(council, "2026-06-01"))

    assert code(ask("minh", "evaluation.keep_procedure", **wanted(council))) == "procedure_before_last"
    assert ask("minh", "evaluation.keep_procedure", **wanted(council, "2026-07-01", steps=[])).status == 422
    unlawful = [{"key": "plan", "name": "A", "role": "B", "rule": "own", "norm": 1, "unit": "working"}]
    assert (
        "steps.0"
        in ask("minh", "evaluation.keep_procedure", **wanted(council, "2026-07-01", steps=unlawful)).body["facts"]["fields"]
    )


def test_only_the_desk_keeps_it(council: Council, ask: Ask) -> None:
    for username in ("hung", "van", "hoa", "dung"):
        assert code(ask(username, "evaluation.keep_procedure", **wanted(council))) == "forbidden"
    for stranger in ("lan", "khach"):
        assert code(ask(stranger, "evaluation.keep_procedure", **wanted(council))) == "not_found"


# ---- what was measured ----------------------------------------------------------------------------------------------------


@pytest.fixture
def held(council: Council, at: Callable[..., None]) -> int:
    """A meeting of the UBND that was invited to in time, opened 20 minutes late and judged; its notice never came."""
    at(NOW)
    starts = datetime(2026, 11, 10, 1, tzinfo=UTC)  # Tuesday, 8:00
    invited = starts - timedelta(days=6)
    moments = {"issued_at": invited, "opened_at": starts + timedelta(minutes=20), "closed_at": starts + 3 * HOUR}
    meeting_id = council.meeting(state="held", starts_at=starts, **moments)
    graded = {"graded_at": starts + timedelta(days=2), "graded_by_id": council.person("hung")}
    council.write(MeetingGrade(meeting_id=meeting_id, verdict="met", **graded))
    return meeting_id


def test_each_step_of_a_meeting_has_its_due_and_its_actual_time(held: int, api: Api) -> None:
    _, answer = api("minh").get(f"/meetings/{held}/procedure")

    steps = {step["key"]: step for step in answer["steps"]}
    states = {key: step["state"] for key, step in steps.items()}
    assert len(steps) == 16
    assert (states["invite"], states["open"], states["hold"], states["notice"]) == ("in_time", "late", "in_time", "missing")
    assert (states["plan"], states["minutes"], states["evaluate"], states["check"]) == (
        "nothing",
        "nothing",
        "in_time",
        "nothing",
    )
    assert steps["open"]["late_minutes"] == 5
    assert steps["invite"]["due_at"].startswith("2026-11-06T17:00")
    assert steps["notice"]["done_at"] is None


def test_the_report_lists_every_deviation(held: int, api: Api, client: Callable[[str], FlaskClient]) -> None:
    _, answer = api("minh").get(f"/reports/procedure?{YEAR}&body=UBND")
    steps, deviations = answer["tables"]

    assert answer["sentences"] == [
        "UBND: đối chiếu 1 cuộc họp với quy trình, đúng quy định 3/5 (60%) bước được đo, 2 bước sai lệch."
    ]
    assert len(steps["rows"]) == 16
    assert [row[2]["value"] for row in deviations["rows"]] == [DEFAULT[9].name, DEFAULT[12].name]
    assert deviations["rows"][0][0]["evidence"] == f"/meetings/{held}/procedure"
    page = client("minh").get(f"/reports/procedure?{YEAR}&body=UBND").get_data(as_text=True)
    assert f"/meetings/{held}/procedure" in page
    for form in ("xlsx", "docx", "pdf", "csv"):
        assert client("minh").get(f"/reports/procedure.{form}?{YEAR}&body=UBND").status_code == 200


def test_a_meeting_is_held_against_the_version_of_its_day(council: Council, held: int, do: Do, api: Api) -> None:
    do("minh", "evaluation.keep_procedure", **wanted(council, "2026-11-01"))
    later = [{"key": "invite", "name": "Mời", "role": "Văn thư", "rule": "own", "norm": 5, "unit": "working"}]
    do("minh", "evaluation.keep_procedure", **wanted(council, "2026-11-15", steps=later))

    steps = api("minh").get(f"/meetings/{held}/procedure")[1]["steps"]
    report = api("minh").get(f"/reports/procedure?{YEAR}&body=UBND")[1]

    assert [(step["key"], step["state"]) for step in steps] == [
        ("invite", "in_time"),
        ("open", "late"),
        ("minutes", "missing"),
        ("notice", "missing"),
    ]
    names = [row[1]["value"] for row in report["tables"][0]["rows"]]
    assert names == ["Mời", *(step.name for step in DEFAULT if step.key in ("open", "minutes", "notice"))]
    assert len(report["tables"][1]["rows"]) == 3


def test_days_before_an_urgent_meeting_do_not_hold(council: Council, at: Callable[..., None], api: Api) -> None:
    at(NOW)
    starts = datetime(2026, 11, 10, 1, tzinfo=UTC)
    late = {"issued_at": starts - HOUR, "opened_at": starts, "closed_at": starts + HOUR}
    urgent = council.meeting(state="held", starts_at=starts, urgent=True, **late)

    steps = {step["key"]: step["state"] for step in api("minh").get(f"/meetings/{urgent}/procedure")[1]["steps"]}

    assert steps["invite"] == "exempt"


def test_every_figure_of_conformity_leads_to_its_rows(council: Council, at: Callable[..., None], api: Api) -> None:
    at(NOW)
    World(council, 7, NOW).fill(meetings=14)
    _, answer = api("minh").get("/reports/procedure?from=2025-01-01&to=2026-12-31&body=UBND")
    checked = 0
    for row in answer["tables"][0]["rows"]:
        for cell in row:
            value = cell["value"]["part"] if isinstance(cell["value"], dict) else cell["value"]
            if cell["evidence"]:
                status, behind = api("minh").get(cell["evidence"])
                assert (status, behind["total"]) == (200, value)
                checked += 1
    late = sum(row[place]["value"] for row in answer["tables"][0]["rows"] for place in (5, 6))

    assert checked > 4
    assert late == len(answer["tables"][1]["rows"])


@pytest.mark.parametrize("username", ["hoa", "dung", "khach", "admin"])
def test_strangers_read_no_procedure(held: int, api: Api, client: Callable[[str], FlaskClient], username: str) -> None:
    assert api(username).get("/reports/procedure")[0] == 403
    assert api(username).get("/procedures")[0] == 403
    assert api(username).get(f"/meetings/{held}/procedure")[0] in (403, 404)
    assert client(username).get("/reports/procedure/edit").status_code == 403


def test_the_form_is_for_those_who_keep_it(council: Council, do: Do, client: Callable[[str], FlaskClient], api: Api) -> None:
    do("minh", "evaluation.keep_procedure", **wanted(council))

    assert client("hung").get("/reports/procedure/edit?body=UBND").status_code == 403
    assert client("minh").get("/reports/procedure/edit?body=Đảng ủy").status_code == 404
    page = client("minh").get("/reports/procedure/edit?body=UBND").get_data(as_text=True)
    assert "QT.01" in page
    assert page.count('data-step="') == 16
    _, kept = api("hung").get("/procedures?body=UBND")
    assert (len(kept["steps"]), [row["version"] for row in kept["versions"]]) == (4, [1])
    assert date.fromisoformat(kept["versions"][0]["starts_on"]) == date(2026, 1, 1)
