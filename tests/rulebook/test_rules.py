"""What may stand in a rule book, which book holds when, and what is due when: tables of cases with the law."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from meeting.clock import LOCAL
from meeting.errors import Malformed, Refused
from meeting.rulebook import rules, schedule
from meeting.rulebook.calendar import vietnamese_calendar
from meeting.rulebook.deadlines import Notice, WorkCalendar, due_on
from meeting.rulebook.defaults import BY_KIND
from meeting.rulebook.defaults_council import SEQUENCE
from meeting.rulebook.rules import Fault
from meeting.rulebook.values import COLUMNS, LAWFUL_CHOICES, MAJORITIES, RULES, Values, values_of
from meeting.voting.majority import RULES as VOTING_RULES
from meeting.voting.rules import CHOICES, LAWFUL

USUAL = Values(papers_due_days=5, invite_days=2, programme_days=3)


@dataclass
class Book:
    starts_on: date
    ends_on: date | None = None


def day(text: str) -> date:
    return date.fromisoformat(text)


def default(kind: str, code: str) -> Any:
    return next(each for each in BY_KIND[kind] if each.code == code)


# periods of force


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-01-01", 0),  # before the first book: the first
        ("2025-12-08", 0),
        ("2026-02-28", 0),
        ("2026-03-01", 1),
        ("2030-01-01", 1),
    ],
)
def test_the_book_in_force_is_the_last_that_has_begun(on: str, expected: int) -> None:
    books = [Book(day("2025-12-08"), day("2026-02-28")), Book(day("2026-03-01"))]

    assert rules.in_force(list(reversed(books)), day(on)) is books[expected]


def test_without_a_book_none_is_in_force() -> None:
    empty: list[Book] = []

    assert rules.in_force(empty, day("2026-01-01")) is None


@pytest.mark.parametrize(
    ("books", "expected"),
    [
        ([("2025-01-01", None)], []),
        ([("2025-01-01", "2025-12-31"), ("2026-01-01", None)], []),
        ([("2025-01-01", None), ("2026-01-01", None)], [Fault("overlap", day("2026-01-01"), day("2026-01-01"))]),
        ([("2025-01-01", "2026-02-01"), ("2026-01-01", None)], [Fault("overlap", day("2026-02-01"), day("2026-01-01"))]),
        ([("2025-01-01", "2025-11-30"), ("2026-01-01", None)], [Fault("gap", day("2025-11-30"), day("2026-01-01"))]),
        ([("2025-01-01", "2025-11-30")], [Fault("gap", day("2025-11-30"), date.max)]),
    ],
)
def test_overlaps_and_gaps_between_books_are_found(books: list[tuple[str, str | None]], expected: list[Fault]) -> None:
    periods = [Book(day(start), day(end) if end else None) for start, end in books]

    assert rules.faults(periods) == expected


@pytest.mark.parametrize(
    ("starts_on", "latest_used", "refused"),
    [
        ("2026-11-23", None, False),
        ("2026-11-23", "2026-12-10", False),  # today: the issued meeting keeps its book
        ("2026-11-01", None, False),  # rules recorded late, no issued meeting followed the old ones
        ("2026-11-01", "2026-10-10", False),
        ("2026-11-01", "2026-11-10", True),
        ("2026-11-10", "2026-11-10", True),
    ],
)
def test_the_past_is_not_rewritten_where_an_issued_meeting_followed_it(
    starts_on: str, latest_used: str | None, refused: bool
) -> None:
    try:
        rules.check_start(day(starts_on), day("2026-11-23"), day(latest_used) if latest_used else None)
        said = ""
    except Refused as found:
        said = found.code

    assert said == ("book_in_past" if refused else "")


# values


@pytest.mark.parametrize(
    ("text", "share"), [("2/3", Fraction(2, 3)), ("1/2", Fraction(1, 2)), ("0", Fraction(0)), ("1", Fraction(1))]
)
def test_a_quorum_is_an_exact_fraction(text: str, share: Fraction) -> None:
    assert rules.share(text) == share


@pytest.mark.parametrize("text", ["0.667", "66%", "2/0", "hai phần ba", "", "2 / 3", "-1/2", "1e9"])
def test_anything_else_is_no_fraction(text: str) -> None:
    with pytest.raises(ValueError, match="no fraction"):
        rules.share(text)


@pytest.mark.parametrize(
    ("change", "body_kind", "wrong"),
    [
        ({}, "committee", []),
        ({"papers_due_days": -1}, "committee", ["papers_due_days"]),
        ({"invite_days": 121}, "committee", ["invite_days"]),
        ({"check_days": 31}, "committee", ["check_days"]),
        ({"speech_seconds": 9, "notice_days": 91}, "committee", ["notice_days", "speech_seconds"]),
        ({"papers_due_unit": "weeks"}, "committee", ["papers_due_unit"]),
        ({"approver": "secretary"}, "committee", ["approver"]),
        ({"majority": "most"}, "committee", ["majority"]),
        ({"quorum": "4/3"}, "committee", ["quorum"]),
        ({"quorum": "0.5"}, "committee", ["quorum"]),
        ({"choices": "for"}, "committee", ["choices"]),
        ({"choices": "against for"}, "committee", ["choices"]),
        ({"choices": "for against abstain"}, "committee", ["choices"]),  # NĐ 315 Đ25.5: only two
        ({"choices": "for against abstain"}, "council", []),  # NQ 104, mẫu 2
        ({"choices": "for against abstain other"}, "council", ["choices"]),
        ({"choices": "for against abstain other"}, "party", []),
        ({"substitutes": "votes", "substitutable": "all"}, "council", ["substitutable"]),
        ({"elections": "choose"}, "council", []),
        ({"elections": "choose"}, "party", []),
        ({"elections": "choose"}, "committee", ["elections"]),  # UBND elects nobody
        ({"elections": "some"}, "council", ["elections"]),
        ({"electronic_votes": "Điều 9 Nội quy kỳ họp", "missing_names": False}, "council", []),
        ({"electronic_votes": "x" * 501}, "council", ["electronic_votes"]),
        ({"sequence": SEQUENCE}, "council", []),
        ({"sequence": ({"key": "a"},)}, "council", ["sequence.0"]),
        ({"sequence": ({**SEQUENCE[0], "what": " "},)}, "council", ["sequence.0"]),
        ({"sequence": ({**SEQUENCE[0], "by": "chair"},)}, "council", ["sequence.0"]),
        ({"sequence": ({**SEQUENCE[0], "days": 400},)}, "council", ["sequence.0"]),
        ({"sequence": (SEQUENCE[0], SEQUENCE[0])}, "council", ["sequence.1"]),
        ({"sequence": SEQUENCE * 4}, "council", ["sequence"]),
    ],
)
def test_values_that_cannot_be_followed_are_named(change: dict[str, Any], body_kind: str, wrong: list[str]) -> None:
    values = replace(USUAL, **change)

    assert [column for column, _ in rules.problems(values, body_kind)] == wrong
    if wrong:
        with pytest.raises(Malformed) as found:
            rules.check_values(values, body_kind)
        assert sorted(found.value.facts["fields"]) == sorted(wrong)


def test_what_a_book_may_say_of_votes_is_what_voting_can_do() -> None:
    assert set(MAJORITIES) == set(VOTING_RULES)
    assert {kind: tuple(offered) for kind, offered in LAWFUL.items()} == dict(LAWFUL_CHOICES)
    assert CHOICES == ("for", "against", "abstain", "other")


def test_every_column_belongs_to_one_rule() -> None:
    columns = [column for each in RULES.values() for column in each]

    assert sorted(columns) == sorted(COLUMNS)


def test_what_changed_is_told_rule_by_rule_in_reading_order() -> None:
    after = replace(USUAL, quorum="1/2", invite_days=3, notice_days=5)

    found = rules.changes(USUAL, after)

    assert [each.rule for each in found] == ["invitation", "quorum", "notice"]
    assert found[0].before == {"invite_days": 2, "invite_unit": "working"}
    assert found[0].after == {"invite_days": 3, "invite_unit": "working"}
    assert rules.changes(USUAL, values_of(USUAL)) == []


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("hop to dan pho", [], "hop_to_dan_pho"),
        ("hop to dan pho", ["hop_to_dan_pho"], "hop_to_dan_pho_2"),
        ("6 thang", [], "kind_6_thang"),
        ("…", [], "kind"),
    ],
)
def test_a_new_kind_gets_a_code_of_plain_letters(name: str, taken: list[str], code: str) -> None:
    assert rules.code_of(name, taken) == code
    assert rules.CODE.fullmatch(code)


# due times


@pytest.mark.parametrize(
    ("held_on", "days", "due"),
    [
        ("2026-05-04", 2, "2026-04-28"),
        ("2026-05-04", 3, "2026-04-24"),
        ("2026-05-04", 5, "2026-04-22"),
        ("2026-09-03", 2, "2026-08-27"),  # 31/8 is off for the worked Saturday 22/8
    ],
)
def test_working_days_are_counted_back_without_the_day_of_the_meeting(held_on: str, days: int, due: str) -> None:
    assert due_on(day(held_on), Notice(days), vietnamese_calendar(2026)) == day(due)


@pytest.mark.parametrize(
    ("off", "worked", "due"),
    [
        ([], [], "2026-04-28"),
        (["2026-04-28"], [], "2026-04-24"),  # a day off set here: one day earlier still, over the weekend and Giỗ Tổ
        ([], ["2026-05-02"], "2026-04-29"),  # a worked Saturday
        ([], ["2026-05-02", "2026-05-03"], "2026-05-02"),
        (["2026-04-29"], ["2026-05-02"], "2026-04-28"),
    ],
)
def test_days_set_here_move_the_due_day(off: list[str], worked: list[str], due: str) -> None:
    country = vietnamese_calendar(2026)
    calendar = WorkCalendar(country.off | set(map(day, off)), country.worked | set(map(day, worked)))

    assert due_on(day("2026-05-04"), Notice(2), calendar) == day(due)


def moments(values: Values, starts_at: datetime) -> list[tuple[str, str]]:
    table = schedule.due_table(values, starts_at, vietnamese_calendar)
    return [(each.key, f"{each.due_at:%d/%m %H:%M}") for each in table]


def test_the_table_of_a_committee_session_follows_decree_315() -> None:
    """Đ23.3b: 3 working days to the Chủ tịch; Đ23.3d: 2 to the members; Đ12.2: the office checks in 2."""
    held = datetime(2026, 5, 4, 8, 0, tzinfo=LOCAL)

    assert moments(default("committee", "regular").values, held) == [
        ("papers", "22/04 17:00"),
        ("check", "24/04 17:00"),
        ("programme", "24/04 17:00"),
        ("invitation", "28/04 17:00"),
        ("notice", "07/05 17:00"),
    ]


def test_the_table_of_a_council_session_follows_resolution_104() -> None:
    """Đ6: 20 days; Đ12.1: 15 days; Đ27: the dossier 15 days, the verification report 5 working days before the opening."""
    held = datetime(2026, 12, 10, 7, 30, tzinfo=LOCAL)

    assert moments(default("council", "regular").values, held) == [
        ("invitation", "20/11 17:00"),
        ("programme", "20/11 17:00"),
        ("papers", "25/11 17:00"),
        ("submission", "25/11 17:00"),
        ("check", "27/11 17:00"),
        ("verification", "03/12 17:00"),
        ("explanation", "10/12 07:30"),
        ("resolution", "10/12 07:30"),
    ]


def test_nothing_is_due_before_an_urgent_session_begins() -> None:
    held = datetime(2026, 11, 23, 9, 15, tzinfo=LOCAL)

    assert moments(default("committee", "urgent").values, held) == [
        ("invitation", "23/11 09:15"),
        ("papers", "23/11 09:15"),
        ("notice", "26/11 17:00"),
    ]


def test_a_due_time_is_never_after_the_beginning() -> None:
    held = datetime(2026, 11, 23, 9, 15, tzinfo=LOCAL)
    table = schedule.due_table(replace(USUAL, check_days=30), held, vietnamese_calendar)

    assert all(each.due_at <= held for each in table if not each.is_after)
    assert all(one.due_at <= other.due_at for one, other in pairwise(table))


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-04-24T09:00", 2, "29/04 17:00"),  # Friday: Giỗ Tổ's day off on Monday is not counted
        ("2026-11-20T16:59", 2, "25/11 17:00"),  # 24/11 is off
        ("2026-08-20T08:00", 2, "22/08 17:00"),  # the worked Saturday counts
    ],
)
def test_the_office_answers_on_a_dossier_in_two_working_days(received: str, days: int, due: str) -> None:
    """NĐ 315/2025/NĐ-CP Đ12.2."""
    at = datetime.fromisoformat(received).replace(tzinfo=LOCAL)

    assert f"{schedule.check_due_at(at, days, vietnamese_calendar(2026)):%d/%m %H:%M}" == due


def test_a_notice_counts_on_from_the_end_of_the_meeting() -> None:
    held = datetime(2026, 12, 30, 8, 0, tzinfo=LOCAL)
    until = datetime(2026, 12, 31, 16, 0, tzinfo=LOCAL)
    table = schedule.due_table(replace(USUAL, notice_days=2, notice_unit="working"), held, vietnamese_calendar, ends_at=until)

    assert f"{table[-1].due_at:%d/%m/%Y %H:%M}" == "05/01/2027 17:00"


# defaults


@pytest.mark.parametrize("kind", BY_KIND)
def test_every_default_can_be_followed_and_names_its_source(kind: str) -> None:
    for each in BY_KIND[kind]:
        assert rules.problems(each.values, kind) == [], each.code
        assert each.instrument
        assert list(each.written) == list(RULES)
        assert all(source["article"] or source["note"] for source in each.written.values())
        assert all(source["article"] for source in each.written.values() if source["verified"])
    assert len({each.code for each in BY_KIND[kind]}) == len(BY_KIND[kind])
    assert BY_KIND[kind][0].code == "regular"


def test_the_committee_follows_decree_315() -> None:
    session = default("committee", "regular")

    assert session.starts_on == day("2025-12-08")
    usual = Values(5, 2)
    expected = replace(usual, programme_days=3, tie="chair_side", signer="chief", substitutes="speaks", minutes_signers="chief")
    assert session.values.plain() == expected.plain()
    told = {rule: (source["article"], source["verified"]) for rule, source in session.written.items()}
    assert told["quorum"] == ("Điều 24.4", True)
    assert told["substitutes"] == ("Điều 24.3, 25.5a", True)
    assert told["notice"] == ("Điều 25.7b", False), "the decree gives no number of days"


def test_the_council_follows_resolution_104() -> None:
    session = default("council", "regular")
    values = session.values

    assert session.starts_on == day("2025-09-26")
    assert (values.papers_due_days, values.papers_due_unit) == (15, "calendar")
    assert (values.invite_days, values.invite_unit, values.summons) == (20, "calendar", "decision")
    assert [stage["by"] for stage in values.sequence] == ["unit", "committee", "unit", "unit"]
    assert not session.written["quorum"]["verified"], "the article of the new law was not read"


def test_the_standing_body_counts_its_own_members_and_a_tie_goes_with_the_chair() -> None:
    """NQ 104/2025/UBTVQH15 Đ19."""
    values = default("council", "standing").values

    assert (values.voters, values.quorum, values.majority, values.tie) == ("invited", "2/3", "more_than_half", "chair_side")


def test_the_party_is_closed_and_nothing_of_it_is_verified() -> None:
    for each in BY_KIND["party"]:
        assert each.values.closed
        assert not any(source["verified"] for source in each.written.values())


def test_the_chairs_work_meetings_need_no_notice() -> None:
    """NĐ 315/2025/NĐ-CP Đ29.10: "nếu có"."""
    for code in ("briefing", "work", "advisory", "training", "review"):
        assert not default("committee", code).values.notice_required
