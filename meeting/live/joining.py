"""Tablets that join in the same moment are let in together: one look at who they are, one reading for all.

After a restart five hundred of them come at once. Each hears `live.join`'s answer as if it were alone: it enters the room
first, and what it is told is read after that, in one picture of the store.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.database import reading
from meeting.errors import Missing, Refused
from meeting.live import push, state
from meeting.live.known import Audience, People, Picture, Sections, picture, text_of
from meeting.live.screens import Listener, Room
from meeting.live.together import Together
from meeting.organization.models import Account
from meeting.organization.queries import account_named, actor_of
from meeting.permissions import Action, Actor, allows
from meeting.web.wire import Encoded, fields

TOGETHER = 60  # let in at once; the others a moment later

Enter = Callable[[Listener, int], bool]


@dataclass(eq=False)
class Joining:
    """One tablet at the door."""

    meeting_id: int
    sid: str
    actor: Actor
    wanted: str  # the audience it asks for
    enter: Enter  # puts its socket into the channels
    audience: Audience | None = None
    answer: Encoded | None = None  # None: a stranger


Answered = Callable[[Encoded | Refused], None]


def join(asked: Joining, answered: Answered) -> None:
    """Tells the answer to `live.join`, as it goes on the wire, or `not_found` to strangers: in the turn in which it was read, so
    that no later news can overtake it.
    """
    _door.hand_in(asked, answered)


def _let_in(waiting: Sequence[Joining]) -> list[Encoded | Refused]:
    for meeting_id in {each.meeting_id for each in waiting}:
        _answer(meeting_id, [each for each in waiting if each.meeting_id == meeting_id])
    return [each.answer or Missing() for each in waiting]


_door: Together[Joining, Encoded | Refused] = Together(_let_in, TOGETHER)


def _answer(meeting_id: int, group: Sequence[Joining]) -> None:
    with picture(meeting_id) as found:
        if found.there:
            found.read(lambda session, meeting: _place(session, meeting, group))
    inside, room = [], None
    for each in group:
        if each.audience is None:
            continue
        listener = Listener(each.sid, each.actor, each.audience)
        if each.enter(listener, meeting_id):  # else it has gone again
            room = push.enter(meeting_id, listener)
            inside.append(each)
    if room is None:
        return
    with picture(meeting_id) as found:
        _tell(room, found, inside)


def _place(session: Any, meeting: Meeting, group: Sequence[Joining]) -> None:
    """Where each belongs: the audience, with a limited guest's items. Strangers stay without."""
    hats = meeting.hats_of_many([each.actor for each in group], session)
    for each in group:
        worn = hats[each.actor.person_id]
        if not allows(Action.JOIN_LIVE, worn):
            continue
        if each.wanted == "hall" and allows(Action.SHOW_HALL, worn):
            each.audience = ("hall", None)
            continue
        name = state.audience_of(worn)
        each.audience = (name, state.item_limit(session, meeting, each.actor) if name == "guest" else None)


def _are_all(room: Room, audience: Audience, inside: Sequence[Joining]) -> bool:
    """Whether nobody of this audience was there before."""
    sids = {each.sid for each in inside}
    return all(each.sid in sids for each in room.listeners.values() if each.audience == audience)


def _tell(room: Room, found: Picture, inside: Sequence[Joining]) -> None:
    states: dict[Audience, str] = {}
    for audience in {each.audience for each in inside if each.audience is not None}:
        known = room.of(audience)
        others_wrote = found.seq > max(known.whole_seq, room.covered)
        known.refresh(found, whole=others_wrote or not known.fresh)
        if _are_all(room, audience, inside):
            room.sent[audience] = push.texts_of(room, audience)  # so that nobody is told again what all of them hear now
        push.read_in(room, audience)
        states[audience] = fields(**push.texts_of(room, audience))
    if room.covered < 0:
        room.has_read(found.seq)
    room.people.read_for(found, list({each.actor.person_id: each.actor for each in inside}.values()))
    now = text_of(clock.now().isoformat(timespec="milliseconds"))
    for each in inside:
        assert each.audience is not None
        each.answer = Encoded(
            fields(
                ok="true",
                epoch=text_of(found.epoch),
                seq=str(found.seq),
                now=now,
                audience=text_of(each.audience[0]),
                state=states[each.audience],
                me=room.people.text(each.actor.person_id),
            )
        )


def warm_up() -> None:
    """Reads the state of a meeting that runs once for each audience before the first tablet asks: the first reading is slow."""
    with reading() as session:
        wanted = select(Meeting.id).where(Meeting.state.in_(("in_session", "paused"))).order_by(Meeting.id.desc()).limit(1)
        meeting_id = session.scalar(wanted)
        account = session.scalar(select(Account.username).where(Account.active).limit(1))
        somebody = actor_of(session, account_named(session, account)) if account else None
    if meeting_id is None or somebody is None:
        return
    with picture(meeting_id) as found:
        for name in ("member", "desk"):
            Sections((name, None)).refresh(found, whole=True)
        People().read_for(found, [somebody])
