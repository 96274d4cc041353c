"""Roles end with their term, one by one and all of a body's at once; the roster goes on to the next."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting.database import reading
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization import identity, terms
from meeting.organization.models import Account, ExtraRight, Membership
from meeting.permissions import Action, Role
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _on_a_day_of_its_own(at: Any) -> None:
    at(MORNING)


LAST = "2026-12-31"
LAST_EVENING = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # 23:30 in Viet Nam
NEXT_MORNING = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)  # 0:30 of 1 January


def ends(council: Council, body: str, *roles: str) -> set[date | None]:
    wanted = select(Membership.ends_on).where(Membership.body_id == council.body(body), Membership.role.in_(roles))
    return set(council.all(wanted))


def test_rights_are_gone_the_day_after_the_last_day_for_sessions_and_tokens(council: Council, do: Do, at: Any, api: Any):
    held = council.one(
        select(Membership.id).where(Membership.person_id == council.person("hoa"), Membership.body_id == council.body("UBND"))
    )
    do("admin", "organization.end_role", membership_id=held, ends_on=LAST)
    session_id = identity.session_id(council.actor("hoa"))

    at(LAST_EVENING)
    identity.forget_tokens()
    by_session = identity.by_session(session_id)
    assert by_session is not None
    assert council.body("UBND") in by_session.bodies_as(Role.MEMBER)
    assert "UBND" in {each["body"] for each in api("hoa").get("/me")[1]["roles"]}

    at(NEXT_MORNING)
    identity.forget_tokens()
    by_session = identity.by_session(session_id)
    assert by_session is not None
    assert by_session.bodies_as() == {council.body("HĐND")}
    assert {each["body"] for each in api("hoa").get("/me")[1]["roles"]} == {"HĐND"}


def test_a_term_ends_for_everybody_on_one_day_after_a_look_at_it(council: Council, do: Do):
    body = council.body("UBND")
    do("admin", "organization.give_right", person_id=council.person("hoa"), body_id=body, right=Action.KEEP_WEEK.value)
    version = select(Account.session_version).where(Account.username == "tuan")
    before = council.one(version)
    with reading() as session:
        seen = terms.losing(session, council.actor("admin"), body, date(2026, 12, 31), ["member", "chair"])

    told = do("admin", "organization.end_term", body_id=body, last_day=LAST)

    assert [(line.person.full_name, line.roles) for line in seen] == [
        ("Phan Thị Hoa", (Role.MEMBER,)),
        ("Đỗ Mạnh Hùng", (Role.MEMBER, Role.CHAIR)),
        ("Lê Anh Tuấn", (Role.MEMBER,)),
    ]
    assert told == {"people": 3, "roles": 4}
    assert ends(council, "UBND", "member", "chair") == {date(2026, 12, 31)}
    assert ends(council, "UBND", "secretary", "clerk", "officer") == {None}
    assert ends(council, "HĐND", "member") == {None}
    assert council.one(select(ExtraRight.ends_on)) == date(2026, 12, 31)
    assert council.one(version) == before + 1
    entry = council.one(select(Entry).where(Entry.event == Event.TERM_ENDED))
    assert (entry.facts["last_day"], len(entry.facts["ended"])) == (LAST, 4)
    with pytest.raises(Refused, match="term_without_roles"):
        do("admin", "organization.end_term", body_id=body, last_day=LAST)


def test_the_roster_is_carried_to_the_next_term(council: Council, do: Do, at: Any):
    body = council.body("UBND")
    do("admin", "organization.end_term", body_id=body, last_day=LAST)
    going_on = [council.person("hung"), council.person("hoa")]
    wanted = {"body_id": body, "held_on": LAST, "starts_on": "2027-01-01", "ends_on": "2031-12-31"}

    told = do("admin", "organization.copy_roster", people=going_on, **wanted)

    assert told["roles"] == 3
    at(NEXT_MORNING)
    assert council.actor("hung").roles_in(body) == {Role.MEMBER, Role.CHAIR}
    assert council.actor("hoa").roles_in(body) == {Role.MEMBER}
    assert council.actor("tuan").roles_in(body) == frozenset()
    with pytest.raises(Refused, match="roster_empty"):
        do("admin", "organization.copy_roster", people=going_on, **wanted)
    rest = do("admin", "organization.copy_roster", **wanted)
    assert (rest["roles"], rest["passed_over"]) == (1, 3)


REFUSED = [
    ({"held_on": "2026-12-31", "starts_on": "2026-12-31"}, "roster_not_later"),
    ({"held_on": "2026-12-31", "starts_on": "2027-01-02", "ends_on": "2027-01-01"}, "term_ends_before_start"),
    ({"held_on": "2020-12-31", "starts_on": "2027-01-02"}, "roster_empty"),
]


@pytest.mark.parametrize(("wanted", "code"), REFUSED)
def test_a_roster_is_carried_forward_only(council: Council, do: Do, wanted: dict[str, Any], code: str):
    with pytest.raises(Refused, match=code):
        do("admin", "organization.copy_roster", body_id=council.body("UBND"), **wanted)


@pytest.mark.parametrize("stranger", ["hoa", "minh", "lan"])
def test_a_stranger_ends_no_term(council: Council, do: Do, api: Any, stranger: str):
    with pytest.raises(Refused, match="forbidden"):
        do(stranger, "organization.end_term", body_id=council.body("UBND"), last_day=LAST)
    status, _ = api(stranger).act("organization.copy_roster", body_id=1, held_on=LAST, starts_on="2027-01-01")
    assert status == 403
    assert council.all(select(Entry.id)) == []


def test_the_page_tells_who_loses_what(council: Council, client: Any):
    page = client("admin").get("/bodies/2/term?last_day=31/12/2026&roles[]=chair").get_data(as_text=True)

    assert "31/12/2026" in page
    assert "Đỗ Mạnh Hùng" in page
    assert "Lê Anh Tuấn" not in page
