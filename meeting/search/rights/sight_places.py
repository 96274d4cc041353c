"""Where somebody stands towards many meetings at once: what their hats depend on, so that one answer serves all alike."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import PRIVATE_STATES
from meeting.permissions import Actor, Role

MOST_ASKED = 1000  # beyond, the whole table is read


@dataclass(frozen=True, slots=True)
class Place:
    """What of a meeting decides who wears which hat there."""

    body_id: int
    private: bool
    chair_id: int | None
    secretary_id: int | None
    presider_id: int | None
    grouped: bool  # a Tổ sits by itself


@dataclass(frozen=True, slots=True)
class Seat:
    """How somebody was invited to a meeting."""

    voting: bool  # with a vote, or lent to a substitute
    presidium: bool
    stands_for: bool  # somebody else
    limited: bool  # to some items: then every document is asked about by itself


def places(session: Session, meetings: Collection[int]) -> dict[int, Place]:
    """Some meetings, in one query."""
    wanted = select(
        Meeting.id,
        Meeting.body_id,
        Meeting.state,
        Meeting.chair_id,
        Meeting.secretary_id,
        Meeting.presider_id,
        Meeting.sitting,
    )
    if len(meetings) <= MOST_ASKED:
        wanted = wanted.where(Meeting.id.in_(meetings))
    return {
        number: Place(body, state in PRIVATE_STATES, chair, secretary, presider, sitting == "group")
        for number, body, state, chair, secretary, presider, sitting in session.execute(wanted)
    }


def seats(session: Session, person_id: int) -> dict[int, Seat]:
    """The meetings somebody is invited to, in two queries."""
    own = select(
        Participant.meeting_id, Participant.voting, Participant.presidium, Participant.stands_for_id, Participant.item_ids
    ).where(Participant.person_id == person_id)
    other = aliased(Participant)
    lent = select(other.meeting_id).where(other.stands_for_id == person_id, other.voting)
    given = set(session.scalars(lent))
    return {
        meeting: Seat(voting or meeting in given, presidium, stands is not None, bool(items))
        for meeting, voting, presidium, stands, items in session.execute(own)
    }


def alike(actor: Actor, roles: frozenset[Role], meeting_id: int, place: Place, seat: Seat | None) -> Hashable:
    """The same for two meetings (and two people) wherever `Meeting.hats_of` cannot tell them apart. `roles`: in its body."""
    me = actor.person_id
    return (
        roles,
        place.private,
        seat,
        _who(place.chair_id, me),
        _who(place.secretary_id, me),
        _who(place.presider_id, me),
        place.grouped,
        actor.only_meeting in (None, meeting_id),
    )


def _who(person_id: int | None, me: int) -> str:
    return "nobody" if person_id is None else "me" if person_id == me else "other"
