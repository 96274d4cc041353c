"""Rows that the demo council has none of, so that every number in an input and an address names something of the own body."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.calendars.models import CalendarFeed
from meeting.documents.copies_models import Copy
from meeting.documents.models import File
from meeting.entrance.models import OutsideIdentity
from meeting.exchange.models import BodyFeed, Client, ClientKey, ClientRight, Webhook, WebhookDelivery
from meeting.guides.models import Remark
from meeting.notify.models import Delivery, Notification
from meeting.organization.models import ExtraRight
from meeting.permissions import Action
from meeting.records.models import ArchiveFile, BackupRun, DrillRun
from meeting.rollcall.models import HelpCall
from meeting.rounds.models import OpinionRound, RoundPaper
from meeting.search.kept.saved_models import RecentSearch
from meeting.tablets.models import Tablet
from meeting.voting.models import CountingCommittee, CountingSeat

SHA = "f" * 64


def add_rows(session: Session, body_id: int, meeting_id: int, officer: tuple[int, int]) -> None:
    """One row of each table without any; what belongs to a person is of `officer` (person, account), who reads little."""
    now, (person_id, account_id) = clock.now(), officer
    later = now + timedelta(days=30)
    file_id = session.scalars(select(File.id).order_by(File.id)).first()
    told_id = session.scalars(select(Notification.id).where(Notification.meeting_id == meeting_id)).first()
    round_id = session.scalars(select(OpinionRound.id).where(OpinionRound.body_id == body_id)).first()
    client = _added(session, Client(name="Hệ thống thử", contact="Phòng thử", created_at=now, created_by=person_id))
    hook = _added(
        session,
        Webhook(client_id=client.id, url="https://example.gov.vn/h", events=["task.done"], secret="", created_at=now),
    )
    run = _added(session, BackupRun(reason="by_hand", started_at=now, beat_at=now, state="failed", done_at=now))
    session.add_all(
        [
            ClientKey(client_id=client.id, sha256=SHA, created_at=now),
            ClientRight(client_id=client.id, body_id=body_id, kind="meetings", given_at=now, given_by=person_id),
            WebhookDelivery(
                webhook_id=hook.id, key=SHA[:32], type="task.done", occurred_at=now, begun_at=now, next_at=now, state="dropped"
            ),
            BodyFeed(body_id=body_id, kind="issued", name="Lịch thử", sha256=SHA, created_at=now, created_by=person_id),
            ExtraRight(
                person_id=person_id,
                body_id=body_id,
                action=Action.KEEP_SHELF,
                starts_on=now.date(),
                given_by_id=person_id,
                given_at=now,
            ),
            Copy(
                file_id=file_id, person_id=person_id, kind="stamped", title="Bản thử", bearer="", asked_at=now, expires_at=later
            ),
            OutsideIdentity(account_id=account_id, issuer="https://id.example.gov.vn", subject="thu", linked_at=now),
            Remark(person_id=person_id, kind="wish", text="Góp ý thử", given_at=now),
            Tablet(account_id=account_id, key_sha256=SHA, name="Máy thử", first_seen=now, last_seen=now, paired_at=now),
            CalendarFeed(person_id=person_id, sha256=SHA, created_at=now),
            RoundPaper(round_id=round_id, file_id=file_id, title="Tài liệu thử", position=9, added_at=now, added_by_id=person_id),
            HelpCall(meeting_id=meeting_id, person_id=person_id, kind="tablet", at=now),
            Delivery(
                notification_id=told_id,
                meeting_id=meeting_id,
                body_id=body_id,
                address="a@example.gov.vn",
                created_at=now,
                state="logged",
            ),
            ArchiveFile(meeting_id=meeting_id, person_id=person_id, asked_at=now, state="failed"),
            DrillRun(at=now, backup_id=run.id, seconds=1, ok=False),
            RecentSearch(person_id=person_id, typed="thử", question={"q": "thử"}, at=now),
        ]
    )
    session.flush()


def _added(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def seat(session: Session, body_id: int, meeting_id: int, seats: dict[str, int]) -> None:
    """Hats that only a meeting gives: who presides instead of its chair, who sits beside, who counts."""
    session.get_one(Meeting, meeting_id).presider_id = seats["presider"]
    own = select(Meeting.id).where(Meeting.body_id == body_id)
    beside = select(Participant).where(Participant.person_id == seats["presidium"], Participant.meeting_id.in_(own))
    for each in session.scalars(beside):
        each.presidium = True
    for committee in session.scalars(select(CountingCommittee).where(CountingCommittee.meeting_id.in_(own))):
        session.add(CountingSeat(committee_id=committee.id, person_id=seats["counter"], post="member"))
