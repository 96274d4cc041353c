"""Who may read which version now: asked anew at every door (page, API, bytes, images, search, live screen, notifications)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.queries import my_invitation
from meeting.database import asked_once
from meeting.materials.audience import Timing, group_of, reaches, since
from meeting.materials.models import UNIT_ROLES, Requirement, Submission
from meeting.materials.queries import DESK
from meeting.materials.release_models import Release
from meeting.permissions import Action, Actor, Role, allows

OFFICE = frozenset({Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK})


def timings_of(session: Session, requirement_ids: Iterable[int]) -> dict[int, list[Timing]]:
    """The timed releases of papers, by requirement; one query."""
    found: dict[int, list[Timing]] = {}
    for row in session.scalars(select(Release).where(Release.requirement_id.in_(list(requirement_ids)))):
        found.setdefault(row.requirement_id, []).append(row.timing)
    return found


def may_open(session: Session, actor: Actor, version: Submission) -> bool:
    """Whether this person may open this version: the own unit every one, the desk what it received, others what reached them."""
    row = version.requirement
    if row.item is not None and row.item.outside:
        return False
    hats = row.hats_of(actor, session)
    if hats & UNIT_ROLES or (hats & DESK and version.received_at is not None):
        return True
    if row.state == "waived" or not version.is_published or not allows(Action.READ_PAPERS, hats):
        return False
    invited = invitation_of(session, actor, row.meeting_id)
    as_guest = not allows(Action.READ_PAPERS, hats - {Role.GUEST})
    if row.item is None and as_guest and limited(row.meeting, invited):
        return False
    group = group_of(hats, substitute=invited is not None and invited.stands_for_id is not None)
    return reaches(row.audience, group, timings_of(session, [row.id]).get(row.id, []))


def invitation_of(session: Session, actor: Actor, meeting_id: int) -> Participant | None:
    """The actor's own place on the list of a meeting."""
    wanted = select(Participant).where(Participant.meeting_id == meeting_id, Participant.person_id == actor.person_id)
    return asked_once(session, ("invitation", meeting_id, actor.person_id), lambda: session.scalar(wanted))


def limited(meeting: Meeting, invited: Participant | None) -> bool:
    """Whether a guest is invited to some items only: papers of the whole meeting are then not theirs."""
    allowed = invited.item_ids if invited else None
    return bool(allowed) and any(item.id not in (allowed or []) for item in meeting.items)


@dataclass(frozen=True)
class Reach:
    """What one person can read of a meeting, asked once for all its papers."""

    group: str  # members, guests; "" for the desk
    at_desk: bool
    item_ids: frozenset[int]  # the items whose papers are open
    whole_meeting: bool  # papers for the whole meeting are open too
    issued_at: datetime | None
    timings: Mapping[int, Sequence[Timing]] = field(default_factory=dict)

    def shown(self, row: Requirement) -> Submission | None:
        """The version this person reads: the newest published; the desk also one that still waits. None: they know of none."""
        if row.state == "waived" or not (row.item_id in self.item_ids if row.item_id else self.whole_meeting):
            return None
        if self.at_desk:
            return row.shown or row.last_received
        return row.shown if reaches(row.audience, self.group, self.timings.get(row.id, [])) else None

    def since(self, row: Requirement) -> datetime | None:
        """From when the version shown can be read by this person."""
        version = self.shown(row)
        if version is None or version.published_at is None:
            return None
        if self.at_desk:
            return version.published_at
        return since(row.audience, self.group, self.timings.get(row.id, []), version.published_at, self.issued_at)


def reach_of(
    session: Session, actor: Actor, meeting: Meeting, hats: frozenset[Role], items: Iterable[Item], papers: Iterable[int]
) -> Reach:
    """How far somebody with these hats reads; `items` as they may see the programme, `papers` the requirements asked about."""
    invited = my_invitation(meeting, actor)
    at_desk, limit = bool(hats & DESK), invited.item_ids if invited else None
    return Reach(
        group_of(hats, substitute=invited is not None and invited.stands_for_id is not None),
        at_desk,
        frozenset(item.id for item in items if not item.outside and (at_desk or not limit or item.id in limit)),
        at_desk or not limited(meeting, invited),
        None if meeting.is_private else meeting.issued_at or meeting.created_at,
        timings_of(session, papers),
    )


def readers_of(session: Session, row: Requirement) -> dict[int, str]:
    """The participants who can read the published paper now, with their group; nobody before the issue."""
    if row.meeting.is_private or row.shown is None or row.state == "waived":
        return {}
    timings = timings_of(session, [row.id]).get(row.id, [])
    found = {}
    for each in session.scalars(select(Participant).where(Participant.meeting_id == row.meeting_id)):
        group = "members" if each.voting or each.stands_for_id is not None else "guests"
        open_items = row.item_id in each.item_ids if each.item_ids and row.item_id else not limited(row.meeting, each)
        if (each.voting or open_items) and reaches(row.audience, group, timings):
            found[each.person_id] = group
    return found
