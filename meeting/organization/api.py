"""What other programs may read of people, units and bodies."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.grantable import GRANTABLE
from meeting.organization import chart as charts
from meeting.organization import queries, sign_in_queries
from meeting.organization.journal_views import wanted_sign_ins
from meeting.organization.models import ExtraRight, Membership
from meeting.organization.rights import rights_given
from meeting.permissions import INSTALLATION, Actor, actions_of
from meeting.web.api import asked, asked_number, paged, resource

MOST_LISTED = 5000


@resource("/me", "Who I am, my roles by body, and what I may do outside meetings")
def me(session: Session, actor: Actor) -> dict[str, Any]:
    """The owner of the session or token."""
    names = {body.id: body.short_name for body in queries.bodies(session)}
    roles = [{"body": names[body_id], "role": role.value} for body_id, role in sorted(actor.roles) if body_id in names]
    return {
        "person_id": actor.person_id,
        "username": actor.username,
        "name": actor.name,
        "unit_id": actor.unit_id,
        "language": actor.language,
        "text_size": actor.text_size,
        "easy": actor.easy,
        "roles": roles,
        "rights": [{"body": names[body_id], "right": right.value} for body_id, right in sorted(actor.extra) if body_id in names],
        "can": [action.value for action in actions_of(INSTALLATION.hats_of(actor, session))],
    }


@resource("/bodies", "The bodies that meet")
def bodies(session: Session, actor: Actor) -> dict[str, Any]:
    """Those in which one has a role; all for who administers people."""
    mine = actor.bodies_as()
    shown = [body for body in queries.bodies(session) if actor.is_admin or actor.system or body.id in mine]
    return paged(shown, lambda b: {"id": b.id, "body": b.short_name, "name": b.name, "kind": b.kind, "term": b.term})


@resource("/units", "The units")
def units(session: Session, _actor: Actor) -> dict[str, Any]:
    """All units: their names are no secret inside."""
    return paged(
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
def rights(_session: Session, _actor: Actor) -> dict[str, Any]:
    """The names to use with organization.give_right, and what each brings along."""
    return {"data": [{"right": right.value, "brings": [each.value for each in brought]} for right, brought in GRANTABLE.items()]}


def _days(one: Membership | ExtraRight) -> dict[str, str | None]:
    return {"starts_on": one.starts_on.isoformat(), "ends_on": one.ends_on.isoformat() if one.ends_on else None}


@resource("/people/<int:person_id>", "A person as administration sees them: roles ever held, extra rights")
def person(session: Session, actor: Actor, person_id: int) -> dict[str, Any]:
    """One person with all terms of roles and the rights that hold or will hold."""
    row = queries.listed(session, actor, person_id)
    bodies = {body.id: body.short_name for body in queries.every_body(session)}
    held = queries.memberships(session, actor, person_id)
    return {
        **_listed(row),
        "terms": [{"id": one.id, "body": bodies[one.body_id], "role": one.role, **_days(one)} for one in held],
        "rights": [
            {"id": one.id, "body": bodies[one.body_id], "right": one.action, **_days(one)}
            for one in rights_given(session, person_id, clock.today())
        ],
    }


@resource("/people", "People on file, for administration", q="name or user name", body="id", unit="id")
def people(session: Session, actor: Actor) -> dict[str, Any]:
    """The list of people, in order of given names."""
    shown = queries.people(session, actor, asked("q"), asked_number("body"), asked_number("unit"))
    return paged(shown, _listed)


def _listed(row: queries.Listed) -> dict[str, Any]:
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
def sign_ins(session: Session, actor: Actor) -> dict[str, Any]:
    """Who came in or tried to, whichever way. At most 5,000 lines back; ask by days for earlier ones."""
    shown = sign_in_queries.sign_ins(session, actor, wanted_sign_ins(), MOST_LISTED)
    return paged(shown, _sign_in)


def _sign_in(line: sign_in_queries.Line) -> dict[str, Any]:
    row = line.row
    return {
        "at": row.at.isoformat(),
        "username": row.username,
        "name": line.person.full_name if line.person else None,
        "address": row.address,
        "way": row.way,
        "succeeded": row.succeeded,
    }
