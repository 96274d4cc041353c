"""Reads of minutes: the signed text, the text that is being written, earlier signed ones, who signs next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.conclusions import minutes_rules
from meeting.conclusions.course import OPEN_PLACE
from meeting.conclusions.models import INSIDE_READERS, WRITERS, Minutes, MinutesVersion
from meeting.conclusions.rules import rests_between
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.organization.models import Membership, Person
from meeting.permissions import Action, Actor, Role, allows


def newest_of(session: Session, minutes: Minutes) -> MinutesVersion:
    """The version that is being written: of a draft and of a correction the newest, of signed minutes the signed one."""
    wanted = select(MinutesVersion).where(MinutesVersion.minutes_id == minutes.id)
    if minutes.state == "signed" and not minutes.correcting:
        wanted = wanted.where(MinutesVersion.version == minutes.version)
    found = session.scalars(wanted.order_by(MinutesVersion.version.desc())).first()
    if found is None:
        raise LookupError(f"the minutes {minutes.id} have no version")
    return found


def shown_to(session: Session, actor: Actor, minutes: Minutes) -> MinutesVersion:
    """The text that a reader meets: those who write see what is being written, all others what was signed."""
    newest = newest_of(session, minutes)
    writes = allows(Action.READ_CONCLUSIONS, minutes.meeting.hats_of(actor, session) & WRITERS)
    if writes or minutes.state == "draft":
        return newest
    return version_of(session, minutes, minutes.version) or newest


def last_version(session: Session, minutes: Minutes) -> int:
    """The highest number of a version; a correction that was left keeps its own."""
    return session.scalar(select(func.max(MinutesVersion.version)).where(MinutesVersion.minutes_id == minutes.id)) or 0


def version_of(session: Session, minutes: Minutes, version: int) -> MinutesVersion | None:
    """How the minutes stood at a version."""
    same = MinutesVersion.minutes_id == minutes.id, MinutesVersion.version == version
    return session.scalar(select(MinutesVersion).where(*same))


def signed_versions(session: Session, minutes: Minutes) -> list[MinutesVersion]:
    """Every version that was signed, the newest first."""
    wanted = select(MinutesVersion).where(MinutesVersion.minutes_id == minutes.id, MinutesVersion.signed_at.is_not(None))
    return list(session.scalars(wanted.order_by(MinutesVersion.version.desc())))


def wrote_lately(session: Session, minutes: Minutes, person_id: int, now: datetime) -> bool:
    """Whether somebody has been writing on them, so that going on is no news."""
    same = MinutesVersion.minutes_id == minutes.id, MinutesVersion.edited_by_id == person_id
    last = session.scalar(select(func.max(MinutesVersion.edited_at)).where(*same))
    return last is not None and not rests_between(last, now)


def stretches_of(session: Session, minutes: Minutes) -> list[MinutesVersion]:
    """The versions at which somebody laid the pen down, the newest first; those that were signed always."""
    wanted = select(MinutesVersion).where(MinutesVersion.minutes_id == minutes.id)
    told: list[MinutesVersion] = []
    later: dict[int | None, datetime] = {}
    for row in session.scalars(wanted.order_by(MinutesVersion.version.desc())):
        after = later.get(row.edited_by_id)
        if row.signed_at is not None or after is None or rests_between(row.edited_at, after):
            told.append(row)
        later[row.edited_by_id] = row.edited_at
    return told


def reason_of(session: Session, minutes: Minutes, row: MinutesVersion) -> str:
    """Why the correction was opened that a version belongs to; empty for the minutes as they were first signed."""
    before = select(func.max(MinutesVersion.version)).where(
        MinutesVersion.minutes_id == minutes.id, MinutesVersion.signed_at.is_not(None), MinutesVersion.version < row.version
    )
    since = session.scalar(before)
    if since is None:
        return ""
    wanted = select(MinutesVersion.reason).where(
        MinutesVersion.minutes_id == minutes.id,
        MinutesVersion.version > since,
        MinutesVersion.version <= row.version,
        MinutesVersion.reason != "",
    )
    return session.scalars(wanted.order_by(MinutesVersion.version.desc())).first() or ""


@dataclass(frozen=True)
class Steps:
    """What this person may do with minutes now; each is one button."""

    edit: bool = False
    sign: str = ""  # as whom: chief, secretary, chair
    correct: bool = False
    leave: bool = False  # a correction


def steps_for(session: Session, actor: Actor, minutes: Minutes) -> Steps:
    """The buttons of their page. The acts ask again."""
    hats = minutes.hats_of(actor, session)
    writes = allows(Action.WRITE_CONCLUSIONS, hats)
    open_now = minutes.state == "draft" or bool(minutes.correcting)
    return Steps(
        edit=writes and open_now,
        sign=signs_as(session, minutes, hats, actor.person_id) if open_now and allows(Action.SIGN_MINUTES, hats) else "",
        correct=writes and minutes.state == "signed" and not minutes.correcting,
        leave=writes and bool(minutes.correcting),
    )


def signs_as(session: Session, minutes: Minutes, hats: frozenset[Role], person_id: int | None) -> str:
    """As whom somebody may sign now; empty: not at all."""
    signers = minutes.meeting.book.minutes_signers
    newest = newest_of(session, minutes)
    signed = newest.second_signed_at is not None
    same = signed and newest.second_signed_by_id == person_id
    if not minutes_rules.may_sign(signers, hats, secretary_signed=signed, same_person=same):
        return ""
    return minutes_rules.next_signer(signers, secretary_signed=signed)


def signer_of(session: Session, meeting: Meeting) -> Person | None:
    """Who signs the minutes last: the Chánh Văn phòng of the body, or who presided."""
    if meeting.book.minutes_signers != "chief":
        return meeting.chair
    wanted = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.body_id == meeting.body_id, Membership.role == Role.CHIEF, Membership.ends_on.is_(None))
    )
    return session.scalars(wanted.order_by(Membership.starts_on.desc())).first()


def waiting_for(session: Session, actor: Actor) -> list[tuple[Minutes, str]]:
    """Minutes whose next signature is this person's, with the office in which they sign; the oldest first."""
    person = actor.person_id
    seat = (Meeting.chair_id == person) | (Meeting.secretary_id == person)
    mine = seat | Meeting.body_id.in_(actor.bodies_as(Role.CHAIR, Role.SECRETARY, Role.CHIEF))
    wanted = select(Minutes).join(Minutes.meeting).where((Minutes.state == "draft") | (Minutes.correcting != ""), mine)
    found = list(session.scalars(wanted.order_by(Minutes.drafted_at)))
    told = [(each, steps_for(session, actor, each).sign) for each in found]
    return [(each, office) for each, office in told if office in ("chair", "chief") and OPEN_PLACE not in each.text]


@opens
def place_of_earlier(session: Session, actor: Actor, file: File) -> Place | None:
    """The PDF of minutes as they were signed before a correction: for whoever may read the minutes."""
    version = session.scalars(select(MinutesVersion).where(MinutesVersion.document_id == file.id)).first()
    minutes = session.get(Minutes, version.minutes_id) if version else None
    if version is None or minutes is None:
        return None
    hats = minutes.meeting.hats_of(actor, session) & INSIDE_READERS
    if not allows(Action.READ_CONCLUSIONS, hats):
        return None
    symbol = minutes.number.symbol if minutes.number else ""
    back = f"/meetings/{minutes.meeting_id}/minutes/history"
    return Place(title=symbol, detail=minutes.meeting.title, back=back, meeting_id=minutes.meeting_id, version=version.version)
