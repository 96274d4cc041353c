"""Acts on people, roles and accounts: they work, they refuse, a stranger may not, the journal says so."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.event import listen, remove
from sqlalchemy.orm import Session

from meeting import clock
from meeting.database import database, reading
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization import identity, passwords, queries
from meeting.organization.models import Account, ApiToken, Body, Membership, Person, SignIn, Unit
from meeting.permissions import SYSTEM, Actor, Role
from meeting.tables import Setting
from meeting.web.doors import loader
from meeting.writer import perform
from tests.counting import asked

Do = Callable[..., dict[str, Any]]
Council = Any
GOOD = "con trâu xanh gặm cỏ"


def named(actor: Actor | None) -> str:
    return actor.username if actor else ""


def last_entry(council: Council) -> tuple[str, dict[str, Any]]:
    entry = council.one(select(Entry).where(Entry.chain == 0).order_by(Entry.seq.desc()))
    return entry.event, entry.facts


def give_password(council: Council, username: str, password: str = GOOD) -> None:
    account = council.one(select(Account.id).where(Account.username == username))
    council.update(Account, account, password_hash=passwords.hashed(password))


def test_a_unit_is_added(council: Council, do: Do) -> None:
    unit_id = do("admin", "organization.add_unit", name="Trạm Y tế", short_name="TYT")["unit_id"]

    assert council.one(select(Unit.name).where(Unit.id == unit_id)) == "Trạm Y tế"
    assert last_entry(council) == (
        Event.UNIT_ADDED,
        {"unit_id": unit_id, "name": "Trạm Y tế", "parent_id": None},
    )


def test_a_unit_of_the_same_name_is_refused_whatever_its_marks(do: Do) -> None:
    with pytest.raises(Refused, match="unit_exists"):
        do("admin", "organization.add_unit", name="VAN PHONG HDND VA UBND", short_name="VP2")


def test_a_body_is_added_once(council: Council, do: Do) -> None:
    wanted = {"kind": "committee", "name": "Ban Kinh tế", "short_name": "Ban KT", "symbol_code": "BKT"}

    body_id = do("admin", "organization.add_body", **wanted)["body_id"]

    assert council.one(select(Body.short_name).where(Body.id == body_id)) == "Ban KT"
    with pytest.raises(Refused, match="body_exists"):
        do("admin", "organization.add_body", **wanted)


def test_the_term_of_a_body_is_said_changed_and_recorded(council: Council, do: Do) -> None:
    body = council.body("HĐND")

    do("admin", "organization.set_term", body_id=body, term=" khóa II, nhiệm kỳ 2026 – 2031 ")

    term = "khóa II, nhiệm kỳ 2026 – 2031"
    assert council.one(select(Body.term).where(Body.id == body)) == term
    event, facts = last_entry(council)
    assert (event, facts["body_id"], facts["before"], facts["term"]) == (Event.BODY_EDITED, body, {"term": ""}, term)
    entries = council.one(select(func.count()).select_from(Entry))
    assert do("admin", "organization.set_term", body_id=body, term=term) == {}
    assert council.one(select(func.count()).select_from(Entry)) == entries
    with pytest.raises(Refused, match="term_unreadable"):
        do("admin", "organization.set_term", body_id=body, term="hai")
    with pytest.raises(Refused, match="not_found"):
        do("admin", "organization.set_term", body_id=999, term=term)
    do("admin", "organization.set_term", body_id=body)
    assert council.one(select(Body.term).where(Body.id == body)) == ""


def test_a_person_comes_on_file_with_a_user_name_made_of_the_name(council: Council, do: Do) -> None:
    added = do("admin", "organization.add_person", full_name="Ngô Bảo Châu Anh", honorific="Bà")

    assert added["username"] == "anh.nbc"
    assert council.one(select(Person.full_name).where(Person.id == added["person_id"])) == "Ngô Bảo Châu Anh"
    assert last_entry(council)[0] == Event.PERSON_ADDED


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"username": "hoa"}, "username_taken"),
        ({"username": "1x"}, "username_form"),
        ({"email": "nowhere"}, "email_form"),
        ({"unit_id": 999}, "not_found"),
    ],
)
def test_a_person_with_wrong_facts_is_refused(do: Do, wanted: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        do("admin", "organization.add_person", full_name="Ngô Anh", **wanted)


@pytest.mark.parametrize("username", ["lan", "minh", "hoa", "khach"])
@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        ("organization.add_unit", {"name": "X", "short_name": "X"}),
        ("organization.edit_unit", {"unit_id": 1, "name": "X", "short_name": "X"}),
        ("organization.set_term", {"body_id": 1, "term": "khóa II"}),
        ("organization.add_person", {"full_name": "X Y"}),
        ("organization.set_role", {"person_id": 1, "body_id": 1, "role": "chair"}),
        ("organization.end_role", {"membership_id": 1}),
        ("organization.import_people", {"rows": [["Họ tên"], ["X Y"]]}),
        ("organization.lock_account", {"person_id": 1}),
        ("organization.set_administrator", {"person_id": 1, "is_admin": True}),
        ("organization.reset_password", {"person_id": 1, "password_hash": "$argon2id$x"}),
        ("organization.note_sign_in", {"username": "x", "account_id": None, "address": "", "succeeded": True}),
    ],
)
def test_only_administrators_manage_people(do: Do, username: str, act: str, wanted: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="forbidden"):
        do(username, act, **wanted)


def test_a_role_holds_from_its_first_to_its_last_day(council: Council, do: Do, at: Callable[[datetime], None]) -> None:
    at(clock.at_local(date(2026, 11, 23), 8))
    wanted = {"person_id": council.person("khach"), "body_id": council.body("UBND"), "role": "guest"}

    do("admin", "organization.set_role", **wanted, starts_on="2026-11-24", ends_on="2026-11-25")

    held = []
    for day in (23, 24, 25, 26):
        at(clock.at_local(date(2026, 11, day), 8))
        actor = identity.by_token("token-khach")
        assert actor is not None
        held.append(bool(actor.roles))
        identity.forget_tokens()
    assert held == [False, True, True, False]


def test_the_same_role_twice_is_refused(council: Council, do: Do) -> None:
    with pytest.raises(Refused, match="role_held"):
        do("admin", "organization.set_role", person_id=council.person("hoa"), body_id=council.body("UBND"), role="member")


def test_a_role_that_ends_is_over_at_once_and_ends_open_sessions(council: Council, do: Do) -> None:
    hoa = council.actor("hoa")
    cookie = loader.session_id(hoa)
    held = select(Membership.id).where(Membership.person_id == hoa.person_id, Membership.body_id == council.body("UBND"))
    assert named(loader.by_session(cookie)) == "hoa"

    do("admin", "organization.end_role", membership_id=council.one(held))

    assert loader.by_session(cookie) is None
    after = loader.by_session(loader.session_id(hoa))
    assert after is not None
    assert after.roles == {(council.body("HĐND"), Role.MEMBER)}
    assert last_entry(council)[0] == Event.ROLE_ENDED
    with pytest.raises(Refused, match="role_over"):
        do("admin", "organization.end_role", membership_id=council.one(held))


def test_ones_own_password_is_changed_with_the_old_one(council: Council, do: Do) -> None:
    give_password(council, "hoa")
    cookie = loader.session_id(council.actor("hoa"))

    do("hoa", "organization.change_password", request_id="r1", old_password=GOOD, new_password="nắng sớm trên đê cao")

    assert loader.by_session(cookie) is None
    assert identity.by_password("hoa", GOOD, "10.0.0.1") is None
    assert identity.by_password("HOA ", "nắng sớm trên đê cao", "10.0.0.1") is not None
    event, facts = last_entry(council)
    assert (event, set(facts)) == (Event.PASSWORD_CHANGED, {"account_id"})


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("sai", "nắng sớm trên đê", "wrong_password"), (GOOD, "ngắn", "password_short"), (GOOD, "phanthihoa1", "password_own_name")],
)
def test_a_wrong_or_weak_password_is_refused(council: Council, do: Do, old: str, new: str, code: str) -> None:
    give_password(council, "hoa")

    with pytest.raises(Refused, match=code):
        do("hoa", "organization.change_password", old_password=old, new_password=new)


def test_signing_in_writes_the_sign_in_journal(council: Council) -> None:
    give_password(council, "hoa")

    right = identity.by_password("hoa", GOOD, "10.0.0.1")
    wrong = identity.by_password("hoa", "không phải", "10.0.0.2")
    nobody = identity.by_password("aivay", GOOD, "10.0.0.3")

    assert named(right) == "hoa"
    assert wrong is nobody is None
    lines = council.all(select(SignIn).order_by(SignIn.id))
    assert [(line.username, line.address, line.succeeded) for line in lines] == [
        ("hoa", "10.0.0.1", True),
        ("hoa", "10.0.0.2", False),
        ("aivay", "10.0.0.3", False),
    ]


def test_a_locked_account_opens_nothing_and_says_so_only_to_its_owner(council: Council, do: Do) -> None:
    give_password(council, "hoa")
    cookie = loader.session_id(council.actor("hoa"))
    assert identity.by_token("token-hoa") is not None

    do("admin", "organization.lock_account", person_id=council.person("hoa"))

    assert loader.by_session(cookie) is None
    assert identity.by_token("token-hoa") is None
    assert identity.by_password("hoa", "không phải", "") is None
    with pytest.raises(Refused, match="account_locked"):
        identity.by_password("hoa", GOOD, "")
    do("admin", "organization.unlock_account", person_id=council.person("hoa"))
    assert identity.by_password("hoa", GOOD, "") is not None


def test_the_last_administrator_can_neither_lock_nor_dismiss_themself(council: Council, do: Do) -> None:
    admin = council.person("admin")

    with pytest.raises(Refused, match="own_account"):
        do("admin", "organization.lock_account", person_id=admin)
    with pytest.raises(Refused, match="own_account"):
        do("admin", "organization.set_administrator", person_id=admin, is_admin=False)
    with pytest.raises(Refused, match="last_administrator"):
        perform(SYSTEM, "organization.lock_account", {"person_id": admin})


def test_a_token_opens_the_door_until_it_is_revoked(council: Council, do: Do) -> None:
    token, sha256 = identity.new_token()

    token_id = do("hoa", "organization.create_token", name="Máy tính bảng", sha256=sha256)["token_id"]

    assert named(identity.by_token(token)) == "hoa"
    event, facts = last_entry(council)
    assert event == Event.TOKEN_CREATED
    assert sha256 not in str(facts)
    do("hoa", "organization.revoke_token", token_id=token_id)
    assert identity.by_token(token) is None
    assert do("hoa", "organization.revoke_token", token_id=token_id) == {}


@pytest.mark.parametrize("together", [False, True], ids=["alone", "beside another"])
def test_a_token_that_is_revoked_while_it_is_looked_up_opens_nothing_after(council: Council, do: Do, together: bool) -> None:
    token, sha256 = identity.new_token()
    token_id = do("hoa", "organization.create_token", name="Máy tính bảng", sha256=sha256)["token_id"]
    identity.forget_tokens()
    looks: list[str] = []

    def revokes(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "FROM membership" in statement and not looks:  # after the token itself was read
            looks.append(statement)
            do("hoa", "organization.revoke_token", token_id=token_id)

    listen(Engine, "after_cursor_execute", revokes)
    try:
        before = identity.by_tokens([token, "token-minh"])[0] if together else identity.by_token(token)
    finally:
        remove(Engine, "after_cursor_execute", revokes)

    assert (len(looks), named(before)) == (1, "hoa")  # it looked the moment before
    assert identity.by_token(token) is None


def test_nobody_makes_or_revokes_tokens_of_others(council: Council, do: Do) -> None:
    of_hoa = council.one(select(ApiToken.id).join(Account).where(Account.username == "hoa"))

    with pytest.raises(Refused, match="not_found"):
        do("tuan", "organization.revoke_token", token_id=of_hoa)
    with pytest.raises(Refused, match="forbidden"):
        do("tuan", "organization.create_token", name="x", sha256="0" * 64, person_id=council.person("hoa"))
    do("admin", "organization.revoke_token", token_id=of_hoa)


def test_a_token_must_come_as_its_hash(do: Do) -> None:
    with pytest.raises(Refused, match="malformed"):
        do("hoa", "organization.create_token", name="x", sha256="the token itself")


def test_language_and_text_size_are_kept(council: Council, do: Do) -> None:
    do("hoa", "organization.set_language", language="en")
    do("hoa", "organization.set_text_size", text_size=130)

    found = loader.by_session(loader.session_id(council.actor("hoa")))
    assert found is not None
    assert (found.language, found.text_size) == ("en", 130)


def test_the_size_of_text_is_taken_from_a_form_too(council: Council, do: Do) -> None:
    do("hoa", "organization.set_text_size", text_size="115")

    found = loader.by_session(loader.session_id(council.actor("hoa")))
    assert found is not None
    assert found.text_size == 115
    with pytest.raises(Refused, match="malformed"):
        do("hoa", "organization.set_text_size", text_size="120")


LIST = [
    ["Họ và tên", "Tên đăng nhập", "Đơn vị", "Cơ quan", "Vai trò"],
    ["Bùi Thị Xuân", "xuan", "van_hoa", "UBND", "Cán bộ đơn vị"],
    ["Đinh Công Tráng", "", "", "HĐND;UBND", "Đại biểu;Thành viên"],
]


def test_a_dry_run_tells_every_problem_and_changes_nothing(council: Council, do: Do) -> None:
    before = council.one(select(func.count(Person.id)))
    wrong = [*LIST, ["Vũ Sai", "hoa", "Phòng Lạ", "", ""]]

    found = do("admin", "organization.import_people", rows=wrong)

    assert (found["kind"], found["count"]) == ("people", 3)
    assert [(p["line"], p["code"]) for p in found["problems"]] == [(4, "row_username_taken"), (4, "row_unit_unknown")]
    assert council.one(select(func.count(Person.id))) == before


def test_an_import_with_problems_imports_nobody(council: Council, do: Do) -> None:
    before = council.one(select(func.count(Person.id)))

    with pytest.raises(Refused, match="import_has_problems") as refused:
        do("admin", "organization.import_people", rows=[*LIST, ["Vũ", "", "", "", ""]], dry_run=False)

    assert refused.value.facts["problems"][0]["line"] == 4
    assert council.one(select(func.count(Person.id))) == before


def test_an_import_brings_people_accounts_and_roles(council: Council, do: Do) -> None:
    assert do("admin", "organization.import_people", rows=LIST, dry_run=False)["count"] == 2

    assert council.actor("xuan").roles == {(council.body("UBND"), Role.OFFICER)}
    trang = council.actor("trang.dc")
    assert trang.roles == {(council.body("HĐND"), Role.MEMBER), (council.body("UBND"), Role.MEMBER)}
    assert last_entry(council) == (Event.PEOPLE_IMPORTED, {"people": 2, "corrected": 0, "usernames": ["xuan", "trang.dc"]})


def test_a_list_of_units_brings_units(council: Council, do: Do) -> None:
    rows = [["Tên đơn vị", "Viết tắt"], ["Trạm Y tế", "TYT"], ["Công an phường", "CAP"]]

    assert do("admin", "organization.import_people", rows=rows, dry_run=False)["count"] == 2
    assert council.all(select(Unit.short_name).order_by(Unit.id))[-2:] == ["TYT", "CAP"]


def test_the_first_administrator_uses_the_address_once(council: Council) -> None:
    council.update(Account, council.one(select(Account.id).where(Account.username == "admin")), is_admin=False)
    _, sha256 = identity.new_token()
    perform(SYSTEM, "organization.offer_first_administrator", {"sha256": sha256})
    wanted = {"full_name": "Lý Thái", "username": "thai", "password_hash": passwords.hashed(GOOD)}

    with pytest.raises(Refused, match="first_used"):
        perform(SYSTEM, "organization.become_first_administrator", {**wanted, "address_sha256": "0" * 64})
    perform(SYSTEM, "organization.become_first_administrator", {**wanted, "address_sha256": sha256})

    assert council.actor("thai").is_admin
    with pytest.raises(Refused, match="first_used"):
        perform(SYSTEM, "organization.become_first_administrator", {**wanted, "username": "b", "address_sha256": sha256})


def test_demo_taps_work_only_while_the_system_is_a_demo(council: Council) -> None:
    assert identity.by_demo("lan", "") is None
    assert identity.demo_accounts() == []

    with Session(database().writing) as session:
        session.add_all([Setting(name="demo", value="1"), Setting(name="demo_accounts", value="lan hung")])
        session.commit()

    assert named(identity.by_demo("lan", "")) == "lan"
    assert identity.by_demo("minh", "") is None
    assert [account["username"] for account in identity.demo_accounts()] == ["lan", "hung"]


def test_what_is_on_file_is_corrected_and_moving_to_another_unit_ends_sessions(council: Council, do: Do) -> None:
    hoa, cookie = council.person("hoa"), loader.session_id(council.actor("hoa"))
    wanted = {"person_id": hoa, "full_name": "Phan Thi\u0323 Hòa", "honorific": "Bà", "unit_id": council.unit("kinh_te")}

    do("admin", "organization.edit_person", **wanted)

    assert council.one(select(Person.full_name).where(Person.id == hoa)) == "Phan Thị Hòa"
    assert loader.by_session(cookie) is None
    event, facts = last_entry(council)
    assert (event, facts["fields"]) == (Event.PERSON_EDITED, ["full_name", "honorific", "position", "unit_id"])


def test_another_administrator_may_be_made_and_dismissed(council: Council, do: Do) -> None:
    do("admin", "organization.set_administrator", person_id=council.person("minh"), is_admin=True)
    assert council.actor("minh").is_admin

    do("minh", "organization.set_administrator", person_id=council.person("admin"), is_admin=False)

    assert not council.actor("admin").is_admin


def test_a_csv_text_is_imported_as_well(do: Do) -> None:
    text = "Họ tên;Tên đăng nhập\nBùi Thị Xuân;xuan\n"

    assert do("admin", "organization.import_people", csv=text)["problems"] == []
    assert do("admin", "organization.import_people", csv=text, dry_run=False)["count"] == 1
    with pytest.raises(Refused, match="malformed"):
        do("admin", "organization.import_people", csv="\0")


def test_a_units_administrator_sees_the_people_of_that_unit_only(council: Council, do: Do) -> None:
    do("admin", "organization.set_role", person_id=council.person("dung"), body_id=council.body("UBND"), role="unit_admin")
    dung = council.actor("dung")

    with reading() as session:
        seen = [row.person.full_name for row in queries.people(session, dung)]
        assert queries.listed(session, dung, council.person("truong")).person.position == "Trưởng phòng"
        with pytest.raises(Missing):
            queries.listed(session, dung, council.person("hoa"))

    assert seen == ["Hồ Tiến Dũng", "Cao Xuân Trường"]


def test_the_list_of_people_takes_as_many_queries_for_three_as_for_all(council: Council) -> None:
    def counted(words: str) -> int:
        with reading() as session, asked() as statements:
            queries.people(session, council.actor("admin"), words)
        return len(statements)

    assert counted("tuan") == counted("")


def test_a_unit_is_renamed_but_not_to_anothers_name(council: Council, do: Do) -> None:
    unit = council.unit("van_hoa")

    do("admin", "organization.edit_unit", unit_id=unit, name="Phòng Văn hóa và Xã hội", short_name="VHXH")

    assert last_entry(council)[0] == Event.UNIT_EDITED
    with pytest.raises(Refused, match="unit_exists"):
        do("admin", "organization.edit_unit", unit_id=unit, name="Van phong HDND va UBND", short_name="VH")


def test_a_unit_ends_when_nobody_belongs_to_it(council: Council, do: Do) -> None:
    with pytest.raises(Refused, match="unit_has_people"):
        do("admin", "organization.retire_unit", unit_id=council.unit("kinh_te"))

    do("admin", "organization.retire_unit", unit_id=council.unit("van_hoa"))

    with reading() as session:
        assert "Phòng Văn hóa – Xã hội" not in [unit.name for unit in queries.units(session)]
    assert last_entry(council)[0] == Event.UNIT_RETIRED
    assert do("admin", "organization.retire_unit", unit_id=council.unit("van_hoa")) == {}
    with pytest.raises(Refused, match="forbidden"):
        do("minh", "organization.retire_unit", unit_id=council.unit("van_hoa"))
