"""A unit's administrator: the people of the own unit and its parts, and nothing beyond."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from meeting.errors import Refused
from meeting.grantable import GRANTABLE
from meeting.organization.models import Account, ExtraRight, Membership, Person
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _on_a_day_of_its_own(at: Any) -> None:
    at(MORNING)


HASH = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43


@pytest.fixture
def quan(council: Council, do: Do) -> int:
    """Quân administers the unit kinh_te (Dũng, Trường) and the group below it (Sơn), in the UBND."""
    group = do("admin", "organization.add_unit", name="Tổ Xây dựng", short_name="xd", parent_id=council.unit("kinh_te"))[
        "unit_id"
    ]
    for name, username, unit in (("Đỗ Văn Quân", "quan", council.unit("kinh_te")), ("Vũ Hải Sơn", "son", group)):
        do("admin", "organization.add_person", full_name=name, username=username, unit_id=unit)
    person = council.person("quan")
    do("admin", "organization.set_role", person_id=person, body_id=council.body("UBND"), role="unit_admin")
    return person


def names(client: Any) -> str:
    return str(client("quan").get("/people").get_data(as_text=True))


def test_the_own_unit_and_its_parts_are_seen_and_nobody_else(council: Council, quan: int, client: Any, api: Any):
    page = names(client)
    assert all(name in page for name in ("Hồ Tiến Dũng", "Cao Xuân Trường", "Vũ Hải Sơn", "Đỗ Văn Quân"))
    assert not any(name in page for name in ("Phan Thị Hoa", "Tạ Quang Minh", "Quản Trị Viên"))
    assert client("quan").get(f"/people/{council.person('dung')}").status_code == 200
    assert client("quan").get("/people/new").status_code == 200
    for stranger in ("hoa", "minh", "admin"):
        assert client("quan").get(f"/people/{council.person(stranger)}").status_code == 404
    for path in ("/units", "/organization", "/people/export.csv"):
        assert client("quan").get(path).status_code == 200, path
        assert "Phan Thị Hoa" not in client("quan").get(path).get_data(as_text=True)
    for path in (
        "/bodies",
        "/sign-ins",
        "/sign-ins/export.csv",
        "/people/import",
        "/units/export.csv",
        "/bodies/1",
        "/bodies/1/term",
    ):
        assert client("quan").get(path).status_code == 403, path
    assert client("quan").get(f"/units/{council.unit('kinh_te')}").status_code == 403


def test_people_of_the_unit_are_added_corrected_and_given_the_unit_s_roles(council: Council, do: Do, quan: int):
    unit, body = council.unit("kinh_te"), council.body("UBND")
    added = do("quan", "organization.add_person", full_name="Bùi Thị Xuân", unit_id=unit)["person_id"]

    do("quan", "organization.set_role", person_id=added, body_id=body, role="officer", ends_on="2027-12-31")
    do("quan", "organization.edit_person", person_id=added, full_name="Bùi Thị Xuân", position="Chuyên viên", unit_id=unit)
    do("quan", "organization.reset_password", person_id=added, password_hash=HASH)
    do("quan", "organization.lock_account", person_id=added)
    do("quan", "organization.unlock_account", person_id=added)
    held = council.one(select(Membership.id).where(Membership.person_id == added))
    do("quan", "organization.end_role", membership_id=held)
    do("quan", "organization.retire_person", person_id=added)
    do("quan", "organization.return_person", person_id=added)

    assert council.one(select(Person.position).where(Person.id == added)) == "Chuyên viên"


def test_the_parts_of_the_unit_belong_to_it(council: Council, do: Do, quan: int):
    do("quan", "organization.reset_password", person_id=council.person("son"), password_hash=HASH)
    assert council.one(select(Account.password_hash).where(Account.username == "son")) == HASH


OTHERS = [
    ("organization.edit_person", {"full_name": "Phan Thị Hoa", "unit_id": 1}),
    ("organization.reset_password", {"password_hash": HASH}),
    ("organization.lock_account", {}),
    ("organization.unlock_account", {}),
    ("organization.retire_person", {}),
    ("organization.return_person", {}),
    ("organization.set_role", {"body_id": 2, "role": "officer"}),
]


@pytest.mark.parametrize(("act", "wanted"), OTHERS)
@pytest.mark.parametrize("other", ["hoa", "minh", "admin"])
def test_people_of_other_units_are_not_to_be_known_of(council: Council, do: Do, quan: int, act: str, wanted: Any, other: str):
    with pytest.raises(Refused, match="not_found"):
        do("quan", act, person_id=council.person(other), **wanted)


def test_other_people_s_roles_are_not_ended(council: Council, do: Do, quan: int):
    held = council.one(select(Membership.id).where(Membership.person_id == council.person("hoa")))
    with pytest.raises(Refused, match="not_found"):
        do("quan", "organization.end_role", membership_id=held)
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "organization.end_role", membership_id=99_999)


BEYOND = [
    ("organization.add_person", {"full_name": "A Bê", "unit_id": "van_phong"}, "not_found"),
    ("organization.add_person", {"full_name": "A Bê"}, "not_found"),
    ("organization.add_person", {"full_name": "A Bê", "unit_id": "kinh_te", "is_admin": True}, "forbidden"),
    ("organization.edit_person", {"person_id": "dung", "full_name": "A Bê", "unit_id": "van_phong"}, "not_found"),
    ("organization.edit_person", {"person_id": "dung", "full_name": "A Bê"}, "not_found"),
    ("organization.set_role", {"person_id": "dung", "body_id": "UBND", "role": "chair"}, "role_beyond_unit"),
    ("organization.set_role", {"person_id": "dung", "body_id": "UBND", "role": "member"}, "role_beyond_unit"),
    ("organization.set_role", {"person_id": "dung", "body_id": "UBND", "role": "unit_admin"}, "role_beyond_unit"),
    ("organization.set_role", {"person_id": "son", "body_id": "HĐND", "role": "officer"}, "not_found"),
    ("organization.give_right", {"person_id": "dung", "body_id": "UBND", "right": "rounds.keep"}, "forbidden"),
    ("organization.set_administrator", {"person_id": "dung", "is_admin": True}, "forbidden"),
    ("organization.import_people", {"rows": [["Họ tên"], ["A Bê"]]}, "forbidden"),
    ("organization.end_term", {"body_id": "UBND", "last_day": "2026-12-31"}, "forbidden"),
    ("organization.add_unit", {"name": "X", "short_name": "X"}, "forbidden"),
    ("organization.keep_sign_ins", {"days": 100}, "forbidden"),
]


@pytest.mark.parametrize(("act", "wanted", "code"), BEYOND)
def test_what_lies_beyond_the_unit_is_refused(council: Council, do: Do, quan: int, act: str, wanted: dict[str, Any], code: str):
    look_up = {"unit_id": council.unit, "person_id": council.person, "body_id": council.body}
    known = {key: look_up[key](value) if key in look_up else value for key, value in wanted.items()}
    with pytest.raises(Refused, match=code):
        do("quan", act, **known)


@pytest.mark.parametrize("duty", ["member", "chair", "unit_admin", "admin", "right", "party"])
@pytest.mark.parametrize("act", ["reset_password", "lock_account", "retire_person"])
def test_people_with_duties_beyond_the_unit_keep_their_account(council: Council, do: Do, quan: int, duty: str, act: str):
    dung, body = council.person("dung"), council.body("UBND")
    if duty == "admin":
        council.update(Account, council.one(select(Account.id).where(Account.person_id == dung)), is_admin=True)
    elif duty == "party":
        council.write(Membership(person_id=dung, body_id=council.body("Đảng ủy"), role="officer", starts_on=date(2026, 1, 1)))
    elif duty == "right":
        right = next(iter(GRANTABLE)).value
        given = {"action": right, "starts_on": date(2026, 1, 1), "given_by_id": quan, "given_at": MORNING}
        council.write(ExtraRight(person_id=dung, body_id=body, **given))
    else:
        council.write(Membership(person_id=dung, body_id=body, role=duty, starts_on=date(2027, 1, 1)))
    more = {"password_hash": HASH} if act == "reset_password" else {}

    with pytest.raises(Refused, match="beyond_unit"):
        do("quan", f"organization.{act}", person_id=dung, **more)


def test_where_people_with_duties_beyond_the_unit_are_reached_is_not_the_unit_s_to_say(council: Council, do: Do, quan: int):
    """Whoever sets the mail address of a chair comes in as the chair through a provider of identities."""
    dung, unit = council.person("dung"), council.unit("kinh_te")
    council.write(Membership(person_id=dung, body_id=council.body("HĐND"), role="chair", starts_on=date(2026, 1, 1)))
    same = {"person_id": dung, "full_name": "Hồ Tiến Dũng", "unit_id": unit}

    do("quan", "organization.edit_person", **same, position="Chuyên viên chính")
    for contact in ({"email": "mine@example.org"}, {"phone": "0912345678"}):
        with pytest.raises(Refused, match="beyond_unit"):
            do("quan", "organization.edit_person", **same, **contact)
    do("quan", "organization.edit_person", person_id=quan, full_name="Đỗ Văn Quân", unit_id=unit, email="quan@example.org")
    do("admin", "organization.edit_person", **same, email="dung@example.org")

    assert council.one(select(Person.email).where(Person.id == dung)) == "dung@example.org"


def test_the_administration_ends_with_the_role(council: Council, do: Do, quan: int, client: Any):
    held = council.one(select(Membership.id).where(Membership.person_id == quan))
    do("admin", "organization.end_role", membership_id=held)

    assert client("quan").get("/people").status_code == 403
    with pytest.raises(Refused, match="forbidden"):
        do("quan", "organization.lock_account", person_id=council.person("dung"))
