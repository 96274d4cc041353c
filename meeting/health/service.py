"""What the administrator may ask of the doctor."""

from typing import Any

from meeting.acts import ActInput, Tx, act
from meeting.health.beat import look_and_keep
from meeting.jobs import enqueue, job
from meeting.permissions import Action


class LookInput(ActInput):
    """How thoroughly: `full` recomputes the whole journal and compares the whole index."""

    full: bool = False


@act("health.look", Action.READ_HEALTH)
def look(tx: Tx, wanted: LookInput) -> dict[str, Any]:
    """Asks the worker to look at everything now. Not recorded: only looking."""
    tx.require(Action.READ_HEALTH)
    tx.nothing_to_record("a look changes nothing")
    return {"job_id": enqueue(tx, "health.look", full=wanted.full).id}


@job("health.look", slow=True)
def look_at_all(full: bool) -> None:
    """Looks at everything and keeps what was found."""
    look_and_keep(full)
