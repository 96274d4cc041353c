"""`make bench`, sixth part: a report over five years and 5,000 meetings, beside a bare count of the same rows.

    python -m bench.reporting [--meetings 5000] [--rounds 3]

5,000 meetings with 40 members each (200,000 seats), 20,000 papers, 10,000 tasks. Each report is asked for through the whole
application in this process (no network). The floor is what any report on these rows has to do at least: SQLite counts all of
them by body, unit and state. Rounds alternate between floor and system; medians are compared.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Connection, Table, insert, text

from bench.pages import opened
from meeting import clock, database
from meeting.agenda.models import Meeting, Participant
from meeting.app import create_app
from meeting.conclusions.models import Instrument
from meeting.evaluation.models import MeetingGrade
from meeting.live.models import Attendance
from meeting.materials.models import Requirement
from meeting.organization.models import Account, ApiToken, Body, Membership, OfficialNumber, Person, Unit
from meeting.permissions import Role
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.tasks.models import Task
from meeting.web import security

LIMIT_SECONDS = 3.0
MEMBERS, PAPERS, TASKS, UNITS = 40, 4, 2, 12
YEARS = 5
FLOOR = (
    "SELECT m.body_id, count(*) FROM meeting m LEFT JOIN meeting_grade g ON g.meeting_id = m.id GROUP BY m.body_id",
    "SELECT p.meeting_id, count(*), sum(a.presence IN ('present', 'late', 'left', 'remote')) FROM participant p "
    "LEFT JOIN attendance a ON a.meeting_id = p.meeting_id AND a.person_id = p.person_id WHERE p.voting GROUP BY p.meeting_id",
    "SELECT unit_id, count(*), sum(first_late_minutes > 0) FROM requirement GROUP BY unit_id",
    "SELECT lead_unit_id, state, count(*) FROM task GROUP BY lead_unit_id, state",
)
REPORTS = {
    "by body": "/reports",
    "by unit": "/reports/units",
    "tasks": "/reports/tasks",
    "by leader": "/reports/leaders",
    "by participant": "/reports/people",
    "procedure (ISO 9001)": "/reports/procedure",
}


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.reporting", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--meetings", type=int, default=5000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="meeting-reports-") as folder, opened(Path(folder) / "store"):
        rows = fill(chosen.meetings)
        print(f"reports over {YEARS} years: {rows}, rounds: {chosen.rounds} in pairs, medians")
        client = create_app().test_client()
        for name, address in REPORTS.items():
            measure(name, client, address, chosen.rounds)


def measure(name: str, client: FlaskClient, address: str, rounds: int) -> None:
    """One line: the floor, the report, how many times the floor, and whether it keeps its limit."""
    until = clock.today()
    wanted = f"{address}?from={until.replace(year=until.year - YEARS).isoformat()}&to={until.isoformat()}"
    times = []
    for _ in range(rounds):
        security.forget_limits()
        floor = timed(count)
        times.append((floor, timed(lambda: ask(client, wanted))))
    floor, report = (statistics.median(each) for each in zip(*times, strict=True))
    ratio = statistics.median(ours / bare for bare, ours in times)
    kept = "within" if report <= LIMIT_SECONDS else "OVER"
    print(
        f"{name}: floor {floor * 1000:.0f} ms, report {report:.2f} s ({kept} {LIMIT_SECONDS:.0f} s), {ratio:.1f} x the floor",
        flush=True,
    )


def timed(work: Callable[[], None]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def ask(client: FlaskClient, address: str) -> None:
    """One page, as the secretary reads it."""
    answer = client.get(address, headers={"Authorization": "Bearer bench"})
    assert answer.status_code == 200, (answer.status_code, address)


def count() -> None:
    """The bare counts."""
    with database.reading() as session:
        for statement in FLOOR:
            session.execute(text(statement)).all()


def fill(meetings: int) -> str:
    """Puts everything into the store; says how much it was."""
    chance, now = random.Random(5), clock.now()
    with database.database().writing.begin() as connection:
        people = _people(connection, now)
        books = _books(connection)
        held = [
            _meeting(number, books, people, now - timedelta(days=chance.randint(1, 365 * YEARS - 5)), chance)
            for number in range(1, meetings + 1)
        ]
        _put(connection, Meeting, held)
        _put(connection, Participant, _seats(held, people))
        _put(connection, Attendance, _presences(held, people, chance))
        _put(connection, MeetingGrade, _grades(held, people, chance))
        _put(connection, OfficialNumber, _numbers(held))
        _put(connection, Instrument, _notices(held))
        _put(connection, Requirement, _papers(held, people, chance))
        _put(connection, Task, _tasks(held, people, chance))
    return f"{meetings} meetings, {meetings * MEMBERS} seats, {meetings * PAPERS} papers, {meetings * TASKS} tasks"


def _put(connection: Connection, model: Any, rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> None:
    table: Table = model.__table__
    batch = list(rows)
    for start in range(0, len(batch), 20_000):
        connection.execute(insert(table), batch[start : start + 20_000])


def _people(connection: Connection, now: datetime) -> list[int]:
    _put(connection, Unit, [{"id": key, "name": f"Phòng {key:02d}", "short_name": f"P{key}"} for key in range(1, UNITS + 1)])
    people = list(range(1, MEMBERS + 1))
    _put(connection, Person, [{"id": key, "full_name": f"Thành Viên {key:02d}", "honorific": "Ông"} for key in people])
    _put(connection, Account, [{"id": 1, "person_id": 1, "username": "bench", "created_at": now}])
    _put(connection, ApiToken, [{"account_id": 1, "name": "bench", "sha256": sha256(b"bench").hexdigest(), "created_at": now}])
    return people


def _books(connection: Connection) -> list[tuple[int, int, int]]:
    """Body, kind and rule book of each kind of meeting."""
    found = []
    for body, (kind, short) in enumerate((("committee", "UBND"), ("council", "HĐND"), ("party", "Đảng ủy")), start=1):
        named = {"name": f"{short} đo tốc độ", "short_name": short, "symbol_code": short}
        _put(connection, Body, [{"id": body, "kind": kind, **named}])
        member = {"person_id": 1, "body_id": body, "starts_on": date(2000, 1, 1)}
        _put(connection, Membership, [{**member, "role": role} for role in (Role.SECRETARY, Role.CHAIR)])
        for place, code in enumerate(("regular", "thematic", "urgent")):
            key = body * 10 + place
            _put(connection, MeetingType, [{"id": key, "body_id": body, "code": code, "name": code}])
            days = {"papers_due_days": 2, "invite_days": 2, "notice_days": 3}
            _put(connection, RuleBook, [{"id": key, "type_id": key, "starts_on": date(2000, 1, 1), **days}])
            found.append((body, key, key))
    return found


def _meeting(
    number: int, books: list[tuple[int, int, int]], people: list[int], starts: datetime, chance: random.Random
) -> dict[str, Any]:
    body, kind, book = chance.choice(books)
    moments = {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=3),
        "opened_at": starts,
        "closed_at": starts + timedelta(hours=3),
    }
    by = {"chair_id": chance.choice(people[:8]), "secretary_id": 1, "created_by": 1, "created_at": starts, "issued_at": starts}
    of = {"id": number, "body_id": body, "type_id": kind, "book_id": book, "title": f"Phiên họp {number}", "state": "held"}
    return {**of, **moments, **by, "notice_state": "issued" if number % 3 else "not_required", "evaluation_state": "closed"}


def _seats(held: list[dict[str, Any]], people: list[int]) -> Iterator[dict[str, Any]]:
    for one in held:
        for person in people:
            yield {"meeting_id": one["id"], "person_id": person, "voting": True}


def _presences(held: list[dict[str, Any]], people: list[int], chance: random.Random) -> Iterator[dict[str, Any]]:
    for one in held:
        for person in people:
            presence = chance.choices(("present", "late", "excused", "absent"), (80, 8, 8, 4))[0]
            yield {"meeting_id": one["id"], "person_id": person, "presence": presence}


def _grades(held: list[dict[str, Any]], people: list[int], chance: random.Random) -> Iterator[dict[str, Any]]:
    for one in held:
        if chance.random() < 0.9:
            yield {"meeting_id": one["id"], "verdict": "met", "graded_at": one["closed_at"], "graded_by_id": people[0]}


def _numbers(held: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in held:
        key = one["id"]
        yield {"id": key, "body_id": one["body_id"], "kind": "TB", "period": "all", "number": key, "symbol": f"{key}/TB"}


def _notices(held: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in held:
        if one["notice_state"] == "issued":
            day = one["closed_at"] + timedelta(days=one["id"] % 6)
            words = {"abstract": "", "opening": "", "closing": "", "recipients": "", "drafted_at": day, "drafted_by_id": 1}
            issued = {"state": "issued", "issued_at": day, "issued_on": day.date(), "number_id": one["id"]}
            yield {"meeting_id": one["id"], "family": "conclusion", "kind": "TB", **words, **issued}


def _papers(held: list[dict[str, Any]], people: list[int], chance: random.Random) -> Iterator[dict[str, Any]]:
    for one in held:
        due = one["starts_at"] - timedelta(days=2)
        for _ in range(PAPERS):
            late = chance.choices((0, 60, 3000), (85, 10, 5))[0]
            asked = {"asked_by": people[0], "asked_at": due, "due_at": due, "asked_due_at": due, "state": "published"}
            came = {"first_received_at": due + timedelta(minutes=late), "first_late_minutes": late}
            yield {"meeting_id": one["id"], "unit_id": chance.randint(1, UNITS), "what": "Tờ trình", **asked, **came}


def _tasks(held: list[dict[str, Any]], people: list[int], chance: random.Random) -> Iterator[dict[str, Any]]:
    for one in held:
        given = one["closed_at"]
        for _ in range(TASKS):
            due = given.date() + timedelta(days=30)
            state = chance.choice(("in_progress", "accepted", "accepted", "accepted"))
            done = due + timedelta(days=chance.randint(-20, 10)) if state == "accepted" else None
            of = {"body_id": one["body_id"], "meeting_id": one["id"], "origin": "own", "text": "Việc", "state": state}
            by = {"lead_unit_id": chance.randint(1, UNITS), "leader_id": chance.choice(people[:8]), "assigned_at": given}
            yield {**of, **by, "due_on": due, "first_due_on": due, "done_on": done}


if __name__ == "__main__":
    main()
