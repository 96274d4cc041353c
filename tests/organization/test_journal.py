"""The sign-in journal: filtered, taken away, and pruned by the retention policy only."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from meeting import clock, keeping
from meeting.database import reading
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization import exporting, identity, retention, sign_in_queries
from meeting.organization.models import Account, SignIn
from meeting.organization.sign_in_queries import Wanted
from meeting.organization.wording import WAY_LABELS
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]


def put(council: Council, *lines: tuple[str, str, bool, str, datetime]) -> None:
    accounts = {row.username: row.id for row in council.all(select(Account))}
    council.write(
        *(
            SignIn(at=at, username=name, account_id=accounts.get(name), address=address, succeeded=ok, way=way)
            for name, address, ok, way, at in lines
        )
    )


@pytest.fixture
def lines(council: Council) -> None:
    """Five attempts on three days."""
    put(
        council,
        ("hoa", "10.0.0.5", True, "password", datetime(2026, 11, 20, 2, 0, tzinfo=UTC)),
        ("hoa", "10.0.0.5", False, "password", datetime(2026, 11, 20, 18, 0, tzinfo=UTC)),  # 1:00 of the 21st in Viet Nam
        ("tuan", "10.0.1.7", True, "tablet", datetime(2026, 11, 21, 3, 0, tzinfo=UTC)),
        ("kẻ lạ", "203.0.113.9", False, "password", datetime(2026, 11, 22, 3, 0, tzinfo=UTC)),
        ("admin", "10.0.0.1", True, "second_step", datetime(2026, 11, 22, 4, 0, tzinfo=UTC)),
    )


FILTERS = [
    (Wanted(), ["admin", "kẻ lạ", "tuan", "hoa", "hoa"]),
    (Wanted(username=" HOA "), ["hoa", "hoa"]),
    (Wanted(person="phan hoa"), ["hoa", "hoa"]),
    (Wanted(person="không có ai"), []),
    (Wanted(address="10.0.0"), ["admin", "hoa", "hoa"]),
    (Wanted(address="10.0.0_"), []),
    (Wanted(outcome="in"), ["admin", "tuan", "hoa"]),
    (Wanted(outcome="refused"), ["kẻ lạ", "hoa"]),
    (Wanted(way="tablet"), ["tuan"]),
    (Wanted(since=date(2026, 11, 21)), ["admin", "kẻ lạ", "tuan", "hoa"]),
    (Wanted(until=date(2026, 11, 20)), ["hoa"]),
    (Wanted(since=date(2026, 11, 21), until=date(2026, 11, 21), outcome="in"), ["tuan"]),
]


@pytest.mark.parametrize(("wanted", "names"), FILTERS)
def test_lines_are_found_by_account_person_address_outcome_way_and_day(council: Council, lines: None, wanted: Wanted, names: Any):
    with reading() as session:
        who = council.actor("admin")
        found = sign_in_queries.sign_ins(session, who, wanted)
        assert [line.row.username for line in found] == names
        assert sign_in_queries.count(session, who, wanted) == len(names)


def test_every_way_of_coming_in_has_a_word_and_is_noted(council: Council):
    assert identity.by_password("hoa", "sai mật khẩu", "10.0.0.9") is None
    identity.note("tuan", None, "10.0.0.9", succeeded=True, way="tablet")

    rows = council.all(select(SignIn).order_by(SignIn.id))
    assert [(row.username, row.way, row.succeeded) for row in rows] == [("hoa", "password", False), ("tuan", "tablet", True)]
    assert set(WAY_LABELS) == set(exporting.WAY_NAMES) >= {row.way for row in rows}


def test_the_page_and_the_api_filter_and_turn_pages(council: Council, client: Any, api: Any):
    start = datetime(2026, 11, 1, tzinfo=UTC)
    put(council, *(("hoa", f"10.0.0.{number}", True, "password", start + timedelta(minutes=number)) for number in range(120)))

    page = client("admin").get("/sign-ins?username=hoa&outcome=in&since=01/11/2026").get_data(as_text=True)
    older = client("admin").get("/sign-ins?username=hoa&start=100").get_data(as_text=True)

    assert "1 đến 100 trong 120" in page
    assert "start=100" in page
    assert "outcome=in" in page
    assert "101 đến 120 trong 120" in older
    told = api("admin").get("/sign-ins?username=hoa&address=10.0.0.11&limit=3")[1]
    assert [each["address"] for each in told["data"]] == ["10.0.0.119", "10.0.0.118", "10.0.0.117"]
    assert told["data"][0]["name"] == "Phan Thị Hoa"


@pytest.mark.parametrize("path", ["/sign-ins", "/sign-ins/export.csv", "/sign-ins/export.xlsx"])
@pytest.mark.parametrize("stranger", ["hoa", "minh", "lan"])
def test_a_stranger_reads_no_journal(client: Any, api: Any, path: str, stranger: str):
    assert client(stranger).get(path).status_code == 403
    assert api(stranger).get("/sign-ins")[0] == 403


def test_the_journal_goes_out_as_it_was_filtered(council: Council, lines: None, client: Any):
    text = client("admin").get("/sign-ins/export.csv?outcome=refused").get_data(as_text=True)
    book = load_workbook(io.BytesIO(client("admin").get("/sign-ins/export.xlsx?username=hoa").data))

    assert text.lstrip("\ufeff").splitlines()[1:] == [
        "22/11/2026 10:00:00;kẻ lạ;;203.0.113.9;Mật khẩu;Bị từ chối",
        "21/11/2026 01:00:00;hoa;Phan Thị Hoa;10.0.0.5;Mật khẩu;Bị từ chối",
    ]
    assert [row[1].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["hoa", "hoa"]


def test_only_the_policy_prunes_in_steps_and_says_what_it_removed(council: Council, do: Do, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "STEP", 3)
    now = clock.now()
    ages = (1000, 999, 800, 740, 731, 729, 100, 1)
    put(council, *(("hoa", "10.0.0.5", True, "password", now - timedelta(days=age)) for age in ages))
    before = council.one(select(SignIn.at).order_by(SignIn.at))

    retention.prune()
    retention.prune()

    assert council.one(select(func.count(SignIn.id))) == 3
    entries = council.all(select(Entry).where(Entry.event == Event.SIGN_INS_PRUNED).order_by(Entry.id))
    assert [entry.facts["count"] for entry in entries] == [3, 2]
    assert entries[0].facts["first_at"] == before.isoformat()
    assert entries[0].facts["kept_days"] == 730
    do("admin", "organization.keep_sign_ins", days=90)
    retention.prune()
    assert council.one(select(func.count(SignIn.id))) == 1


def test_the_policy_is_set_by_the_administrator_and_never_below_ninety_days(council: Council, do: Do):
    with pytest.raises(Refused, match="sign_ins_kept_too_short"):
        do("admin", "organization.keep_sign_ins", days=89)

    do("admin", "organization.keep_sign_ins", days=365)
    do("admin", "organization.keep_sign_ins", days=365)

    entries = council.all(select(Entry).where(Entry.event == Event.SIGN_INS_KEPT_FOR))
    assert [(entry.facts["days"], entry.facts["before"]) for entry in entries] == [(365, 730)]
    with reading() as session:
        assert retention.TERM.days(session) == 365


@pytest.mark.parametrize("stranger", ["hoa", "minh", "lan", "admin"])
def test_nobody_but_the_system_prunes(council: Council, do: Do, api: Any, stranger: str):
    put(council, ("hoa", "", True, "password", clock.now() - timedelta(days=2000)))

    with pytest.raises(Refused, match="forbidden"):
        do(stranger, "organization.prune_sign_ins")

    assert api(stranger).act("organization.prune_sign_ins")[0] == 403
    assert council.one(select(func.count(SignIn.id))) == 1
    if stranger != "admin":
        with pytest.raises(Refused, match="forbidden"):
            do(stranger, "organization.keep_sign_ins", days=100)
