"""What the system measures by itself, and the verdict the form comes to: tables of cases."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.evaluation import classification, criteria, evidence
from meeting.evaluation.classification import Score, differences, frozen, half_up, outcome, thawed
from meeting.evaluation.criteria import DEFAULT, Criterion, Form
from meeting.evaluation.evidence_words import SENTENCES
from meeting.evaluation.record import ItemFact, PaperFact, Record, SeatFact, TaskFact, TurnFact

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 27)
START = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
DAY = 24 * 60


def paper(late: int | None = 0, **known: Any) -> PaperFact:
    return PaperFact("Tờ trình", "Phòng Kinh tế", "/papers/owed/1", late, **known)


def record(**known: Any) -> Record:
    """A meeting at which all went well, changed in some of its facts."""
    usual: dict[str, Any] = {
        "today": TODAY,
        "papers": (paper(open_at=START - timedelta(days=4)),),
        "seats": (SeatFact("bà Hoa", "present"), SeatFact("ông Tuấn", "present")),
        "turns": (TurnFact("bà Hoa", 180, 300),),
        "items": (ItemFact("1. Dự toán", True, 1, 1),),
        "tasks": (TaskFact("Trình dự toán", "/tasks/1", True),),
        "invited_at": START - timedelta(days=4),
        "invitation_due_at": START - timedelta(days=3),
        "starts_at": START,
        "ends_at": START + timedelta(hours=3),
        "opened_at": START,
        "closed_at": START + timedelta(hours=3),
        "late_minutes": 0,
        "over_minutes": 0,
        "quorum_present": 2,
        "quorum_total": 2,
        "notice_required": True,
        "notice_due_on": date(2026, 11, 26),
        "notice_on": date(2026, 11, 25),
        "notice_symbol": "7/TB-UBND",
    }
    return Record(**{**usual, **known})


@pytest.mark.parametrize(
    ("papers", "share"),
    [
        ((), None),
        ((paper(0),), Fraction(1)),
        ((paper(1),), Fraction(3, 4)),  # one begun day
        ((paper(DAY),), Fraction(3, 4)),
        ((paper(DAY + 1),), Fraction(1, 2)),
        ((paper(4 * DAY),), Fraction(0)),
        ((paper(40 * DAY),), Fraction(0)),
        ((paper(None),), Fraction(0)),
        ((paper(0), paper(None), paper(1)), Fraction(7, 12)),
    ],
)
def test_papers_on_time(papers: tuple[PaperFact, ...], share: Fraction | None) -> None:
    assert evidence.papers_on_time(record(papers=papers)).share == share


@pytest.mark.parametrize(
    ("paper_", "share"),
    [
        (paper(0), Fraction(1)),
        (paper(0, returned=1), Fraction(3, 4)),
        (paper(0, returned=9), Fraction(0)),
        (paper(0, returned=9, verdict="met"), Fraction(1, 2)),
        (paper(0, returned=2, verdict="met", shade="good"), Fraction(1)),
        (paper(0, verdict="not_met"), Fraction(0)),
        (paper(None, verdict="met", shade="good"), Fraction(0)),  # what never came has no quality
    ],
)
def test_quality_of_papers(paper_: PaperFact, share: Fraction) -> None:
    assert evidence.papers_quality(record(papers=(paper_,))).share == share


DUE = START - timedelta(days=3)


@pytest.mark.parametrize(
    ("known", "share"),
    [
        ({"invited_at": None}, None),
        ({"invited_at": DUE, "papers": ()}, Fraction(1)),
        ({"invited_at": DUE + timedelta(minutes=1), "papers": ()}, Fraction(0)),
        ({"papers": (paper(0, open_at=DUE), paper(0, open_at=DUE + timedelta(minutes=1)))}, Fraction(3, 4)),
        ({"papers": (paper(0),)}, Fraction(1, 2)),  # handed in, never open to participants
        ({"papers": (paper(None),)}, Fraction(1)),  # what never came could not be handed out: counted under papers
    ],
)
def test_invitation_and_papers_handed_out(known: dict[str, Any], share: Fraction | None) -> None:
    assert evidence.handed_out(record(**known)).share == share


@pytest.mark.parametrize(
    ("how", "share"),
    [
        ((), None),
        (("present",), Fraction(1)),
        (("late",), Fraction(3, 4)),
        (("substitute",), Fraction(3, 4)),
        (("excused",), Fraction(0)),
        (("present", "present", "late", "absent"), Fraction(11, 16)),
    ],
)
def test_attendance(how: tuple[str, ...], share: Fraction | None) -> None:
    seats = tuple(SeatFact("bà Hoa", each) for each in how)

    found = evidence.attendance(record(seats=seats))

    assert found.share == share
    assert len(found.sources) == sum(each != "present" for each in how)


@pytest.mark.parametrize(
    ("seconds", "grades", "share"),
    [
        ((), (), None),
        ((300,), (), Fraction(1)),
        ((301,), (), Fraction(0)),
        ((100, 301), (), Fraction(1, 2)),
        ((100,), ("good", "met"), Fraction(15, 16)),
        ((301,), ("not_met", "met"), Fraction(3, 16)),
        ((), ("good",), None),  # graded though nobody spoke: nothing to measure
    ],
)
def test_statements(seconds: tuple[int, ...], grades: tuple[str, ...], share: Fraction | None) -> None:
    turns = tuple(TurnFact("bà Hoa", each, 300) for each in seconds)

    assert evidence.statements(record(turns=turns, statement_grades=grades)).share == share


@pytest.mark.parametrize(
    ("late", "over", "longest", "share"),
    [
        (None, None, 0, None),
        (0, 0, 0, Fraction(1)),
        (5, 5, 0, Fraction(1)),
        (-20, -60, 0, Fraction(1)),
        (6, 0, 0, Fraction(7, 8)),
        (20, 0, 0, Fraction(7, 8)),
        (21, 0, 0, Fraction(3, 4)),
        (0, None, 0, Fraction(1)),  # no end was planned
        (900, 900, 0, Fraction(0)),
        (0, 0, 180, Fraction(1)),
        (0, 0, 179, Fraction(2, 3)),  # longer than the rule book allows
    ],
)
def test_times_of_the_meeting(late: int | None, over: int | None, longest: int, share: Fraction | None) -> None:
    assert evidence.chairing(record(late_minutes=late, over_minutes=over, longest_minutes=longest)).share == share


@pytest.mark.parametrize(
    ("items", "tasks", "share"),
    [
        ((), (), None),
        ((True, True), (), Fraction(1)),
        ((True, False), (), Fraction(1, 2)),
        ((True,), (True, False), Fraction(3, 4)),
        ((False,), (False,), Fraction(0)),
    ],
)
def test_what_came_out(items: tuple[bool, ...], tasks: tuple[bool, ...], share: Fraction | None) -> None:
    found = evidence.result(
        record(
            items=tuple(ItemFact("1. Dự toán", each) for each in items),
            tasks=tuple(TaskFact("Trình", "/tasks/1", each) for each in tasks),
        )
    )

    assert found.share == share
    assert len(found.sources) == [*items, *tasks].count(False)


@pytest.mark.parametrize(
    ("known", "share", "said"),
    [
        ({"notice_required": False}, None, "notice_not_needed"),
        ({}, Fraction(1), "notice_in_time"),
        ({"notice_on": date(2026, 11, 26)}, Fraction(1), "notice_in_time"),
        ({"notice_on": date(2026, 11, 27)}, Fraction(0), "notice_late"),
        ({"notice_on": None}, Fraction(0), "notice_missing"),
        ({"notice_on": None, "today": date(2026, 11, 26)}, None, "notice_waits"),
    ],
)
def test_conclusion_notice(known: dict[str, Any], share: Fraction | None, said: str) -> None:
    found = evidence.notice(record(**known))

    assert (found.share, found.said[0]) == (share, said)


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({}, {}),
        ({"quorum_met": False}, {"no_quorum": ("2/2",)}),
        ({"items": (ItemFact("1. Dự toán", True, 2, 0),)}, {"main_paper_missing": ("1. Dự toán",)}),
        ({"items": (ItemFact("1. Dự toán", True, 2, 1),)}, {}),
        ({"items": (ItemFact("1. Dự toán", False),)}, {"item_without_conclusion": ("1. Dự toán",)}),
        ({"quorum_met": False, "opened_at": None}, {}),  # held outside the system: nothing is held against it
    ],
)
def test_hard_failures(known: dict[str, Any], found: dict[str, tuple[str, ...]]) -> None:
    assert evidence.failures(record(**known)) == found


def test_every_sentence_of_a_measure_is_known() -> None:
    for each in (record(), record(papers=(), seats=(), turns=(), items=(), notice_required=False, invited_at=None)):
        for measure in (rule(each) for rule in evidence.MEASURES.values()):
            for key, facts in (measure.said, *(source.said for source in measure.sources)):
                assert SENTENCES[key] % facts is not None
    assert set(evidence.MEASURES) == set(criteria.NAMES)


def test_a_meeting_at_which_all_went_well_has_a_hundred_points() -> None:
    found = outcome(DEFAULT, record(), {})

    assert (found.tenths, found.verdict, found.shade, found.failures) == (1000, "met", "good", ())
    assert sum(line.points for line in found.lines) == DEFAULT.total == 100


ONE = Form(criteria=(Criterion("own1", 10, "judged", "Nội dung"),))


@pytest.mark.parametrize(
    ("score", "tenths", "verdict", "shade"),
    [
        (100, 1000, "met", "good"),
        (90, 900, "met", "good"),
        (89, 890, "met", "fair"),
        (70, 700, "met", "fair"),
        (69, 690, "met", ""),
        (50, 500, "met", ""),
        (49, 490, "not_met", ""),
        (0, 0, "not_met", ""),
    ],
)
def test_bounds_of_the_classes(score: int, tenths: int, verdict: str, shade: str) -> None:
    found = outcome(ONE, record(), {"own1": Score(score)})

    assert (found.tenths, found.verdict, found.shade) == (tenths, verdict, shade)
    unsplit = outcome(replace(ONE, split=False), record(), {"own1": Score(score)})
    assert (unsplit.verdict, unsplit.shade) == (verdict, "")


def test_a_hard_failure_counts_whatever_the_points() -> None:
    left = record(items=(ItemFact("1. Dự toán", False), ItemFact("2. Đất đai", True)), tasks=())

    found = outcome(DEFAULT, left, {})

    assert found.tenths == 950
    assert found.verdict == "not_met"
    assert found.why[0] == ("failure_item_without_conclusion", {"what": "1. Dự toán"})
    assert outcome(replace(DEFAULT, failures=("no_quorum",)), left, {}).verdict == "met"


def test_an_urgent_meeting_owes_no_times_before_it() -> None:
    hurried = record(papers=(paper(3 * DAY),), invited_at=START - timedelta(hours=2))

    ordinary, urgent = outcome(DEFAULT, hurried, {}), outcome(DEFAULT, replace(hurried, urgent=True), {})

    assert [line.code for line in urgent.lines if line.by == "urgent"] == ["papers_on_time", "handed_out"]
    assert (ordinary.tenths, urgent.tenths) == (750, 1000)


def test_points_of_what_cannot_be_measured_go_to_the_others() -> None:
    found = outcome(DEFAULT, record(papers=(), turns=(), notice_required=False, seats=(SeatFact("bà Hoa", "absent"),)), {})

    assert [line.code for line in found.lines if line.share is None] == [
        "papers_on_time",
        "papers_quality",
        "statements",
        "notice",
    ]
    assert found.tenths == half_up(Fraction(1000 * 30, 45))


def test_the_chairs_points_win_only_where_the_form_lets_him_judge() -> None:
    found = outcome(DEFAULT, record(), {"attendance": Score(75, "Thiếu kế toán"), "chairing": Score(0)})
    lines = {line.code: line for line in found.lines}

    assert (lines["attendance"].tenths, lines["attendance"].by, lines["attendance"].measured) == (75, "judged", Fraction(1))
    assert (lines["chairing"].tenths, lines["chairing"].by) == (100, "measured")
    assert found.tenths == 925


@pytest.mark.parametrize(
    ("known", "why"), [({"opened_at": None}, "not_recorded"), ({"papers": (), "items": ()}, "nothing_measured")]
)
def test_without_a_record_nothing_is_computed(known: dict[str, Any], why: str) -> None:
    form = Form(criteria=(Criterion("papers_on_time", 20), Criterion("own1", 10, "judged", "Nội dung")))

    found = outcome(form, record(**known), {})

    assert (found.tenths, found.verdict, found.shade, found.why[-1][0]) == (None, "", "", why)


@given(st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 40)), min_size=1, max_size=6))
def test_a_result_is_always_between_nothing_and_a_hundred(points: list[tuple[int, int]]) -> None:
    lines = tuple(Criterion(f"own{place}", worth, "judged", "x") for place, (worth, _) in enumerate(points, start=1))
    scores = {f"own{place}": Score(min(given_, 10 * worth)) for place, (worth, given_) in enumerate(points, start=1)}

    found = outcome(Form(criteria=lines), record(), scores)

    assert found.tenths is not None
    assert 0 <= found.tenths <= 1000
    assert (found.verdict == "met") == (found.tenths >= 500)


def test_what_is_frozen_is_read_back_as_it_was() -> None:
    found = outcome(DEFAULT, record(papers=(paper(1, returned=1), paper(None)), seats=(SeatFact("bà Hoa", "late"),)), {})

    kept = json.loads(json.dumps(frozen(found, 80)))

    assert thawed(kept) == found
    assert kept["read_percent"] == 80
    later = outcome(DEFAULT, record(), {})
    assert [code for code, _ in differences(found, later)] == ["papers_on_time", "papers_quality", "handed_out", "attendance"]
    assert differences(found, found) == []
    assert set(classification.WHY) >= {key for key, _ in found.why}
