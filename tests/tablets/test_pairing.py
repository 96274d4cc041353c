"""A browser becomes somebody's tablet: the desk's one-time address, the PIN, its reset, its loss; and who may not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from meeting import clock
from meeting.documents.grants import grants
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.notify.models import Notification
from meeting.organization import passwords
from meeting.organization.models import Account, Membership
from meeting.permissions import SYSTEM
from meeting.tablets import presence, queries, rules
from meeting.tablets.models import Tablet, TabletPairing
from meeting.writer import perform
from tests.conftest import Council, Program

Do = Callable[..., dict[str, Any]]
PIN = "482915"
PIN_HASH = passwords.hashed(PIN)


def digest(word: str) -> str:
    return sha256(word.encode()).hexdigest()


@pytest.fixture(autouse=True)
def _forget() -> None:
    queries.forget_shut_out()


def begin(do: Do, council: Council, owner: str = "hoa", by: str = "minh", token: str = "address") -> dict[str, Any]:
    return do(
        by,
        "tablets.begin_pairing",
        person_id=council.person(owner),
        token_sha256=digest(token),
        code_sha256=digest(f"{token} code"),
    )


def pair(token: str = "address", held: str | None = None, fresh: str = "key") -> dict[str, Any]:
    wanted = {
        "given_sha256": digest(token),
        "held_sha256": held and digest(held),
        "fresh_sha256": digest(fresh),
        "name": "iPad",
        "pin_hash": PIN_HASH,
    }
    return perform(SYSTEM, "tablets.pair", wanted)


def paired(do: Do, council: Council, owner: str = "hoa", by: str = "minh", fresh: str = "key") -> int:
    begin(do, council, owner, by, token=fresh)
    return int(pair(fresh, fresh=fresh)["tablet_id"])


def row(council: Council, tablet_id: int) -> Tablet:
    found: Tablet = council.one(select(Tablet).where(Tablet.id == tablet_id))
    return found


def told(council: Council, event: Event) -> list[dict[str, Any]]:
    return [each.facts for each in council.all(select(Entry).where(Entry.event == event))]


def refusal(do: Do, who: str, act: str, **wanted: Any) -> str:
    with pytest.raises(Refused) as refused:
        do(who, act, **wanted)
    return refused.value.code


def test_the_desk_opens_an_address_and_the_browser_behind_it_is_the_person_s_tablet(do: Do, council: Council) -> None:
    begin(do, council)

    met = pair()

    held = row(council, met["tablet_id"])
    hoa = council.actor("hoa").account_id
    assert (held.account_id, held.key_sha256, held.pin_hash, held.paired_at is not None) == (hoa, digest("key"), PIN_HASH, True)
    assert [each["account_id"] for each in told(council, Event.PAIRING_BEGUN)] == [hoa]
    assert told(council, Event.TABLET_PAIRED) == [
        {"account_id": hoa, "tablet_id": held.id, "name": "iPad", "made_by": council.person("minh")}
    ]


def test_an_address_holds_once_and_for_ten_minutes_and_so_does_its_short_code(do: Do, council: Council) -> None:
    begin(do, council)
    pair("address code")
    with pytest.raises(Refused, match="pairing_over"):
        pair()
    begin(do, council, token="later")

    with clock.frozen(clock.now() + timedelta(minutes=10, seconds=1)), pytest.raises(Refused, match="pairing_over"):
        pair("later")


def test_a_newer_address_ends_the_older_one(do: Do, council: Council) -> None:
    begin(do, council)
    begin(do, council, token="newer")

    with pytest.raises(Refused, match="pairing_over"):
        pair()
    assert pair("newer")["tablet_id"]
    assert len(council.all(select(TabletPairing))) == 1


def test_an_address_is_not_used_for_two(do: Do, council: Council) -> None:
    begin(do, council)

    with pytest.raises(Refused, match="pairing_superseded"):
        begin(do, council, owner="tuan")


def test_nobody_is_paired_whose_account_is_closed(do: Do, council: Council) -> None:
    council.update(Account, council.actor("hoa").account_id, active=False)

    with pytest.raises(Refused, match="owner_without_account"):
        begin(do, council)


@pytest.mark.parametrize(("by", "owner"), [("hoa", "tuan"), ("hoa", "hoa"), ("dung", "hoa"), ("khach", "hoa"), ("lan", "hoa")])
def test_who_keeps_no_tablets_pairs_none(do: Do, council: Council, by: str, owner: str) -> None:
    with pytest.raises(Refused) as refused:
        begin(do, council, owner, by)

    assert refused.value.code in ("forbidden", "not_found")


@pytest.mark.parametrize("body", ["", "Đảng ủy"])
def test_the_desk_of_another_body_knows_nobody_there(do: Do, council: Council, body: str) -> None:
    if body:
        council.write(
            Membership(person_id=council.person("khach"), body_id=council.body(body), role="member", starts_on=date(2026, 1, 1))
        )

    with pytest.raises(Refused, match="not_found"):
        begin(do, council, "khach")
    tablet = paired(do, council, "khach", "admin")
    for act, more in (("lose", {}), ("revoke", {}), ("rename", {"name": "Máy"}), ("reset", {})):
        assert refusal(do, "minh", f"tablets.{act}", tablet_id=tablet, **more) == "not_found"


def test_an_administrator_is_paired_by_an_administrator_only(do: Do, council: Council) -> None:
    assert begin(do, council, "admin", "admin")["pairing_id"]
    with pytest.raises(Refused, match="not_found"):
        begin(do, council, "admin", "minh", token="other")


def test_the_door_alone_pairs_and_tries(do: Do, council: Council) -> None:
    tablet = paired(do, council)

    for act, wanted in (
        ("tablets.pair", {"given_sha256": digest("x"), "fresh_sha256": digest("y"), "name": "Máy", "pin_hash": PIN_HASH}),
        ("tablets.try_pin", {"tablet_id": tablet}),
        ("tablets.unlock", {"tablet_id": tablet, "right": True}),
        ("tablets.note_cleared", {"tablet_id": tablet}),
    ):
        assert refusal(do, "admin", act, **wanted) == "forbidden"


def test_the_same_browser_keeps_its_papers_when_it_is_paired_again(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    do("hoa", "tablets.report", tablet_id=tablet, kept={"1": {"bytes": 5, "version": "v", "at": "", "files": [7]}})
    begin(do, council, token="again")

    met = pair("again", held="key", fresh="other key")

    assert (met["tablet_id"], met["fresh"], row(council, tablet).kept["1"]["files"]) == (tablet, False, [7])


def test_a_tablet_handed_to_somebody_else_is_taken_off_its_former_owner(do: Do, council: Council) -> None:
    former = paired(do, council)
    begin(do, council, owner="tuan", token="second")

    met = pair("second", held="key", fresh="second key")

    assert met["fresh"] is True
    assert row(council, former).revoked_at is not None
    assert row(council, met["tablet_id"]).account_id == council.actor("tuan").account_id


def test_a_device_that_was_taken_off_is_paired_as_a_new_one(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    do("minh", "tablets.revoke", tablet_id=tablet)
    begin(do, council, token="again")

    met = pair("again", held="key", fresh="new key")

    assert (met["tablet_id"] != tablet, met["fresh"]) == (True, True)


def test_five_tries_then_the_desk(do: Do, council: Council) -> None:
    tablet = paired(do, council)

    left = []
    for _ in range(5):
        left.append(perform(SYSTEM, "tablets.try_pin", {"tablet_id": tablet})["left"])
        perform(SYSTEM, "tablets.unlock", {"tablet_id": tablet, "right": False})
    with pytest.raises(Refused, match="tablet_blocked"):
        perform(SYSTEM, "tablets.try_pin", {"tablet_id": tablet})

    assert left == [4, 3, 2, 1, 0]
    assert [each["tablet_id"] for each in told(council, Event.TABLET_BLOCKED)] == [tablet]
    do("minh", "tablets.reset", tablet_id=tablet)
    with pytest.raises(Refused, match="tablet_needs_pin"):
        perform(SYSTEM, "tablets.try_pin", {"tablet_id": tablet})


def test_the_right_pin_forgets_the_wrong_tries(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    for right in (False, False, True):
        perform(SYSTEM, "tablets.try_pin", {"tablet_id": tablet})
        perform(SYSTEM, "tablets.unlock", {"tablet_id": tablet, "right": right})

    assert row(council, tablet).pin_tries == 0


def test_a_tablet_that_was_taken_off_has_no_pin_to_try(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    do("hoa", "tablets.revoke", tablet_id=tablet)

    for act, more in (("tablets.try_pin", {}), ("tablets.unlock", {"right": True})):
        with pytest.raises(Refused, match="tablet_unpaired"):
            perform(SYSTEM, act, {"tablet_id": tablet, **more})


def test_a_locked_tablet_is_shut_out_until_its_pin_and_its_sockets_close(
    do: Do, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet = paired(do, council)
    closed: list[int] = []
    monkeypatch.setattr(presence, "let_go", closed.append)
    hoa = council.actor("hoa").account_id

    do("hoa", "tablets.lock", tablet_id=tablet)
    do("hoa", "tablets.lock", tablet_id=tablet)

    assert queries.why_shut_out(hoa, f"#{tablet}") == "tablet_locked"
    perform(SYSTEM, "tablets.unlock", {"tablet_id": tablet, "right": True})
    assert queries.why_shut_out(hoa, f"#{tablet}") == ""
    assert closed == [tablet, tablet]


def test_a_lock_that_falls_into_a_look_at_the_tablet_is_not_forgotten_by_it(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    hoa = council.actor("hoa").account_id
    queries.forget_shut_out()
    looks: list[str] = []

    def locks(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "locked_at" in statement and statement.startswith("SELECT") and not looks:
            looks.append(statement)
            do("hoa", "tablets.lock", tablet_id=tablet)

    event.listen(Engine, "after_cursor_execute", locks)
    try:
        seen = queries.why_shut_out(hoa, f"#{tablet}")
    finally:
        event.remove(Engine, "after_cursor_execute", locks)

    assert (len(looks), seen) == (1, "")  # it looked the moment before
    assert queries.why_shut_out(hoa, f"#{tablet}") == "tablet_locked"


def test_a_locked_tablet_sees_no_file_it_has_just_seen(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    grants.keep(grants.ask("its cookie", "", 7)[0], council.actor("hoa"), "a file")
    assert grants.ask("its cookie", "", 7)[1] is not None

    do("hoa", "tablets.lock", tablet_id=tablet)

    assert grants.ask("its cookie", "", 7)[1] is None


def test_a_tablet_that_was_handed_out_is_never_forgotten_for_other_browsers(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    for number in range(rules.MOST_DEVICES + 3):
        do("hoa", "tablets.meet", key_sha256=f"{number:064}", name="Chrome")

    assert row(council, tablet).revoked_at is None


def test_only_a_paired_tablet_can_be_locked(do: Do) -> None:
    plain = do("hoa", "tablets.meet", key_sha256="a" * 64, name="iPad")["tablet_id"]

    assert refusal(do, "hoa", "tablets.lock", tablet_id=plain) == "tablet_unpaired"


def test_a_reset_forgets_pin_and_tries_and_keeps_the_papers(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    do("hoa", "tablets.report", tablet_id=tablet, kept={"1": {"bytes": 5, "version": "v", "at": ""}})

    do("van", "tablets.reset", tablet_id=tablet)

    held = row(council, tablet)
    assert (held.pin_hash, held.pin_tries, held.locked_at is not None, "1" in held.kept) == ("", 0, True, True)
    assert [each["tablet_id"] for each in told(council, Event.TABLET_RESET)] == [tablet]
    with pytest.raises(Refused, match="tablet_needs_pin"):  # the PIN was looked at in the very moment of the reset
        perform(SYSTEM, "tablets.unlock", {"tablet_id": tablet, "right": True})
    assert row(council, tablet).locked_at is not None


def test_a_lost_tablet_loses_session_pin_codes_and_papers(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    begin(do, council, token="open")

    do("minh", "tablets.lose", tablet_id=tablet)
    assert do("hoa", "tablets.lose", tablet_id=tablet) == {}

    held = row(council, tablet)
    assert (held.pin_hash, held.kept, held.lost_at is not None, held.cleared_at) == ("", {}, True, None)
    assert queries.why_shut_out(held.account_id, f"#{tablet}") == "tablet_revoked"
    assert [each["person_id"] for each in told(council, Event.TABLET_LOST)] == [council.person("hoa")]
    with pytest.raises(Refused, match="pairing_over"):
        pair("open", fresh="x")
    perform(SYSTEM, "tablets.note_cleared", {"tablet_id": tablet})
    assert row(council, tablet).cleared_at is not None


def test_only_a_device_that_was_taken_off_can_be_empty(do: Do, council: Council) -> None:
    with pytest.raises(Refused, match="not_found"):
        perform(SYSTEM, "tablets.note_cleared", {"tablet_id": paired(do, council)})


@pytest.mark.parametrize("stranger", ["tuan", "dung", "khach", "lan"])
def test_a_stranger_touches_no_tablet(do: Do, council: Council, stranger: str) -> None:
    tablet = paired(do, council)

    for act, more in (("lock", {}), ("tell", {}), ("lose", {}), ("revoke", {}), ("rename", {"name": "Máy"}), ("reset", {})):
        assert refusal(do, stranger, f"tablets.{act}", tablet_id=tablet, **more) in ("not_found", "forbidden")


def test_the_desk_sees_no_device_that_was_not_paired(do: Do) -> None:
    own = do("hoa", "tablets.meet", key_sha256="a" * 64, name="Máy ở nhà")["tablet_id"]

    for act, more in (("lose", {}), ("revoke", {}), ("rename", {"name": "Máy"}), ("reset", {})):
        assert refusal(do, "minh", f"tablets.{act}", tablet_id=own, **more) == "not_found"


def test_the_desk_gives_a_tablet_another_name(do: Do, council: Council) -> None:
    tablet = paired(do, council)

    do("minh", "tablets.rename", tablet_id=tablet, name="Máy số 12")

    assert row(council, tablet).name == "Máy số 12"


def test_a_tablet_tells_of_itself(do: Do, council: Council, api: Callable[[str], Program]) -> None:
    tablet = paired(do, council)

    api("hoa").act("tablets.tell", tablet_id=tablet, battery=17, charging=False)

    held = row(council, tablet)
    assert (held.battery, held.charging) == (17, False)
    do("hoa", "tablets.revoke", tablet_id=tablet)
    assert refusal(do, "hoa", "tablets.tell", tablet_id=tablet) == "tablet_revoked"


def test_an_administrator_sets_when_tablets_lock_themselves(do: Do) -> None:
    do("admin", "tablets.set_lock", minutes=30)
    do("admin", "tablets.set_lock", minutes=5)

    assert refusal(do, "admin", "tablets.set_lock", minutes=7) == "malformed"
    assert refusal(do, "minh", "tablets.set_lock", minutes=5) == "forbidden"


def test_owner_and_office_hear_of_a_pairing_a_block_and_a_loss(do: Do, council: Council) -> None:
    tablet = paired(do, council)
    for _ in range(5):
        perform(SYSTEM, "tablets.try_pin", {"tablet_id": tablet})
        perform(SYSTEM, "tablets.unlock", {"tablet_id": tablet, "right": False})
    do("hoa", "tablets.lose", tablet_id=tablet)

    heard = [(each.kind, each.person_id) for each in council.all(select(Notification).order_by(Notification.id))]
    hoa, minh = council.person("hoa"), council.person("minh")
    assert heard == [("tablet_paired", hoa), ("tablet_blocked", minh), ("tablet_lost", minh)]


def test_many_tries_in_the_same_moment_get_five_and_no_sixth(do: Do, council: Council) -> None:
    tablet = paired(do, council)

    def attempt(_number: int) -> str:
        try:
            perform(SYSTEM, "tablets.try_pin", {"tablet_id": tablet})
        except Refused as refused:
            return refused.code
        return "tried"

    with ThreadPoolExecutor(8) as crowd:
        came = list(crowd.map(attempt, range(20)))

    assert (came.count("tried"), came.count("tablet_blocked")) == (5, 15)
