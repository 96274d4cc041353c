"""Acts on the kinds of meetings of a body: give the defaults, add, rename, take out of use, bring back."""

from typing import Any

from sqlalchemy import select

from meeting import clock
from meeting.acts import Tx, act, on
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.organization.models import Body
from meeting.organization.names import folded, nfc
from meeting.permissions import Action
from meeting.rulebook import rules
from meeting.rulebook.defaults import BY_KIND
from meeting.rulebook.inputs import AddTypeInput, BodyInput, EditTypeInput, TypeInput
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.rulebook.values import values_of


@act("rulebook.install", Action.MANAGE_PEOPLE)
def install(tx: Tx, wanted: BodyInput) -> dict[str, Any]:
    """Gives a body the default kinds of meetings of its sort with their rules. Kinds it has already are left as they are.

    Calling it again is harmless. Records the codes that were added.
    """
    tx.require(Action.MANAGE_PEOPLE)
    body = tx.get(Body, wanted.body_id)
    present = set(tx.scalars(select(MeetingType.code).where(MeetingType.body_id == body.id)))
    types = {}
    for each in BY_KIND[body.kind]:
        if each.code not in present:
            kind = tx.add(MeetingType(body_id=body.id, code=each.code, name=each.name))
            tx.add(RuleBook(type_id=kind.id, **each.columns()))
            types[each.code] = kind.id
    if types:
        tx.record(Event.TYPES_INSTALLED, None, body_id=body.id, codes=sorted(types))
    else:
        tx.nothing_to_record("the body has all its types already")
    return {"type_ids": types}


@on(Event.BODY_ADDED)
def give_types(tx: Tx, told: Told) -> None:
    """A new body has the default kinds of meetings of its sort from the start."""
    tx.call_as_system("rulebook.install", BodyInput(body_id=told.facts["body_id"]))


@act("rulebook.add_type", Action.MANAGE_RULES)
def add_type(tx: Tx, wanted: AddTypeInput) -> dict[str, Any]:
    """Adds a kind of meeting to a body. Its rules begin as those of `like_id` (another kind of the body), unverified.

    Refused as `type_exists` for a name or code the body has. Records name, code and the kind it was made after.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.MANAGE_RULES, body)
    like = _like(tx, body, wanted.like_id)
    code = _free_code(tx, body, wanted)
    starts_on = wanted.starts_on or clock.today()
    kind = tx.add(MeetingType(body_id=body.id, code=code, name=wanted.name))
    book = tx.add(_first_book(tx, kind, like, starts_on))
    tx.record(Event.TYPE_ADDED, body, body_id=body.id, type_id=kind.id, code=code, name=kind.name, like=like.code if like else "")
    return {"type_id": kind.id, "code": code, "book_id": book.id}


def _like(tx: Tx, body: Body, type_id: int | None) -> MeetingType | None:
    own = select(MeetingType).where(MeetingType.body_id == body.id).order_by(MeetingType.id)
    if type_id is None:
        return tx.scalar(own)
    like = tx.get(MeetingType, type_id)
    tx.require(Action.READ_RULES, like)
    return like


def _free_code(tx: Tx, body: Body, wanted: AddTypeInput) -> str:
    present = list(tx.scalars(select(MeetingType).where(MeetingType.body_id == body.id)))
    codes = [each.code for each in present]
    if folded(wanted.name) in {folded(each.name) for each in present}:
        raise Refused("type_exists", name=wanted.name)
    if wanted.code and (wanted.code in codes or not rules.CODE.fullmatch(wanted.code)):
        raise Refused("type_exists", name=wanted.code)
    return wanted.code or rules.code_of(folded(wanted.name), codes)


def _first_book(tx: Tx, kind: MeetingType, like: MeetingType | None, starts_on: Any) -> RuleBook:
    """The first rules of a new kind: those of the other kind, each to be checked again; without one, the body's first default."""
    if like is None:
        default = BY_KIND[tx.get(Body, kind.body_id).kind][0]
        columns = {**default.values.plain(), "instrument": default.instrument}
        sources = default.written
    else:
        model = rules.in_force(like.books, starts_on)
        columns = {**values_of(model).plain(), "instrument": model.instrument if model else ""}
        sources = dict(model.sources) if model else {}
    unread = {rule: {**source, "verified": False} for rule, source in sources.items()}
    return RuleBook(type_id=kind.id, starts_on=starts_on, verified=False, sources=unread, **columns)


@act("rulebook.edit_type", Action.MANAGE_RULES)
def edit_type(tx: Tx, wanted: EditTypeInput) -> dict[str, Any]:
    """Renames a kind of meeting; its code stays. Refused as `type_exists`. Records the old and the new name."""
    kind = tx.get(MeetingType, wanted.type_id)
    tx.require(Action.MANAGE_RULES, kind)
    name = nfc(wanted.name)
    others = tx.scalars(select(MeetingType.name).where(MeetingType.body_id == kind.body_id, MeetingType.id != kind.id))
    if folded(name) in {folded(each) for each in others}:
        raise Refused("type_exists", name=name)
    if kind.name == name:
        tx.nothing_to_record("the name is the same")
        return {}
    before, kind.name = kind.name, name
    tx.record(Event.TYPE_RENAMED, None, body_id=kind.body_id, type_id=kind.id, before=before, after=name)
    return {}


@act("rulebook.retire_type", Action.MANAGE_RULES)
def retire_type(tx: Tx, wanted: TypeInput) -> dict[str, Any]:
    """Takes a kind of meeting out of use: no new meetings of it; those on file keep it.

    Refused as `type_is_retired`, or `last_type` when the body would have none left. Recorded.
    """
    kind = tx.get(MeetingType, wanted.type_id)
    tx.require(Action.MANAGE_RULES, kind)
    if kind.retired_on:
        raise Refused("type_is_retired")
    others = select(MeetingType.id).where(
        MeetingType.body_id == kind.body_id, MeetingType.id != kind.id, MeetingType.retired_on.is_(None)
    )
    if tx.scalar(others) is None:
        raise Refused("last_type")
    kind.retired_on = clock.today()
    tx.record(Event.TYPE_RETIRED, None, body_id=kind.body_id, type_id=kind.id, name=kind.name)
    return {}


@act("rulebook.bring_back_type", Action.MANAGE_RULES)
def bring_back_type(tx: Tx, wanted: TypeInput) -> dict[str, Any]:
    """Puts a kind of meeting into use again. Refused as `type_in_use`. Recorded."""
    kind = tx.get(MeetingType, wanted.type_id)
    tx.require(Action.MANAGE_RULES, kind)
    if kind.retired_on is None:
        raise Refused("type_in_use")
    kind.retired_on = None
    tx.record(Event.TYPE_BROUGHT_BACK, None, body_id=kind.body_id, type_id=kind.id, name=kind.name)
    return {}
