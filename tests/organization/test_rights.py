"""Extra rights beside the roles: given for a body and a time, of use at once, gone with the role."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.database import reading
from meeting.errors import Refused
from meeting.events import Event
from meeting.grantable import GRANTABLE
from meeting.journal import Entry
from meeting.organization import queries
from meeting.organization.models import Account, ExtraRight, Membership
from meeting.organization.rules import last_day, rights_in_force
from meeting.organization.wording import RIGHT_LABELS
from meeting.permissions import ALLOWED, Action, Role, allows, hat
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _on_a_day_of_its_own(at: Any) -> None:
    at(MORNING)


def give(council: Council, do: Do, who: str, right: Action, body: str = "UBND", by: str = "admin", **more: Any) -> int:
    given = do(
        by, "organization.give_right", person_id=council.person(who), body_id=council.body(body), right=right.value, **more
    )
    return int(given["right_id"])


FORCE = [
    # roles (body, role), rights (body, name), in force
    ([(1, Role.MEMBER)], [(1, "calendars.keep_week")], {(1, Action.KEEP_WEEK)}),
    ([(1, Role.MEMBER)], [(2, "calendars.keep_week")], set()),  # no role in that body
    ([], [(1, "calendars.keep_week")], set()),
    ([(1, Role.MEMBER)], [(1, "voting.cast")], set()),  # never to be given
    ([(1, Role.MEMBER)], [(1, "no.such")], set()),
    ([(1, Role.MEMBER)], [(1, "materials.review")], {(1, Action.REVIEW_PAPERS)}),
    ([(1, Role.MEMBER), (2, Role.OFFICER)], [(1, "materials.review"), (1, "rounds.keep")], {(1, Action.KEEP_ROUNDS)}),
    ([(1, Role.HEAD)], [(1, "tasks.review"), (1, "agenda.prepare")], {(1, Action.PREPARE_MEETING)}),
]


@pytest.mark.parametrize(("roles", "rights", "counted"), FORCE)
def test_a_right_counts_beside_a_role_and_never_for_judging_ones_own(roles, rights, counted):
    assert rights_in_force(roles, rights) == counted


A, B = date(2026, 5, 1), date(2026, 6, 1)
LAST = [
    ([(A, None)], None),
    ([(A, B)], B),
    ([(A, B), (A, None)], None),
    ([(A, date(2026, 5, 2))], date(2026, 5, 14)),
    ([], date(2026, 5, 14)),
]


@pytest.mark.parametrize(("terms", "last"), LAST)
def test_rights_last_as_long_as_the_longest_role_and_else_until_yesterday(terms, last):
    assert last_day(terms, date(2026, 5, 15)) == last


def test_every_right_that_can_be_given_has_a_word():
    assert set(RIGHT_LABELS) == set(GRANTABLE)


def test_a_member_with_the_right_prepares_meetings_of_that_body_only(council: Council, do: Do):
    wanted = {"type_id": council.type("UBND"), "title": "Phiên họp tháng 12", "starts_at": "2026-12-10T08:00:00+07:00"}
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "agenda.create", **wanted)

    give(council, do, "hoa", Action.PREPARE_MEETING, reason="Thay thư ký nghỉ phép")

    made = do("hoa", "agenda.create", **wanted)
    do("hoa", "agenda.edit", meeting_id=made["meeting_id"], title="Phiên họp cuối năm")
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "agenda.create", **{**wanted, "type_id": council.type("HĐND")})
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "agenda.issue", meeting_id=made["meeting_id"])


SUBJECTS = [right for right in GRANTABLE if right not in (Action.KEEP_GUIDES, Action.PRACTISE)]


@pytest.mark.parametrize("right", SUBJECTS)
def test_each_right_reaches_the_body_and_its_meetings(council: Council, do: Do, right: Action):
    meeting = council.meeting("UBND", state="draft")
    give(council, do, "tuan", right)
    who = council.actor("tuan")

    with reading() as session:
        hats = session.get_one(Meeting, meeting).hats_of(who, session)
        assert allows(right, hats)
        assert allows(Action.READ_MEETING, hats) == (Action.READ_MEETING in GRANTABLE[right])
    assert who.bodies_as(hat(right)) == {council.body("UBND")} <= who.bodies_as(*ALLOWED[right])


def test_a_right_given_is_recorded_and_ends_the_sessions(council: Council, do: Do):
    account = select(Account.session_version).where(Account.username == "hoa")
    before = council.one(account)

    right = give(council, do, "hoa", Action.KEEP_WEEK, ends_on="2026-12-31", reason="Trực lễ")

    entry = council.one(select(Entry).where(Entry.event == Event.RIGHT_GIVEN))
    assert (entry.chain, entry.facts["right"], entry.facts["ends_on"], entry.facts["reason"]) == (
        0,
        "calendars.keep_week",
        "2026-12-31",
        "Trực lễ",
    )
    assert council.one(account) == before + 1
    do("admin", "organization.take_right", right_id=right)
    assert council.actor("hoa").extra == frozenset()
    assert council.one(account) == before + 2
    assert council.one(select(Entry.event).order_by(Entry.id.desc())) == Event.RIGHT_TAKEN
    with pytest.raises(Refused, match="not_found"):
        do("admin", "organization.take_right", right_id=right)


REFUSALS = [
    ("hoa", "voting.cast", "UBND", {}, "right_unknown"),
    ("hoa", "organization.manage", "UBND", {}, "right_unknown"),
    ("hoa", "live.run", "UBND", {}, "right_unknown"),
    ("hoa", "agenda.prepare", "Đảng ủy", {}, "right_needs_role"),
    ("khach", "agenda.prepare", "UBND", {}, "right_needs_role"),
    ("hoa", "agenda.prepare", "UBND", {"starts_on": "2025-01-01"}, "right_needs_role"),
    ("hoa", "agenda.prepare", "UBND", {"starts_on": "2026-12-02", "ends_on": "2026-12-01"}, "term_ends_before_start"),
    ("dung", "materials.review", "UBND", {}, "right_judges_own"),
    ("truong", "tasks.review", "HĐND", {}, "right_judges_own"),
]


@pytest.mark.parametrize(("who", "right", "body", "more", "code"), REFUSALS)
def test_what_cannot_be_given_is_refused(council: Council, do: Do, who, right, body, more, code):
    with pytest.raises(Refused, match=code):
        do("admin", "organization.give_right", person_id=council.person(who), body_id=council.body(body), right=right, **more)
    assert council.all(select(ExtraRight.id)) == []


def test_nobody_gives_a_right_twice_or_to_themselves(council: Council, do: Do):
    council.write(
        Membership(person_id=council.person("admin"), body_id=council.body("UBND"), role="member", starts_on=date(2026, 1, 1))
    )
    with pytest.raises(Refused, match="right_own"):
        give(council, do, "admin", Action.KEEP_WEEK)
    give(council, do, "hoa", Action.KEEP_WEEK)
    with pytest.raises(Refused, match="right_held"):
        give(council, do, "hoa", Action.KEEP_WEEK)


@pytest.mark.parametrize("stranger", ["hoa", "minh", "lan", "dung", "khach"])
def test_a_stranger_gives_and_takes_nothing(council: Council, do: Do, api: Any, stranger: str):
    right = give(council, do, "tuan", Action.KEEP_WEEK)

    with pytest.raises(Refused, match="forbidden"):
        give(council, do, "hoa", Action.KEEP_WEEK, by=stranger)
    status, told = api(stranger).act("organization.take_right", right_id=right)

    assert (status, told["code"]) == (403, "forbidden")


def test_a_right_ends_with_the_role_by_the_clock_and_does_not_come_back(council: Council, do: Do, at: Any):
    body, hoa = council.body("UBND"), council.person("hoa")
    role = council.one(select(Membership.id).where(Membership.person_id == hoa, Membership.body_id == body))
    do("admin", "organization.end_role", membership_id=role, ends_on="2026-12-31")

    right = give(council, do, "hoa", Action.KEEP_WEEK)

    assert council.one(select(ExtraRight.ends_on).where(ExtraRight.id == right)) == date(2026, 12, 31)
    at(datetime(2026, 12, 31, 16, 0, tzinfo=UTC))  # 23:00 of the last day in Viet Nam
    assert council.actor("hoa").extra == {(body, Action.KEEP_WEEK)}
    at(datetime(2026, 12, 31, 18, 0, tzinfo=UTC))  # 1:00 of the next
    do("admin", "organization.set_role", person_id=hoa, body_id=body, role="member")
    assert council.actor("hoa").extra == frozenset()


def test_ending_the_last_role_ends_the_rights_that_rest_on_it(council: Council, do: Do, at: Any):
    body, hoa = council.body("UBND"), council.person("hoa")
    give(council, do, "hoa", Action.KEEP_WEEK)
    give(council, do, "hoa", Action.KEEP_WEEK, body="HĐND")
    at(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))
    role = council.one(select(Membership.id).where(Membership.person_id == hoa, Membership.body_id == body))

    do("admin", "organization.end_role", membership_id=role)

    assert council.actor("hoa").extra == {(council.body("HĐND"), Action.KEEP_WEEK)}
    assert council.all(select(ExtraRight.ends_on).where(ExtraRight.body_id == body)) == [date(2026, 11, 23)]


def test_tokens_know_of_a_right_at_once_and_say_so(council: Council, do: Do, api: Any):
    assert api("hoa").get("/me")[1]["rights"] == []

    give(council, do, "hoa", Action.KEEP_WEEK)

    assert api("hoa").get("/me")[1]["rights"] == [{"body": "UBND", "right": "calendars.keep_week"}]
    with reading() as session:
        account = queries.account_named(session, "hoa")
        actor = queries.actor_of(session, account)
    assert actor is not None
    assert actor.extra == {(council.body("UBND"), Action.KEEP_WEEK)}
    told = api("admin").get(f"/people/{council.person('hoa')}")[1]
    assert [each["right"] for each in told["rights"]] == ["calendars.keep_week"]
    assert api("hoa").get(f"/people/{council.person('hoa')}")[0] == 403


def test_the_right_opens_its_page_and_its_place_in_the_navigation(council: Council, do: Do, client: Any):
    assert client("hoa").get("/groups").status_code == 403

    give(council, do, "hoa", Action.MANAGE_GROUPS)

    page = client("hoa").get("/groups").get_data(as_text=True)
    assert 'href="/groups"' in page
    assert "Hội đồng nhân dân phường" not in page


def test_the_page_of_a_person_gives_and_shows_rights(council: Council, do: Do, client: Any):
    give(council, do, "hoa", Action.KEEP_WEEK, reason="Trực lễ")

    page = client("admin").get(f"/people/{council.person('hoa')}").get_data(as_text=True)

    assert all(word in page for word in ("Lập lịch công tác tuần", "Trực lễ", 'value="rounds.keep"'))
