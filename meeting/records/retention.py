"""How long everything is kept: one list with the reason of each rule, and the removal of what its time is over for.

What happened in a council is never removed: meetings with all they hold, the journal, papers, votes. Only traces of the
machine go: answers kept for repeated requests, finished work, copies made for somebody.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import Field
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.batch import StoredAnswer
from meeting.database import setting
from meeting.errors import N_
from meeting.events import Event
from meeting.exchange import retention as calls
from meeting.jobs import Job, every
from meeting.organization import retention as sign_ins
from meeting.permissions import SYSTEM, Action
from meeting.records.models import Pruning
from meeting.writer import perform

KEPT = "keep_days"
USUAL = {"answers": 30, "jobs": 90}
LEAST = {"answers": 2, "jobs": 7}
STEP = 2000  # rows removed in one transaction
SETTLING_SECONDS = 120.0


@dataclass(frozen=True)
class Rule:
    """How long one kind of thing is kept: `days` None is for ever. `law` says why. `verified`: whether a law it names was held
    against its text; None: it names none and is a rule of this system.
    """

    key: str
    what: str
    days: int | None
    law: str
    address: str = ""  # where it is set
    verified: bool | None = None


FOR_EVER = (
    (
        "meetings",
        N_("Meetings with programme, papers, minutes, conclusions, votes, tasks"),
        N_(
            "Law 33/2024/QH15 on archives; circular 10/2022/TT-BNV on terms of keeping. "
            "The office's archive decides later, outside this system."
        ),
    ),
    ("journal", N_("The journal of everything that happened"), N_("Each entry carries the hash of the one before: none can go.")),
    ("people", N_("People, units, bodies and their roles"), N_("Papers and votes name them; roles end, nobody is deleted.")),
)
COPIES = (
    ("reports", N_("Reports and lists made as files"), 1, N_("Made for one person; can be made again at any time.")),
    ("archives", N_("Archive files offered for download"), 7, N_("The meeting itself stays; the file can be made again.")),
    ("incoming", N_("Uploads that nobody used"), 1, N_("They never became a paper.")),
)


def days_of(session: Session) -> dict[str, int]:
    """How many days the traces of the machine are kept."""
    return {**USUAL, **json.loads(setting(session, KEPT, "{}"))}


def rules(session: Session) -> list[Rule]:
    """Every rule of keeping, for the page."""
    days = days_of(session)
    own = N_("Decree 85/2016/NĐ-CP, circular 12/2022/TT-BTTTT, level 3: journals of use are kept; no longer than they serve.")
    again = N_("A repeated request gets the same answer; after days nobody repeats one.")
    return [
        *(Rule(key, what, None, law, verified=False if key == "meetings" else None) for key, what, law in FOR_EVER),
        Rule("sign_ins", N_("Sign-in journal"), sign_ins.TERM.days(session), own, "/sign-ins", verified=False),
        Rule(
            "calls",
            N_("Calls of other systems and deliveries to them"),
            calls.TERM.days(session),
            own,
            "/clients",
            verified=False,
        ),
        Rule("answers", N_("Answers kept for repeated requests"), days["answers"], again),
        Rule("jobs", N_("Finished work of the worker"), days["jobs"], N_("Only for looking into what went wrong.")),
        *(Rule(key, what, kept, law) for key, what, kept, law in COPIES),
    ]


def prunings(session: Session) -> list[Pruning]:
    """What was removed lately, the newest first."""
    return list(session.scalars(select(Pruning).order_by(Pruning.id.desc()).limit(40)))


class RetentionInput(ActInput):
    """For how many days the traces of the machine are kept."""

    answers: int = Field(ge=LEAST["answers"], le=3650)
    jobs: int = Field(ge=LEAST["jobs"], le=3650)


@act("records.set_retention", Action.KEEP_RETENTION)
def set_retention(tx: Tx, wanted: RetentionInput) -> dict[str, Any]:
    """Sets for how many days answers to repeated requests and finished work are kept. Recorded: RETENTION_SET with before
    and after, unless nothing changes."""
    tx.require(Action.KEEP_RETENTION)
    before, after = days_of(tx.reading), wanted.model_dump(exclude={"meeting_id"})
    if before == after:
        tx.nothing_to_record("they are kept so long already")
        return after
    tx.keep_setting(KEPT, json.dumps(after))
    tx.record(Event.RETENTION_SET, None, before=before, after=after)
    return after


class PruneInput(ActInput):
    """Which rule; at most so many rows at once."""

    rule: str


@act("records.prune", Action.KEEP_RECORDS)
def prune(tx: Tx, wanted: PruneInput) -> dict[str, Any]:
    """Removes some of what the time of a rule is over for; answers how many. Only the system, only traces of the machine.

    Recorded: PRUNED with rule, day and number, unless there was nothing.
    """
    tx.require(Action.KEEP_RECORDS)
    before = tx.now - timedelta(days=days_of(tx.reading)[wanted.rule])
    removed = REMOVERS[wanted.rule](tx, before)
    if not removed:
        tx.nothing_to_record("nothing was old enough")
        return {"count": 0}
    tx.add(Pruning(rule=wanted.rule, at=tx.now, before=before, count=removed))
    tx.record(Event.PRUNED, None, rule=wanted.rule, count=removed, before=before.isoformat())
    return {"count": removed}


def _answers(tx: Tx, before: datetime) -> int:
    old = tx.scalar(select(StoredAnswer.at).where(StoredAnswer.at < before).order_by(StoredAnswer.at).offset(STEP).limit(1))
    until = min(old, before) if old is not None else before
    count = tx.scalar(select(func.count()).select_from(StoredAnswer).where(StoredAnswer.at < until)) or 0
    tx.execute(delete(StoredAnswer).where(StoredAnswer.at < until))
    return count


def _jobs(tx: Tx, before: datetime) -> int:
    ids = list(tx.scalars(select(Job.id).where(Job.state == "done", Job.done_at < before).limit(STEP)))
    tx.execute(delete(Job).where(Job.id.in_(ids)))
    return len(ids)


REMOVERS: Mapping[str, Any] = {"answers": _answers, "jobs": _jobs}
_begun = time.monotonic()


@every(3600)
def at_night() -> None:
    """Once a night, not while the machine is starting."""
    if time.monotonic() - _begun > SETTLING_SECONDS and clock.local(clock.now()).hour in range(1, 5):
        prune_all()


def prune_all() -> int:
    """Removes whatever its time is over for, piece by piece; answers how many rows."""
    from meeting.records.archiving import clear_away  # noqa: PLC0415 - beside the rows, files

    total = clear_away()
    for rule in REMOVERS:
        while count := perform(SYSTEM, "records.prune", {"rule": rule})["count"]:
            total += count
    return total
