"""What the discussion room adds to the live state: the newest comments, newest first."""

from typing import Any

from meeting.discussion import queries
from meeting.live.state import View, section

MOST = 60  # on the screens; the whole list can be read


@section("discussion")
def discussion(view: View) -> dict[str, Any]:
    """The newest comments and how many there are on each item (a limited guest: of his items)."""
    counts = queries.counts(view.session, view.meeting.id)
    seen = {item: n for item, n in counts.items() if view.item_ids is None or item is None or item in view.item_ids}
    rows = queries.latest(view.session, view.meeting.id, MOST, view.item_ids)
    return {
        "comments": [queries.line(row) for row in rows],
        "total": sum(seen.values()),
        "counts": {str(item or 0): n for item, n in seen.items()},
    }
