"""What people can be told of their own saved searches: that something new answers one."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    "search_hit": Words("search", N_("One new result for “%(search)s”"), N_("New: %(found)s"), "search"),
    "search_hits": Words("search", N_("%(count)s new results for “%(search)s”"), N_("New: %(found)s"), "search"),
    "search_hits_closed": Words(
        "search", N_("New results for “%(search)s”"), N_("Open the application to see them: %(count)s."), "search"
    ),
}
