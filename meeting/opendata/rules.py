"""What may be shown, how objects are named and written, what a list answers. Pure.

OParl 1.1 (oparl.org): every object has an address of its own and bears `id`, `type`, `created`, `modified`; what is public no
longer stays as a tombstone with `deleted`, in lists only for who asks by `modified_since`. Sessions of a Hội đồng nhân dân are
held in public (Luật Tổ chức chính quyền địa phương; not verified: the article), those of other bodies are not shown here.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from meeting.errors import N_, Refused, declare

SCHEMA = "https://schema.oparl.org/1.1/"
HOME = "/oparl/v1.1"
WARD = "1"  # one place, one system: the body of the standard is the ward with all that meets in it
KINDS: Mapping[str, str] = {  # in the address: the name of the standard
    "body": "Body",
    "organization": "Organization",
    "person": "Person",
    "membership": "Membership",
    "meeting": "Meeting",
    "agendaitem": "AgendaItem",
    "paper": "Paper",
    "consultation": "Consultation",
    "file": "File",
    "location": "Location",
    "legislativeterm": "LegislativeTerm",
}
#: The lists of a body, by the name of the property that leads to them.
LISTS: Mapping[str, str] = {
    "organization": "organization",
    "person": "person",
    "meeting": "meeting",
    "paper": "paper",
    "agendaItem": "agendaitem",
    "consultation": "consultation",
    "file": "file",
    "locationList": "location",
    "legislativeTermList": "legislativeterm",
    "membership": "membership",
}
#: References back to what an object is embedded in: told only where the object stands alone.
BACK: Mapping[str, tuple[str, ...]] = {
    "agendaitem": ("meeting",),
    "consultation": ("paper",),
    "membership": ("person",),
    "legislativeterm": ("body",),
    "location": ("bodies", "organizations", "meetings"),
    "file": ("meeting", "agendaItem", "paper"),
}
EMBED = "~embed"
PAGE_SIZE, MOST = 50, 100

declare(
    {
        "sitting_not_council": N_("Only sittings of the People's Council are held in public."),
        "sitting_closed": N_("This meeting is held behind closed doors: it is not shown to the public."),
        "sitting_not_issued": N_("The meeting has not been announced yet."),
        "sitting_in_group": N_("Groups sit by themselves: their sittings are not shown to the public."),
        "sitting_shown": N_("This sitting is shown to the public already."),
        "sitting_not_shown": N_("This sitting is not shown to the public."),
    }
)

PRIVATE = ("draft", "submitted", "rejected", "approved")


def check_shown(body_kind: str, state: str, sitting: str, *, closed: bool, practice: bool) -> None:
    """Whether a sitting may be shown to the public.

    Refused: `sitting_not_council`, `sitting_closed` (họp kín), `sitting_in_group` (họp Tổ), `sitting_not_issued`.
    """
    if body_kind != "council" or practice:
        raise Refused("sitting_not_council")
    if closed:
        raise Refused("sitting_closed")
    if sitting == "group":
        raise Refused("sitting_in_group")
    if state in PRIVATE:
        raise Refused("sitting_not_issued")


@dataclass(frozen=True)
class Made:
    """An object as it is now: its kind and key, the sitting it is public with, its content."""

    kind: str
    key: str
    content: dict[str, Any]
    meeting_id: int | None = None

    @property
    def name(self) -> str:
        """What it is embedded by."""
        return f"{self.kind}/{self.key}"


@dataclass(frozen=True)
class Kept:
    """The same with its times, as the register has it."""

    kind: str
    key: str
    content: Mapping[str, Any]
    created: datetime
    modified: datetime
    deleted: bool = False


def link(kind: str, key: object) -> str:
    """The address of an object, before it is known at which server."""
    return f"~{HOME}/{kind}/{key}"


def embedded(kind: str, key: object) -> dict[str, str]:
    """Stands for an object that is told inside another."""
    return {EMBED: f"{kind}/{key}"}


def without_empty(content: Mapping[str, Any]) -> dict[str, Any]:
    """Properties that say nothing are left out, as the standard asks, but for the list that it demands of a body."""
    return {name: value for name, value in content.items() if value not in (None, "", []) or name == "legislativeTerm"}


def digest_of(name: str, made: Mapping[str, Made]) -> str:
    """Changes with the content of an object, and with that of what is embedded in it."""

    def whole(value: Any) -> Any:
        if isinstance(value, Mapping):
            inside = value.get(EMBED)
            if inside is not None:
                return whole(made[inside].content) if inside in made else None
            return {key: whole(each) for key, each in value.items()}
        return [whole(each) for each in value] if isinstance(value, list) else value

    text = json.dumps(whole(made[name].content), ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as the standard writes it, in universal time without parts of seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


Find = Callable[[str], Kept | None]


def written(kept: Kept, host: str, find: Find, *, internal: bool = True, inside: bool = False) -> dict[str, Any]:
    """An object as it goes out. `internal=False` leaves embedded objects out (`omit_internal`)."""
    head = {
        "id": f"{host}{HOME}/{kept.kind}/{kept.key}",
        "type": SCHEMA + KINDS[kept.kind],
        "created": moment(kept.created),
        "modified": moment(kept.modified),
    }
    if kept.deleted:
        return {**head, "deleted": True}
    content = {name: value for name, value in kept.content.items() if not (inside and name in BACK.get(kept.kind, ()))}

    def out(value: Any) -> Any:
        if isinstance(value, Mapping):
            if EMBED not in value:
                return {name: out(each) for name, each in value.items()}
            found = find(value[EMBED]) if internal else None
            return written(found, host, find, inside=True) if found is not None and not found.deleted else None
        if isinstance(value, list):
            return [told for each in value if (told := out(each)) is not None]
        return host + value[1:] if isinstance(value, str) and value.startswith("~/") else value

    told = {name: out(value) for name, value in content.items()}
    return {**head, **without_empty(told)}


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for."""

    created_since: datetime | None = None
    created_until: datetime | None = None
    modified_since: datetime | None = None
    modified_until: datetime | None = None
    limit: int = PAGE_SIZE
    page: int = 1
    internal: bool = True

    @property
    def tombstones(self) -> bool:
        """Whether what is gone is told too."""
        return self.modified_since is not None


TIMES = ("created_since", "created_until", "modified_since", "modified_until")


def read_wanted(given: Mapping[str, str]) -> Wanted:
    """Reads the question of a list. ValueError with the name of the parameter that makes no sense."""
    times = {name: _moment(name, given[name]) for name in TIMES if given.get(name)}
    return Wanted(
        **times,
        limit=min(max(_number("limit", given.get("limit", "")) or PAGE_SIZE, 1), MOST),
        page=max(_number("page", given.get("page", "")) or 1, 1),
        internal=given.get("omit_internal", "").lower() != "true",
    )


def _moment(name: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+"))
    except ValueError:
        raise ValueError(name) from None
    if found.tzinfo is None:  # the standard demands the offset
        raise ValueError(name)
    return found


def _number(name: str, text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ValueError(name)
    return int(text)


def listed(data: list[dict[str, Any]], total: int, wanted: Wanted, address: str, given: Mapping[str, str]) -> dict[str, Any]:
    """A page of a list with its links; the filters go along in each of them."""
    pages = max(1, -(-total // wanted.limit))
    kept = {name: value for name, value in given.items() if name in (*TIMES, "limit", "omit_internal") and value}

    def to(number: int) -> str:
        asked = {**kept, **({"page": str(number)} if number > 1 else {})}
        return f"{address}?{urlencode(asked)}" if asked else address

    links = {"first": to(1), "self": to(wanted.page), "last": to(pages)}
    if wanted.page < pages:
        links["next"] = to(wanted.page + 1)
    if wanted.page > 1:
        links["prev"] = to(min(wanted.page - 1, pages))
    pagination = {"totalElements": total, "elementsPerPage": wanted.limit, "currentPage": wanted.page, "totalPages": pages}
    return {"data": data, "pagination": pagination, "links": links}


def error(sentence: str, debug: str = "") -> dict[str, str]:
    """An error as the standard writes it."""
    return without_empty({"type": SCHEMA + "Error", "message": sentence, "debug": debug})
