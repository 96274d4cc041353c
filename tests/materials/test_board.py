"""The board: units against what they were asked, in words and figures, bounded however much there is."""

from datetime import UTC, datetime, timedelta

import pytest

from meeting import clock
from meeting.agenda.models import Item
from meeting.materials.models import Requirement
from meeting.materials.standings import Light, by_unit, in_order, light, passes
from tests.counting import asked

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNITS = ("Kinh tế", "Văn hóa", "Tư pháp")


def row(key, state, due, late=None, unit="Kinh tế"):
    return light((key, UNITS.index(unit), unit, None, f"Báo cáo {key}", state, due, late), NOW)


ROWS = [
    row(1, "asked", NOW + HOUR),
    row(2, "asked", NOW - HOUR),
    row(3, "preparing", NOW - 5 * HOUR, unit="Văn hóa"),
    row(4, "submitted", NOW - HOUR, 30),
    row(5, "checking", NOW + HOUR, 0, unit="Văn hóa"),
    row(6, "returned", NOW + HOUR, 0),
    row(7, "published", NOW - HOUR, 0, unit="Tư pháp"),
    row(8, "accepted", NOW - HOUR, 90),
    row(9, "waived", NOW - HOUR),
    row(10, "with_head", NOW + HOUR, unit="Văn hóa"),
]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7, 8, 10]),
        ("review", [4, 5]),
        ("missing", [1, 2, 3, 6, 10]),
        ("overdue", [2, 3]),
        ("late", [2, 3, 4, 8]),
        ("accepted", [7, 8]),
        ("waived", [9]),
        ("nonsense", [1, 2, 3, 4, 5, 6, 7, 8, 10]),
    ],
)
def test_each_filter_lets_its_standings_through(chosen, found):
    assert [each.id for each in ROWS if passes(each, chosen)] == found


def test_what_waits_for_the_office_comes_first_then_the_longest_overdue():
    assert [each.id for each in in_order(ROWS)] == [4, 5, 3, 2, 6, 1, 10, 7, 8, 9]


def test_units_with_something_overdue_come_first():
    found = by_unit(ROWS)

    assert [(each.unit, each.counts.overdue, each.missing, len(each.papers)) for each in found] == [
        ("Kinh tế", 1, 3, 5),
        ("Văn hóa", 1, 2, 3),
        ("Tư pháp", 0, 0, 1),
    ]
    assert found[0].next_due_at == NOW - HOUR
    assert found[2].next_due_at is None


def test_a_row_knows_only_what_the_board_needs():
    assert isinstance(ROWS[0], Light)
    assert (ROWS[2].preparing, ROWS[0].preparing) == (True, False)


def test_the_board_is_read_by_chair_office_and_inspectors_only(api, desk):
    path = f"/meetings/{desk.meeting_id}/board"

    found = {who: api(who).get(path)[0] for who in ("minh", "hung", "van", "dung", "truong", "hoa", "khach", "lan", "admin")}

    wanted = {
        "minh": 200,
        "hung": 200,
        "van": 200,
        "dung": 403,
        "truong": 403,
        "hoa": 403,
        "khach": 404,
        "lan": 404,
        "admin": 404,
    }
    assert found == wanted
    assert {who: api(who).get(f"{path}/version")[0] for who in wanted} == wanted


def test_the_board_over_the_api_says_what_the_page_says(api, client, desk, do, council):
    do("minh", "materials.request", meeting_id=desk.meeting_id, unit_ids=[council.unit("van_hoa")], what="Số liệu văn hóa")

    _, answer = api("minh").get(f"/meetings/{desk.meeting_id}/board?words=van hoa")

    assert [each["what"] for each in answer["data"]] == ["Số liệu văn hóa"]
    assert (answer["found"], answer["counts"]["total"], answer["pages"]) == (1, 2, 1)
    assert {each["unit_id"]: each["missing"] for each in answer["units"]} == {
        council.unit("kinh_te"): 1,
        council.unit("van_hoa"): 1,
    }
    page = client("minh").get(f"/meetings/{desk.meeting_id}/papers?by=unit").text
    assert "Phòng Văn hóa – Xã hội" in page


def test_every_change_raises_the_boards_number(api, desk, do):
    path = f"/meetings/{desk.meeting_id}/board/version"
    before = api("minh").get(path)[1]["version"]

    do("dung", "materials.submit", requirement_id=desk.requirement_id, file_id=desk.file(), declared=True)

    assert api("minh").get(path)[1]["version"] > before


def test_one_unit_is_reminded_of_all_it_owes(do, desk, council):
    do("minh", "materials.request", meeting_id=desk.meeting_id, unit_ids=[council.unit("van_hoa")], what="Số liệu")
    do("minh", "materials.request", meeting_id=desk.meeting_id, unit_ids=[council.unit("kinh_te")], what="Phụ lục")

    assert do("minh", "materials.remind", meeting_id=desk.meeting_id, unit_id=council.unit("kinh_te")) == {"reminded": 2}
    assert do("minh", "materials.remind", meeting_id=desk.meeting_id) == {"reminded": 3}


@pytest.fixture
def big(council, at):
    """Two meetings, of 5 and of 50 items with 20 papers each."""
    at(NOW)
    return {number: _full(council, number) for number in (5, 50)}


def _full(council, items):
    meeting_id = council.meeting("UBND", items=0, starts_at=NOW + timedelta(days=4))
    titled = [Item(meeting_id=meeting_id, position=n, title=f"Nội dung {n}", minutes_planned=5) for n in range(1, items + 1)]
    units = [council.unit(code) for code in ("kinh_te", "van_hoa", "van_phong")]
    council.write(
        *(
            Requirement(
                meeting_id=meeting_id,
                item_id=item_id,
                unit_id=units[n % 3],
                what=f"Báo cáo {n}",
                due_at=NOW + timedelta(hours=n - 10),
                asked_by=council.person("minh"),
                asked_at=clock.now(),
            )
            for item_id in council.write(*titled)
            for n in range(20)
        )
    )
    return meeting_id


@pytest.mark.parametrize(
    "address",
    [
        "/meetings/{}",
        "/meetings/{}?tab=papers",
        "/meetings/{}/papers",
        "/meetings/{}/papers?by=unit",
        "/meetings/{}/papers?show=missing&page=2",
        "/api/v1/meetings/{}/board",
        "/reports/units?from=2026-01-01&to=2026-12-31",
        "/papers/boards",
    ],
)
def test_fifty_items_with_twenty_papers_each_need_no_more_queries_than_five(client, big, address):
    minh = client("minh")

    def cost(meeting_id):
        with asked() as statements:
            assert minh.get(address.format(meeting_id)).status_code == 200
        return len(statements)

    cost(big[5])
    few = cost(big[5])

    assert few < 100
    assert cost(big[50]) <= few


def test_a_long_board_is_turned_page_by_page(client, api, big):
    page = client("minh").get(f"/meetings/{big[50]}/papers").text
    _, last = api("minh").get(f"/meetings/{big[50]}/board?page=25")
    _, beyond = api("minh").get(f"/meetings/{big[50]}/board?page=9999")

    assert page.count("data-row=") == 40
    assert (last["pages"], len(last["data"]), beyond["page"]) == (25, 40, 25)
