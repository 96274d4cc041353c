"""What somebody is told of the own way in."""

from meeting.acts import Tx
from meeting.events import Event
from meeting.journal import Told
from meeting.notify.reactions import EXCUSED, OFFICE, handles
from meeting.notify.telling import tell

EXCUSED.update(
    dict.fromkeys(
        (
            Event.SECOND_STEP_SET,
            Event.SECOND_STEP_DROPPED,
            Event.RECOVERY_CODES_MADE,
            Event.RECOVERY_CODE_USED,
            Event.IDENTITY_LINKED,
            Event.IDENTITY_UNLINKED,
        ),
        OFFICE,
    )
)


@handles(Event.SECOND_STEP_RESET)
def tell_of_reset(tx: Tx, entry: Told) -> None:
    """Whose second step was taken off learns it by mail too: if nobody asked for it, somebody else may want to come in."""
    tell(tx, [entry.facts["person_id"]], "second_step_reset", "/profile/second-step")
