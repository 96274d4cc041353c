"""What the administrators of the server are told."""

from sqlalchemy import select

from meeting.acts import Tx
from meeting.events import Event
from meeting.journal import Told
from meeting.notify.reactions import handles
from meeting.notify.telling import tell
from meeting.organization.models import Account


@handles(Event.SCANNER_AWAY)
def tell_administrators(tx: Tx, entry: Told) -> None:
    """Nobody can send a paper while the virus scanner is away: whoever looks after the server learns it at once."""
    people = tx.scalars(select(Account.person_id).where(Account.is_admin, Account.active))
    tell(tx, people, "scanner_away", "/", scanner=entry.facts["scanner"])
