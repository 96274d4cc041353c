"""How long the lines of a log are kept: a number of days that the installation sets, and the removal of older ones in steps.

The rooms name their logs and have acts of their own; what those acts have in common stands here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx
from meeting.database import setting
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import SYSTEM
from meeting.writer import perform

STEP = 2000  # lines deleted in one transaction


class KeepFor(ActInput):
    """For how many days."""

    days: int = Field(le=36_500)


class Prune(ActInput):
    """Nothing to say: the setting says how long they are kept."""


@dataclass(frozen=True)
class Term:
    """How long the lines of one log are kept."""

    name: str  # of the setting
    usual_days: int
    least_days: int
    too_short: str  # the refusal of fewer days
    event: Event  # told when it is set

    def days(self, session: Session) -> int:
        """For how many days a line is kept."""
        return int(setting(session, self.name) or self.usual_days)

    def keep(self, tx: Tx, days: int) -> dict[str, Any]:
        """Sets it, and tells the number before; the same number again is harmless."""
        if days < self.least_days:
            raise Refused(self.too_short, least=self.least_days)
        before = self.days(tx.reading)
        if before == days:
            tx.nothing_to_record("they are kept so long already")
            return {}
        tx.keep_setting(self.name, str(days))
        tx.record(self.event, None, days=days, before=before)
        return {}


def remove_oldest(tx: Tx, log: Any, until: datetime) -> list[datetime]:
    """Removes one step of a log's lines from before a time, the oldest first; answers when they were written."""
    wanted = select(log.id, log.at).where(log.at < until).order_by(log.at, log.id).limit(STEP)
    rows = [(row.id, row.at) for row in tx.execute(wanted)]
    if rows:
        tx.execute(delete(log).where(log.id.in_([number for number, _ in rows])))
    return [at for _, at in rows]


def span(times: Sequence[datetime]) -> dict[str, str]:
    """When the first and the last of them were, for the record."""
    return {"first_at": times[0].isoformat(), "last_at": times[-1].isoformat()} if times else {}


def step_by_step(act: str) -> None:
    """The system does this act again for as long as it says that there is more."""
    while perform(SYSTEM, act, {})["more"]:
        pass
