"""What may be kept of searching: how much, under which name, and the address that asks the same again. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from meeting.errors import N_, declare

MOST_SAVED = 50
MOST_RECENT = 20
MOST_NEW = 500  # new hits of one saved search that are kept; of more only the newest
MOST_WAITING = 2000  # passages that wait for their owner's right
NAME_LETTERS = 100
TYPED_LETTERS = 300
NAMED_IN_NOTE = 3  # titles in a notification
#: What a question is made of: the names in the page's address.
PARTS = ("q", "kind", "body", "unit", "meeting", "person", "state", "from", "to", "year", "sort")
PRIVATE = "what somebody looks for is nobody else's business"

declare(
    {
        "saved_searches_full": N_("%(limit)s searches are saved already. Delete one that is no longer used."),
        "search_without_words": N_("There is nothing to look for: type a word or choose a filter first."),
        "search_saved_already": N_("This search is saved already as “%(name)s”."),
    }
)


def question(typed: str, parts: Mapping[str, str]) -> dict[str, str]:
    """The question as it is kept: what is known of an address, the words with single spaces, nothing empty."""
    given = {**parts, "q": typed or parts.get("q", "")}
    kept = {name: " ".join(unicodedata.normalize("NFC", given.get(name, "")).split()) for name in PARTS}
    return {name: value[:TYPED_LETTERS] for name, value in kept.items() if value}


def asks_something(kept: Mapping[str, str]) -> bool:
    """Whether anything is looked for: words or a filter; an order alone is none."""
    return any(name != "sort" for name in kept)


def sense(kept: Mapping[str, str]) -> dict[str, str]:
    """What makes two questions the same one: words in any capitals, filters; not the order of the hits."""
    return {name: value.casefold() for name, value in kept.items() if name != "sort"}


def address(kept: Mapping[str, Any], **more: str) -> str:
    """The page's address that asks the same."""
    values = {name: str(kept[name]) for name in PARTS if kept.get(name)} | more
    return f"/search?{urlencode(values)}" if values else "/search"


def name_of(name: str, kept: Mapping[str, str]) -> str:
    """The name as given, else the words."""
    return " ".join((name or kept.get("q", "")).split())[:NAME_LETTERS]


def titles_told(titles: Sequence[str]) -> str:
    """The first titles for a notification, each once."""
    told = list(dict.fromkeys(title for title in titles if title))
    return "; ".join(told[:NAMED_IN_NOTE]) + ("; …" if len(told) > NAMED_IN_NOTE else "")
