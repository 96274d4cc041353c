"""One's own devices: known again, what they keep, renamed, taken off."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.tablets import queries, rules
from meeting.tablets.models import Tablet
from tests.conftest import Council, Program

Do = Callable[..., dict[str, Any]]
KEY = "a" * 64
KEPT = {"1": {"bytes": 1000, "version": "v1", "at": "2026-11-23T08:00:00Z", "done": True, "files": []}}


@pytest.fixture(autouse=True)
def _forget() -> None:
    queries.forget_shut_out()


def meet(do: Do, username: str = "hoa", key: str = KEY) -> int:
    return int(do(username, "tablets.meet", key_sha256=key, name="iPad, Safari")["tablet_id"])


def row(council: Council, tablet_id: int) -> Tablet:
    found: Tablet = council.one(select(Tablet).where(Tablet.id == tablet_id))
    return found


def test_an_account_knows_so_many_browsers_and_never_forgets_one_that_keeps_papers(do: Do, council: Council) -> None:
    keeping = meet(do, key=f"{0:064x}")
    do("hoa", "tablets.report", tablet_id=keeping, kept=KEPT)

    for number in range(1, rules.MOST_DEVICES + 5):
        meet(do, key=f"{number:064x}")

    rows = council.all(select(Tablet.id).where(Tablet.account_id == council.actor("hoa").account_id))
    assert len(rows) == rules.MOST_DEVICES
    assert keeping in rows


def test_a_device_is_known_again_by_its_key(do: Do, council: Council) -> None:
    first = meet(do)

    assert meet(do) == first
    assert row(council, first).name == "iPad, Safari"


def test_two_people_on_one_device_have_a_row_each(do: Do) -> None:
    assert meet(do, "hoa") != meet(do, "tuan")


def test_a_device_says_what_it_keeps(do: Do, council: Council) -> None:
    tablet = meet(do)

    do("hoa", "tablets.report", tablet_id=tablet, kept=KEPT, storage={"persistent": True, "installed": False, "free_bytes": 9})

    held = row(council, tablet)
    assert held.kept == KEPT
    assert held.storage == {"persistent": True, "installed": False, "free_bytes": 9}


def test_what_is_kept_must_be_meetings(do: Do) -> None:
    tablet = meet(do)

    with pytest.raises(Refused, match="malformed"):
        do("hoa", "tablets.report", tablet_id=tablet, kept={"x": {}})


def test_a_device_gets_another_name(do: Do, council: Council) -> None:
    tablet = meet(do)

    do("hoa", "tablets.rename", tablet_id=tablet, name="  Máy ở cơ quan ")

    assert row(council, tablet).name == "Máy ở cơ quan"


def test_an_empty_name_is_refused(do: Do) -> None:
    with pytest.raises(Refused, match="malformed"):
        do("hoa", "tablets.rename", tablet_id=meet(do), name=" ")


def test_a_device_taken_off_is_shut_out_at_once_and_told_in_the_journal(do: Do, council: Council) -> None:
    tablet = meet(do)
    do("hoa", "tablets.report", tablet_id=tablet, kept=KEPT)
    hoa = council.actor("hoa")
    before = queries.is_shut_out(hoa.account_id, f"#{tablet}")

    do("hoa", "tablets.revoke", tablet_id=tablet)

    entries = council.all(select(Entry).where(Entry.event == Event.TABLET_REVOKED))
    assert (before, queries.is_shut_out(hoa.account_id, f"#{tablet}"), queries.is_shut_out(hoa.account_id, KEY)) == (
        False,
        True,
        True,
    )
    assert [each.facts for each in entries] == [{"account_id": hoa.account_id, "tablet_id": tablet, "name": "iPad, Safari"}]
    assert row(council, tablet).kept == {}


def test_taking_off_twice_is_harmless(do: Do, council: Council) -> None:
    tablet = meet(do)
    do("hoa", "tablets.revoke", tablet_id=tablet)

    assert do("hoa", "tablets.revoke", tablet_id=tablet) == {}
    assert len(council.all(select(Entry).where(Entry.event == Event.TABLET_REVOKED))) == 1


def test_nothing_more_is_heard_from_a_device_that_was_taken_off(do: Do) -> None:
    tablet = meet(do)
    do("hoa", "tablets.revoke", tablet_id=tablet)

    for act, more, code in (
        ("tablets.report", {"kept": {}}, "tablet_revoked"),
        ("tablets.rename", {"name": "Máy"}, "tablet_ended"),
    ):
        with pytest.raises(Refused) as refused:
            do("hoa", act, tablet_id=tablet, **more)
        assert refused.value.code == code
    with pytest.raises(Refused, match="tablet_revoked"):
        meet(do)


def test_a_stranger_knows_nothing_of_a_device(do: Do, api: Callable[[str], Program]) -> None:
    tablet = meet(do)

    for act, more in (("tablets.report", {"kept": {}}), ("tablets.rename", {"name": "Máy"}), ("tablets.revoke", {})):
        with pytest.raises(Refused, match="not_found"):
            do("tuan", act, tablet_id=tablet, **more)
    assert api("tuan").get("/tablets")[1]["data"] == []


def test_who_administers_people_may_take_off_a_lost_device(do: Do, council: Council) -> None:
    tablet = meet(do)

    do("admin", "tablets.revoke", tablet_id=tablet)

    assert row(council, tablet).revoked_by == council.person("admin")


def test_the_devices_are_read_over_the_api_without_those_taken_off(do: Do, api: Callable[[str], Program]) -> None:
    first, second = meet(do), meet(do, key="b" * 64)
    api("hoa").act("tablets.report", tablet_id=second, kept=KEPT)
    api("hoa").act("tablets.revoke", tablet_id=first)

    status, body = api("hoa").get("/tablets")

    assert status == 200
    assert [(each["id"], each["bytes"]) for each in body["data"]] == [(second, 1000)]
