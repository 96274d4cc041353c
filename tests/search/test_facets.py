"""Filters and their counts."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from pyroaring import BitMap

from meeting.database import database
from meeting.search import rules
from meeting.search.finding import catalogue, narrowing
from meeting.search.finding.answers import Facet
from meeting.search.finding.catalogue import Catalogue
from meeting.search.finding.facets import MOST_VALUES, days_of
from meeting.search.finding.queries import Found
from meeting.search.language.wanted import Fields
from meeting.search.models import Passage
from tests.conftest import Council
from tests.search.grown import on_both
from tests.search.test_catalogue import row

Find = Callable[..., Found]
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("this-month", ("2026-11-01", "2026-11-30")),
        ("this-quarter", ("2026-10-01", "2026-12-31")),
        ("this-year", ("2026-01-01", "2026-12-31")),
        ("last-year", ("2025-01-01", "2025-12-31")),
        ("2019", ("2019-01-01", "2019-12-31")),
        ("1900", None),
        ("0000", None),
        ("20x6", None),
        ("²²²²", None),
        ("", None),
    ],
)
def test_a_period_has_its_days(period: str, days: tuple[str, str] | None) -> None:
    found = days_of(period, TODAY)

    assert (found and tuple(day.isoformat() for day in found)) == days


@pytest.mark.parametrize(
    ("since", "until", "left"),
    [
        (None, None, [1, 2, 3, 4]),
        (date(2026, 6, 2), None, [2, 3, 4]),
        (None, date(2026, 6, 30), [1, 2]),
        (date(2026, 6, 2), date(2026, 7, 31), [2, 3]),
        (date(2026, 6, 30), date(2026, 6, 30), [2]),
        (date(2026, 7, 2), date(2026, 7, 1), []),
    ],
)
def test_days_leave_what_lies_between_them(since: date | None, until: date | None, left: list[int]) -> None:
    shelf = Catalogue()
    days = ("2026-06-01", "2026-06-30", "2026-07-31", "2026-08-01")
    shelf.take([row(number, "item", number, dated=day) for number, day in enumerate(days, start=1)])

    found = narrowing.between(shelf, since, until)

    assert [shelf.docs[number].source_id for number in found] == left


@pytest.mark.parametrize(
    ("number", "left"), [("14", ["14/TB-UBND"]), ("142", ["142/TB-UBND", "142-KH/ĐU"]), ("142/tb", ["142/TB-UBND"]), ("2", [])]
)
def test_a_number_is_that_number_and_no_longer_one(number: str, left: list[str]) -> None:
    shelf = Catalogue()
    symbols = ("14/TB-UBND", "142/TB-UBND", "142-KH/ĐU", "1420/QĐ-UBND")
    shelf.take([row(at, "notice", at, symbol=symbol) for at, symbol in enumerate(symbols)])

    found = narrowing.bearing_number(shelf, number)

    assert [shelf.docs[each].symbol for each in found] == left


def test_what_is_overdue_follows_from_the_day() -> None:
    shelf = Catalogue()
    shelf.take(
        [
            row(1, "task", 1, state="in_progress", due_on="2026-11-22"),
            row(2, "task", 2, state="in_progress", due_on="2026-11-23"),
            row(3, "task", 3, state="accepted", due_on="2026-11-01"),
            row(4, "promise", 4, state="open", due_on="2026-11-22"),
        ]
    )

    def left(state: str, today: date = TODAY) -> list[int]:
        return [shelf.docs[each].source_id for each in narrowing.in_state(shelf, state, today)]

    assert left("overdue") == [1, 4]
    assert left("running") == [2]
    assert left("done") == [3]
    assert left("overdue", date(2026, 11, 24)) == [1, 2, 4]


def test_every_state_of_the_sources_is_a_word_people_know_or_nothing() -> None:
    assert {rules.standing(kind, state) for kind in rules.KINDS for state in ("", "published", "waiting", "nonsense")} == {""}
    assert rules.standing("notice", "corrected") == "in_force"
    assert rules.standing("task", "draft") == "draft"
    assert rules.standing("question", "failed") == "not_passed"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("quá hạn", "overdue"),
        ("qua han", "overdue"),
        ("Đang thực hiện", "running"),
        ("thu hoi", "withdrawn"),
        ("không thông qua", "not_passed"),
        ("in_force", "in_force"),
    ],
)
def test_states_are_meant_by_their_words(said: str, state: str) -> None:
    assert rules.standing_said(said) == [state]
    assert rules.standing_said("chẳng có") == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("nhiệm vụ quá hạn công an", "nhiệm vụ công an trạng thái:“quá hạn”"),
        ("đơn vị: công an qua han", "đơn vị: công an trạng thái:“qua han”"),
        ("tờ trình không thông qua", "tờ trình trạng thái:“không thông qua”"),
        ("trạng thái: quá hạn", ""),
        ("“quá hạn” công an", ""),
        ("vỉa hè", ""),
        ("", ""),
    ],
)
def test_a_state_among_the_words_is_offered_as_a_filter(typed: str, offered: str) -> None:
    assert rules.with_state(typed) == offered


# ---- in a search ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def ward(council: Council, notice: Callable[..., int], feed: Callable[..., None], at: Callable[[datetime], None]) -> list[int]:
    """Two meetings of the UBND and one of the Party, each with a notice about vỉa hè; the meetings."""
    at(datetime(2026, 11, 23, 1, tzinfo=UTC))
    meetings = [council.meeting(state="held"), council.meeting(state="held"), council.meeting("Đảng ủy", state="held")]
    for number, meeting_id in enumerate(meetings, start=1):
        body = "Đảng ủy" if number == 3 else "UBND"
        notice("Lập lại trật tự vỉa hè.", meeting_id=meeting_id, number=number, body=body)
    feed(*meetings)
    return meetings


def counts(found: Found, name: str) -> dict[str, int]:
    return {facet.value: facet.count for facet in found.facets[name]}


def test_counts_are_those_of_what_one_may_read(council: Council, ward: list[int], find: Find) -> None:
    assert counts(find("hoa", "vỉa hè"), "body") == {"UBND": 2}
    assert counts(find("lan", "vỉa hè"), "body") == {"Đảng ủy": 1}
    assert counts(find("hung", "vỉa hè"), "body") == {"UBND": 2, "Đảng ủy": 1}
    for stranger in ("khach", "admin"):
        assert not any(find(stranger, "vỉa hè").facets.values())


@on_both
def test_each_count_is_what_its_choice_would_leave(council: Council, ward: list[int], find: Find) -> None:
    names = {"kind": "kind", "meeting": "meeting_id"}
    for typed in ("", "vỉa hè", "nội dung"):
        found = find("hung", typed, since=date(2026, 1, 1))
        for facet, asked in names.items():
            for value, number in counts(found, facet).items():
                chosen = int(value) if asked == "meeting_id" else value
                assert find("hung", typed, since=date(2026, 1, 1), **{asked: chosen}).total == number


def test_a_choice_narrows_all_counts_but_its_own(council: Council, ward: list[int], find: Find) -> None:
    found = find("hung", "", kind="notice", body_id=council.body("UBND"))

    assert found.total == 2
    assert counts(found, "kind") == {"notice": 2, "item": 6}
    assert counts(found, "body") == {"UBND": 2, "Đảng ủy": 1}
    assert counts(found, "state") == {"in_force": 2}
    assert [facet for facet in found.facets["kind"] if facet.chosen] == [Facet("notice", rules.LABELS["notice"], 2, True)]


def test_a_meeting_is_named_with_its_day(council: Council, ward: list[int], find: Find) -> None:
    labels = {facet.value: facet.label for facet in find("hoa", "vỉa hè").facets["meeting"]}

    assert labels == {str(meeting_id): "Phiên họp UBND · 24/11/2026" for meeting_id in ward[:2]}


@on_both
def test_periods_count_and_an_older_year_stands_alone(council: Council, ward: list[int], find: Find) -> None:
    council.write(
        Passage(
            kind="item",
            source_id=council.items(ward[0])[0],
            part=5,
            meeting_id=ward[0],
            body_id=council.body("UBND"),
            title="x",
            text="y",
            dated=date(2019, 5, 5),
            seq=99,
        )
    )
    council.update(
        Passage,
        council.one(Passage.__table__.select().where(Passage.kind == "notice").with_only_columns(Passage.id)),
        dated=date(2019, 5, 5),
        seq=100,
    )

    found = find("hoa", "", kind="notice")

    assert counts(found, "period") == {"this-month": 1, "this-quarter": 1, "this-year": 1, "2019": 1}
    chosen = find("hoa", "", kind="notice", since=date(2019, 1, 1), until=date(2019, 12, 31))
    assert chosen.total == 1
    assert [facet.value for facet in chosen.facets["period"] if facet.chosen] == ["2019"]


def test_a_chosen_value_stays_although_nothing_is_left(council: Council, ward: list[int], find: Find) -> None:
    found = find("hoa", "không có gì như thế cả", meeting_id=ward[0])

    assert [(facet.value, facet.count) for facet in found.facets["meeting"]] == [(str(ward[0]), 0)]


def test_a_choice_of_what_one_may_not_read_names_nothing(council: Council, ward: list[int], find: Find) -> None:
    party = {"meeting_id": ward[2], "body_id": council.body("Đảng ủy")}

    for name, value in party.items():
        found = find("hoa", "vỉa hè", **{name: value})
        assert (found.total, [facet for facets in found.facets.values() for facet in facets if facet.chosen]) == (0, [])


def test_no_more_values_than_fit(council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find) -> None:
    meetings = [council.meeting(state="held", items=1) for _ in range(MOST_VALUES + 2)]
    feed(*meetings)

    found = find("hoa", "nội dung", meeting_id=meetings[-1])

    assert len(found.facets["meeting"]) == MOST_VALUES
    assert [facet.value for facet in found.facets["meeting"] if facet.chosen] == [str(meetings[-1])]


@pytest.mark.parametrize(
    ("field", "word", "kinds"),
    [
        ("body", "ủy ban", {"UBND"}),
        ("body", "DANG UY", {"Đảng ủy"}),
        ("body", "chẳng có", set()),
        ("number", "3", {"Đảng ủy"}),
        ("kind", "notice", {"UBND", "Đảng ủy"}),
        ("state", "còn hiệu lực", {"UBND", "Đảng ủy"}),
        ("meeting", "phien hop ubnd", {"UBND"}),
    ],
)
def test_field_words_narrow_by_names_in_any_marks(
    council: Council, ward: list[int], field: str, word: str, kinds: set[str]
) -> None:
    with database().reads() as session:
        shelf = catalogue.current(session)
        filters = narrowing.named(session, shelf, Fields(**{field: word}), TODAY)
        bodies = {name: council.body(name) for name in ("UBND", "Đảng ủy")}
        left = BitMap.intersection(shelf.by_kind["notice"], *filters.values())

    assert {name for name, key in bodies.items() if any(shelf.docs[each].body_id == key for each in left)} == kinds
