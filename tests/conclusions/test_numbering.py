"""Numbers of documents: without gaps or doubles by body, kind and year (Party: term), also with two offices at once."""

import shutil
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock, config, database, migrations
from meeting.conclusions.models import Instrument
from meeting.config import Settings
from meeting.errors import Refused
from meeting.organization.models import Body, Membership, OfficialNumber
from tests import postgresql
from tests.conclusions.conftest import EVENING
from tests.conftest import Council, _seed
from tests.serving import Server, serving

Do = Callable[..., dict[str, Any]]
MANY = 200


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def signed(council: Council, how_many: int, body: str = "UBND", kind: str = "TB", **values: Any) -> list[int]:
    """So many signed documents of a body's meeting, waiting for their numbers."""
    meeting_id = council.meeting(body, state="held", starts_at=clock.now() - timedelta(days=30))
    family = "conclusion" if kind in ("TB", "KL") else "decision"
    rows = [
        Instrument(
            meeting_id=meeting_id,
            family=family,
            kind=kind,
            state="signed",
            sealing="mark",
            abstract=f"Kết luận {place}",
            opening="Mở đầu",
            closing="Kết thúc",
            recipients="Lưu: VT.",
            drafted_at=EVENING,
            drafted_by_id=council.person("minh"),
            **values,
        )
        for place in range(how_many)
    ]
    return council.write(*rows)


def numbers(council: Council, kind: str = "TB", body: str = "UBND") -> list[int]:
    wanted = select(OfficialNumber.number).where(OfficialNumber.kind == kind, OfficialNumber.body_id == council.body(body))
    return council.all(wanted.order_by(OfficialNumber.number))


def test_each_kind_and_body_has_its_own_sequence(council: Council, do: Do, at: Any) -> None:
    at(EVENING)
    notices, decision = signed(council, 2), signed(council, 1, kind="QĐ")
    council_notice = signed(council, 1, body="HĐND")

    symbols = [do("van", "conclusions.issue", notice_id=each)["symbol"] for each in (*notices, *decision, *council_notice)]

    assert symbols == ["01/TB-UBND", "02/TB-UBND", "01/QĐ-UBND", "01/TB-HĐND"]


def test_a_new_year_begins_with_one_and_a_party_term_runs_on(council: Council, do: Do, at: Any) -> None:
    at(EVENING)
    council.update(Body, council.body("Đảng ủy"), term_started_on=date(2025, 8, 15))
    clerk = Membership(person_id=council.person("van"), body_id=council.body("Đảng ủy"), role="clerk", starts_on=date(2026, 1, 1))
    council.write(clerk)
    state, party = signed(council, 2), signed(council, 2, body="Đảng ủy")
    at(datetime(2026, 12, 31, 2, 0, tzinfo=UTC))
    before = [do("van", "conclusions.issue", notice_id=state[0]), do("van", "conclusions.issue", notice_id=party[0])]
    at(datetime(2027, 1, 4, 2, 0, tzinfo=UTC))
    after = [do("van", "conclusions.issue", notice_id=state[1]), do("van", "conclusions.issue", notice_id=party[1])]

    assert [each["number"] for each in before] == [1, 1]
    assert [each["symbol"] for each in after] == ["01/TB-UBND", "02-TB/ĐU"]


def test_an_issue_that_is_refused_leaves_no_gap(council: Council, do: Do, at: Any) -> None:
    at(EVENING)
    first, second = signed(council, 2)

    assert refusal(do, "van", "conclusions.issue", notice_id=first, issued_on="2026-11-30") == "issued_in_future"
    assert do("van", "conclusions.issue", notice_id=second)["number"] == 1


def test_dates_do_not_run_backwards_where_the_system_numbers(council: Council, do: Do, at: Any) -> None:
    at(EVENING)
    first, second = signed(council, 2)
    do("van", "conclusions.issue", notice_id=first, issued_on="2026-11-20")

    assert refusal(do, "van", "conclusions.issue", notice_id=second, issued_on="2026-11-19") == "issued_before_last"
    assert do("van", "conclusions.issue", notice_id=second, issued_on="2026-11-20")["symbol"] == "02/TB-UBND"


def test_the_clerks_numbers_may_leave_gaps_and_the_system_goes_on_after_the_highest(council: Council, do: Do, at: Any) -> None:
    at(EVENING)
    body = council.body("UBND")
    first, second, third = signed(council, 3)
    do("minh", "conclusions.set_numbering", body_id=body, numbering="clerk")
    do("van", "conclusions.issue", notice_id=first, number=40)
    do("van", "conclusions.number", notice_id=second, number=12)
    do("minh", "conclusions.set_numbering", body_id=body, numbering="system")

    assert do("van", "conclusions.issue", notice_id=third)["symbol"] == "41/TB-UBND"
    assert numbers(council) == [12, 40, 41]


def test_two_clerks_at_once_leave_no_gap_and_no_double(council: Council, do: Do) -> None:
    waiting = signed(council, MANY)

    _issue_all([(lambda each: do("van", "conclusions.issue", notice_id=each), share) for share in (waiting[::2], waiting[1::2])])

    assert numbers(council) == list(range(1, MANY + 1))


def test_two_server_processes_at_once_leave_no_gap_and_no_double(tmp_path: Path) -> None:
    with postgresql.cluster() as address:
        council = _on(address, tmp_path)
        try:
            waiting = signed(council, MANY)
            second = tmp_path / "second"
            shutil.copytree(tmp_path, second, ignore=shutil.ignore_patterns("second"))
            # without the guard: on a network store a green process gives way while it waits
            store = {"MEETING_DATABASE_URL": address, "MEETING_GUARD": ""}
            with serving(tmp_path, ready=True, **store) as one, serving(second, ready=True, **store) as other:
                _issue_all([(_door(one), waiting[::2]), (_door(other), waiting[1::2])])
            assert numbers(council) == list(range(1, MANY + 1))
        finally:
            database.use(None)


def _on(address: str, folder: Path) -> Council:
    """The standing cast in a PostgreSQL of its own."""
    (folder / "storage").mkdir()
    config.use(Settings(data=folder, database_url=address, keys=folder / "keys"))
    database.use(database.Database(address))
    migrations.upgrade()
    with Session(database.database().writing) as session:
        _seed(session)
        session.commit()
    return Council()


def _door(server: Server) -> Callable[[int], dict[str, Any]]:
    """Issuing through the door of a running server."""

    def issue(notice_id: int) -> dict[str, Any]:
        status, answer = server.act("van", "conclusions.issue", notice_id=notice_id)
        return answer if status == 200 else {"refused": answer}

    return issue


def _issue_all(shares: list[tuple[Callable[[int], dict[str, Any]], list[int]]]) -> None:
    """Each office issues its share, all at the same time; every answer has to be an issue."""
    heard: list[dict[str, Any]] = []

    def office(issue: Callable[[int], dict[str, Any]], share: list[int]) -> None:
        heard.extend(issue(each) for each in share)

    threads = [threading.Thread(target=office, args=share) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer for answer in heard if "symbol" not in answer] == []
    assert len(heard) == MANY
