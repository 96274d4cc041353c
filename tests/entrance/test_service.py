"""The second step as acts: set up, used up, renewed, switched off, reset."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import select

from meeting import clock
from meeting.documents.grants import Grants
from meeting.entrance import queries, rules, sealing
from meeting.entrance.models import OutsideIdentity, RecoveryCode, SecondStep
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.notify.models import Notification
from meeting.organization.models import Account
from meeting.tables import Setting
from tests.conftest import Council

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
CODES = ["abcd-efgh-jkmn", "pqrs-tuvw-xyz2"]


def secret_of(council: Council, username: str) -> str:
    row = council.one(select(SecondStep).where(SecondStep.account_id == council.actor(username).account_id))
    return sealing.unseal(row.offered or row.sealed)


def now_code(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.now())


def enrols(council: Council, do: Any, username: str) -> str:
    """Sets the second step up; returns the secret."""
    do(username, "entrance.begin_second_step")
    secret = secret_of(council, username)
    do(username, "entrance.confirm_second_step", code=now_code(secret), recovery=[sealing.digest(each) for each in CODES])
    return secret


def takes(council: Council, do: Any, username: str, code: str) -> None:
    do("system", "entrance.take_second_step", account_id=council.actor(username).account_id, code=code)


def refusal(act: Any, *arguments: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(*arguments, **wanted)
    return refused.value.code


def events(council: Council) -> list[str]:
    return [each for each in council.all(select(Entry.event).order_by(Entry.id)) if each.startswith("entrance.")]


def test_a_second_step_is_set_up_by_one_code_and_used_up_code_by_code(council: Council, do: Any, at: Any) -> None:
    at(NOON)
    secret = enrols(council, do, "minh")
    first = now_code(secret)

    assert refusal(takes, council, do, "minh", first) == "second_step_used"
    at(NOON + timedelta(seconds=30))
    takes(council, do, "minh", now_code(secret))
    assert refusal(takes, council, do, "minh", now_code(secret)) == "second_step_used"
    assert refusal(takes, council, do, "minh", first) == "second_step_used"
    at(NOON + timedelta(seconds=120))
    assert refusal(takes, council, do, "minh", first) == "second_step_wrong"
    assert events(council) == [Event.SECOND_STEP_SET]


def test_neither_secret_nor_code_stands_in_the_store(council: Council, do: Any, at: Any, store: Any) -> None:
    at(NOON)
    secret = enrols(council, do, "minh")
    kept = (store / "storage" / "meeting.db").read_bytes() + (store / "storage" / "meeting.db-wal").read_bytes()

    assert secret.encode() not in kept
    assert not any(code.encode() in kept for code in CODES)
    assert not list((store / "storage").rglob("entrance.key"))
    assert sealing.key_file().stat().st_mode & 0o077 == 0


def test_with_another_key_file_the_step_cannot_be_read(council: Council, do: Any, at: Any) -> None:
    at(NOON)
    secret = enrols(council, do, "minh")
    sealing.key_file().unlink()
    at(NOON + timedelta(minutes=1))

    assert refusal(takes, council, do, "minh", now_code(secret)) == "second_step_unreadable"


def test_a_secret_counts_only_once_it_is_confirmed(council: Council, do: Any, at: Any) -> None:
    at(NOON)
    assert refusal(do, "minh", "entrance.confirm_second_step", code="123456", recovery=["0" * 64]) == "second_step_not_begun"
    do("minh", "entrance.begin_second_step")
    assert refusal(do, "minh", "entrance.confirm_second_step", code="000000", recovery=["0" * 64]) == "second_step_wrong"
    assert refusal(takes, council, do, "minh", now_code(secret_of(council, "minh"))) == "second_step_missing"


def test_a_recovery_code_works_once(council: Council, do: Any, at: Any) -> None:
    at(NOON)
    enrols(council, do, "minh")

    takes(council, do, "minh", "ABCD efgh jkmn")

    assert refusal(takes, council, do, "minh", CODES[0]) == "recovery_code_wrong"
    assert refusal(takes, council, do, "minh", "aaaa-bbbb-cccc") == "recovery_code_wrong"
    assert council.one(select(RecoveryCode.used_at).where(RecoveryCode.used_at.is_not(None))) == NOON
    assert events(council) == [Event.SECOND_STEP_SET, Event.RECOVERY_CODE_USED]


def test_new_recovery_codes_end_those_of_before(council: Council, do: Any, at: Any) -> None:
    at(NOON)
    secret = enrols(council, do, "minh")
    at(NOON + timedelta(minutes=1))

    do("minh", "entrance.renew_recovery_codes", code=now_code(secret), recovery=[sealing.digest("new1-new2-new3")])

    assert refusal(takes, council, do, "minh", CODES[1]) == "recovery_code_wrong"
    takes(council, do, "minh", "new1-new2-new3")


def test_the_next_telephone_takes_over_only_with_its_first_code(council: Council, do: Any, at: Any) -> None:
    at(NOON)
    old = enrols(council, do, "minh")
    do("minh", "entrance.begin_second_step")
    at(NOON + timedelta(minutes=1))
    takes(council, do, "minh", now_code(old))
    new = secret_of(council, "minh")
    at(NOON + timedelta(seconds=90))
    wanted = {"code": now_code(new), "recovery": ["1" * 64]}
    assert refusal(do, "minh", "entrance.confirm_second_step", **wanted) == "recovery_code_wrong", "an open session is not enough"
    assert refusal(do, "minh", "entrance.confirm_second_step", **wanted, before=now_code(new)) == "second_step_wrong"
    do("minh", "entrance.confirm_second_step", **wanted, before=now_code(old))
    at(NOON + timedelta(minutes=2))

    assert refusal(takes, council, do, "minh", now_code(old)) == "second_step_wrong"
    takes(council, do, "minh", now_code(new))


def test_who_lost_the_telephone_moves_with_a_recovery_code(council: Council, do: Any, at: Any) -> None:
    at(NOON)
    enrols(council, do, "minh")
    do("minh", "entrance.begin_second_step")
    code = now_code(secret_of(council, "minh"))
    do("minh", "entrance.confirm_second_step", code=code, recovery=["1" * 64], before=CODES[0])

    assert refusal(takes, council, do, "minh", CODES[1]) == "recovery_code_wrong"


def test_it_is_switched_off_with_a_code_but_not_where_the_role_needs_it(
    council: Council, do: Any, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(NOON)
    secret = enrols(council, do, "minh")
    at(NOON + timedelta(minutes=1))
    monkeypatch.setenv("MEETING_SECOND_STEP", "required")
    assert refusal(do, "minh", "entrance.drop_second_step", code=now_code(secret)) == "second_step_needed"
    monkeypatch.setenv("MEETING_SECOND_STEP", "offered")
    assert refusal(do, "minh", "entrance.drop_second_step", code="000000") == "second_step_wrong"

    do("minh", "entrance.drop_second_step", code=now_code(secret))

    assert council.all(select(SecondStep)) == council.all(select(RecoveryCode)) == []
    assert events(council)[-1] == Event.SECOND_STEP_DROPPED
    assert refusal(do, "minh", "entrance.drop_second_step", code="000000") == "second_step_missing"


def test_an_administrator_resets_it_and_the_person_is_told(council: Council, do: Any, at: Any) -> None:
    at(NOON)
    enrols(council, do, "minh")
    before = council.one(select(Account.session_version).where(Account.username == "minh"))

    for stranger in ("hoa", "minh", "van"):
        assert refusal(do, stranger, "entrance.reset_second_step", person_id=council.person("minh")) == "forbidden"
    do("admin", "entrance.reset_second_step", person_id=council.person("minh"))

    assert council.all(select(SecondStep)) == []
    assert council.one(select(Account.session_version).where(Account.username == "minh")) == before + 1
    assert council.all(select(Notification.kind).where(Notification.person_id == council.person("minh"))) == ["second_step_reset"]
    assert refusal(do, "admin", "entrance.reset_second_step", person_id=council.person("minh")) == "second_step_missing"


def test_what_is_known_of_the_files_of_a_browser_ends_with_its_sessions(council: Council, do: Any, at: Any) -> None:
    at(NOON)
    enrols(council, do, "minh")
    minh, known = council.actor("minh"), Grants()
    do("system", "entrance.link_identity", account_id=minh.account_id, issuer="https://id.example", subject="7")
    identity = council.one(select(OutsideIdentity.id))
    for who, act, wanted in (
        ("minh", "entrance.unlink_identity", {"identity_id": identity}),
        ("admin", "entrance.reset_second_step", {"person_id": minh.person_id}),
    ):
        known.keep(known.ask("a cookie", "", 1)[0], minh, "a file")
        assert known.ask("a cookie", "", 1)[1] is not None
        do(who, act, **wanted)
        assert known.ask("a cookie", "", 1)[1] is None, act


def test_only_the_door_takes_steps_and_links_identities(council: Council, do: Any) -> None:
    for who in ("hoa", "admin"):
        assert refusal(do, who, "entrance.take_second_step", account_id=1, code="123456") == "forbidden"
        assert refusal(do, who, "entrance.link_identity", account_id=1, issuer="https://a", subject="b") == "forbidden"


def test_an_identity_belongs_to_one_account(council: Council, do: Any) -> None:
    hoa, tuan = (council.actor(each).account_id for each in ("hoa", "tuan"))
    made = do("system", "entrance.link_identity", account_id=hoa, issuer="https://id.example", subject="7")

    assert do("system", "entrance.link_identity", account_id=hoa, issuer="https://id.example", subject="7") == made
    wanted = {"account_id": tuan, "issuer": "https://id.example", "subject": "7"}
    assert refusal(do, "system", "entrance.link_identity", **wanted) == "identity_taken"
    assert refusal(do, "tuan", "entrance.unlink_identity", identity_id=made["identity_id"]) == "not_found"
    do("hoa", "entrance.unlink_identity", identity_id=made["identity_id"])
    do("system", "entrance.link_identity", **wanted)
    assert events(council) == [Event.IDENTITY_LINKED, Event.IDENTITY_UNLINKED, Event.IDENTITY_LINKED]


def test_a_new_system_demands_it_and_one_that_comes_along_offers_it(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    from meeting.database import reading

    monkeypatch.delenv("MEETING_SECOND_STEP", raising=False)
    with reading() as session:
        assert queries.demanded(session) == rules.OFFERED
    from sqlalchemy.orm import Session

    from meeting.database import database

    with Session(database().writing) as session:
        session.add(Setting(name="second_step", value="required"))
        session.commit()
    with reading() as session:
        assert queries.demanded(session) == rules.REQUIRED
        assert queries.must_have(session, council.actor("minh"))
        assert not queries.must_have(session, council.actor("hoa"))
    monkeypatch.setenv("MEETING_SECOND_STEP", "offered")
    with reading() as session:
        assert queries.demanded(session) == rules.OFFERED
