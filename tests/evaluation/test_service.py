"""Grading, finishing, importing the register, and the report that counts it all."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from meeting import database
from meeting.agenda.models import Meeting
from meeting.batch import Answer
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.evaluation import papers, service
from meeting.evaluation.models import MeetingGrade, PaperGrade, RegisterRow, StatementGrade
from meeting.events import Event
from meeting.journal import Entry
from meeting.materials.models import Requirement, Submission
from meeting.speaking.models import Floor
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]
Ask = Callable[..., Answer]


@pytest.fixture
def held(council: Council) -> int:
    """A meeting of the UBND that is over; Hùng chaired it."""
    return council.meeting(state="held")


def events(council: Council, name: Event) -> list[dict[str, Any]]:
    return council.all(select(Entry.facts).where(Entry.event == name.value).order_by(Entry.id))


def code(answer: Answer) -> str:
    return str(answer.body.get("code", "ok"))


def test_the_chair_judges_the_meeting(council: Council, do: Do, held: int) -> None:
    do("hung", "evaluation.grade", meeting_id=held, verdict="met", shade="good")

    assert council.one(select(MeetingGrade.verdict).where(MeetingGrade.meeting_id == held)) == "met"
    assert events(council, Event.MEETING_GRADED) == [{"verdict": "met", "shade": "good", "reason": ""}]


def test_a_bad_verdict_needs_its_reason(ask: Ask, do: Do, council: Council, held: int) -> None:
    assert code(ask("hung", "evaluation.grade", meeting_id=held, verdict="not_met")) == "reason_required"

    do("hung", "evaluation.grade", meeting_id=held, verdict="not_met", reason="Thiếu tài liệu chính")

    assert council.one(select(MeetingGrade.reason)) == "Thiếu tài liệu chính"


def test_a_verdict_may_change_until_the_evaluation_is_finished(council: Council, do: Do, ask: Ask, held: int) -> None:
    do("hung", "evaluation.grade", meeting_id=held, verdict="met")
    do("hung", "evaluation.grade", meeting_id=held, verdict="met")
    do("hung", "evaluation.grade", meeting_id=held, verdict="not_met", reason="Không kết luận")
    do("hung", "evaluation.close", meeting_id=held)

    assert [facts["verdict"] for facts in events(council, Event.MEETING_GRADED)] == ["met", "not_met"]
    assert events(council, Event.EVALUATION_CLOSED) == [{"verdict": "not_met"}]
    assert council.one(select(Meeting.evaluation_state).where(Meeting.id == held)) == "closed"
    assert code(ask("hung", "evaluation.grade", meeting_id=held, verdict="met")) == "evaluation_closed"
    assert code(ask("hung", "evaluation.close", meeting_id=held)) == "evaluation_closed"


def test_a_meeting_without_a_verdict_cannot_be_finished(ask: Ask, held: int) -> None:
    assert code(ask("hung", "evaluation.close", meeting_id=held)) == "meeting_not_graded"


def test_a_running_meeting_is_not_judged(council: Council, ask: Ask) -> None:
    running = council.meeting(state="in_session")

    assert code(ask("hung", "evaluation.grade", meeting_id=running, verdict="met")) == "meeting_not_over"


@pytest.mark.parametrize("act", ["evaluation.grade", "evaluation.grade_statement", "evaluation.close"])
def test_only_the_chair_judges(ask: Ask, held: int, act: str) -> None:
    wanted = {"meeting_id": held} if act == "evaluation.close" else {"meeting_id": held, "verdict": "met"}

    assert code(ask("minh", act, **wanted)) == "forbidden"
    assert code(ask("hoa", act, **wanted)) == "forbidden"
    for stranger in ("lan", "khach", "admin"):
        assert code(ask(stranger, act, **wanted)) == "not_found"


def test_statements_are_judged_together_and_one_by_one(council: Council, do: Do, held: int) -> None:
    floor = speech(council, held, "hoa")

    do("hung", "evaluation.grade_statement", meeting_id=held, criterion="on_topic", verdict="met", shade="good")
    do("hung", "evaluation.grade_statement", floor_id=floor, verdict="met")

    found = council.all(select(StatementGrade).order_by(StatementGrade.id))
    assert [(row.floor_id, row.criterion, row.shade) for row in found] == [(0, "on_topic", "good"), (floor, "", "")]


def test_nobody_judges_their_own_statement(council: Council, ask: Ask, held: int) -> None:
    own, unmade = speech(council, held, "hung"), speech(council, held, "hoa", made=False)

    assert code(ask("hung", "evaluation.grade_statement", floor_id=own, verdict="met")) == "own_statement"
    assert code(ask("hung", "evaluation.grade_statement", floor_id=unmade, verdict="met")) == "no_such_statement"


def speech(council: Council, meeting_id: int, username: str, made: bool = True) -> int:
    (floor_id,) = council.write(
        Floor(
            meeting_id=meeting_id,
            person_id=council.person(username),
            queue="speaking",
            kind="speech",
            state="done",
            limit_seconds=420,
            asked_at=MORNING,
            started_at=MORNING if made else None,
            seconds=180,
        )
    )
    return floor_id


def asked(council: Council, meeting_id: int, unit: str, received: datetime | None, sender: str = "dung") -> int:
    """A paper that a unit was asked for, due yesterday at noon; handed in at `received`."""
    due = MORNING - timedelta(days=1)
    late = max(0, int((received - due).total_seconds() // 60)) if received else None
    (requirement_id,) = council.write(
        Requirement(
            meeting_id=meeting_id,
            unit_id=council.unit(unit),
            what="Tờ trình",
            due_at=due,
            asked_by=council.person("minh"),
            asked_at=due - timedelta(days=3),
            state="submitted" if received else "asked",
            first_received_at=received,
            first_late_minutes=late,
        )
    )
    if received:
        sha = f"{requirement_id:064d}"
        (file_id,) = council.write(
            File(sha256=sha, name="to-trinh.pdf", media_type="application/pdf", size_bytes=9, uploaded_at=received, state="ready")
        )
        council.write(
            Submission(
                requirement_id=requirement_id,
                number=1,
                file_id=file_id,
                received_at=received,
                sent_by=council.person(sender),
                late_minutes=late or 0,
            )
        )
    return requirement_id


def test_a_units_papers_are_judged_beside_what_was_recorded(
    council: Council, do: Do, held: int, client: Callable[[str], FlaskClient], at: Callable[..., None]
) -> None:
    at(MORNING)
    asked(council, held, "kinh_te", MORNING - timedelta(days=1, hours=1))
    late = asked(council, held, "kinh_te", MORNING - timedelta(hours=22))
    asked(council, held, "van_hoa", None)
    kinh_te = council.unit("kinh_te")

    do("hung", "evaluation.grade_paper", meeting_id=held, unit_id=kinh_te, verdict="met")
    do("hung", "evaluation.grade_paper", requirement_id=late, verdict="not_met", reason="Nộp muộn, thiếu phụ lục")

    grades = council.all(select(PaperGrade).order_by(PaperGrade.id))
    assert [(g.unit_id, g.requirement_id, g.verdict) for g in grades] == [(kinh_te, 0, "met"), (kinh_te, late, "not_met")]
    assert [facts["unit_id"] for facts in events(council, Event.PAPER_GRADED)] == [kinh_te, kinh_te]
    with database.reading() as session:
        units = papers.of_meeting(session, session.get_one(Meeting, held))
    assert [(unit.asked, unit.late, unit.late_minutes, unit.missing) for unit in units] == [(2, 1, 120, 0), (1, 0, 0, 1)]
    page = client("hung").get(f"/meetings/{held}/evaluation").get_data(as_text=True)
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in page


def test_nobody_judges_their_own_paper(council: Council, ask: Ask, held: int) -> None:
    mine = asked(council, held, "van_hoa", MORNING, sender="hung")

    assert code(ask("hung", "evaluation.grade_paper", requirement_id=mine, verdict="met")) == "own_paper_graded"


def test_a_unit_that_was_not_asked_is_not_judged(council: Council, ask: Ask, held: int) -> None:
    unit = council.unit("van_phong")

    assert code(ask("hung", "evaluation.grade_paper", meeting_id=held, unit_id=unit, verdict="met")) == "no_papers_of_unit"


def test_the_ledger_counts_what_was_due_in_the_period(
    council: Council, held: int, client: Callable[[str], FlaskClient], at: Callable[..., None]
) -> None:
    at(MORNING)
    for hours in (1, 2, 3):
        asked(council, held, "kinh_te", MORNING - timedelta(days=1, hours=hours))
    asked(council, held, "van_hoa", None)

    page = client("hung").get("/reports/units?from=2026-11-01&to=2026-11-30").get_data(as_text=True)

    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in page
    assert "<b>100%</b>" in page
    assert "<b>0%</b>" in page


def register_of(party: int, notices: int, ward: int, ward_notices: int) -> str:
    lines = ["body,held_on,kind,notice_symbol,verdict"]
    for body, meetings, with_notice, symbol in (("Đảng ủy", party, notices, "TB/ĐU"), ("UBND", ward, ward_notices, "TB-UBND")):
        for number in range(meetings):
            day = f"{1 + number % 28:02d}/{1 + number % 9:02d}/2026"
            notice = f"{number + 1}-{symbol}" if number < with_notice else ""
            lines.append(f"{body},{day},thường kỳ,{notice},đạt")
    return "\n".join(lines) + "\n"


def test_the_register_of_past_meetings_gives_its_figures_and_sentences(
    council: Council, api: Callable[..., Any], tmp_path: Path, at: Callable[..., None]
) -> None:
    at(MORNING)
    file = tmp_path / "register.csv"
    file.write_text(register_of(56, 27, 20, 9), encoding="utf-8")

    done = service.import_file(file)
    _, answer = api("admin").get("/reports/meetings?from=2026-01-01&to=2026-12-31")

    assert done == {"added": 76, "changed": 0, "unchanged": 0, "wrong": []}
    zeros = {"not_meeting_requirements": 0, "ungraded": 0, "good": 0}
    assert answer["data"] == [
        {"body": "Đảng ủy", "meetings": 56, "with_notice": 27, **zeros},
        {"body": "HĐND", "meetings": 0, "with_notice": 0, **zeros},
        {"body": "UBND", "meetings": 20, "with_notice": 9, **zeros},
    ]
    assert answer["sentences"] == [
        "Đảng ủy tổ chức 56 cuộc, trong đó 27 cuộc có thông báo kết luận, không có cuộc họp chưa đạt yêu cầu.",
        "HĐND không tổ chức cuộc họp nào.",
        "UBND tổ chức 20 cuộc, trong đó 9 cuộc có thông báo kết luận, không có cuộc họp chưa đạt yêu cầu.",
    ]


def test_the_same_register_again_changes_nothing(council: Council, tmp_path: Path, at: Callable[..., None]) -> None:
    at(MORNING)
    file = tmp_path / "register.csv"
    file.write_text(register_of(4, 2, 3, 1), encoding="utf-8")
    service.import_file(file)

    again = service.import_file(file)

    assert again == {"added": 0, "changed": 0, "unchanged": 7, "wrong": []}
    assert council.one(select(func.count()).select_from(RegisterRow)) == 7
    assert events(council, Event.REGISTER_IMPORTED) == [{"added": 7, "changed": 0, "unchanged": 0}]


def test_a_dry_run_lists_what_is_wrong_and_saves_nothing(council: Council, tmp_path: Path, at: Callable[..., None]) -> None:
    at(MORNING)
    file = tmp_path / "register.csv"
    file.write_text("body,held_on,verdict\nUBND,03/03/2026,đạt\nUBNDX,40/03/2026,hay\n", encoding="utf-8")

    found = service.import_file(file, dry_run=True)

    assert [(wrong["line"], wrong["field"]) for wrong in found["wrong"]] == [(3, "body"), (3, "held_on"), (3, "verdict")]
    assert found["added"] == 1
    with pytest.raises(Refused) as refusal:
        service.import_file(file)
    assert refusal.value.code == "register_wrong"
    assert council.one(select(func.count()).select_from(RegisterRow)) == 0


def test_only_the_administrator_imports(ask: Ask) -> None:
    rows = [{"line": 2, "body": "UBND", "held_on": "2026-01-05"}]
    for username in ("lan", "minh", "hoa", "khach"):
        assert code(ask(username, "evaluation.import_register", rows=rows)) == "forbidden"
    assert ask("admin", "evaluation.import_register", rows=rows, dry_run=True).ok


def test_own_meetings_are_counted_with_the_register(
    council: Council, do: Do, api: Callable[..., Any], at: Callable[..., None]
) -> None:
    at(MORNING)
    judged = council.meeting(state="held", starts_at=MORNING, notice_state="issued")
    council.meeting(state="held", starts_at=MORNING)
    council.meeting(state="issued", starts_at=MORNING)
    do("hung", "evaluation.grade", meeting_id=judged, verdict="not_met", reason="Không đủ thành phần")
    council.write(RegisterRow(body_id=council.body("UBND"), held_on=date(2026, 5, 4), verdict="met", imported_at=MORNING))

    _, answer = api("hung").get("/reports/meetings?from=2026-01-01&to=2026-12-31&body=UBND")

    assert answer["data"] == [
        {"body": "UBND", "meetings": 3, "with_notice": 1, "not_meeting_requirements": 1, "ungraded": 1, "good": 0}
    ]


@pytest.mark.parametrize(
    ("username", "bodies"),
    [("lan", ["Đảng ủy", "HĐND"]), ("hung", ["UBND"]), ("minh", ["HĐND", "UBND"]), ("admin", ["Đảng ủy", "HĐND", "UBND"])],
)
def test_everyone_reads_the_figures_of_their_own_bodies(api: Callable[..., Any], username: str, bodies: list[str]) -> None:
    _, answer = api(username).get("/reports/meetings")

    assert [row["body"] for row in answer["data"]] == bodies


@pytest.mark.parametrize("username", ["hoa", "dung", "khach"])
def test_members_units_and_guests_read_no_report(
    api: Callable[..., Any], client: Callable[[str], FlaskClient], username: str
) -> None:
    assert api(username).get("/reports/meetings")[0] == 403
    assert client(username).get("/reports").status_code == 403


def test_a_body_of_others_is_not_to_be_known_of(api: Callable[..., Any]) -> None:
    assert api("hung").get("/reports/meetings?body=Đảng ủy")[0] == 404
    assert api("hung").get("/reports/meetings?from=yesterday")[0] == 422


def test_the_pages_show_the_sentence_and_the_files_the_figures(
    council: Council, client: Callable[[str], FlaskClient], at: Callable[..., None], tmp_path: Path
) -> None:
    at(MORNING)
    file = tmp_path / "register.csv"
    file.write_text(register_of(5, 2, 3, 1), encoding="utf-8")
    service.import_file(file)

    page = client("admin").get("/reports").get_data(as_text=True)
    table = client("admin").get("/reports/meetings.csv").get_data().decode("utf-8-sig")
    book = load_workbook(BytesIO(client("admin").get("/reports/meetings.xlsx").get_data()))

    assert 'tổ chức <b class="num">5</b> cuộc' in page
    assert "Đảng ủy,5,2,0,5,0,0" in table
    assert [cell.value for cell in book.worksheets[0][2]] == ["Đảng ủy", 5, 2, 0, 5, 0, 0]
    assert client("admin").get("/reports/units").status_code == 200


def test_the_evaluation_page_is_for_chair_secretariat_and_inspectors(client: Callable[[str], FlaskClient], held: int) -> None:
    assert client("hung").get(f"/meetings/{held}/evaluation").status_code == 200
    assert client("minh").get(f"/meetings/{held}/evaluation").status_code == 200
    assert client("hoa").get(f"/meetings/{held}/evaluation").status_code == 403
    assert client("khach").get(f"/meetings/{held}/evaluation").status_code == 404
