"""The page of one's own saved searches."""

from dataclasses import dataclass

from meeting.search.kept import saved_queries
from meeting.search.kept.recent import recent_of
from meeting.search.kept.saved_queries import NewHit, Saved, Told
from meeting.search.kept.saved_rules import MOST_SAVED
from meeting.search.rules import LABELS
from meeting.search.views import pages
from meeting.web.api import asked
from meeting.web.doors import actor, session
from meeting.web.doors import page as rendered

NEW_SHOWN = 5


@dataclass(frozen=True)
class Shown:
    """One saved search as the page shows it."""

    saved: Saved
    filters: list[Told]
    hits: list[NewHit]


@pages.get("/search/saved")
def saved() -> str:
    """Names, words and filters, what is new; the one that was asked for (`open`) stands first."""
    rows = saved_queries.saved_of(session(), actor())
    opened = asked("open")
    rows.sort(key=lambda each: str(each.search.id) != opened)
    return rendered(
        "search/saved.html",
        rows=[_shown(each) for each in rows],
        opened=opened,
        labels=LABELS,
        most=MOST_SAVED,
        recent=recent_of(session(), actor()),
    )


def _shown(each: Saved) -> Shown:
    hits = saved_queries.hits_of(session(), actor(), each.search, NEW_SHOWN, unseen=True) if each.new else []
    return Shown(each, saved_queries.filters_told(session(), actor(), each.search.question), hits)
