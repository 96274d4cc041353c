"""One's own account: contacts, the password, all sessions; and that open sockets end with a role, a right, a password."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from meeting import config, database
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization import identity
from meeting.organization.models import Account, Membership, Person
from meeting.organization.rules import check_password
from meeting.permissions import Action
from tests.conftest import Council
from tests.serving import Server, Tablet, serving

Do = Callable[..., dict[str, Any]]

PASSWORDS = [
    ("ngắn quá", {"code": "password_short", "missing": 2}),
    ("", {"code": "password_short", "missing": 10}),
    ("hoaphan2026", {"code": None}),
    ("phanthihoa", {"code": "password_own_name"}),
    ("hoa.hoa.hoa", {"code": "password_own_name"}),
    ("matkhaumoi1", {"code": "password_easy"}),
    ("anhyeuem123", {"code": "password_easy"}),
    ("vietnamhanoi", {"code": "password_easy"}),
    ("0123456789", {"code": "password_easy"}),
    ("nắng sớm trên đê cao", {"code": None}),
]


@pytest.mark.parametrize(("password", "wanted"), PASSWORDS)
def test_the_sentence_says_what_a_password_lacks(password: str, wanted: dict[str, Any]):
    if wanted["code"] is None:
        check_password(password, "hoa", "Phan Thị Hoa")
        return
    with pytest.raises(Refused) as refused:
        check_password(password, "hoa", "Phan Thị Hoa")
    assert refused.value.code == wanted["code"]
    assert refused.value.facts.get("missing") == wanted.get("missing")


def test_own_contacts_are_corrected_and_nothing_else(council: Council, do: Do):
    do("hoa", "organization.edit_profile", honorific="Bà", email="hoa@giangbien.gov.vn", phone="024 3872 1111")
    do("hoa", "organization.edit_profile", honorific="Bà", email="hoa@giangbien.gov.vn", phone="024 3872 1111")

    row = council.one(select(Person).where(Person.id == council.person("hoa")))
    assert (row.honorific, row.email, row.phone, row.full_name) == ("Bà", "hoa@giangbien.gov.vn", "024 3872 1111", "Phan Thị Hoa")
    assert council.all(select(Entry.event)) == [Event.PERSON_EDITED]
    with pytest.raises(Refused, match="phone_form"):
        do("hoa", "organization.edit_profile", honorific="Bà", phone="số máy")
    with pytest.raises(Refused, match="malformed"):
        do("hoa", "organization.edit_profile", honorific="Bà", full_name="Vua Hùng")


def test_signing_out_everywhere_ends_ones_own_sessions_only(council: Council, do: Do, api: Any):
    mine, other = (identity.session_id(council.actor(name)) for name in ("hoa", "tuan"))

    assert api("hoa").act("organization.end_sessions")[0] == 200

    assert identity.by_session(mine) is None
    assert identity.by_session(other) is not None
    assert council.all(select(Entry.event)) == [Event.SESSIONS_ENDED]


ENDS: list[tuple[str, dict[str, Any]]] = [
    ("organization.set_role", {"body_id": 3, "role": "guest"}),
    ("organization.give_right", {"body_id": 2, "right": Action.KEEP_WEEK.value}),
    ("organization.reset_password", {"password_hash": "$argon2id$x"}),
    ("organization.lock_account", {}),
    ("organization.retire_person", {"knowingly": True}),
    ("organization.set_administrator", {"is_admin": True}),
]


@pytest.mark.parametrize(("act", "wanted"), ENDS)
def test_a_session_ends_when_a_role_a_right_or_a_password_changes(council: Council, do: Do, act: str, wanted: dict[str, Any]):
    held = identity.session_id(council.actor("hoa"))
    assert identity.by_session(held) is not None

    do("admin", act, person_id=council.person("hoa"), **wanted)

    assert identity.by_session(held) is None


def test_the_page_shows_own_roles_rights_and_sign_ins(council: Council, do: Do, client: Any):
    do("admin", "organization.give_right", person_id=council.person("hoa"), body_id=2, right=Action.KEEP_WEEK.value)
    identity.by_password("hoa", "sai", "10.9.8.7")

    page = client("hoa").get("/profile").get_data(as_text=True)

    assert all(word in page for word in ("Lập lịch công tác tuần", "10.9.8.7", "Đăng xuất mọi nơi", "Máy của tôi"))


@pytest.fixture(scope="module")
def server(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for the tests of open sockets."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "storage").mkdir()
    shutil.copy(template, folder / "storage" / "meeting.db")
    with serving(folder, ready=True) as found:
        yield found


@pytest.fixture
def running(server: Server) -> Iterator[tuple[Server, Council, int]]:
    """The server with a UBND meeting that is about to open, and its store."""
    url = f"sqlite:///{server.data / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=server.data, database_url=url, keys=server.data / "keys"))
    database.use(database.Database(url))
    council = Council()
    found = council.meeting()
    yield server, council, found
    database.use(None)


def tablet(server: Server, username: str, meeting_id: int) -> Tablet:
    found = Tablet(server.address, f"token-{username}").connect()
    assert found.join(meeting_id)["ok"]
    return found


@pytest.mark.server
def test_an_open_socket_loses_and_gains_what_a_right_gives_at_once(running: tuple[Server, Council, int]):
    server, council, meeting = running
    tuan = tablet(server, "tuan", meeting)
    wanted = {"meeting_id": meeting, "title": "Phiên họp đổi tên"}
    assert tuan.call("agenda.edit", **wanted)["code"] == "forbidden"

    person, body = council.person("tuan"), council.body("UBND")
    _, given = server.act("admin", "organization.give_right", person_id=person, body_id=body, right="agenda.prepare")
    assert tuan.call("agenda.edit", **wanted)["ok"]
    server.act("admin", "organization.take_right", right_id=given["right_id"])

    assert tuan.call("agenda.edit", **wanted)["code"] == "forbidden"
    tuan.close()


@pytest.mark.server
def test_a_socket_of_somebody_who_retires_is_turned_out(running: tuple[Server, Council, int]):
    server, council, meeting = running
    hoa = tablet(server, "hoa", meeting)

    server.act("admin", "organization.retire_person", person_id=council.person("hoa"), knowingly=True)
    server.act("tuan", "live.check_in", meeting_id=meeting)  # something is told to the room

    hoa.until(lambda each: not each.io.connected)
    assert council.all(select(Account.active).where(Account.username == "hoa")) == [False]
    assert (
        council.all(select(Membership.ends_on).where(Membership.person_id == council.person("hoa"), Membership.ends_on.is_(None)))
        == []
    )
