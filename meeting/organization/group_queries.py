"""Reads of groups within a body: Tổ đại biểu, Ban, working groups."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting.organization.models import Group, GroupMember
from meeting.permissions import Actor


def groups_of(session: Session, person_id: int, body_id: int | None = None) -> list[Group]:
    """The groups somebody belongs to today, by name; of one body when it is named."""
    wanted = (
        select(Group)
        .join(GroupMember)
        .where(GroupMember.person_id == person_id, Group.retired_on.is_(None))
        .order_by(Group.body_id, Group.name)
    )
    if body_id is not None:
        wanted = wanted.where(Group.body_id == body_id)
    return list(session.scalars(wanted))


def groups_of_body(session: Session, body_id: int) -> list[Group]:
    """All groups of a body that are not retired, with their members, by kind and name."""
    wanted = (
        select(Group)
        .where(Group.body_id == body_id, Group.retired_on.is_(None))
        .options(selectinload(Group.members).joinedload(GroupMember.person))
        .order_by(Group.kind, Group.name)
    )
    return list(session.scalars(wanted))


def groups_visible(session: Session, actor: Actor) -> Sequence[Group]:
    """The groups of the bodies this person has a role in, with their members."""
    bodies = {body_id for body_id, _ in actor.roles}
    wanted = (
        select(Group)
        .where(Group.body_id.in_(bodies), Group.retired_on.is_(None))
        .options(joinedload(Group.body), selectinload(Group.members).joinedload(GroupMember.person))
        .order_by(Group.body_id, Group.kind, Group.name)
    )
    return list(session.scalars(wanted))


def belongs(session: Session, person_id: int, group_id: int) -> bool:
    """Whether somebody is in a group that is not retired."""
    wanted = (
        select(GroupMember.id)
        .join(Group)
        .where(GroupMember.group_id == group_id, GroupMember.person_id == person_id, Group.retired_on.is_(None))
    )
    return session.scalar(wanted) is not None


def people_of(session: Session, group_ids: Iterable[int]) -> set[int]:
    """The people of some groups."""
    return set(session.scalars(select(GroupMember.person_id).where(GroupMember.group_id.in_(list(group_ids)))))
