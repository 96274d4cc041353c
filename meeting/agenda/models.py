"""Meetings, their items, participants, programme versions; series and templates that meetings are made from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, bindparam, case, exists, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship

from meeting.agenda.rules import PRIVATE_STATES, goes_on_later
from meeting.agenda.session_models import CouncilSession
from meeting.catalogues.models import Room
from meeting.database import asked_once
from meeting.organization.models import Body, Person, Unit
from meeting.permissions import Actor, Role
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference

STATES = (
    "draft",
    "submitted",
    "rejected",
    "approved",
    "issued",
    "in_session",
    "paused",
    "held",
    "archived",
    "postponed",
    "cancelled",
)


class Series(Base):
    """Meetings that recur by one pattern; each of them is a meeting of its own."""

    __tablename__ = "meeting_series"
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    pattern: Mapped[dict[str, Any]] = mapped_column(Json)  # see recurrence.Pattern
    created_at: Mapped[Moment]
    created_by: Mapped[int] = reference("person.id")


class MeetingTemplate(Base):
    """What meetings of a type are made from again and again: title, place, length, and the pieces that come along."""

    __tablename__ = "meeting_template"
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id", index=True)
    type_id: Mapped[int] = reference("meeting_type.id")
    name: Mapped[Name]
    head: Mapped[dict[str, Any]] = mapped_column(Json)  # values for the form of the meeting
    pieces: Mapped[dict[str, Any]] = mapped_column(Json)  # see agenda.pieces
    created_at: Mapped[Moment]
    created_by: Mapped[int] = reference("person.id")
    retired_on: Mapped[date | None]
    body: Mapped[Body] = relationship()
    type: Mapped[MeetingType] = relationship()

    def hats_of(self, actor: Actor, _session: Session) -> frozenset[Role]:
        """Those of its body."""
        return actor.roles_in(self.body_id)


class Meeting(Base):
    """One meeting from its first draft to the archive."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("form IN ('in_person', 'online', 'hybrid')", name="form_known"),
        Index("ix_meeting_starts_at", "starts_at"),
        Index("ix_meeting_body_id", "body_id"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    type_id: Mapped[int] = reference("meeting_type.id")
    book_id: Mapped[int] = reference("rule_book.id")  # the rules in force on its day, fixed from the issue on
    title: Mapped[Name]
    place: Mapped[Name] = mapped_column(default="")
    room_id: Mapped[int | None] = reference("room.id")
    form: Mapped[Code] = mapped_column(default="in_person")  # in_person, online, hybrid
    link: Mapped[Name] = mapped_column(default="")  # where those who are not in the room join
    closed: Mapped[bool] = mapped_column(default=False)  # họp kín
    shared_reason: Mapped[LongText] = mapped_column(default="")  # why the room is used together with another meeting
    series_id: Mapped[int | None] = reference("meeting_series.id")  # of a recurring meeting
    copied_from_id: Mapped[int | None] = reference("meeting.id")
    programme_version: Mapped[int] = mapped_column(default=0)  # 0: never handed out
    state: Mapped[Code] = mapped_column(default="draft")
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment | None]
    chair_id: Mapped[int | None] = reference("person.id")
    secretary_id: Mapped[int | None] = reference("person.id")
    current_item_id: Mapped[int | None] = mapped_column(default=None)  # the item being dealt with
    presider_id: Mapped[int | None] = reference("person.id")  # presides now instead of the chair: handed over
    resumes_at: Mapped[Moment | None]  # adjourned to then
    session_id: Mapped[int | None] = reference("council_session.id")  # the kỳ họp this is a sitting of
    sitting: Mapped[Code] = mapped_column(default="")  # preparatory, opening, plenary, group, closing
    group_id: Mapped[int | None] = reference("member_group.id")  # the Tổ that sits by itself
    urgent: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[LongText] = mapped_column(default="")  # of the last rejection, postponement or cancellation
    issued_at: Mapped[Moment | None]
    opened_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    minutes_state: Mapped[Code] = mapped_column(default="none")  # none, draft, signed
    notice_state: Mapped[Code] = mapped_column(default="none_yet")  # none_yet, draft, issued, not_required
    evaluation_state: Mapped[Code] = mapped_column(default="open")  # open, closed
    created_at: Mapped[Moment]
    created_by: Mapped[int] = reference("person.id")
    body: Mapped[Body] = relationship(lazy="joined")
    type: Mapped[MeetingType] = relationship(lazy="joined")
    book: Mapped[RuleBook] = relationship(lazy="joined")
    room: Mapped[Room | None] = relationship()
    session: Mapped[CouncilSession | None] = relationship()
    presider: Mapped[Person | None] = relationship(foreign_keys=[presider_id])
    chair: Mapped[Person | None] = relationship(foreign_keys=[chair_id])
    secretary: Mapped[Person | None] = relationship(foreign_keys=[secretary_id])
    items: Mapped[list["Item"]] = relationship(order_by="Item.position", back_populates="meeting")
    participants: Mapped[list["Participant"]] = relationship(back_populates="meeting")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Body roles, the chair's and secretary's seat of this meeting, and how the actor was invited."""
        seat = {"of_meeting": self.id, "of_person": actor.person_id}
        found = asked_once(session, ("seat", self.id, actor.person_id), lambda: session.execute(_SEAT, seat).first())
        return self._hats(actor, *(found or (None, False)))

    def hats_of_many(self, actors: Sequence[Actor], session: Session) -> dict[int, frozenset[Role]]:
        """The same for many people in one query, by person id."""
        asked = {"of_meeting": self.id, "of_people": [actor.person_id for actor in actors]}
        seats = {person: (voting, presidium) for person, voting, presidium in session.execute(_SEATS, asked)}
        return {actor.person_id: self._hats(actor, *seats.get(actor.person_id, (None, False))) for actor in actors}

    @property
    def is_adjourned(self) -> bool:
        """Whether it rests until a day after the one it began on."""
        return goes_on_later(self.state, self.starts_at, self.resumes_at)

    @property
    def is_private(self) -> bool:
        """Whether only those who prepare it may know of it: it was never issued."""
        return self.state in PRIVATE_STATES

    def _hats(self, actor: Actor, voting: bool | None, presidium: bool) -> frozenset[Role]:
        if actor.only_meeting not in (None, self.id):
            return frozenset()
        hats = set(actor.roles_in(self.body_id)) - {Role.MEMBER, Role.GUEST}
        if voting is not None and not self.is_private:
            hats.add(Role.MEMBER if voting else Role.GUEST)
        if actor.person_id and actor.person_id == self.chair_id:
            hats.add(Role.CHAIR)
        if presidium and not self.is_private:
            hats.add(Role.PRESIDIUM)
        if actor.person_id and actor.person_id == self.secretary_id:
            hats.add(Role.SECRETARY)
        if self._presides(actor, hats):
            hats.add(Role.PRESIDER)
        return frozenset(hats)

    def _presides(self, actor: Actor, hats: set[Role]) -> bool:
        """The deputy it was handed to; else the chair, in a Tổ only its own."""
        alone = self.presider_id or (self.chair_id if self.sitting == "group" else None)
        return Role.CHAIR in hats if alone is None else actor.person_id == alone


class Item(Base):
    """One matter on the programme."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "position"),
        CheckConstraint("minutes_planned >= 0", name="minutes_not_negative"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    parent_id: Mapped[int | None] = reference("item.id")  # the item it is a part of
    numbering: Mapped[Code] = mapped_column(default="")  # 2.1, kept with the order; empty in a flat programme of old
    position: Mapped[int]  # 1, 2, 3 … over the whole programme, parts after their whole
    title: Mapped[Name]
    kind: Mapped[Code] = mapped_column(default="matter")  # opening, matter, questioning, resolution, closing …
    unit_id: Mapped[int | None] = reference("unit.id")  # the unit that prepares it
    presenter_id: Mapped[int | None] = reference("person.id")
    minutes_planned: Mapped[int] = mapped_column(default=0)
    outside: Mapped[bool] = mapped_column(default=False)  # held outside the system: title only
    state: Mapped[Code] = mapped_column(default="planned")  # planned, current, done; deferred, withdrawn
    reason: Mapped[LongText] = mapped_column(default="")  # why it was put off or withdrawn
    started_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    seconds_used: Mapped[int] = mapped_column(default=0)
    meeting: Mapped[Meeting] = relationship(back_populates="items")
    unit: Mapped[Unit | None] = relationship()
    presenter: Mapped[Person | None] = relationship()
    further: Mapped[list["FurtherPresenter"]] = relationship(order_by="FurtherPresenter.rank", cascade="all, delete-orphan")

    @property
    def label(self) -> str:
        """Its number on the programme: 2, 2.1, 2.1.1."""
        return self.numbering or str(self.position)

    @property
    def number(self) -> int:
        """Its rank among the items beside it."""
        return int(self.label.rpartition(".")[2])

    @property
    def depth(self) -> int:
        """Under how many others it lies."""
        return self.label.count(".")

    @property
    def presenters(self) -> list[Person]:
        """Who presents it, the first one first."""
        first = [self.presenter] if self.presenter else []
        return [*first, *(each.person for each in self.further)]

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its meeting; a guest who is limited to other items is no guest here, whatever other hats they wear."""
        hats = self.meeting.hats_of(actor, session)
        if Role.GUEST in hats:
            limit = select(Participant.item_ids).where(
                Participant.meeting_id == self.meeting_id, Participant.person_id == actor.person_id
            )
            items = session.scalar(limit)
            if items and self.id not in items:
                return hats - {Role.GUEST}
        return hats

    def hats_of_many(self, actors: Sequence[Actor], session: Session) -> dict[int, frozenset[Role]]:
        """The same for many people, by person id: one question, and one more for each guest."""
        found = self.meeting.hats_of_many(actors, session)
        guests = (actor for actor in actors if Role.GUEST in found[actor.person_id])
        return found | {actor.person_id: self.hats_of(actor, session) for actor in guests}


class FurtherPresenter(Base):
    """Somebody who presents an item beside its first presenter."""

    __tablename__ = "further_presenter"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    rank: Mapped[int]
    person: Mapped[Person] = relationship(lazy="joined")


class ProgrammeVersion(Base):
    """A programme as it was handed out once, and why."""

    __tablename__ = "programme_version"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)  # see agenda.versions
    why: Mapped[LongText] = mapped_column(default="")
    made_at: Mapped[Moment]
    made_by_id: Mapped[int | None] = reference("person.id")
    made_by: Mapped[Person | None] = relationship(lazy="joined")


class Participant(Base):
    """Someone invited: a voting member of the body or a guest."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("reply IN ('none', 'accepted', 'declined')", name="reply_known"),
        CheckConstraint("absence IN ('', 'asked', 'approved', 'refused')", name="absence_known"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    person_id: Mapped[int] = reference("person.id", index=True)
    voting: Mapped[bool]
    stands_for_id: Mapped[int | None] = reference("person.id")  # a substitute of this member
    presidium: Mapped[bool] = mapped_column(default=False)  # sits with the presiding person
    item_ids: Mapped[list[Any] | None]  # a guest limited to these items; None: the whole meeting
    reply: Mapped[Code] = mapped_column(default="none")
    reason: Mapped[LongText] = mapped_column(default="")  # of an absence
    absence: Mapped[Code] = mapped_column(default="")  # reported: asked, then approved or refused by the office
    absence_decided_by_id: Mapped[int | None] = reference("person.id")
    absence_decided_at: Mapped[Moment | None]
    absence_answer: Mapped[LongText] = mapped_column(default="")
    invited_at: Mapped[Moment | None]
    seen_at: Mapped[Moment | None]
    read_version: Mapped[int] = mapped_column(default=0)  # of the programme: the last one opened
    replied_at: Mapped[Moment | None]
    meeting: Mapped[Meeting] = relationship(back_populates="participants")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    stands_for: Mapped[Person | None] = relationship(foreign_keys=[stands_for_id])


def _seated() -> ColumnElement[bool]:
    """Whether somebody sits as a member: with a vote, or as the member whose vote passed over to a substitute."""
    other = aliased(Participant)  # a case below, for SQLite works out both sides of an "or": a search among all for each
    lent = other.meeting_id == Participant.meeting_id, other.stands_for_id == Participant.person_id, other.voting
    return case((Participant.voting, True), else_=exists().where(*lent))


#: Asked at nearly every door: put together once, because that takes longer than the answer.
_SEAT = select(_seated(), Participant.presidium).where(
    Participant.meeting_id == bindparam("of_meeting"), Participant.person_id == bindparam("of_person")
)
_SEATS = select(Participant.person_id, _seated(), Participant.presidium).where(
    Participant.meeting_id == bindparam("of_meeting"), Participant.person_id.in_(bindparam("of_people", expanding=True))
)
