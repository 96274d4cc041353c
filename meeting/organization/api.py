"""What other programs may read of people, units and bodies."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.organization import queries
from meeting.permissions import INSTALLATION, Actor, actions_of
from meeting.web.api import asked, asked_number, paged, resource


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
        "can": [action.value for action in actions_of(INSTALLATION.hats_of(actor, session))],
    }


@resource("/bodies", "The bodies that meet")
def bodies(session: Session, actor: Actor) -> dict[str, Any]:
    """Those in which one has a role; all for who administers people."""
    mine = actor.bodies_as()
    shown = [body for body in queries.bodies(session) if actor.is_admin or actor.system or body.id in mine]
    return paged(shown, lambda b: {"id": b.id, "body": b.short_name, "name": b.name, "kind": b.kind})


@resource("/units", "The units")
def units(session: Session, _actor: Actor) -> dict[str, Any]:
    """All units: their names are no secret inside."""
    return paged(queries.units(session), lambda u: {"id": u.id, "name": u.name, "short_name": u.short_name})


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


@resource("/sign-ins", "The sign-in journal, the newest first", username="of one account")
def sign_ins(session: Session, actor: Actor) -> dict[str, Any]:
    """Who came in or tried to."""
    shown = queries.sign_ins(session, actor, asked("username"))
    return paged(
        shown,
        lambda line: {
            "at": line.at.isoformat(),
            "username": line.username,
            "address": line.address,
            "succeeded": line.succeeded,
        },
    )
