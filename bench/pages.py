"""`make bench`, second part: the meeting page, the board and the ledger with 50 items of 20 papers, beside the same with 5 items.

    python -m bench.pages [--rounds 15]

Each page is asked for through the whole application in this process (no network), by the secretary, in pairs: once of the small
meeting, once of the large one. The ledger has nothing but those papers: two stores, one with each meeting. Medians are compared.
"""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from meeting import clock, database
from meeting.agenda.models import Item, Meeting, Participant
from meeting.app import create_app
from meeting.cli import opening
from meeting.documents.models import File
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import Account, ApiToken, Body, Membership, Person, Unit
from meeting.permissions import Role
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.web import doors

PAPERS_AN_ITEM = 20
PAGES = {
    "meeting page": "/meetings/1",
    "meeting page, papers": "/meetings/1?tab=papers",
    "board": "/meetings/1/papers",
    "board by unit": "/meetings/1/papers?by=unit",
    "ledger": "/reports/units",
    "ledger, evidence of a unit": "/reports/units/1",
}


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.pages", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--rounds", type=int, default=15)
    rounds = options.parse_args().rounds
    print(f"pages with 50 items of {PAPERS_AN_ITEM} papers against 5 items, rounds: {rounds} in pairs, medians")
    with tempfile.TemporaryDirectory(prefix="meeting-pages-") as folder:
        stores = {items: Path(folder) / str(items) for items in (5, 50)}
        for items, store in stores.items():
            with opened(store):
                prepare(items)
        for name, address in PAGES.items():
            report(name, pairs(stores, address, rounds))


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """The store in a folder as that of this process."""
    folder.mkdir(exist_ok=True)
    opening.use_folder(folder)
    opening.storage()
    opening.open_store()
    yield
    opening.close_store()


def prepare(items: int) -> None:
    """One body, five units, one issued meeting; of each item twenty papers, some in time, some late, some missing."""
    with Session(database.database().writing) as session:
        now = clock.now()
        body = Body(kind="committee", name="Ủy ban đo tốc độ", short_name="UBND", symbol_code="UBND")
        units = [Unit(name=f"Phòng {number}", short_name=f"P{number}") for number in range(1, 6)]
        people = [Person(full_name=f"Thành Viên {number:02d}", honorific="Ông") for number in range(20)]
        session.add_all([body, *units, *people])
        session.flush()
        kind = MeetingType(body_id=body.id, code="bench", name="Phiên họp")
        session.add(kind)
        session.flush()
        book = RuleBook(type_id=kind.id, starts_on=clock.today(), papers_due_days=3, invite_days=2)
        session.add(book)
        session.flush()
        account = Account(person_id=people[0].id, username="bench", created_at=now)
        meeting = Meeting(
            body_id=body.id,
            type_id=kind.id,
            book_id=book.id,
            title="Phiên họp đo tốc độ",
            place="Phòng họp",
            state="issued",
            starts_at=now + timedelta(days=4),
            issued_at=now,
            chair_id=people[1].id,
            secretary_id=people[0].id,
            created_at=now,
            created_by=people[0].id,
        )
        session.add_all([account, meeting])
        session.flush()
        digest = sha256(b"bench").hexdigest()
        session.add(ApiToken(account_id=account.id, name="bench", sha256=digest, created_at=now))
        roles = [(people[0], Role.SECRETARY), (people[1], Role.CHAIR), *((person, Role.MEMBER) for person in people[1:])]
        session.add_all(
            Membership(person_id=person.id, body_id=body.id, role=role, starts_on=clock.today()) for person, role in roles
        )
        session.add_all(Participant(meeting_id=meeting.id, person_id=person.id, voting=True) for person in people[1:])
        programme = [
            Item(meeting_id=meeting.id, position=number, title=f"Nội dung {number}", minutes_planned=10)
            for number in range(1, items + 1)
        ]
        session.add_all(programme)
        session.flush()
        papers = [_paper(meeting, item, units, number) for item in programme for number in range(PAPERS_AN_ITEM)]
        session.add_all(papers)
        session.flush()
        for paper in papers:
            if paper.first_received_at is not None:
                _receive(session, paper, people[2])
        session.commit()


def _paper(meeting: Meeting, item: Item, units: list[Unit], number: int) -> Requirement:
    now = clock.now()
    due_at = now + timedelta(hours=number - PAPERS_AN_ITEM // 2)
    received = number % 3 == 0
    return Requirement(
        meeting_id=meeting.id,
        item_id=item.id,
        unit_id=units[number % len(units)].id,
        what=f"Báo cáo {number}",
        due_at=due_at,
        asked_due_at=due_at,
        asked_by=meeting.secretary_id,
        asked_at=now - timedelta(days=5),
        first_received_at=now if received else None,
        first_late_minutes=30 * (number % 2) if received else None,
    )


def _receive(session: Session, paper: Requirement, sender: Person) -> None:
    """One published version, its file read."""
    file = File(
        sha256=f"{paper.id:064d}",
        name="bao-cao.pdf",
        media_type="application/pdf",
        size_bytes=1000,
        uploaded_at=paper.asked_at,
        state="ready",
        page_count=3,
        pages_done=3,
    )
    session.add(file)
    session.flush()
    received = {"received_at": paper.first_received_at, "late_minutes": paper.first_late_minutes, "sent_by": sender.id}
    state = {"state": "accepted", "decided_at": paper.first_received_at, "published_at": paper.first_received_at}
    session.add(Submission(requirement_id=paper.id, number=1, file_id=file.id, **received, **state))
    paper.state, paper.published_at = "published", paper.first_received_at


def pairs(stores: dict[int, Path], address: str, rounds: int) -> list[tuple[float, float]]:
    """Milliseconds of a page of the small and of the large store, round by round, the first one thrown away."""
    times: dict[int, list[float]] = {items: [] for items in stores}
    for _ in range(3):  # blocks of rounds alternate between the stores: opening one is not what is measured
        for items, store in stores.items():
            with opened(store):
                ask = asking(address)
                ask()
                times[items] += [timed(ask) for _ in range(max(1, rounds // 3))]
    small, large = times.values()
    return list(zip(small, large, strict=True))


def asking(address: str) -> Callable[[], None]:
    """Asks for a page as the secretary; anything but 200 ends the run."""
    app = create_app()
    browser: FlaskClient = app.test_client()
    actor = doors.loader.by_token("bench")
    if actor is None:
        raise SystemExit("the secretary of the measuring cannot come in")
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = doors.loader.session_id(actor)
        cookie["_fresh"] = True

    def ask() -> None:
        answer = browser.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")

    return ask


def timed(ask: Callable[[], None]) -> float:
    """Milliseconds of one call."""
    gc.collect()
    gc.disable()
    began = time.perf_counter()
    ask()
    ended = time.perf_counter()
    gc.enable()
    return (ended - began) * 1000


def report(name: str, times: list[tuple[float, float]]) -> None:
    """One line: medians and their ratio."""
    small, large = (statistics.median(each) for each in zip(*times, strict=True))
    print(f"{name}: 5 items {small:.0f} ms, 50 items {large:.0f} ms, ratio {large / small:.2f}")


if __name__ == "__main__":
    main()
