"""A store with something to find in it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from meeting import clock, jobs
from meeting.conclusions.models import Instrument, Notice, NoticeLine
from meeting.database import database
from meeting.organization.models import OfficialNumber
from meeting.search.finding import queries
from meeting.search.finding.queries import Asked, Found
from meeting.search.models import StaleMark
from meeting.search.passages import service
from tests.conftest import Council
from tests.search import grown


@pytest.fixture(scope="session")
def grown_store(template: Path) -> Iterator[grown.Grown]:
    """A PostgreSQL with the standing cast, copied for each test that runs there."""
    with grown.cluster() as found:
        yield found


@pytest.fixture
def store(store: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A store of its own, in PostgreSQL where the test is to run there."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield store
        return
    with request.getfixturevalue("grown_store").copy() as address, grown.moved_to(address):
        yield store


@pytest.fixture
def notice(council: Council) -> Callable[..., int]:
    """Writes an issued notice with lines past all acts; returns its id. Not yet fed to search."""

    def write(*lines: str, body: str = "UBND", number: int = 142, meeting_id: int | None = None, state: str = "issued") -> int:
        meeting_id = meeting_id or council.meeting(body, state="held")
        code = "ĐU" if body == "Đảng ủy" else body
        (number_id,) = council.write(
            OfficialNumber(body_id=council.body(body), kind="TB", period="2026", number=number, symbol=f"{number}/TB-{code}")
        )
        (notice_id,) = council.write(
            Notice(
                meeting_id=meeting_id,
                state=state,
                abstract="Kết luận của Chủ tịch tại phiên họp thường kỳ",
                opening="Sau khi nghe báo cáo, Chủ tịch kết luận như sau:",
                closing="",
                recipients="",
                drafted_at=clock.now(),
                drafted_by_id=council.person("minh"),
                number_id=number_id,
                issued_on=date(2026, 11, 20),
            )
        )
        council.write(*(NoticeLine(notice_id=notice_id, position=at, text=text) for at, text in enumerate(lines, start=1)))
        return notice_id

    return write


@pytest.fixture
def feed(council: Council) -> Callable[..., None]:
    """Marks a meeting's passages and lets the worker's jobs run."""

    def run(*meetings: int, kinds: tuple[str, ...] = ("item", "notice")) -> None:
        with Session(database().writing) as session:
            session.add_all(StaleMark(kind=kind, scope=each, source_id=0) for each in meetings for kind in kinds)
            session.commit()
        service.feed()
        jobs.run_waiting()

    return run


@pytest.fixture
def find(council: Council) -> Callable[..., Found]:
    """Searches as somebody: `find("hoa", "vỉa hè")`."""

    def search(username: str, typed: str, **values: object) -> Found:
        with database().reads() as session:
            return queries.search(session, council.actor(username), Asked(typed, **values))  # type: ignore[arg-type]

    return search


@pytest.fixture
def wrote(council: Council, notice: Callable[..., int], feed: Callable[..., None]) -> Callable[..., list[int]]:
    """Notices of the UBND with one line each, one a meeting, the first the newest; their ids."""

    def write(*lines: str) -> list[int]:
        meetings = [council.meeting(state="held", items=0) for _ in lines]
        found = [
            notice(line, meeting_id=each, number=at) for at, (line, each) in enumerate(zip(lines, meetings, strict=True), 40)
        ]
        for at, key in enumerate(found):
            council.update(Instrument, key, issued_on=date(2026, 11, 20) - timedelta(days=at))
        feed(*meetings, kinds=("notice",))
        return found

    return write
