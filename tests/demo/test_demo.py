"""The demo council: filled through acts, with a true journal, and two meetings that can be opened."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from meeting import clock, config, database, demo, jobs, migrations
from meeting.agenda.models import Meeting, Participant
from meeting.database import reading
from meeting.demo.people import OFFERED, STAFF, delegates
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.jobs import Job
from meeting.journal import Entry
from meeting.materials.models import Requirement
from meeting.organization import identity, queries
from meeting.organization.models import Body, Unit
from meeting.permissions import Role
from meeting.records.service import verify_journal
from meeting.tasks.models import Task
from meeting.writer import perform

pytestmark = pytest.mark.server
MEMBERS = 25


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder filled once for this file; the tests after the first ones go on with it."""
    folder = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=folder, database_url=url, keys=folder / "keys"))
    database.use(database.Database(url))
    jobs.queue.forget()
    migrations.upgrade()
    demo.fill(MEMBERS)
    yield folder
    database.use(None)


@pytest.fixture(autouse=True)
def _store(filled: Path) -> Iterator[None]:
    """Other fixtures may have put another store in place."""
    url = f"sqlite:///{filled / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=filled, database_url=url, keys=filled / "keys"))
    database.use(database.Database(url))
    yield
    database.use(None)


def one(statement: Any) -> Any:
    with reading() as session:
        return session.scalar(statement)


def all_of(statement: Any) -> list[Any]:
    with reading() as session:
        return list(session.scalars(statement))


def meeting(state: str, body: str) -> Meeting:
    found = all_of(select(Meeting).join(Body).where(Body.short_name == body, Meeting.state == state))
    assert len(found) == 1
    return found[0]


def actor(username: str) -> Any:
    with reading() as session:
        return queries.actor_of(session, queries.account_named(session, username))


def test_the_journal_of_the_demo_is_whole_and_only_acts_wrote_it() -> None:
    found = verify_journal()

    assert found.faults == []
    assert found.entries > 150
    assert one(select(func.count(Job.id)).where(Job.state != "done")) == 0
    assert one(select(func.count(Entry.id)).where(Entry.at > clock.now())) == 0


def test_every_paper_was_read_by_the_real_reading_code() -> None:
    files = all_of(select(File))

    assert len(files) > 12
    assert {file.state for file in files} == {"ready"}
    assert all(file.page_count >= 1 for file in files)


def test_every_role_is_worn_by_somebody_and_the_taps_work() -> None:
    worn = {role for someone in STAFF for _, role in actor(someone.username).roles}

    assert worn == set(Role) - {Role.ADMIN, Role.SYSTEM}
    assert actor("admin").is_admin
    assert [account["username"] for account in identity.demo_accounts()] == list(OFFERED)
    assert one(select(func.count(Unit.id))) == 6


def test_the_past_meeting_is_finished_and_its_tasks_stand_in_several_states() -> None:
    past = meeting("held", "UBND")

    assert (past.minutes_state, past.notice_state, past.evaluation_state) == ("signed", "issued", "closed")
    tasks = all_of(select(Task).where(Task.meeting_id == past.id))
    assert {task.state for task in tasks} == {"accepted", "reported", "in_progress", "received", "assigned"}
    assert any(task.due_on and task.due_on < clock.today() and task.state == "received" for task in tasks)


def test_the_meeting_in_preparation_has_papers_in_time_late_and_missing() -> None:
    owed = all_of(select(Requirement).where(Requirement.meeting_id == meeting("draft", "UBND").id))

    late = [row.first_late_minutes for row in owed]
    assert [value for value in late if value == 0] == [0, 0]
    assert sum(value is None for value in late) == 2
    assert sum(value is not None and value > 0 for value in late) == 1


@pytest.mark.parametrize(("body", "chair"), [("HĐND", "lan"), ("UBND", "hung")])
def test_two_meetings_of_today_can_be_opened_by_their_chairs(body: str, chair: str) -> None:
    ready = meeting("issued", body)

    assert clock.local(ready.starts_at).date() == clock.today()
    accepted = select(func.count(Requirement.id)).where(Requirement.meeting_id == ready.id, Requirement.state == "accepted")
    assert one(accepted) >= 3
    perform(actor(chair), "live.open", {"meeting_id": ready.id})
    assert one(select(Meeting.state).where(Meeting.id == ready.id)) == "in_session"


def test_so_many_members_as_wanted_are_invited_to_the_council() -> None:
    council = one(select(Meeting).join(Body).where(Body.short_name == "HĐND"))

    voting = select(func.count(Participant.id)).where(Participant.meeting_id == council.id, Participant.voting)
    assert one(voting) == MEMBERS


@pytest.mark.parametrize(("members", "further"), [(None, 12), (6, 0), (10, 4), (500, 494)])
def test_the_council_grows_to_the_wanted_size(members: int | None, further: int) -> None:
    assert len(delegates(members)) == further


def test_a_system_with_people_is_not_filled_again() -> None:
    with pytest.raises(Refused, match="system_not_empty"):
        demo.fill()
