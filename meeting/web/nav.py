"""Where people can go: each room registers its entries, the frame shows those of the person's roles.

Registration only; the counts beside the entries are the rooms' own queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from meeting.errors import N_
from meeting.permissions import Actor, Role

Frame = Literal["rail", "side"]

#: The groups of the sidebar in their order; the rail shows the entries without the headings.
GROUPS = {
    "now": "",
    "prepare": N_("Preparation"),
    "unit": N_("My unit"),
    "after": N_("After the meeting"),
    "look_up": "",
    "administer": N_("Administration"),
    "run": N_("Operation"),
}

#: Set up once and seldom changed: folded for whoever has daily work, unfolded by a tap.
SET_UP = ("administer", "run")
DAILY = frozenset({"prepare", "unit"})

#: Roles whose work is done at a desk; everybody else gets the tablet's rail.
DESK_ROLES = frozenset(
    {
        Role.SECRETARY,
        Role.CHIEF,
        Role.CLERK,
        Role.OFFICER,
        Role.HEAD,
        Role.INSPECTOR,
        Role.UNIT_ADMIN,
        Role.ADMIN,
    }
)
#: Roles that keep the rail even beside a desk role, because they sit in the chamber.
CHAMBER_ROLES = frozenset({Role.CHAIR})


@dataclass(frozen=True)
class Entry:
    """One destination: a stable key, an icon, a message id, an endpoint and who sees it."""

    key: str
    icon: str
    label: str
    endpoint: str
    roles: frozenset[Role]
    group: str
    order: int
    rail_label: str
    hot: bool
    under: str


Counter = Callable[[Session, Actor], int]

_entries: dict[str, Entry] = {}
_counters: dict[str, Counter] = {}


def entry(
    key: str,
    *,
    icon: str,
    label: str,
    endpoint: str,
    roles: Iterable[Role],
    group: str = "now",
    order: int = 50,
    rail_label: str = "",
    hot: bool = False,
    under: str = "",
) -> None:
    """Register a destination; `hot` paints its count as work that waits. One that lies `under` another entry stands in the
    sidebar only: those who sit in the chamber reach it from the pages of that entry.

    Registering the same key again replaces it, so that making two apps is harmless.
    """
    if group not in GROUPS:
        raise LookupError(f"unknown navigation group: {group}")
    _entries[key] = Entry(key, icon, label, endpoint, frozenset(roles), group, order, rail_label or label, hot, under)


def counter(key: str, count: Counter) -> None:
    """Register what counts the work behind an entry: one cheap query on the request's session."""
    _counters[key] = count


def counts_for(session: Session, actor: Actor, roles: Iterable[Role]) -> dict[str, int]:
    """The counts beside the entries that these roles see."""
    return {found.key: _counters[found.key](session, actor) for found in entries_of(roles) if found.key in _counters}


def frame_of(roles: Iterable[Role]) -> Frame:
    """Rail for those who sit in the chamber, sidebar for those who work at a desk."""
    held = frozenset(roles)
    if held & CHAMBER_ROLES:
        return "rail"
    return "side" if held & DESK_ROLES else "rail"


def entries_of(roles: Iterable[Role]) -> list[Entry]:
    """The entries these roles may see, by group and order."""
    held = frozenset(roles)
    groups = list(GROUPS)
    seen = [found for found in _entries.values() if found.roles & held]
    return sorted(seen, key=lambda found: (groups.index(found.group), found.order, found.key))


def groups_of(
    roles: Iterable[Role],
    url: Callable[[str], str],
    say: Callable[[str], str],
    counts: Mapping[str, int] | None = None,
) -> list[dict[str, object]]:
    """The navigation as the templates take it: groups {key, label, open, items} with items {key, icon, label, url, count}.

    `open`: whether the group lies unfolded until the person says otherwise.
    `url` turns an endpoint into an address (an empty one leaves the entry out), `say` translates a message id.
    """
    shown: dict[str, list[dict[str, object]]] = {}
    for found in entries_of(roles):
        target = url(found.endpoint)
        if not target:
            continue
        item: dict[str, object] = {
            "key": found.key,
            "icon": found.icon,
            "label": say(found.label),
            "rail_label": say(found.rail_label),
            "url": target,
            "count": (counts or {}).get(found.key, 0),
            "hot": found.hot,
            "under": found.under,
            "keys": [found.key, *(each.key for each in _entries.values() if each.under == found.key)],
        }
        shown.setdefault(found.group, []).append(item)
    unfolded = {*shown} - {*SET_UP} if DAILY & {*shown} else {*shown} - {*SET_UP[1:]}
    return [
        {"key": group, "label": say(GROUPS[group]) if GROUPS[group] else "", "open": group in unfolded, "items": items}
        for group, items in shown.items()
    ]
