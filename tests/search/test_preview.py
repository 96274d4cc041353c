"""One hit beside the others: what it shows of minutes, and whose names stand on the page."""

import html
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from meeting import database
from meeting.conclusions.models import Minutes, MinutesPart
from meeting.organization.models import Membership, Person
from meeting.permissions import Role
from meeting.search.engines import keeping
from meeting.search.kept.saved_queries import filters_told
from meeting.search.passages import service
from tests.conftest import MORNING, Council

Client = Callable[[str], FlaskClient]


def text(client: Client, username: str, address: str) -> str:
    answer = client(username).get(address)
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def test_minutes_are_those_of_the_meeting_that_was_found(client: Client, council: Council, feed: Callable[..., None]) -> None:
    meeting_id, party = council.meeting("UBND", state="held"), council.meeting("Đảng ủy", state="held")
    drafted = {"drafted_at": MORNING, "state": "draft"}
    (other,) = council.write(Minutes(meeting_id=party, text="I. MỞ ĐẦU\nViệc riêng của cấp ủy", **drafted))
    assert other == meeting_id  # the number of the one is that of the other
    signed = {"drafted_at": MORNING, "signed_at": MORNING, "state": "signed"}
    council.write(Minutes(meeting_id=meeting_id, text="I. MỞ ĐẦU\nViệc chung của phường", **signed))
    feed(meeting_id, party, kinds=("minutes",))

    shown = text(client, "hoa", f"/search/preview?hit=minutes-{meeting_id}&q=viec")

    assert "Việc chung của phường" in shown
    assert "Việc riêng" not in shown


def test_what_is_being_written_for_the_minutes_is_shown_as_it_is(
    client: Client, council: Council, feed: Callable[..., None]
) -> None:
    meeting_id = council.meeting("UBND", state="in_session")
    item_id = council.items(meeting_id)[0]
    council.write(MinutesPart(meeting_id=meeting_id, item_id=item_id, text="Đại biểu hỏi về vỉa hè", edited_at=MORNING))
    feed(meeting_id, kinds=("minutes",))

    assert "Đại biểu hỏi về vỉa hè" in text(client, "minh", f"/search/preview?hit=minutes-{meeting_id}&q=via+he")


@pytest.fixture
def party_only(council: Council) -> int:
    """Somebody who sits in the Party only."""
    (person,) = council.write(Person(full_name="Đinh Văn Riêng", honorific="Ông", position="Đảng ủy viên"))
    council.write(Membership(person_id=person, body_id=council.body("Đảng ủy"), role=Role.MEMBER, starts_on=date(2026, 1, 1)))
    service.keep_source("person", 0)
    keeping.catch_up()
    return person


def test_a_person_of_whom_one_may_know_nothing_is_not_named_by_their_number(
    client: Client, council: Council, party_only: int
) -> None:
    for who, named in (("tuan", False), ("khach", False), ("lan", True), ("admin", True)):
        assert ("Đinh Văn Riêng" in text(client, who, f"/search?person={party_only}")) == named, who
        with database.reading() as session:
            told = filters_told(session, council.actor(who), {"person": str(party_only)})
        assert [each.words for each in told] == (["Đinh Văn Riêng"] if named else []), who
