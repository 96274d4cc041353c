"""What other programs may read of people, units and bodies."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.grantable import GRANTABLE
from meeting.organization import chart as charts
from meeting.organization import queries, sign_in_queries
from meeting.organization.answers import (
    BodyLine,
    Me,
    PersonLine,
    PersonWhole,
    RightLine,
    RightTerm,
    RoleTerm,
    SignInLine,
    UnitLine,
)
from meeting.organization.journal_views import wanted_sign_ins
from meeting.organization.models import ExtraRight, Membership
from meeting.organization.rights import rights_given
from meeting.permissions import INSTALLATION, Actor, actions_of
from meeting.web.api import Listing, Page, asked, asked_number, page_of, resource

MOST_LISTED = 5000


@resource("/me", "Who I am, my roles by body, and what I may do outside meetings")
def me(session: Session, actor: Actor) -> Me:
    """The owner of the session or token."""
    names = {body.id: body.short_name for body in queries.bodies(session)}
    return {
        "person_id": actor.person_id,
        "username": actor.username,
        "name": actor.name,
        "unit_id": actor.unit_id,
        "language": actor.language,
        "text_size": actor.text_size,
        "easy": actor.easy,
        "roles": [{"body": names[body_id], "role": role.value} for body_id, role in sorted(actor.roles) if body_id in names],
        "rights": [{"body": names[body_id], "right": right.value} for body_id, right in sorted(actor.extra) if body_id in names],
        "can": [action.value for action in actions_of(INSTALLATION.hats_of(actor, session))],
    }


@resource("/bodies", "The bodies that meet")
def bodies(session: Session, actor: Actor) -> Page[BodyLine]:
    """Those in which one has a role; all for who administers people."""
    mine = actor.bodies_as()
    shown = [body for body in queries.bodies(session) if actor.is_admin or actor.system or body.id in mine]
    return page_of(shown, lambda b: {"id": b.id, "body": b.short_name, "name": b.name, "kind": b.kind, "term": b.term})


@resource("/units", "The units")
def units(session: Session, _actor: Actor) -> Page[UnitLine]:
    """All units: their names are no secret inside."""
    return page_of(
        queries.units(session),
        lambda u: {"id": u.id, "name": u.name, "short_name": u.short_name, "parent_id": u.parent_id, "body_id": u.body_id},
    )


@resource("/organization-chart", "Bodies, the units that serve them, units below units, with the number of people")
def organization_chart(session: Session, actor: Actor) -> dict[str, Any]:
    """The tree as administration sees it; a unit's administrator the part of the own unit."""
    return {"data": [_branch(branch) for branch in charts.chart(session, actor)]}


def _branch(branch: charts.Branch) -> dict[str, Any]:
    body = branch.body
    named = {"id": body.id, "body": body.short_name, "name": body.name} if body else None
    return {"body": named, "members": len(branch.members), "units": [_node(node) for node in branch.nodes]}


def _node(node: charts.Node) -> dict[str, Any]:
    unit = {"id": node.unit.id, "name": node.unit.name, "short_name": node.unit.short_name}
    return {**unit, "people": len(node.people), "people_with_parts": node.count, "units": [_node(part) for part in node.parts]}


@resource("/rights", "The rights that can be given to a person beside their roles")
def rights(_session: Session, _actor: Actor) -> Listing[RightLine]:
    """The names to use with organization.give_right, and what each brings along."""
    return {"data": [{"right": right.value, "brings": [each.value for each in brought]} for right, brought in GRANTABLE.items()]}


@resource("/people/<int:person_id>", "A person as administration sees them: roles ever held, extra rights")
def person(session: Session, actor: Actor, person_id: int) -> PersonWhole:
    """One person with all terms of roles and the rights that hold or will hold."""
    row = queries.listed(session, actor, person_id)
    bodies = {body.id: body.short_name for body in queries.every_body(session)}
    held = queries.memberships(session, actor, person_id)
    return {
        **_listed(row),
        "terms": [_term(one, bodies) for one in held],
        "rights": [_right(one, bodies) for one in rights_given(session, person_id, clock.today())],
    }


def _term(one: Membership, bodies: dict[int, str]) -> RoleTerm:
    ends_on = one.ends_on.isoformat() if one.ends_on else None
    return {
        "id": one.id,
        "body": bodies[one.body_id],
        "role": one.role,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": ends_on,
    }


def _right(one: ExtraRight, bodies: dict[int, str]) -> RightTerm:
    ends_on = one.ends_on.isoformat() if one.ends_on else None
    return {
        "id": one.id,
        "body": bodies[one.body_id],
        "right": one.action,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": ends_on,
    }


@resource("/people", "People on file, for administration", q="name or user name", body="id", unit="id")
def people(session: Session, actor: Actor) -> Page[PersonLine]:
    """The list of people, in order of given names."""
    shown = queries.people(session, actor, asked("q"), asked_number("body"), asked_number("unit"))
    return page_of(shown, _listed)


def _listed(row: queries.Listed) -> PersonLine:
    return {
        "id": row.person.id,
        "name": row.person.full_name,
        "username": row.account.username if row.account else None,
        "position": row.person.position,
        "unit": row.person.unit.name if row.person.unit else None,
        "state": row.state,
        "roles": [{"body": body.short_name, "role": role.value} for body, role in row.roles],
        "last_used_at": row.last_used_at.isoformat() if row.last_used_at else None,
    }


@resource(
    "/sign-ins",
    "The sign-in journal, the newest first",
    username="of one account",
    person="part of a name",
    address="beginning of an address",
    outcome="in or refused",
    way="password, second_step, tablet, openid, demo",
    since="first day",
    until="last day",
)
def sign_ins(session: Session, actor: Actor) -> Page[SignInLine]:
    """Who came in or tried to, whichever way. At most 5,000 lines back; ask by days for earlier ones."""
    shown = sign_in_queries.sign_ins(session, actor, wanted_sign_ins(), MOST_LISTED)
    return page_of(shown, _sign_in)


def _sign_in(line: sign_in_queries.Line) -> SignInLine:
    row = line.row
    return {
        "at": row.at.isoformat(),
        "username": row.username,
        "name": line.person.full_name if line.person else None,
        "address": row.address,
        "way": row.way,
        "succeeded": row.succeeded,
    }
