"""Reads of invitations, always limited to what the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.agenda.clashes import at_that_time
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.rules import OVER_STATES, SET_ASIDE_STATES, folded
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.invitations.models import GuestLink, Invitation, Substitution
from meeting.invitations.rules import DECISION, OPEN_STATES
from meeting.organization.models import Account, Membership, Person
from meeting.organization.signing import signing_role
from meeting.permissions import Action, Actor, Role, allows
from meeting.rulebook.deadlines import Span

# papers


def newest_paper(session: Session, meeting_id: int) -> Invitation | None:
    """The latest paper of a meeting, whatever its state. For acts, which ask for the right themselves."""
    wanted = select(Invitation).where(Invitation.meeting_id == meeting_id).order_by(Invitation.id.desc())
    return session.scalars(wanted).first()


def papers_of(session: Session, actor: Actor, meeting: Meeting) -> list[Invitation]:
    """The papers of a meeting this person may read, the newest first."""
    wanted = select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id.desc())
    found = session.scalars(wanted.options(joinedload(Invitation.signed_by), joinedload(Invitation.issued_by)))
    return [each for each in found if allows(Action.READ_INVITATION, each.hats_of(actor, session))]


def readable_paper(session: Session, actor: Actor, invitation_id: int) -> Invitation:
    """One paper for somebody who may read it; Missing for everybody else."""
    found = session.get(Invitation, invitation_id)
    if found is None or not allows(Action.READ_INVITATION, found.hats_of(actor, session)):
        raise Missing()
    return found


def issued_paper(session: Session, meeting_id: int) -> Invitation | None:
    """The paper in force: the last one issued."""
    wanted = select(Invitation).where(Invitation.meeting_id == meeting_id, Invitation.state == "issued")
    return session.scalars(wanted.order_by(Invitation.issued_at.desc(), Invitation.id.desc())).first()


def papers_in_hand(session: Session, actor: Actor) -> list[Invitation]:
    """Papers not issued yet of meetings this person chairs or whose office they belong to, soonest meeting first."""
    bodies = actor.bodies_as(Role.CHAIR, Role.CHIEF, Role.CLERK)
    mine = or_(Meeting.body_id.in_(bodies), Meeting.chair_id == actor.person_id)
    wanted = select(Invitation).join(Meeting, Meeting.id == Invitation.meeting_id).where(mine, Invitation.state != "issued")
    return list(session.scalars(wanted.where(Meeting.state.in_(OPEN_STATES)).order_by(Meeting.starts_at, Invitation.id)))


def document_of(session: Session, paper: Invitation | None) -> int | None:
    """The PDF of a paper, once it is made and can be opened."""
    file = session.get(File, paper.document_id) if paper and paper.document_id else None
    return file.id if file is not None and file.first_page_read else None


@opens
def place_of_paper(session: Session, actor: Actor, file: File) -> Place | None:
    """The PDF of an invitation is opened by whoever may read the invitation."""
    paper = session.scalar(select(Invitation).where(Invitation.document_id == file.id))
    if paper is None or not allows(Action.READ_INVITATION, paper.hats_of(actor, session)):
        return None
    symbol = paper.number.symbol if paper.number else ""
    return Place(title=symbol, detail=paper.meeting.title, back=f"/meetings/{paper.meeting_id}", meeting_id=paper.meeting_id)


def signer_of(session: Session, meeting: Meeting, kind: str) -> Person | None:
    """Who signs: the Chánh Văn phòng of the body where the rule book says so, else who presides."""
    if kind == DECISION or signing_role(meeting.book.signer) is Role.CHAIR:
        return meeting.chair
    wanted = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.body_id == meeting.body_id, Membership.role == Role.CHIEF, Membership.ends_on.is_(None))
    )
    return session.scalar(wanted.order_by(Membership.starts_on.desc()))


def on_programme(meeting: Meeting) -> list[Item]:
    """The items that will be dealt with: those put off or withdrawn are not announced."""
    return [item for item in meeting.items if item.state not in SET_ASIDE_STATES]


# who was invited and how they answered


def participants_of(session: Session, meeting_id: int) -> list[Participant]:
    """Everybody on the list."""
    wanted = select(Participant).where(Participant.meeting_id == meeting_id).options(joinedload(Participant.stands_for))
    return list(session.scalars(wanted))


def participant(session: Session, meeting_id: int, person_id: int) -> Participant | None:
    """One person's invitation."""
    return session.scalar(select(Participant).where(Participant.meeting_id == meeting_id, Participant.person_id == person_id))


def substitutions_of(session: Session, meeting_id: int) -> list[Substitution]:
    """Everybody who was ever named for a meeting, the newest first."""
    wanted = select(Substitution).where(Substitution.meeting_id == meeting_id).order_by(Substitution.id.desc())
    return list(session.scalars(wanted.options(joinedload(Substitution.decided_by))))


def open_substitution(session: Session, meeting_id: int, person_id: int) -> Substitution | None:
    """The substitution of a member that still stands: waiting or consented to."""
    wanted = select(Substitution).where(
        Substitution.meeting_id == meeting_id, Substitution.person_id == person_id, Substitution.state.in_(("asked", "consented"))
    )
    return session.scalar(wanted)


def taken_as_substitutes(session: Session, meeting_id: int) -> set[int]:
    """Who is named for somebody already."""
    wanted = select(Substitution.substitute_id).where(
        Substitution.meeting_id == meeting_id, Substitution.state.in_(("asked", "consented"))
    )
    return set(session.scalars(wanted))


def waiting_for_consent(session: Session, actor: Actor) -> list[Substitution]:
    """Substitutes that wait for this person's consent as the one who presides, soonest meeting first."""
    bodies = actor.bodies_as(Role.CHAIR)
    mine = or_(Meeting.body_id.in_(bodies), Meeting.chair_id == actor.person_id)
    wanted = select(Substitution).join(Meeting, Meeting.id == Substitution.meeting_id)
    wanted = wanted.where(mine, Substitution.state == "asked", Meeting.state == "issued")
    return list(session.scalars(wanted.order_by(Meeting.starts_at, Substitution.id)))


def absences_to_decide(session: Session, actor: Actor) -> list[Participant]:
    """Reported absences nobody has decided on, for the secretariat, soonest meeting first."""
    bodies = actor.bodies_as(Role.SECRETARY, Role.CHIEF)
    mine = or_(Meeting.body_id.in_(bodies), Meeting.secretary_id == actor.person_id)
    wanted = select(Participant).join(Meeting, Meeting.id == Participant.meeting_id)
    wanted = wanted.where(mine, _undecided(), Meeting.state == "issued")
    return list(session.scalars(wanted.order_by(Meeting.starts_at, Participant.id).options(joinedload(Participant.meeting))))


def _undecided() -> ColumnElement[bool]:
    """An absence that waits for the office; where a substitute waits for the chair, that answers both."""
    named = exists().where(
        Substitution.meeting_id == Participant.meeting_id,
        Substitution.person_id == Participant.person_id,
        Substitution.state == "asked",
    )
    return and_(Participant.absence == "asked", ~named)


def candidates(session: Session, meeting: Meeting, person_id: int, words: str = "") -> list[Person]:
    """Who may be named as a substitute: people on file who are not on the list, those of the member's own unit first."""
    invited = select(Participant.person_id).where(Participant.meeting_id == meeting.id)
    found = session.scalars(select(Person).where(Person.retired_on.is_(None), Person.id != person_id, Person.id.not_in(invited)))
    own = session.get(Person, person_id)
    unit = own.unit_id if own else None
    sought = folded(words).split()
    hits = [each for each in found if all(word in _words(each) for word in sought)]
    taken = taken_as_substitutes(session, meeting.id)
    hits = [each for each in hits if each.id not in taken]
    return sorted(hits, key=lambda each: (unit is None or each.unit_id != unit, folded(each.full_name.split()[-1]), each.id))


def _words(person: Person) -> str:
    return folded(f"{person.full_name} {person.position} {person.unit.name if person.unit else ''}")


def busy_among(session: Session, meeting: Meeting, people: Sequence[int]) -> set[int]:
    """Who of these is expected in another meeting at that time. It is never said in which."""
    others = [each.id for each in at_that_time(session, Span(meeting.starts_at, meeting.ends_at), meeting.id)]
    expected = select(Participant.person_id).where(
        Participant.meeting_id.in_(others), Participant.person_id.in_(people), Participant.reply != "declined"
    )
    return set(session.scalars(expected)) if others else set()


# guests' links


def links_of(session: Session, meeting_id: int) -> dict[int, GuestLink]:
    """The newest link of each guest of a meeting, by person id."""
    wanted = select(GuestLink).where(GuestLink.meeting_id == meeting_id).order_by(GuestLink.id)
    return {each.person_id: each for each in session.scalars(wanted)}


def link_by_hash(session: Session, sha256: str) -> GuestLink | None:
    """The link whose token has this SHA-256."""
    return session.scalar(select(GuestLink).where(GuestLink.sha256 == sha256))


def with_accounts(session: Session, people: Sequence[int]) -> set[int]:
    """Who of these people has an account of their own."""
    return set(session.scalars(select(Account.person_id).where(Account.person_id.in_(people), Account.active)))


# the list of meetings with their answers


@dataclass(frozen=True)
class Standing:
    """How the invitations of one meeting stand."""

    meeting: Meeting
    sent: int
    seen: int
    accepted: int
    declined: int
    waiting: int  # absences to decide
    asked: int  # substitutes waiting for consent
    paper: Invitation | None

    @property
    def silent(self) -> int:
        """Who has not answered."""
        return self.sent - self.accepted - self.declined


def standings(session: Session, actor: Actor) -> list[Standing]:
    """The upcoming meetings whose invitations this person follows, soonest first, in four queries."""
    bodies = actor.bodies_as(Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.CHAIR)
    mine = or_(Meeting.body_id.in_(bodies), Meeting.secretary_id == actor.person_id, Meeting.chair_id == actor.person_id)
    today = clock.at_local(clock.today())
    wanted = select(Meeting).where(mine, Meeting.starts_at >= today, Meeting.state.not_in(OVER_STATES))
    meetings = list(session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id)))
    ids = [each.id for each in meetings]
    counted = {row.meeting_id: row for row in session.execute(_counts(ids))}
    asked = {row.meeting_id: row.number for row in session.execute(_asked(ids))}
    papers: dict[int, Invitation] = {}
    for paper in session.scalars(select(Invitation).where(Invitation.meeting_id.in_(ids)).order_by(Invitation.id)):
        papers[paper.meeting_id] = paper
    return [_standing(each, counted.get(each.id), asked.get(each.id, 0), papers.get(each.id)) for each in meetings]


def _counts(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Participant.meeting_id,
            func.count().label("people"),
            func.count(Participant.seen_at).label("seen"),
            func.count().filter(Participant.reply == "accepted").label("accepted"),
            func.count().filter(Participant.reply == "declined").label("declined"),
            func.count().filter(_undecided()).label("waiting"),
        )
        .where(Participant.meeting_id.in_(ids))
        .group_by(Participant.meeting_id)
    )


def _asked(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    wanted = select(Substitution.meeting_id, func.count().label("number")).where(
        Substitution.meeting_id.in_(ids), Substitution.state == "asked"
    )
    return wanted.group_by(Substitution.meeting_id)


def _standing(meeting: Meeting, row: Any, asked: int, paper: Invitation | None) -> Standing:
    if row is None:
        return Standing(meeting, 0, 0, 0, 0, 0, asked, paper)
    return Standing(meeting, row.people, row.seen, row.accepted, row.declined, row.waiting, asked, paper)
