"""What the run sheet adds to the live state: only that it changed, and only for those who may read it."""

from meeting.live.state import View, section
from meeting.runsheet.queries import mark_of


@section("script")
def script(view: View) -> dict[str, int] | None:
    """For the desk a number that grows with every saving: screens read the sheet again. Null for everybody else."""
    return {"mark": mark_of(view.session, view.meeting.id)} if view.audience == "desk" else None
