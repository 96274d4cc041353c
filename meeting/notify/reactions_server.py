"""What the administrators of the server are told."""

from sqlalchemy import select

from meeting.acts import Tx
from meeting.events import Event
from meeting.journal import Told
from meeting.notify.reactions import EXCUSED_ROOMS, handles
from meeting.notify.telling import tell
from meeting.organization.models import Account

EXCUSED_ROOMS["exchange"] = "the administrator has just done it, and sees it on the page of connected systems"


@handles(Event.SCANNER_AWAY)
def tell_administrators(tx: Tx, entry: Told) -> None:
    """Nobody can send a paper while the virus scanner is away: whoever looks after the server learns it at once."""
    people = tx.scalars(select(Account.person_id).where(Account.is_admin, Account.active))
    tell(tx, people, "scanner_away", "/", scanner=entry.facts["scanner"])


@handles(Event.BACKUP_FAILED)
def tell_of_backup(tx: Tx, entry: Told) -> None:
    """There is no backup of this moment: whoever looks after the server learns it at once."""
    tell(tx, _administrators(tx), "backup_failed", "/keeping", backup=entry.facts["backup_id"])


@handles(Event.DRILL_FAILED)
def tell_of_drill(tx: Tx, entry: Told) -> None:
    """A backup that would not bring everything back is none."""
    tell(tx, _administrators(tx), "drill_failed", "/keeping", backup=entry.facts["backup_id"])


@handles(Event.HEALTH_BAD)
def tell_of_health(tx: Tx, entry: Told) -> None:
    """Once a day, of what the doctor finds bad."""
    tell(tx, _administrators(tx), "health_bad", "/health", count=entry.facts["count"])


@handles(Event.WEBHOOK_SWITCHED_OFF)
def tell_of_webhook(tx: Tx, entry: Told) -> None:
    """Another system has not taken what it is told for days: somebody has to talk to whoever answers for it."""
    facts = {"system": entry.facts["name"]}
    tell(tx, _administrators(tx), "webhook_switched_off", f"/clients/{entry.facts['client_id']}", **facts)


def _administrators(tx: Tx) -> list[int]:
    return list(tx.scalars(select(Account.person_id).where(Account.is_admin, Account.active)))
