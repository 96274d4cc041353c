"""Acts on the entries of the catalogues. An entry that is in use stays for ever: it retires and can come back."""

from typing import Any

from sqlalchemy import func, select

from meeting import clock
from meeting.acts import Tx, act, on
from meeting.catalogues import queries
from meeting.catalogues.defaults import DEFAULTS, Default
from meeting.catalogues.inputs import AddEntry, EditEntry, EntryInput, MoveEntry, Nothing, OfEntry
from meeting.catalogues.models import CatalogueEntry
from meeting.catalogues.rules import AUTHORITY, Known, check_entry, check_parent, moved
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.organization.names import folded, nfc
from meeting.permissions import Action


@act("catalogues.add", Action.MANAGE_CATALOGUES)
def add(tx: Tx, wanted: AddEntry) -> dict[str, Any]:
    """Adds an entry at the end of its catalogue; from now on forms offer it.

    Refused: `entry_exists`, `entry_exists_retired`, `abbreviation_taken`, `abbreviation_form`, `abbreviation_needless`,
    `parent_unknown`. Recorded: ENTRY_ADDED.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    values = _checked(tx, wanted.kind, wanted)
    entry = tx.add(CatalogueEntry(kind=wanted.kind, rank=_last(tx, wanted.kind) + 1, **values))
    tx.record(Event.ENTRY_ADDED, None, entry_id=entry.id, kind=entry.kind, name=entry.name)
    return {"entry_id": entry.id}


@act("catalogues.edit", Action.MANAGE_CATALOGUES)
def edit(tx: Tx, wanted: EditEntry) -> dict[str, Any]:
    """Corrects an entry; what was printed already keeps the old words. The same again changes nothing.

    Refused as in `add`, and `parent_in_circle`. Recorded: ENTRY_EDITED with what it said before.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    entry = tx.get(CatalogueEntry, wanted.entry_id)
    values = _checked(tx, entry.kind, wanted, entry)
    before = {name: getattr(entry, name) for name, value in values.items() if getattr(entry, name) != value}
    if not before:
        tx.nothing_to_record("nothing is different")
        return {}
    for name, value in values.items():
        setattr(entry, name, value)
    after = {name: values[name] for name in before}
    tx.record(Event.ENTRY_EDITED, None, entry_id=entry.id, kind=entry.kind, name=entry.name, before=before, after=after)
    return {}


def _checked(tx: Tx, kind: str, wanted: EntryInput, entry: CatalogueEntry | None = None) -> dict[str, Any]:
    name, abbreviation = nfc(wanted.name), nfc(wanted.abbreviation)
    others = [each for each in known(tx, kind) if entry is None or each.id != entry.id]
    check_entry(kind, name, abbreviation, wanted.style, wanted.parent_id is not None, others)
    above = queries.parents(tx.reading) if kind == AUTHORITY else {}
    check_parent(entry.id if entry else None, wanted.parent_id, above)
    return {"name": name, "abbreviation": abbreviation, "style": wanted.style, "parent_id": wanted.parent_id}


def known(tx: Tx, kind: str) -> list[Known]:
    """All entries of a kind, as the check of a new one needs them."""
    found = queries.entries(tx.reading, kind, retired=True)
    return [Known(each.id, each.name, each.abbreviation, each.style, each.retired_on is not None) for each in found]


def _last(tx: Tx, kind: str) -> int:
    return tx.scalar(select(func.max(CatalogueEntry.rank)).where(CatalogueEntry.kind == kind)) or 0


@act("catalogues.retire", Action.MANAGE_CATALOGUES)
def retire(tx: Tx, wanted: OfEntry) -> dict[str, Any]:
    """Takes an entry out of use: forms offer it no more, what names it keeps it. Twice is harmless.

    Refused: `authority_has_others` while authorities in use stand under it. Recorded: ENTRY_RETIRED.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    entry = tx.get(CatalogueEntry, wanted.entry_id)
    if entry.retired_on is not None:
        tx.nothing_to_record("the entry is out of use already")
        return {}
    below = select(CatalogueEntry.id).where(CatalogueEntry.parent_id == entry.id, CatalogueEntry.retired_on.is_(None))
    if tx.scalar(below) is not None:
        raise Refused("authority_has_others", name=entry.name)
    entry.retired_on = clock.local(tx.now).date()
    tx.record(Event.ENTRY_RETIRED, None, entry_id=entry.id, kind=entry.kind, name=entry.name)
    return {}


@act("catalogues.restore", Action.MANAGE_CATALOGUES)
def restore(tx: Tx, wanted: OfEntry) -> dict[str, Any]:
    """Brings an entry back into use, at its old place. Twice is harmless.

    Refused: `abbreviation_taken` when another kind of document has its abbreviation now, `entry_retired` when the authority above
    is out of use. Recorded: ENTRY_RESTORED.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    entry = tx.get(CatalogueEntry, wanted.entry_id)
    if entry.retired_on is None:
        tx.nothing_to_record("the entry is in use")
        return {}
    above = tx.find(CatalogueEntry, entry.parent_id)
    if above is not None and above.retired_on is not None:
        raise Refused("entry_retired", name=above.name)
    entry.retired_on = None
    tx.record(Event.ENTRY_RESTORED, None, entry_id=entry.id, kind=entry.kind, name=entry.name)
    return {}


@act("catalogues.move", Action.MANAGE_CATALOGUES)
def move(tx: Tx, wanted: MoveEntry) -> dict[str, Any]:
    """Moves an entry in the order of its catalogue. For positions the order is the rank by which people are seated.

    Retired entries keep their places between the others and are passed over. Recorded: ENTRIES_ORDERED when the order changed.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    entry = tx.get(CatalogueEntry, wanted.entry_id)
    listed = {each.id: each for each in queries.entries(tx.reading, entry.kind)}
    order = list(listed)
    if entry.id not in listed:
        raise Refused("entry_retired", name=entry.name)
    after = moved(order, entry.id, wanted.to)
    if after == order:
        tx.nothing_to_record("the entry stands there already")
        return {}
    for rank, key in enumerate(after, start=1):
        listed[key].rank = rank
    tx.record(Event.ENTRIES_ORDERED, None, entry_id=entry.id, kind=entry.kind, name=entry.name, to=wanted.to)
    return {}


@act("catalogues.install_defaults", Action.MANAGE_CATALOGUES)
def install_defaults(tx: Tx, _wanted: Nothing) -> dict[str, Any]:
    """Fills the catalogues with what a commune begins with (see `defaults`). What is there already, retired too, is left alone.

    Calling it again is harmless. Recorded: CATALOGUES_FILLED with the numbers, when something was added.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    present = {_key(each.kind, each.name, each.style): each for each in tx.scalars(select(CatalogueEntry))}
    ranks: dict[str, int] = {}
    added: dict[str, int] = {}
    for default in DEFAULTS:
        key = _key(default.kind, default.name, default.style)
        if key in present:
            continue
        rank = ranks.setdefault(default.kind, _last(tx, default.kind)) + 1
        ranks[default.kind] = rank
        present[key] = tx.add(_entry(default, rank, present.get(_key(default.kind, default.parent, default.style))))
        added[default.kind] = added.get(default.kind, 0) + 1
    if added:
        tx.record(Event.CATALOGUES_FILLED, None, added=added)
    else:
        tx.nothing_to_record("the catalogues hold all of it already")
    return {"added": added}


def _key(kind: str, name: str, style: str) -> tuple[str, str, str]:
    return kind, folded(name), style


def _entry(default: Default, rank: int, above: CatalogueEntry | None) -> CatalogueEntry:
    return CatalogueEntry(
        kind=default.kind,
        name=nfc(default.name),
        abbreviation=default.abbreviation,
        style=default.style,
        parent_id=above.id if above else None,
        rank=rank,
    )


@on(Event.BODY_ADDED)
def fill_for_the_first_body(tx: Tx, _told: Told) -> None:
    """A new installation has its catalogues from its first body on; one that emptied them is left in peace."""
    if tx.scalar(select(func.count(CatalogueEntry.id))) == 0:
        tx.call_as_system("catalogues.install_defaults", Nothing())
