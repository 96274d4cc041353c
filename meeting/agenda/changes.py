"""Pure rules of programme versions: what changed between two of them, in words.

A version is a plain value: the head (title, time, place, chair, form) and the items with their labels. Items are known by
their id, so that one with a new title in a new place is still the same item.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from meeting.errors import N_

Version = Mapping[str, Any]
NOTHING = "–"

#: What is said of each kind of change; the order is that of reading.
CHANGE_WORDS = {
    "title": N_("Title: %(after)s (was: %(before)s)"),
    "time": N_("Time: %(after)s (was: %(before)s)"),
    "place": N_("Place: %(after)s (was: %(before)s)"),
    "form": N_("Held %(after)s (was: %(before)s)"),
    "chair": N_("Chair: %(after)s (was: %(before)s)"),
    "item_added": N_("New item %(label)s: %(title)s"),
    "item_removed": N_("Taken off: %(title)s (was item %(label)s)"),
    "item_withdrawn": N_("Withdrawn: %(label)s %(title)s. Reason: %(reason)s"),
    "item_deferred": N_("Put off to a later meeting: %(label)s %(title)s. Reason: %(reason)s"),
    "item_restored": N_("Back on the programme: %(label)s %(title)s"),
    "item_moved": N_("Moved: %(title)s is now item %(label)s (was %(before)s)"),
    "item_retitled": N_("Item %(label)s is now called: %(after)s (was: %(before)s)"),
    "minutes": N_("Item %(label)s %(title)s: %(after)s minutes (was %(before)s)"),
    "presenters": N_("Item %(label)s %(title)s is presented by %(after)s (was: %(before)s)"),
    "unit": N_("Item %(label)s %(title)s is prepared by %(after)s (was: %(before)s)"),
    "kind": N_("Item %(label)s %(title)s is now of another kind: %(after)s (was: %(before)s)"),
}
AT_ONCE = frozenset({"time", "place", "form"})  # told without waiting for the next version (NĐ 315/2025 Điều 23.3d)
SET_ASIDE = {"withdrawn": "item_withdrawn", "deferred": "item_deferred"}
#: Facts whose values are codes with names of their own, named by the screen.
CODED = {"form", "kind"}


@dataclass(frozen=True)
class Change:
    """One difference: its kind, the item it is about (None: the meeting itself), and what to say of it."""

    kind: str
    item: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def as_facts(self) -> dict[str, Any]:
        """The change as it stands in the journal and on the wire."""
        return {"kind": self.kind, "item_id": self.item, **self.facts}


def changes(before: Version, after: Version, only: Collection[int] | None = None) -> list[Change]:
    """What differs from one version to another, in the order of reading. `only`: a guest hears of these items alone."""
    found = [*_head(before, after), *_items(before, after)]
    order = {kind: number for number, kind in enumerate(CHANGE_WORDS)}
    kept = [each for each in found if only is None or each.item is None or each.item in only]
    return sorted(kept, key=lambda each: order[each.kind])


def _head(before: Version, after: Version) -> list[Change]:
    found = [
        Change(name, facts={"before": before.get(name) or NOTHING, "after": after.get(name) or NOTHING})
        for name in ("title", "place", "form", "chair")
        if (before.get(name) or "") != (after.get(name) or "")
    ]
    if span(before) != span(after):
        found.append(Change("time", facts={"before": span(before), "after": span(after)}))
    return found


def span(version: Version) -> str:
    """When a version says the meeting is: 08:00 – 11:00, 23/11/2026."""
    starts_at = datetime.fromisoformat(version["starts_at"])
    hours = f"{starts_at:%H:%M}"
    if version.get("ends_at"):
        ends_at = datetime.fromisoformat(version["ends_at"])
        hours += f" – {ends_at:%H:%M}" if ends_at.date() == starts_at.date() else f" – {ends_at:%H:%M %d/%m/%Y}"
    return f"{hours}, {starts_at:%d/%m/%Y}"


def _items(before: Version, after: Version) -> list[Change]:
    old, new = ({each["id"]: each for each in version["items"]} for version in (before, after))
    found = [_said("item_added", each) for key, each in new.items() if key not in old]
    found += [_said("item_removed", each) for key, each in old.items() if key not in new]
    shifted = moved(before["items"], after["items"])
    for key, each in new.items():
        if key in old:
            found += _item(old[key], each, key in shifted)
    return found


def _said(kind: str, item: Version, **facts: Any) -> Change:
    return Change(kind, item["id"], {"label": item["label"], "title": item["title"], **facts})


def _item(old: Version, new: Version, shifted: bool) -> list[Change]:
    if old["state"] != new["state"] and (new["state"] in SET_ASIDE or old["state"] in SET_ASIDE):
        kind = SET_ASIDE.get(new["state"], "item_restored")
        return [_said(kind, new, reason=new.get("reason") or NOTHING)]
    found = [_said("item_moved", new, before=old["label"])] if shifted else []
    if old["title"] != new["title"]:
        found.append(_said("item_retitled", new, before=old["title"], after=new["title"]))
    for name in ("minutes", "unit", "kind"):
        if old[name] != new[name]:
            was, now = (each[name] if name == "minutes" else each[name] or NOTHING for each in (old, new))
            found.append(_said(name, new, before=was, after=now))
    if old["presenters"] != new["presenters"]:
        one, other = (", ".join(each["presenters"]) or NOTHING for each in (old, new))
        found.append(_said("presenters", new, before=one, after=other))
    return found


def moved(before: Sequence[Version], after: Sequence[Version]) -> set[int]:
    """The items that were moved: those with another parent, and the fewest whose move explains the new order of siblings."""
    old_parent = {each["id"]: each["parent"] for each in before}
    old_rank = {each["id"]: number for number, each in enumerate(before)}
    found: set[int] = set()
    siblings: dict[int | None, list[int]] = {}
    for each in after:
        if each["id"] in old_parent:
            if old_parent[each["id"]] == each["parent"]:
                siblings.setdefault(each["parent"], []).append(each["id"])
            else:
                found.add(each["id"])
    for group in siblings.values():
        ranks = [old_rank[key] for key in group]
        stayed = longest_rise(ranks)
        found |= {key for key, rank in zip(group, ranks, strict=True) if rank not in stayed}
    return found


def longest_rise(ranks: Sequence[int]) -> set[int]:
    """The members of a longest rising sequence: the most items that can be said to have stayed where they were."""
    ends: list[int] = []
    lengths: list[int] = []
    for rank in ranks:
        at = bisect_left(ends, rank)
        ends[at : at + 1] = [rank]
        lengths.append(at + 1)
    wanted, kept = len(ends), set()
    limit = float("inf")
    for rank, length in zip(reversed(ranks), reversed(lengths), strict=True):
        if length == wanted and rank < limit:
            kept.add(rank)
            wanted, limit = wanted - 1, rank
    return kept
