"""The acts of groups within a body: form, rename, seat people, let them go, dissolve."""

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.group_rules import check_seat
from meeting.organization.models import Body, Group, GroupMember, Membership, Person
from meeting.organization.names import folded, nfc
from meeting.permissions import Action

Kind = Literal["delegation", "committee", "other"]
Title = Annotated[str, Field(min_length=1, max_length=200)]


class FormGroup(ActInput):
    """A new group of a body."""

    body_id: int
    name: Title
    kind: Kind = "other"


class EditGroup(ActInput):
    """Another name or kind."""

    group_id: int
    name: Title
    kind: Kind


class SeatInGroup(ActInput):
    """Somebody's place in a group."""

    group_id: int
    person_id: int
    post: Literal["head", "deputy", "member"] = "member"


class LeaveGroup(ActInput):
    """Somebody who leaves a group."""

    group_id: int
    person_id: int


class OneGroup(ActInput):
    """A group."""

    group_id: int


@act("organization.form_group", Action.MANAGE_GROUPS)
def form_group(tx: Tx, wanted: FormGroup) -> dict[str, Any]:
    """Forms a group: Tổ đại biểu, Ban, working group.

    Refused: `group_exists` (marks and capitals ignored). Journal: GROUP_FORMED.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.MANAGE_GROUPS, body)
    name = nfc(wanted.name).strip()
    _name_free(tx, body.id, name)
    group = tx.add(Group(body_id=body.id, name=name, kind=wanted.kind))
    tx.record(Event.GROUP_FORMED, body, group_id=group.id, name=name, kind=wanted.kind)
    return {"group_id": group.id}


@act("organization.edit_group", Action.MANAGE_GROUPS)
def edit_group(tx: Tx, wanted: EditGroup) -> dict[str, Any]:
    """Gives a group another name or kind. Refused: `group_exists`, `group_over`. Journal: GROUP_EDITED."""
    group = _open(tx, wanted.group_id)
    name = nfc(wanted.name).strip()
    _name_free(tx, group.body_id, name, group.id)
    before = group.name
    group.name, group.kind = name, wanted.kind
    tx.record(Event.GROUP_EDITED, group.body, group_id=group.id, name=name, kind=wanted.kind, before=before)
    return {}


@act("organization.seat_in_group", Action.MANAGE_GROUPS)
def seat_in_group(tx: Tx, wanted: SeatInGroup) -> dict[str, Any]:
    """Takes somebody into a group or gives them another post; a new head makes the former one an ordinary member.

    Refused: `not_of_this_body`, `in_another_delegation`, `group_over`. Calling twice is harmless. Journal: GROUP_SEATED.
    """
    group = _open(tx, wanted.group_id)
    person = tx.get(Person, wanted.person_id)
    check_seat(person.full_name, _of_body(tx, person.id, group.body_id), group.kind, _others(tx, person.id, group))
    row = tx.scalar(select(GroupMember).where(GroupMember.group_id == group.id, GroupMember.person_id == person.id))
    if row is not None and row.post == wanted.post:
        tx.nothing_to_record("they have this place already")
        return {}
    if wanted.post == "head":
        for former in tx.scalars(select(GroupMember).where(GroupMember.group_id == group.id, GroupMember.post == "head")):
            former.post = "member"
    tx.add(row or GroupMember(group_id=group.id, person_id=person.id)).post = wanted.post
    tx.record(Event.GROUP_SEATED, group.body, group_id=group.id, person_id=person.id, post=wanted.post)
    return {}


@act("organization.leave_group", Action.MANAGE_GROUPS)
def leave_group(tx: Tx, wanted: LeaveGroup) -> dict[str, Any]:
    """Takes somebody out of a group; what they shared with it stays theirs. Refused: `not_in_group`. Journal: GROUP_LEFT."""
    group = _open(tx, wanted.group_id)
    row = tx.scalar(select(GroupMember).where(GroupMember.group_id == group.id, GroupMember.person_id == wanted.person_id))
    if row is None:
        raise Refused("not_in_group", name=tx.get(Person, wanted.person_id).full_name)
    tx.delete(row)
    tx.record(Event.GROUP_LEFT, group.body, group_id=group.id, person_id=wanted.person_id)
    return {}


@act("organization.retire_group", Action.MANAGE_GROUPS)
def retire_group(tx: Tx, wanted: OneGroup) -> dict[str, Any]:
    """Dissolves a group: nobody reads what is shared with it any more but its writers.

    Refused: `group_over`. Journal: GROUP_RETIRED.
    """
    group = _open(tx, wanted.group_id)
    group.retired_on = clock.today()
    tx.record(Event.GROUP_RETIRED, group.body, group_id=group.id, name=group.name)
    return {}


def _open(tx: Tx, group_id: int) -> Group:
    group = tx.get(Group, group_id)
    tx.require(Action.MANAGE_GROUPS, group.body)
    if group.retired_on is not None:
        raise Refused("group_over")
    return group


def _name_free(tx: Tx, body_id: int, name: str, but: int | None = None) -> None:
    for other in tx.scalars(select(Group).where(Group.body_id == body_id)):
        if other.id != but and folded(other.name) == folded(name):
            raise Refused("group_exists", name=name)


def _of_body(tx: Tx, person_id: int, body_id: int) -> bool:
    today = clock.today()
    rows = tx.scalars(select(Membership).where(Membership.person_id == person_id, Membership.body_id == body_id))
    return any(row.starts_on <= today and (row.ends_on is None or row.ends_on >= today) for row in rows)


def _others(tx: Tx, person_id: int, group: Group) -> dict[str, str]:
    wanted = (
        select(Group)
        .join(GroupMember)
        .where(GroupMember.person_id == person_id, Group.body_id == group.body_id, Group.id != group.id)
        .where(Group.retired_on.is_(None))
    )
    return {each.name: each.kind for each in tx.scalars(wanted)}
