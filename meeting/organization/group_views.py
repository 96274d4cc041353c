"""Groups within the bodies: their page and their place in the API."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.errors import Forbidden
from meeting.organization import queries
from meeting.organization.group_queries import groups_visible
from meeting.organization.group_rules import USUAL_KIND
from meeting.organization.models import Group
from meeting.organization.views import organization
from meeting.organization.wording import GROUP_KINDS, GROUP_POSTS
from meeting.permissions import ALLOWED, Action, Actor
from meeting.web.api import paged, resource
from meeting.web.doors import actor, page, session


@resource("/groups", "The groups within one's bodies (Tổ đại biểu, Ban) with their people")
def groups(session: Session, actor: Actor) -> dict[str, Any]:
    """Groups of the bodies one has a role in."""
    return paged(groups_visible(session, actor), group_json)


def group_json(group: Group) -> dict[str, Any]:
    """A group on the wire."""
    people = [{"id": each.person_id, "name": each.person.full_name, "post": each.post} for each in group.members]
    return {"id": group.id, "body": group.body.short_name, "name": group.name, "kind": group.kind, "people": people}


@organization.get("/groups")
def groups_page() -> str:
    """The groups of one's bodies: form, rename, seat people."""
    keeps = actor().bodies_as(*ALLOWED[Action.MANAGE_GROUPS])
    bodies = [body for body in queries.bodies(session()) if body.id in keeps]
    if not bodies:
        raise Forbidden()
    shown = [group for group in groups_visible(session(), actor()) if group.body_id in keeps]
    everybody = {body.id: [(p.id, p.full_name) for p in queries.members(session(), body.id)] for body in bodies}
    return page(
        "organization/groups.html",
        bodies=bodies,
        groups=shown,
        everybody=everybody,
        usual=USUAL_KIND,
        kinds=GROUP_KINDS,
        posts=GROUP_POSTS,
    )
