"""Who is told of tablets: their owners, and the office that keeps them."""

from meeting import clock
from meeting.acts import Tx
from meeting.events import Event
from meeting.journal import Told
from meeting.notify import queries
from meeting.notify.reactions import EXCUSED, OFFICE, handles
from meeting.notify.telling import tell
from meeting.organization.models import Account, Membership, Person
from meeting.permissions import Role
from meeting.tablets.owners import holding

EXCUSED[Event.PAIRING_BEGUN] = OFFICE
EXCUSED[Event.TABLET_RESET] = "the tablet itself says so to whoever holds it"
EXCUSED[Event.TABLET_LOCK_SET] = OFFICE
LIST = "/desk/tablets"


@handles(Event.TABLET_PAIRED)
def tell_owner(tx: Tx, entry: Told) -> None:
    """Nobody gets a tablet in their name without hearing of it, also on their other devices."""
    owner = tx.get(Account, entry.facts["account_id"])
    tell(tx, [owner.person_id], "tablet_paired", "/tablets", tablet=entry.facts["name"])


@handles(Event.TABLET_LOST)
def tell_of_loss(tx: Tx, entry: Told) -> None:
    """The owner and the office learn of it, whichever of them reported it."""
    owner = tx.get(Person, entry.facts["person_id"])
    tell(tx, [owner.id], "tablet_lost_own", "/tablets", tablet=entry.facts["name"])
    tell(tx, _office(tx, owner.id), "tablet_lost", LIST, tablet=entry.facts["name"], name=owner.called)


@handles(Event.TABLET_BLOCKED)
def tell_of_block(tx: Tx, entry: Told) -> None:
    """Somebody in the hall cannot come in: the office resets the tablet."""
    owner = tx.get(Person, tx.get(Account, entry.facts["account_id"]).person_id)
    tell(tx, _office(tx, owner.id), "tablet_blocked", LIST, tablet=entry.facts["name"], name=owner.called)


def _office(tx: Tx, person_id: int) -> list[int]:
    """The secretariat of the bodies in which somebody has a role."""
    mine = tx.scalars(holding(clock.local(tx.now).date()).where(Membership.person_id == person_id))
    bodies = {each.body_id for each in mine}
    return sorted({each for body in bodies for each in queries.holders(tx.reading, body, Role.SECRETARY)} - {person_id})
