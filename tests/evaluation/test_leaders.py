"""Reports by leader, by participant, by opinion round and of tasks: their figures on a known world, and their sentences."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Participant
from meeting.evaluation import task_rows
from meeting.live.models import Attendance
from meeting.speaking.models import Floor
from meeting.tasks import monthly
from meeting.tasks.counting import TaskFigures
from meeting.tasks.models import Task, TaskStep
from tests.conftest import Council

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
YEAR = "from=2026-01-01&to=2026-12-31"
Api = Callable[..., Any]


def values(row: list[dict[str, Any]]) -> list[Any]:
    """The plain values of a row: of a share its count and its whole."""
    plain = [cell["value"] for cell in row]
    return [(value["part"], value["whole"]) if isinstance(value, dict) else value for value in plain]


def came(council: Council, meeting_id: int, username: str, presence: str, absence: str = "") -> None:
    person = council.person(username)
    seat = council.one(select(Participant.id).where(Participant.meeting_id == meeting_id, Participant.person_id == person))
    council.update(Participant, seat, absence=absence)
    if presence:
        council.write(Attendance(meeting_id=meeting_id, person_id=person, presence=presence))


def spoke(council: Council, meeting_id: int, username: str, seconds: int, state: str = "done") -> None:
    said = {"queue": "speaking", "kind": "speech", "limit_seconds": 300, "asked_at": NOW, "started_at": NOW}
    council.write(Floor(meeting_id=meeting_id, person_id=council.person(username), state=state, seconds=seconds, **said))


def task(council: Council, unit: str, leader: str, given: date, due: date | None, **known: Any) -> int:
    values = {"state": "in_progress", "first_due_on": due, **known}
    at = datetime(given.year, given.month, given.day, 3, tzinfo=UTC)
    by = {"lead_unit_id": council.unit(unit), "leader_id": council.person(leader), "body_id": council.body("UBND")}
    (key,) = council.write(Task(origin="own", text="Việc", assigned_at=at, due_on=due, **by, **values))
    return key


@pytest.fixture
def held(council: Council, at: Callable[..., None]) -> tuple[int, int]:
    """Two meetings of the UBND: Hoa came twice, once late; Tuấn was excused, then stayed away; Hùng came and spoke."""
    at(NOW)
    first, second = (council.meeting(state="held", starts_at=NOW - timedelta(days=days)) for days in (9, 5))
    came(council, first, "hoa", "present")
    came(council, second, "hoa", "late")
    came(council, first, "tuan", "", "approved")
    came(council, second, "tuan", "", "refused")
    came(council, first, "hung", "remote")
    came(council, second, "hung", "left")
    spoke(council, first, "hoa", 100)
    spoke(council, second, "hoa", 95)
    spoke(council, second, "hoa", 400, state="withdrawn")
    return first, second


def test_each_participant_has_attendance_and_statements(council: Council, held: tuple[int, int], api: Api) -> None:
    _, answer = api("minh").get(f"/reports/people?{YEAR}&body=UBND")

    assert [values(row) for row in answer["tables"][0]["rows"]] == [
        ["Phan Thị Hoa", "Ủy viên UBND", 2, (2, 2), 1, 1, 0, 0, 2, 3],
        ["Đỗ Mạnh Hùng", "Chủ tịch UBND", 2, (2, 2), 2, 0, 0, 0, 0, 0],
        ["Lê Anh Tuấn", "Ủy viên UBND", 2, (0, 2), 0, 0, 1, 1, 0, 0],
    ]
    assert answer["sentences"] == ["có 3 thành viên được mời họp; số lượt dự họp đạt 4/6 (66,67%)."]


def test_no_grade_of_a_person_is_told(council: Council, held: tuple[int, int], api: Api) -> None:
    grade = {"grade": "not_met", "grade_note": "Lạc đề", "graded_at": NOW, "graded_by_id": council.person("hung")}
    floor = council.one(select(Floor.id).where(Floor.person_id == council.person("hoa")))
    council.update(Floor, floor, **grade)

    for kind in ("people", "leaders"):
        told = str(api("minh").get(f"/reports/{kind}?{YEAR}")[1])
        assert "Lạc đề" not in told
        assert "not_met" not in told


def test_leaders_have_their_meetings_and_their_tasks(council: Council, held: tuple[int, int], api: Api) -> None:
    task(council, "kinh_te", "hung", date(2026, 3, 2), date(2026, 4, 2), state="accepted", done_on=date(2026, 4, 2))
    task(council, "kinh_te", "hung", date(2026, 3, 2), date(2026, 4, 2))

    _, answer = api("hung").get(f"/reports/leaders?{YEAR}")
    presided, led = answer["tables"]

    assert [values(row) for row in presided["rows"]] == [["Đỗ Mạnh Hùng", 2, 2, 0, 0, 0, (0, 2), (0, 0), 2]]
    assert [values(row) for row in led["rows"]] == [["Đỗ Mạnh Hùng", 2, 0, 2, (1, 2), 0, 1, 0, 0, 0]]
    assert answer["sentences"] == ["Đỗ Mạnh Hùng: chủ trì 2 cuộc họp; nhiệm vụ phụ trách đúng hạn 1/2 (50%)."]


def test_a_leader_without_a_task_that_was_due_is_told_so_in_words(council: Council, api: Api, at: Callable[..., None]) -> None:
    at(NOW)
    task(council, "kinh_te", "hung", date(2026, 3, 2), date(2030, 4, 2))

    _, answer = api("hung").get(f"/reports/leaders?{YEAR}")

    assert answer["sentences"] == ["Đỗ Mạnh Hùng: chưa có nhiệm vụ phụ trách đến hạn."]


def test_tasks_are_told_in_the_grammar_of_the_one_stop_offices(council: Council, at: Callable[..., None], api: Api) -> None:
    at(NOW)
    spring, due = date(2026, 2, 2), date(2026, 8, 1)
    task(council, "kinh_te", "hung", spring, due, state="accepted", done_on=date(2026, 7, 20))  # carried over, in time
    task(council, "kinh_te", "hung", spring, due, state="accepted", done_on=date(2026, 8, 3))  # carried over, late
    task(council, "kinh_te", "hung", date(2026, 7, 5), date(2026, 9, 1))  # new, overdue
    task(council, "van_hoa", "hung", date(2026, 7, 5), date(2027, 1, 1))  # new, in progress
    task(council, "van_hoa", "hung", date(2026, 10, 5), date(2027, 1, 1))  # later
    task(council, "van_hoa", "hung", spring, None, state="draft")

    _, answer = api("hung").get("/reports/tasks?period=2026-Q3&body=UBND")

    assert answer["sentences"] == [
        "UBND nhận mới 2 nhiệm vụ, kỳ trước chuyển sang 2 nhiệm vụ; hoàn thành đúng hạn 1/3 (33,33%), "
        "quá hạn 2/3 (66,67%); đang thực hiện còn trong hạn 1 nhiệm vụ."
    ]
    assert [values(row)[1:] for row in answer["tables"][0]["rows"]] == [
        [1, 2, 3, (1, 3), 1, 1, 0, 0, 0],
        [1, 0, 1, (0, 0), 0, 0, 1, 0, 0],
    ]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            TaskFigures(new=24_389, carried=1_967, done_on_time=25_925, done_late=44, in_progress=387),
            "Thành phố nhận mới 24.389 nhiệm vụ, kỳ trước chuyển sang 1.967 nhiệm vụ; hoàn thành đúng hạn "
            "25.925/25.969 (99,83%), quá hạn 44/25.969 (0,17%); đang thực hiện còn trong hạn 387 nhiệm vụ.",
        ),
        (
            TaskFigures(new=2, in_progress=2),
            "Thành phố nhận mới 2 nhiệm vụ, kỳ trước chuyển sang không có nhiệm vụ; đang thực hiện còn trong hạn 2 nhiệm vụ.",
        ),
        (TaskFigures(), "Thành phố không có nhiệm vụ nào."),
    ],
)
def test_the_sentence_on_tasks_is_that_of_seed_002(figures: TaskFigures, said: str) -> None:
    assert task_rows.sentence("Thành phố", figures) == said


def test_a_units_people_read_the_tasks_of_their_unit_alone(council: Council, at: Callable[..., None], api: Api) -> None:
    at(NOW)
    task(council, "kinh_te", "hung", date(2026, 3, 2), None)
    task(council, "van_hoa", "hung", date(2026, 3, 2), None)
    other = council.unit("van_hoa")

    _, answer = api("truong").get(f"/reports/tasks?{YEAR}")

    assert [values(row)[0] for row in answer["tables"][0]["rows"]] == ["Phòng Kinh tế, Hạ tầng và Đô thị"]
    assert api("truong").get(f"/reports/evidence/tasks/total?{YEAR}")[1]["total"] == 1
    assert api("truong").get(f"/reports/evidence/tasks/total?{YEAR}&unit={other}")[1]["total"] == 0
    assert len(api("hung").get(f"/reports/tasks?{YEAR}")[1]["tables"][0]["rows"]) == 2


@pytest.mark.parametrize("kind", ["extended", "transferred", "carried"])
@pytest.mark.parametrize("later", [date(2026, 12, 24), None])
def test_a_day_that_was_moved_after_the_period_leaves_its_report_as_it_was(
    council: Council, at: Callable[..., None], api: Api, kind: str, later: date | None
) -> None:
    at(NOW)
    key = task(council, "kinh_te", "hung", date(2026, 7, 5), later)
    moved = {"due_before": date(2026, 9, 1), "due_after": later, "by_id": council.person("hung")}
    council.write(TaskStep(task_id=key, kind=kind, at=datetime(2026, 10, 9, 3, tzinfo=UTC), **moved))

    _, answer = api("hung").get("/reports/tasks?period=2026-Q3&body=UBND")

    assert "quá hạn 1/1 (100%)" in answer["sentences"][0]
    month = monthly.Month(date(2026, 9, 1))
    with database.reading() as session:
        sheet = monthly.sheet_of(session, council.actor("hung"), month, council.body("UBND"))
    assert sheet.figures.overdue == 1
