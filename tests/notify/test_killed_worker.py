"""The real worker is killed while it reminds and mails, and started again: nobody is reminded twice, nobody is forgotten."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting import config, database
from meeting.events import Event
from meeting.journal import Entry
from meeting.materials.models import Requirement
from meeting.notify import wishes
from meeting.notify.models import Delivery, Notification, Reminder
from tests.conftest import Council
from tests.notify.conftest import Postman

PAPERS = 40


def worker(store: Path) -> "subprocess.Popen[bytes]":
    settings = config.settings()
    environment = {
        **os.environ,
        "MEETING_DATA": str(store),
        "MEETING_KEYS": str(store / "keys"),
        "MEETING_SMTP_URL": settings.smtp_url,
        "MEETING_SMTP_FROM": settings.smtp_from,
        "MEETING_PARENT": str(os.getpid()),
    }
    with (store / "worker.log").open("ab") as log:
        return subprocess.Popen([sys.executable, "-m", "meeting.worker"], env=environment, stdout=log, stderr=log)


def until(condition: object, process: "subprocess.Popen[bytes]", store: Path, seconds: float = 90) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, (store / "worker.log").read_text()[-3000:]
        assert time.monotonic() < deadline, (store / "worker.log").read_text()[-3000:]
        time.sleep(0.02)


def owe(council: Council) -> None:
    """Forty papers that were due a minute ago, of a body without quiet hours: the worker lives in real time."""
    now = datetime.now(UTC)
    meeting_id = council.meeting(state="approved", starts_at=now + timedelta(days=5))
    wanted = wishes.default_settings(council.body("UBND"))
    wanted.quiet_starts = wanted.quiet_ends = "00:00"
    wanted.quiet_days_off = False
    with Session(database.database().writing) as session:
        session.add(wanted)
        session.commit()
    council.write(
        *(
            Requirement(
                meeting_id=meeting_id,
                unit_id=council.unit("kinh_te"),
                what=f"Báo cáo số {number}",
                due_at=now - timedelta(minutes=1),
                asked_by=council.person("minh"),
                asked_at=now - timedelta(minutes=2),
                state="asked",
            )
            for number in range(PAPERS)
        )
    )


@pytest.mark.server
def test_a_killed_worker_reminds_nobody_twice_and_forgets_nobody(council: Council, store: Path, postman: Postman) -> None:
    owe(council)

    first = worker(store)
    until(lambda: len(postman.letters) >= 5, first, store)
    first.kill()
    first.wait(30)
    before = len(postman.letters)
    second = worker(store)
    until(lambda: council.one(select(func.count()).where(Delivery.state == "sent")) == PAPERS, second, store)
    second.terminate()
    second.wait(60)

    assert 5 <= before < PAPERS
    assert council.one(select(func.count()).where(Reminder.state == "sent")) == PAPERS
    assert council.one(select(func.count()).where(Entry.event == Event.REMINDER_SENT)) == PAPERS
    assert council.one(select(func.count()).select_from(Notification)) == PAPERS
    letters = Counter(str(each["Message-ID"]) for each in postman.letters)
    assert len(letters) == PAPERS  # nobody is forgotten
    assert len(postman.letters) <= PAPERS + 1  # only the mail in flight may go out again, under the same Message-ID
