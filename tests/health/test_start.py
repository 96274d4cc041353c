"""The start pages of the two administrators: what needs their hand, each with its address; nobody else sees any of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, database
from meeting.errors import Forbidden
from meeting.guides.models import Remark
from meeting.health import start
from meeting.organization.models import Account, ExtraRight, Membership, Person, SignIn
from meeting.permissions import SYSTEM
from meeting.records.models import BackupRun
from meeting.tablets.models import Tablet
from meeting.tablets.queries import out_of_hand
from meeting.writer import perform
from tests.conftest import MORNING, Council
from tests.counting import asked

Do = Callable[..., dict[str, Any]]
ADMIN_ONLY = ("condition-title", "waiting-title", "refused-title")
NO_MEETING = "Khi ông/bà được mời họp, cuộc họp sẽ hiện ở đây"


@pytest.fixture(autouse=True)
def _on_a_day_of_its_own(at: Any) -> None:
    at(MORNING)


def home(client: Any, username: str) -> str:
    heard = client(username).get("/")
    assert heard.status_code == 200
    return str(heard.get_data(as_text=True))


def read(load: Any, council: Council, username: str) -> Any:
    with database.reading() as session:
        return load(session, council.actor(username))


def looked(council: Council, *checks: tuple[str, str, str]) -> None:
    """The worker is alive and its last look found this."""
    perform(SYSTEM, "health.beat", {"pid": 1})
    found = [{"name": name, "state": state, "sentence": says, "facts": {}, "advice": ""} for name, state, says in checks]
    perform(SYSTEM, "health.seen", {"checks": found})


def account(council: Council, username: str) -> int:
    return int(council.one(select(Account.id).where(Account.username == username)))


def tablet(council: Council, username: str, **values: Any) -> Tablet:
    seen = clock.now() - timedelta(hours=2)
    key = f"{username:0<64}"
    return Tablet(account_id=account(council, username), key_sha256=key, name="iPad", first_seen=seen, last_seen=seen, **values)


def test_before_anything_was_looked_at_the_page_says_that_the_worker_is_missing(council: Council, client: Any) -> None:
    shown = home(client, "admin")

    assert [each for each in ADMIN_ONLY if f'id="{each}"' not in shown] == []
    found = read(start.condition, council, "admin")
    assert (found["state"], found["looked"], [each["name"] for each in found["amiss"]]) == ("bad", False, ["worker"])
    assert "Không có việc nào đang chờ" in shown
    assert "Bảy ngày qua không có lần đăng nhập nào bị từ chối" in shown
    assert NO_MEETING not in shown
    assert NO_MEETING in home(client, "khach")


def test_while_nothing_was_looked_at_nothing_is_said_to_be_in_order(council: Council, client: Any) -> None:
    perform(SYSTEM, "health.beat", {"pid": 1})

    assert read(start.condition, council, "admin")["state"] == "unknown"
    shown = home(client, "admin")
    assert "Mọi thứ đều ổn." not in shown
    assert "Tiến trình nền chưa kiểm tra" in shown


def test_the_condition_is_one_line_and_what_is_amiss_leads_to_its_page(council: Council, client: Any) -> None:
    looked(council, ("disk", "ok", "Much room."), ("journal", "ok", "Whole."))
    assert read(start.condition, council, "admin")["state"] == "ok"
    assert "Mọi thứ đều ổn." in home(client, "admin")

    looked(council, ("disk", "warn", "Little room."), ("backups", "bad", "Too old."))
    facts = {"error": "backup_no_room", "error_facts": {}}
    at = clock.now() - timedelta(hours=9)
    council.write(BackupRun(started_at=at, beat_at=at, reason="schedule", state="failed", path="/b", **facts))

    found = read(start.condition, council, "admin")
    assert (found["state"], found["count"], [each["name"] for each in found["amiss"]]) == ("bad", 2, ["backups", "disk"])
    shown = home(client, "admin")
    assert shown.count('href="/keeping"') >= 2
    assert "Lần sao lưu gần nhất không thành công" in shown

    later = clock.now() - timedelta(hours=1)
    council.write(BackupRun(started_at=later, beat_at=later, done_at=later, reason="by_hand", state="done", path="/b"))
    assert read(start.condition, council, "admin")["failed"] is None


def test_what_waits_for_the_administrator_is_named_with_its_address(council: Council, client: Any, do: Do) -> None:
    tuan, hoa, dung = (council.person(each) for each in ("tuan", "hoa", "dung"))
    council.update(Account, account(council, "tuan"), active=False)
    council.write(tablet(council, "hoa", lost_at=clock.now(), revoked_at=clock.now()))
    council.write(tablet(council, "van", lost_at=clock.now(), revoked_at=clock.now(), cleared_at=clock.now()))
    council.write(tablet(council, "dung", pin_hash="x", pin_tries=5))
    (held,) = council.all(select(Membership.id).where(Membership.person_id == hoa, Membership.body_id == council.body("UBND")))
    council.update(Membership, held, ends_on=clock.today() + timedelta(days=30))
    council.write(Remark(person_id=dung, kind="fault", text="Không mở được tệp", given_at=clock.now()))

    found = read(start.waiting, council, "admin")
    assert [each.id for each in found["locked"]] == [tuan]
    assert [(row.lost_at is not None, person.id) for row, person in found["tablets"]] == [(True, hoa), (False, dung)]
    assert [(each.kind, each.body.short_name, [p.id for p in each.people]) for each in found["ending"]] == [
        ("role", "UBND", [hoa])
    ]
    assert found["unanswered"] == 1
    shown = home(client, "admin")
    for address in (f"/people/{tuan}", f"/people/{hoa}", "/desk/tablets", "/feedback"):
        assert f'href="{address}"' in shown, address


@pytest.mark.parametrize(
    ("days", "carried_on", "told"), [(0, False, 1), (30, False, 1), (31, False, 0), (-1, False, 0), (5, True, 0)]
)
def test_a_role_is_told_of_when_it_ends_within_thirty_days_and_does_not_go_on(
    council: Council, days: int, carried_on: bool, told: int
) -> None:
    (held,) = council.all(
        select(Membership.id).where(Membership.person_id == council.person("dung"), Membership.body_id == council.body("UBND"))
    )
    last = clock.today() + timedelta(days=days)
    council.update(Membership, held, ends_on=last)
    if carried_on:
        again = {"person_id": council.person("dung"), "body_id": council.body("UBND"), "role": "officer"}
        council.write(Membership(**again, starts_on=last + timedelta(days=1), ends_on=None))

    assert len(read(start.waiting, council, "admin")["ending"]) == told


def test_an_extra_right_that_ends_soon_is_told_of(council: Council, do: Do) -> None:
    given = {"person_id": council.person("dung"), "body_id": council.body("UBND"), "right": "calendars.keep_week"}
    ends = clock.today() + timedelta(days=10)
    council.write(
        ExtraRight(
            person_id=given["person_id"], body_id=given["body_id"], action="keep_week", starts_on=clock.today(), ends_on=ends,
            given_by_id=council.person("admin"), given_at=clock.now(),
        )
    )  # fmt: skip

    (found,) = read(start.waiting, council, "admin")["ending"]

    assert (found.kind, found.last_day, [each.id for each in found.people]) == ("right", ends, [given["person_id"]])


def test_sign_ins_refused_in_a_week_are_listed_newest_first(council: Council, client: Any) -> None:
    for days, name, succeeded in ((9, "hoa", False), (3, "hoa", False), (1, "root", False), (0, "minh", True)):
        at = clock.now() - timedelta(days=days)
        number = account(council, name) if name != "root" else None
        council.write(SignIn(at=at, username=name, account_id=number, address="10.0.0.7", succeeded=succeeded))

    found = read(start.refused, council, "admin")

    assert [line.row.username for line in found["lines"]] == ["root", "hoa"]
    assert "/sign-ins?outcome=refused&amp;username=root" in home(client, "admin")


@pytest.mark.parametrize("stranger", ["khach", "hoa", "minh", "hung", "dung", "van"])
def test_a_stranger_sees_none_of_it_and_is_refused_it(council: Council, client: Any, stranger: str) -> None:
    shown = home(client, stranger)

    assert [each for each in (*ADMIN_ONLY, "own-people-title") if f'id="{each}"' in shown] == []
    for load in (start.condition, start.waiting, start.refused, start.own_people):
        with pytest.raises(Forbidden):
            read(load, council, stranger)
    with database.reading() as session, pytest.raises(Forbidden):
        out_of_hand(session, council.actor(stranger))


def test_the_administrator_s_cards_cost_ten_statements_however_much_waits(council: Council) -> None:
    def statements() -> int:
        admin = council.actor("admin")
        with database.reading() as session, asked() as found:
            for load in (start.condition, start.waiting, start.refused):
                load(session, admin)
        return len([each for each in found if each != "BEGIN"])

    few = statements()
    for name in ("hoa", "tuan", "dung"):
        council.update(Account, account(council, name), active=False)
        council.write(tablet(council, name, lost_at=clock.now(), revoked_at=clock.now()))
        council.write(Remark(person_id=council.person(name), kind="fault", text="x", given_at=clock.now()))
        council.write(SignIn(at=clock.now(), username=name, account_id=account(council, name), address="", succeeded=False))

    assert (few, statements()) == (10, 10)


def unit_admin(council: Council, do: Do) -> None:
    do("admin", "organization.add_person", full_name="Đỗ Văn Quân", username="quan", unit_id=council.unit("kinh_te"))
    do("admin", "organization.set_role", person_id=council.person("quan"), body_id=council.body("UBND"), role="unit_admin")


def test_a_unit_s_administrator_sees_what_the_own_people_lack_and_nobody_else_s(council: Council, client: Any, do: Do) -> None:
    unit_admin(council, do)
    do("quan", "organization.add_person", full_name="Bùi Thị Xuân", unit_id=council.unit("kinh_te"))
    for name in ("dung", "truong", "quan"):
        council.update(Person, council.person(name), email=f"{name}@x.example")
        council.update(Account, account(council, name), password_hash="x")
    council.update(Account, account(council, "dung"), active=False)

    found = read(start.own_people, council, "quan")["found"]

    assert (found.count, found.headless) == (4, ())
    assert [(person.full_name, missing) for person, missing in found.lacking] == [
        ("Hồ Tiến Dũng", ("locked",)),
        ("Bùi Thị Xuân", ("never_came", "no_role", "no_mail")),
    ]
    shown = home(client, "quan")
    assert f'href="/people/{council.person("dung")}"' in shown
    assert "Phan Thị Hoa" not in shown
    assert [each for each in ADMIN_ONLY if f'id="{each}"' in shown] == []


def test_a_unit_without_a_head_is_named_to_its_administrator(council: Council, do: Do) -> None:
    unit_admin(council, do)
    for held in council.all(select(Membership.id).where(Membership.person_id == council.person("truong"))):
        council.update(Membership, held, ends_on=clock.today() - timedelta(days=1))

    found = read(start.own_people, council, "quan")["found"]

    assert [each.id for each in found.headless] == [council.unit("kinh_te")]


def test_the_administrator_of_everybody_has_no_card_of_a_unit(council: Council, client: Any) -> None:
    assert read(start.own_people, council, "admin") is None
    assert 'id="own-people-title"' not in home(client, "admin")


def test_the_unit_s_card_costs_the_same_for_many_people(council: Council, client: Any, do: Do) -> None:
    unit_admin(council, do)
    with asked() as few:
        read(start.own_people, council, "quan")
    for name in ("An", "Bình", "Chi", "Dân", "Giang"):
        do("quan", "organization.add_person", full_name=f"Lý Văn {name}", unit_id=council.unit("kinh_te"))
    with asked() as many:
        read(start.own_people, council, "quan")

    assert len(many) == len(few)
