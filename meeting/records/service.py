"""Acts of the system on its own records, and what is done around them: verify, restore, mark as a demo."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from meeting import journal, migrations
from meeting.acts import ActInput, Tx, act
from meeting.database import database, reading, setting
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry, Fault
from meeting.organization.models import Account
from meeting.permissions import SYSTEM, Action
from meeting.records.pieces import engine_name, store_file
from meeting.records.restoring import put_back
from meeting.records.sealed import Keys
from meeting.tables import Setting
from meeting.writer import perform


@dataclass(frozen=True)
class Verdict:
    """What a look through the journal found."""

    entries: int
    chains: int
    faults: list[Fault]


def verify_journal() -> Verdict:
    """Recomputes every chain of the journal; the first fault of each chain is named."""
    with reading() as session:
        entries, chains = session.execute(select(func.count(), func.count(Entry.chain.distinct()))).one()
        faults = list(journal.verify(session.connection()))
    return Verdict(entries, chains, faults)


def restore(source: Path, keys: Keys | None = None) -> Path | None:
    """Puts a verified backup in place, brings its tables up to date and raises the epoch; returns where the old storage lies.

    Refused as `restoring.put_back` refuses. A journal that does not hold together is told by the caller's `verify_journal()`
    afterwards: it is the evidence, not a reason to lose everything else.
    """
    before = _epoch_before()
    old = put_back(source, keys)
    migrations.upgrade()
    perform(SYSTEM, "records.restored", {"epoch_before": before})
    return old


def _epoch_before() -> int:
    if engine_name() == "sqlite" and not store_file().exists():
        return 0
    try:
        with reading() as session:
            return int(setting(session, "epoch", "0"))
    except Exception:
        return 0
    finally:
        database().close()


class RestoredInput(ActInput):
    """The epoch of the store that was replaced."""

    epoch_before: int


@act("records.restored", Action.KEEP_RECORDS)
def restored(tx: Tx, wanted: RestoredInput) -> dict[str, Any]:
    """Raises the epoch above any that a tablet may have seen, so that every tablet reads everything anew. Recorded: RESTORED."""
    tx.require(Action.KEEP_RECORDS)
    row = tx.get(Setting, "epoch")
    epoch = max(int(row.value), wanted.epoch_before, int(tx.now.timestamp())) + 1
    row.value = str(epoch)
    tx.record(Event.RESTORED, None, epoch=epoch)
    return {"epoch": epoch}


class MarkDemoInput(ActInput):
    """What the sign-in page of a demo offers."""

    accounts: list[str]
    place: str


@act("records.mark_demo", Action.KEEP_RECORDS)
def mark_demo(tx: Tx, wanted: MarkDemoInput) -> dict[str, Any]:
    """Marks an empty system as the demo council: every page says so, and taps sign in. Recorded: DEMO_FILLED.

    Refused: `system_not_empty`.
    """
    tx.require(Action.KEEP_RECORDS)
    if tx.scalar(select(func.count(Account.id))):
        raise Refused("system_not_empty")
    for name, value in (("demo", "1"), ("demo_accounts", " ".join(wanted.accounts)), ("place", wanted.place)):
        tx.add(Setting(name=name, value=value))
    tx.record(Event.DEMO_FILLED, None, accounts=wanted.accounts)
    return {}
