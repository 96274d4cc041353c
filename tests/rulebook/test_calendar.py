"""The work calendar: days set here, lists, and how due times follow. Acts, API, who may."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, database
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.rulebook import queries
from meeting.rulebook.calendar import vietnamese_calendar, work_calendar
from meeting.rulebook.day_list import read_days
from meeting.rulebook.days import Own, day_of, is_ordinary, year_grid
from meeting.rulebook.models import CalendarDay, RuleBook

Do = Callable[..., dict[str, Any]]
Council = Any


@pytest.fixture(autouse=True)
def _monday(at: Callable[[datetime], None]) -> None:
    at(clock.at_local(date(2026, 4, 6), 8))


def told(council: Council, event: Event) -> list[dict[str, Any]]:
    return [entry.facts for entry in council.all(select(Entry).where(Entry.event == event).order_by(Entry.seq))]


def code(do: Do, username: str, act: str, **wanted: Any) -> str:
    with pytest.raises(Refused) as found:
        do(username, act, **wanted)
    return found.value.code


def invitation_due(council: Council) -> str:
    with database.reading() as session:
        book = session.get_one(RuleBook, council.book())
        return f"{clock.local(queries.invitation_due_at(session, book, clock.at_local(date(2026, 5, 4), 8))):%d/%m %H:%M}"


# pure


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-04-30", "holiday"),
        ("2026-04-29", "work"),
        ("2026-05-02", "weekend"),
        ("2026-08-22", "worked"),
        ("2026-08-31", "holiday"),
        ("2026-11-24", "holiday"),
    ],
)
def test_a_day_is_what_the_country_says(day: str, kind: str) -> None:
    assert day_of(date.fromisoformat(day), vietnamese_calendar(2026), {}, {}).kind == kind


def test_what_was_set_here_goes_before_the_country() -> None:
    own = {date(2026, 4, 30): Own(True, "Trực"), date(2026, 4, 29): Own(False)}

    found = [day_of(day, vietnamese_calendar(2026), {}, own) for day in own]

    assert [(each.kind, each.own, each.works) for each in found] == [("worked", True, True), ("off", True, False)]


def test_a_holiday_whose_law_was_not_read_is_marked() -> None:
    country = vietnamese_calendar(2026)

    assert not day_of(date(2026, 11, 24), country, {}, {}).verified
    assert day_of(date(2026, 9, 2), country, {}, {}).verified


@pytest.mark.parametrize("year", [2024, 2026, 2028])
def test_a_year_has_all_its_days_in_weeks_from_monday(year: int) -> None:
    months = year_grid(year, vietnamese_calendar(year), {}, {})

    days = [day.day for month in months for week in month.weeks for day in week if day]
    assert len(days) == (date(year + 1, 1, 1) - date(year, 1, 1)).days
    assert days == sorted(days)
    assert all(len(week) == 7 for month in months for week in month.weeks)
    assert all(day.day.weekday() == place for month in months for week in month.weeks for place, day in enumerate(week) if day)


def test_setting_a_day_as_it_is_says_nothing_new() -> None:
    assert is_ordinary(date(2026, 4, 30), False, vietnamese_calendar(2026))
    assert not is_ordinary(date(2026, 4, 30), True, vietnamese_calendar(2026))


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([], ["day_row_columns"]),
        ([["Ngày", "Tên"], ["1/1/2026", "x"]], ["day_row_columns"]),
        ([["Ngày", "Loại"]], ["day_row_none"]),
        ([["Ngày", "Loại"], ["", ""]], ["day_row_none"]),
        ([["Ngày", "Loại"], ["31/02/2026", "nghỉ"]], ["day_row_date"]),
        ([["Ngày", "Loại"], ["22/08/2099", "nghỉ"]], ["day_row_year"]),
        ([["Ngày", "Loại"], ["22/08/2026", "hội"]], ["day_row_kind"]),
        ([["Ngày", "Loại"], ["22/08/2026", "bù"], ["22/08/2026"]], ["day_row_kind", "day_row_kind"]),
        ([["Ngày", "Loại"], ["22/08/2026", "làm bù"], ["2026-08-22", "nghỉ"]], ["day_row_twice"]),
    ],
)
def test_a_list_names_each_problem(rows: list[list[str]], problems: list[str]) -> None:
    assert [each.code for each in read_days(rows)[1]] == problems


def test_a_list_is_read_whatever_its_headings_and_dates() -> None:
    rows = [
        ["Căn cứ", "LOẠI", "ngày", "Ghi chú"],
        ["TB 1", "Làm bù", "2026-08-22", "Bù 31/8"],
        [],
        ["", "nghỉ bù", "31.08.2026", ""],
    ]

    days, problems = read_days(rows)

    assert problems == []
    assert [(each.line, each.day, each.works, each.name, each.source) for each in days] == [
        (2, date(2026, 8, 22), True, "Bù 31/8", "TB 1"),
        (4, date(2026, 8, 31), False, "", ""),
    ]


# acts


def test_due_times_follow_a_day_off_and_a_worked_saturday(do: Do, council: Council) -> None:
    assert invitation_due(council) == "28/04 17:00"

    do("minh", "rulebook.set_day", day="2026-04-28", works=False, name="Nghỉ bù")
    assert invitation_due(council) == "24/04 17:00"
    do("minh", "rulebook.set_day", day="2026-05-02", works=True, name="Làm bù")
    assert invitation_due(council) == "29/04 17:00"
    do("minh", "rulebook.clear_day", day="2026-04-28")
    do("minh", "rulebook.clear_day", day="2026-05-02")

    assert invitation_due(council) == "28/04 17:00"
    assert len(told(council, Event.CALENDAR_DAY_SET)) == 2
    assert len(told(council, Event.CALENDAR_DAY_CLEARED)) == 2


def test_a_holiday_can_be_worked_and_put_back(do: Do, council: Council) -> None:
    do("admin", "rulebook.set_day", day="2026-04-30", works=True)
    with database.reading() as session:
        assert work_calendar(session, 2026).works(date(2026, 4, 30))

    do("admin", "rulebook.clear_day", day="2026-04-30")

    with database.reading() as session:
        assert not work_calendar(session, 2026).works(date(2026, 4, 30))


def test_setting_the_same_again_says_nothing(do: Do, council: Council) -> None:
    do("minh", "rulebook.set_day", day="2026-04-28", works=False, name="Nghỉ", source="QĐ 1")
    do("minh", "rulebook.set_day", day="2026-04-28", works=False, name="Nghỉ", source="QĐ 1")
    do("minh", "rulebook.set_day", day="2026-04-28", works=True, name="Làm")

    first, second = told(council, Event.CALENDAR_DAY_SET)
    assert first["before"] is None
    assert second["before"] == {"works": False, "name": "Nghỉ", "source": "QĐ 1"}
    assert (second["works"], second["name"]) == (True, "Làm")


def test_a_day_far_away_or_never_set_is_refused(do: Do) -> None:
    assert code(do, "minh", "rulebook.set_day", day="2999-01-01", works=True) == "day_out_of_range"
    assert code(do, "minh", "rulebook.clear_day", day="2026-04-28") == "day_not_set"


def test_a_list_is_taken_over_whole_or_not_at_all(do: Do, council: Council) -> None:
    wrong = [["Ngày", "Loại"], ["22/08/2026", "làm bù"], ["32/08/2026", "nghỉ"]]
    right = [["Ngày", "Loại", "Tên"], ["22/08/2026", "làm bù", "Bù"], ["31/08/2026", "nghỉ", ""]]

    dry = do("minh", "rulebook.import_days", rows=wrong)
    assert (dry["count"], [each["line"] for each in dry["problems"]]) == (1, [3])
    assert code(do, "minh", "rulebook.import_days", rows=wrong, dry_run=False) == "days_problems"
    assert do("minh", "rulebook.import_days", rows=right)["count"] == 2
    assert council.all(select(CalendarDay)) == []
    do("minh", "rulebook.import_days", rows=right, dry_run=False)

    kept = council.all(select(CalendarDay).order_by(CalendarDay.day))
    assert [(row.day, row.works, row.name) for row in kept] == [
        (date(2026, 8, 22), True, "Bù"),
        (date(2026, 8, 31), False, ""),
    ]
    (entry,) = told(council, Event.CALENDAR_IMPORTED)
    assert [each["day"] for each in entry["days"]] == ["2026-08-22", "2026-08-31"]


@pytest.mark.parametrize("username", ["hoa", "lan", "van", "dung", "khach"])
@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        ("rulebook.set_day", {"day": "2026-04-28", "works": False}),
        ("rulebook.clear_day", {"day": "2026-04-28"}),
        ("rulebook.import_days", {"rows": []}),
    ],
)
def test_only_the_office_and_administrators_keep_the_calendar(do: Do, username: str, act: str, wanted: dict[str, Any]) -> None:
    assert code(do, username, act, **wanted) == "forbidden"


# through the API


def test_the_calendar_is_read_and_set_through_the_api(api: Callable[[str], Any]) -> None:
    status, answer = api("minh").act("rulebook.set_day", day="2026-04-28", works=False, source="Thông báo 1")
    assert (status, answer["ok"]) == (200, True)

    status, answer = api("hoa").get("/work-calendar?year=2026")

    days = {each["day"]: each for each in answer["data"]}
    assert status == 200
    assert (days["2026-04-28"]["works"], days["2026-04-28"]["kind"], days["2026-04-28"]["own"]) == (False, "off", True)
    assert (days["2026-08-22"]["works"], days["2026-08-22"]["kind"]) == (True, "worked")
    assert days["2026-11-24"]["verified"] is False
    assert "2026-04-29" not in days
    assert api("hoa").get("/work-calendar?year=1900")[0] == 422
    assert api("minh").act("rulebook.set_day", day="mai", works=True)[0] == 422


def test_rules_books_and_due_tables_are_read_through_the_api(api: Callable[[str], Any], council: Council) -> None:
    kind = council.type()
    status, answer = api("hoa").get("/rules?body=UBND")
    assert status == 200
    assert [(each["code"], each["book"]["values"]["quorum"]) for each in answer["data"]] == [("regular", "2/3")]

    status, answer = api("hoa").get(f"/rules/{kind}/due-table?starts_at=2026-05-04T08:00:00%2B07:00")
    invitation = next(each for each in answer["data"] if each["key"] == "invitation")
    assert (status, invitation["due_at"], invitation["verified"]) == (200, "2026-04-28T17:00:00+07:00", False)

    tried = f'/rules/{kind}/due-table?starts_at=2026-05-04T08:00&values={{"invite_days":5}}'
    assert next(e for e in api("hoa").get(tried)[1]["data"] if e["key"] == "invitation")["due_at"].startswith("2026-04-22")
    for wrong in ('{"invite_days":500}', '{"invite_days":"x"}', "[1]", "x", '{"sequence":[{"what":""}]}'):
        assert api("hoa").get(f"/rules/{kind}/due-table?starts_at=2026-05-04T08:00&values={wrong}")[0] == 422, wrong
    assert api("hoa").get(f"/rules/{kind}/due-table")[0] == 422
    assert api("hoa").get(f"/rules/{kind}/due-table?starts_at=9999-05-04T08:00")[0] == 422


def test_books_are_read_with_what_changed(api: Callable[[str], Any], do: Do, council: Council) -> None:
    do("minh", "rulebook.edit_book", type_id=council.type(), starts_on="2026-05-01", quorum="3/4")

    status, answer = api("hoa").get(f"/rules/{council.type()}/books")

    assert status == 200
    assert [each["starts_on"] for each in answer["data"]] == ["2026-05-01", "2026-01-01"]
    assert [each["rule"] for each in answer["data"][0]["changes"]] == ["quorum"]


@pytest.mark.parametrize("username", ["khach", "minh", "admin"])
def test_the_partys_rules_are_read_by_nobody_outside(api: Callable[[str], Any], council: Council, username: str) -> None:
    kind = council.type("Đảng ủy")

    assert api("lan").get(f"/rules/{kind}/books")[0] == 200
    assert api(username).get(f"/rules/{kind}/books")[0] == 404
    assert api(username).get(f"/rules/{kind}/due-table?starts_at=2026-05-04T08:00")[0] == 404
    assert api(username).get(f"/rules/export?body={council.body('Đảng ủy')}")[0] == 404
    assert kind not in {each["id"] for each in api(username).get("/rules")[1]["data"]}
