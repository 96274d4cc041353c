"""Pages of a meeting: each answers its question, strangers see nothing, lists cost the same for one row as for three."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from meeting import clock, database
from meeting.agenda import home_screen, queries
from meeting.agenda.models import FurtherPresenter, Item, Meeting, ProgrammeVersion
from meeting.agenda.versions import content_of
from meeting.rulebook.models import RuleBook
from tests.conftest import Council, Program
from tests.counting import asked

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], FlaskClient]
Api = Callable[[str], Program]


def text(client: Client, username: str, address: str) -> str:
    heard = client(username).get(address)
    assert heard.status_code == 200, (address, heard.status_code)
    return heard.get_data(as_text=True)


@pytest.mark.parametrize("username", ["hoa", "minh", "dung", "hung", "khach", "admin", "van", "lan"])
def test_everybody_has_a_home_page(client: Client, council: Council, username: str) -> None:
    council.meeting()

    assert "<h1" in text(client, username, "/")


def test_home_shows_the_next_meeting_with_the_two_answers(client: Client, council: Council) -> None:
    council.meeting(starts_at=clock.now() + timedelta(days=2))

    shown = text(client, "hoa", "/")

    assert "Phiên họp UBND" in shown
    assert shown.count('data-act="agenda.reply"') == 2


def test_home_tells_the_chair_what_to_approve(client: Client, council: Council) -> None:
    meeting_id = council.meeting(state="submitted")

    assert f"/meetings/{meeting_id}" in text(client, "hung", "/")
    assert f"/meetings/{meeting_id}" not in text(client, "hoa", "/")


def test_a_postponed_meeting_asks_for_its_new_time(client: Client, council: Council) -> None:
    meeting_id = council.meeting(state="postponed", reason="Bão số 12")

    shown = text(client, "minh", f"/meetings/{meeting_id}")

    assert f'href="/meetings/{meeting_id}/edit"' in shown
    assert "Bão số 12" in shown


PAGES = ["", "/edit", "/programme", "/participants"]


@pytest.mark.parametrize("page", PAGES)
def test_the_secretary_opens_every_page_of_a_meeting(client: Client, council: Council, page: str) -> None:
    meeting_id = council.meeting()

    assert "Phiên họp UBND" in text(client, "minh", f"/meetings/{meeting_id}{page}")


@pytest.mark.parametrize("page", [*PAGES, "/meeting.ics"])
def test_a_stranger_is_told_that_there_is_no_such_meeting(client: Client, council: Council, page: str) -> None:
    meeting_id = council.meeting()

    assert client("khach").get(f"/meetings/{meeting_id}{page}").status_code == 404
    assert client("admin").get(f"/meetings/{meeting_id}{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES[1:])
def test_a_member_may_not_edit(client: Client, council: Council, page: str) -> None:
    meeting_id = council.meeting()

    assert client("hoa").get(f"/meetings/{meeting_id}{page}").status_code == 403


def test_members_do_not_see_a_draft(client: Client, council: Council, api: Api) -> None:
    meeting_id = council.meeting(state="draft")

    assert client("hoa").get(f"/meetings/{meeting_id}").status_code == 404
    assert api("hoa").get("/meetings")[1] == {"data": [], "next": None}
    assert [each["id"] for each in api("minh").get("/meetings")[1]["data"]] == [meeting_id]


@pytest.mark.parametrize("tab", ["programme", "people", "nowhere"])
def test_the_tabs_of_a_meeting(client: Client, council: Council, tab: str) -> None:
    meeting_id = council.meeting()

    assert "Nội dung 1" in text(client, "hoa", f"/meetings/{meeting_id}?tab=programme")
    text(client, "hoa", f"/meetings/{meeting_id}?tab={tab}")


def test_reasons_of_absence_are_for_the_desk_only(client: Client, council: Council, do: Do, api: Api) -> None:
    meeting_id = council.meeting()
    do("tuan", "agenda.reply", meeting_id=meeting_id, reply="declined", reason="Đi khám bệnh")

    assert "Đi khám bệnh" in text(client, "minh", f"/meetings/{meeting_id}?tab=people")
    assert "Đi khám bệnh" not in text(client, "hoa", f"/meetings/{meeting_id}?tab=people")
    assert "reason" not in api("hoa").get(f"/meetings/{meeting_id}/participants")[1]["data"][0]


def test_a_guest_limited_to_an_item_sees_only_that_one(client: Client, council: Council, api: Api) -> None:
    meeting_id = council.meeting()
    second = council.items(meeting_id)[1]
    council.invite(meeting_id, "khach", item_ids=[second])

    assert [each["id"] for each in api("khach").get(f"/meetings/{meeting_id}/programme")[1]["data"]] == [second]
    shown = text(client, "khach", f"/meetings/{meeting_id}")
    assert "Nội dung 2" in shown
    assert "Nội dung 1" not in shown


def test_meetings_are_found_by_body_state_and_words_without_marks(api: Api, council: Council) -> None:
    one, other = council.meeting("UBND"), council.meeting("HĐND", state="held")

    def ids(query: str) -> list[int]:
        return [each["id"] for each in api("minh").get(f"/meetings{query}")[1]["data"]]

    assert ids("?body=UBND") == [one]
    assert ids("?state=held") == [other]
    assert ids("?q=phien hop hdnd") == [other]
    assert ids("?when=upcoming") == [one]
    assert ids("?when=past") == [other]
    assert ids(f"?person={council.person('hung')}") == [one]
    assert ids("?unit=kinh_te") == []
    assert api("minh").get("/meetings?when=tomorrow")[0] == 422


def test_a_list_of_meetings_is_cut_and_goes_on(api: Api, council: Council) -> None:
    for day in (1, 2, 3):
        council.meeting(starts_at=clock.now() + timedelta(days=day))

    first = api("hoa").get("/meetings?when=upcoming&limit=2")[1]
    rest = api("hoa").get(f"/meetings?when=upcoming&limit=2&cursor={first['next']}")[1]

    assert (len(first["data"]), len(rest["data"]), rest["next"]) == (2, 1, None)
    line = first["data"][0]
    assert {"id", "title", "body", "state", "starts_at"} <= set(line)
    assert (line["body"], line["starts_at"][-6:]) == ("UBND", "+07:00")


def test_party_meetings_never_reach_the_office_of_the_committee(api: Api, client: Client, council: Council) -> None:
    meeting_id = council.meeting("Đảng ủy")
    council.update(Meeting, meeting_id, secretary_id=council.person("lan"))

    for stranger in ("minh", "van", "hoa", "truong", "admin"):
        assert api(stranger).get("/meetings")[1]["data"] == []
        assert client(stranger).get(f"/meetings/{meeting_id}").status_code == 404
    assert [each["id"] for each in api("lan").get("/meetings")[1]["data"]] == [meeting_id]


def test_due_times_follow_what_is_typed(api: Api, council: Council) -> None:
    council.meeting(starts_at=datetime(2026, 5, 4, 1, 0, tzinfo=UTC))

    status, due = api("minh").get(
        f"/meeting-types/{council.type()}/due?starts_at=2026-05-04T08:00:00%2B07:00&place=ph%C3%B2ng%20h%E1%BB%8Dp%201"
    )

    assert status == 200
    assert (due["papers_due_at"], due["invitation_due_at"]) == ("2026-04-28T17:00:00+07:00", "2026-04-28T17:00:00+07:00")
    assert due["place_taken"] is True
    assert due["busy"] == ["Ông Lê Anh Tuấn", "Ông Phan Thị Hoa", "Ông Đỗ Mạnh Hùng"]
    assert api("hoa").get(f"/meeting-types/{council.type()}/due?starts_at=2026-05-04T08:00:00%2B07:00")[0] == 404


def test_the_types_one_may_prepare_are_listed_with_their_rules(api: Api, council: Council) -> None:
    listed = api("minh").get("/meeting-types")[1]["data"]

    assert sorted(each["body"] for each in listed) == ["HĐND", "UBND"]
    assert listed[0]["papers_due"] == {"days": 2, "unit": "working"}
    assert api("hoa").get("/meeting-types")[1]["data"] == []


def test_only_who_prepares_meetings_gets_the_form(client: Client, council: Council) -> None:
    assert "data-due" in text(client, "minh", "/meetings/new")
    assert client("hoa").get("/meetings/new").status_code == 403


def test_lists_cost_the_same_for_one_meeting_and_for_three(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meeting.agenda.panels.CARDS", {})  # the cards of other rooms are counted there

    def cost() -> tuple[int, int]:
        actor = council.actor("minh")
        with asked() as listed, database.reading() as session:
            rows = queries.visible_meetings(session, actor)
            queries.replies_to(session, [each.id for each in rows])
            assert all(each.body.name and each.type.name for each in rows)
        with asked() as home, database.reading() as session:
            home_screen.home(session, council.actor("hoa"))
        return len(listed), len(home)

    council.meeting()
    one = cost()
    council.meeting()
    council.meeting()

    assert cost() == one
    assert one[0] == 3  # BEGIN, the meetings, the answers


def add(row: Any) -> None:
    """Puts a row without an id of its own into the store."""
    with Session(database.database().writing) as session:
        session.add(row)
        session.commit()


def long_programme(council: Council, items: int, days: int) -> int:
    """An issued meeting on a day of its own whose items lie under each other and have two presenters each."""
    meeting_id = council.meeting(items=0, starts_at=clock.now() + timedelta(days=days), programme_version=1)
    parent = None
    for number in range(1, items + 1):
        values = {"meeting_id": meeting_id, "position": number, "title": f"Nội dung {number}", "minutes_planned": 5}
        first = number % 5 == 1
        label = f"{number // 5 + 1}" if first else f"{number // 5 + 1}.{(number - 1) % 5}"
        row = Item(**values, parent_id=None if first else parent, numbering=label, presenter_id=council.person("truong"))
        (key,) = council.write(row)
        parent = key if first else parent
        add(FurtherPresenter(item_id=key, person_id=council.person("dung"), rank=1))
    with database.reading() as session:
        content = content_of(session.get_one(Meeting, meeting_id))
    council.write(ProgrammeVersion(meeting_id=meeting_id, number=1, content=content, made_at=clock.now()))
    return meeting_id


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("minh", ""),
        ("hoa", ""),
        ("hung", "?tab=people"),
        ("minh", "/programme"),
        ("minh", "/participants"),
        ("minh", "/edit"),
        ("hoa", "/changes"),
        ("minh", "/repeat?every=week&count=2"),
    ],
)
def test_fifty_items_cost_no_more_queries_than_five(client: Client, council: Council, username: str, address: str) -> None:
    few, many = long_programme(council, 5, 3), long_programme(council, 50, 20)
    browser = client(username)

    def cost(meeting_id: int) -> int:
        with asked() as statements:
            assert browser.get(f"/meetings/{meeting_id}{address}").status_code == 200
        return len(statements)

    cost(few)

    assert cost(many) <= cost(few) < 90


def test_a_meeting_is_read_in_few_queries_however_long_it_is(council: Council) -> None:
    minh = council.actor("minh")

    def cost(meeting_id: int) -> int:
        with asked() as read, database.reading() as session:
            found, _ = queries.meeting_of(session, minh, meeting_id)
            assert [each.person.called for each in found.participants]
            assert all(len(item.presenters) == 2 and item.unit is None and item.label for item in found.items)
        return len(read)

    assert cost(long_programme(council, 5, 3)) == cost(long_programme(council, 50, 20)) == 6
    # BEGIN, the meeting, its items, their further presenters, its participants, the hats


def test_the_office_is_told_whom_the_programme_waits_for(client: Client, council: Council, do: Do) -> None:
    council.update(RuleBook, council.book(), approver="chief", programme_days=3)
    meeting_id = council.meeting(state="draft", starts_at=clock.now() + timedelta(days=30))
    late = council.meeting(state="draft")

    assert "Trình Chánh Văn phòng" in text(client, "minh", f"/meetings/{meeting_id}")
    assert "được ghi nhận là chậm" in text(client, "minh", f"/meetings/{late}")
    do("minh", "agenda.submit", meeting_id=meeting_id)
    assert "agenda.approve" in text(client, "minh", f"/meetings/{meeting_id}")
    assert 'data-act="agenda.approve"' not in text(client, "hung", f"/meetings/{meeting_id}")
    assert "Duyệt chương trình" in text(client, "minh", "/")
