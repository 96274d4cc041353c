"""Grading: the meeting, its papers, its statements, single criteria; what is refused, recorded, frozen and kept private."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Item, Meeting, Participant
from meeting.batch import Answer
from meeting.evaluation import assessing, papers, screens, sheets
from meeting.evaluation.models import CriterionScore, MeetingGrade, PaperGrade, StatementGrade
from meeting.events import Event
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.speaking.models import Floor
from meeting.tasks.models import Task
from tests.conftest import MORNING, Council, Program
from tests.evaluation.held import asked, code, events, speech, well_held

Do = Callable[..., dict[str, Any]]
Ask = Callable[..., Answer]


@pytest.fixture
def held(council: Council) -> int:
    """A meeting of the UBND that is over, held outside the system; Hùng chaired it."""
    return council.meeting(state="held")


@pytest.fixture
def well(council: Council, at: Callable[..., None]) -> int:
    """A meeting of the UBND on Friday at which all went well; today is Monday."""
    at(MORNING)
    return well_held(council)


def graded(council: Council) -> MeetingGrade:
    """The one verdict on a meeting."""
    found: MeetingGrade = council.one(select(MeetingGrade))
    return found


def test_the_chair_judges_the_meeting(council: Council, do: Do, held: int) -> None:
    do("hung", "evaluation.grade", meeting_id=held, verdict="met", shade="good")

    assert council.one(select(MeetingGrade.verdict).where(MeetingGrade.meeting_id == held)) == "met"
    (told,) = events(council, Event.MEETING_GRADED)
    assert (told["verdict"], told["shade"], told["reason"]) == ("met", "good", "")


def test_a_bad_verdict_needs_its_reason(ask: Ask, do: Do, council: Council, held: int) -> None:
    assert code(ask("hung", "evaluation.grade", meeting_id=held, verdict="not_met")) == "reason_required"

    do("hung", "evaluation.grade", meeting_id=held, verdict="not_met", reason="Thiếu tài liệu chính")

    assert council.one(select(MeetingGrade.reason)) == "Thiếu tài liệu chính"


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


def test_the_three_gradings_are_three_acts(council: Council, do: Do, well: int) -> None:
    asked(council, well, "kinh_te", MORNING - timedelta(days=4))
    speech(council, well, "hoa")

    do("hung", "evaluation.grade_paper", meeting_id=well, unit_id=council.unit("kinh_te"), verdict="met")
    do("hung", "evaluation.grade_statement", meeting_id=well, criterion="on_topic", verdict="met")
    do("hung", "evaluation.grade", meeting_id=well, verdict="met", shade="fair")

    row = graded(council)
    assert (row.verdict, row.shade, row.computed, row.override_reason, row.late) == ("met", "fair", "met", "", False)
    assert row.points_tenths is not None
    assert events(council, Event.MEETING_GRADED)[0]["points_tenths"] == row.points_tenths


def test_judging_otherwise_than_the_form_says_why(council: Council, do: Do, ask: Ask, well: int) -> None:
    council.update(Item, council.items(well)[1], state="planned")

    assert code(ask("hung", "evaluation.grade", meeting_id=well, verdict="met")) == "override_needs_reason"
    do("hung", "evaluation.grade", meeting_id=well, verdict="met", override_reason="Nội dung 2 chuyển họp chuyên đề")

    row = graded(council)
    assert (row.verdict, row.computed, row.override_reason) == ("met", "not_met", "Nội dung 2 chuyển họp chuyên đề")
    assert events(council, Event.MEETING_GRADED)[0]["override_reason"] == "Nội dung 2 chuyển họp chuyên đề"
    do("hung", "evaluation.grade", meeting_id=well, verdict="not_met", reason="Còn nội dung chưa kết luận")
    assert graded(council).override_reason == ""


def test_a_reason_is_enough_to_judge_worse_than_the_form(council: Council, do: Do, well: int) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="not_met", reason="Thảo luận qua loa")

    row = graded(council)
    assert (row.computed, row.override_reason) == ("met", "Thảo luận qua loa")


def test_of_a_meeting_held_outside_the_system_nothing_is_computed(council: Council, do: Do, held: int) -> None:
    do("hung", "evaluation.grade", meeting_id=held, verdict="met")

    row = graded(council)
    assert (row.points_tenths, row.computed) == (None, "")


def test_what_was_recorded_is_kept_with_the_verdict(council: Council, do: Do, well: int) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")
    do("hung", "evaluation.close", meeting_id=well)
    before = graded(council).evidence
    asked(council, well, "van_hoa", None)

    with database.reading() as session:
        row = session.scalars(select(MeetingGrade)).one()
        now = assessing.assess(session, session.get_one(Meeting, well)).outcome
        kept = assessing.kept(row)
    assert kept is not None
    assert graded(council).evidence == before
    assert [line.tenths for line in kept.lines if line.code == "papers_on_time"] == [None]
    assert [line.tenths for line in now.lines if line.code == "papers_on_time"] == [0]


def test_the_same_verdict_again_takes_the_newer_record_without_a_word(council: Council, do: Do, well: int) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")
    before = graded(council).points_tenths
    asked(council, well, "van_hoa", MORNING - timedelta(hours=22))

    do("hung", "evaluation.grade", meeting_id=well, verdict="met")

    assert graded(council).points_tenths != before
    assert len(events(council, Event.MEETING_GRADED)) == 1


def test_a_verdict_that_the_record_left_behind_says_why_at_the_end(council: Council, do: Do, ask: Ask, well: int) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")
    council.update(Item, council.items(well)[0], state="planned")

    assert code(ask("hung", "evaluation.close", meeting_id=well)) == "override_needs_reason"
    do("hung", "evaluation.close", meeting_id=well, override_reason="Đã kết luận miệng")

    assert graded(council).override_reason == "Đã kết luận miệng"


def test_the_same_verdict_after_the_closing_is_harmless_whatever_the_record_says_by_then(
    council: Council, do: Do, well: int
) -> None:
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")
    do("hung", "evaluation.close", meeting_id=well)
    council.update(Item, council.items(well)[0], state="planned")

    do("hung", "evaluation.grade", meeting_id=well, verdict="met")

    assert (graded(council).computed, graded(council).late) == ("met", False)


def test_points_by_a_criterion(council: Council, do: Do, ask: Ask, well: int) -> None:
    give = {"meeting_id": well, "criterion": "attendance"}
    assert code(ask("hung", "evaluation.score", **give, points=15.1)) == "points_beyond"
    assert code(ask("hung", "evaluation.score", meeting_id=well, criterion="chairing", points=1)) == "criterion_not_judged"
    assert code(ask("hung", "evaluation.score", meeting_id=well, criterion="own1", points=1)) == "criterion_not_judged"
    assert ask("hung", "evaluation.score", **give, points=-1).status == 422
    for stranger, refusal in (("minh", "forbidden"), ("hoa", "forbidden"), ("lan", "not_found"), ("khach", "not_found")):
        assert code(ask(stranger, "evaluation.score", **give, points=1)) == refusal

    do("hung", "evaluation.score", **give, points=7.5, note="Thiếu kế toán trưởng")
    do("hung", "evaluation.score", **give, points=7.5, note="Thiếu kế toán trưởng")

    assert council.all(select(CriterionScore.points_tenths)) == [75]
    do("hung", "evaluation.score", **give)
    assert council.all(select(CriterionScore)) == []
    told = [(facts["criterion"], facts["points_tenths"]) for facts in events(council, Event.CRITERION_SCORED)]
    assert told == [("attendance", 75), ("attendance", None)]


def test_a_body_that_does_not_split_knows_only_two_verdicts(council: Council, do: Do, ask: Ask, well: int) -> None:
    form = {"criteria": [{"code": "result", "points": 100}], "split": False, "starts_on": "2026-11-01"}
    do("minh", "evaluation.keep_form", body_id=council.body("UBND"), **form)

    assert code(ask("hung", "evaluation.grade", meeting_id=well, verdict="met", shade="good")) == "shade_not_used"
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")

    assert (graded(council).shade, graded(council).points_tenths) == ("", 1000)


SECRET = "Nói lạc đề, thiếu số liệu mật"


@pytest.fixture
def judged_person(council: Council, do: Do, well: int) -> int:
    """The chair graded what Hoa said, in words that nothing else can be."""
    floor = speech(council, well, "hoa")
    do("hung", "evaluation.grade_statement", floor_id=floor, verdict="not_met", reason=SECRET)
    do("hung", "evaluation.grade", meeting_id=well, verdict="met")
    inspector = Membership(
        person_id=council.person("khach"), body_id=council.body("UBND"), role=Role.INSPECTOR, starts_on=MORNING.date()
    )
    council.write(inspector)
    return well


PAGES = (
    "/meetings/{id}", "/meetings/{id}?tab=speeches", "/meetings/{id}/evaluation", "/meetings/{id}/minutes", "/reports",
    "/reports/units", "/reports/meetings.csv", "/search?q=s%E1%BB%91+li%E1%BB%87u", "/meetings/{id}/evaluation.pdf",
)  # fmt: skip
RESOURCES = (
    "/meetings/{id}/evaluation",
    "/meetings/{id}/speeches",
    "/meetings/{id}/journal",
    "/meetings/{id}",
    "/reports/meetings",
)


@pytest.mark.parametrize("username", ["minh", "van", "hoa", "tuan", "khach", "lan", "truong", "admin"])
def test_the_grade_of_a_person_is_the_chairs_own(
    council: Council,
    judged_person: int,
    client: Callable[[str], FlaskClient],
    api: Callable[[str], Program],
    username: str,
) -> None:
    browser, program = client(username), api(username)
    for page in PAGES:
        assert SECRET.encode() not in browser.get(page.format(id=judged_person)).get_data(), page
    workbook = browser.get(f"/meetings/{judged_person}/speaking-time.xlsx")
    if workbook.status_code == 200:
        assert SECRET not in str([*load_workbook(BytesIO(workbook.get_data())).active.values])
    for resource in RESOURCES:
        _, answer = program.get(resource.format(id=judged_person))
        assert SECRET not in str(answer), resource
        for speech_ in answer.get("data", []) if "speeches" in resource else []:
            assert "grade" not in speech_
        for entry in answer.get("data", []) if "journal" in resource else []:
            assert entry["event"] != Event.STATEMENT_GRADED or set(entry["facts"]) == {"floor_id", "criterion"}
    assert SECRET not in str(graded(council).evidence)
    with database.reading() as session:
        words = sheets.sheet_of(screens.grading_page(session, council.actor("hung"), judged_person, "vi"))
    assert SECRET not in str(words)


def test_the_chair_reads_the_grades_given(
    council: Council, judged_person: int, client: Callable[[str], FlaskClient], api: Callable[[str], Program]
) -> None:
    assert SECRET in client("hung").get(f"/meetings/{judged_person}?tab=speeches").get_data(as_text=True)
    assert SECRET in str(api("hung").get(f"/meetings/{judged_person}/journal")[1])
    assert council.one(select(Floor.grade)) == "not_met"


def test_a_working_meeting_without_votes_has_the_attendance_of_all_invited(council: Council, at: Callable[..., None]) -> None:
    at(MORNING)
    number = well_held(council, seats=("hoa",))
    for row in council.all(select(Participant.id).where(Participant.meeting_id == number)):
        council.update(Participant, row, voting=False)
    council.invite(number, "khach", item_ids=[council.items(number)[0]])  # there for one item only

    with database.reading() as session:
        record = assessing.assess(session, session.get_one(Meeting, number)).record

    assert sorted(each.how for each in record.seats) == ["absent", "absent", "present"]
    assert record.came == 1


def test_a_substitute_sits_in_the_members_seat(council: Council, at: Callable[..., None]) -> None:
    at(MORNING)
    number = well_held(council, seats=("hung", "tuan", "dung"))
    council.invite(number, "dung", stands_for_id=council.person("hoa"))

    with database.reading() as session:
        record = assessing.assess(session, session.get_one(Meeting, number)).record

    assert sorted(each.how for each in record.seats) == ["present", "present", "substitute"]
    assert (record.quorum_present, record.quorum_total, record.quorum_met) == (3, 3, True)


@pytest.mark.parametrize(
    ("known", "clear"),
    [
        ({"due_on": date(2026, 12, 15)}, True),
        ({"no_due": True}, True),
        ({"process": "Báo cáo tại phiên họp hằng tháng"}, True),
        ({}, False),
        ({"due_on": date(2026, 12, 15), "given": False, "state": "draft"}, False),  # waits for one of its five clears
    ],
)
def test_a_task_is_clear_when_it_is_given_with_its_time(
    council: Council, at: Callable[..., None], known: dict[str, Any], clear: bool
) -> None:
    at(MORNING)
    number = well_held(council)
    task = {"text": "Trình dự toán", "body_id": council.body("UBND"), "lead_unit_id": council.unit("kinh_te"), "origin": "own"}
    council.write(Task(meeting_id=number, assigned_at=MORNING, **{**task, **known}))

    with database.reading() as session:
        record = assessing.assess(session, session.get_one(Meeting, number)).record

    assert [each.clear for each in record.tasks] == [clear]
