"""Notes on the pages of papers: a person's own, and those they share."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.documents.models import File
from meeting.notes.rules import COLORS, KINDS, SHARED
from meeting.organization.models import Group, Person
from meeting.tables import Base, Code, Id, Json, LongText, Moment, reference


class Note(Base):
    """Something somebody put on a page: a highlight, a drawing, a sticky note, a bookmark. Removed ones stay as tombstones."""

    __tablename__ = "page_note"
    __table_args__ = (
        UniqueConstraint("file_id", "person_id", "key"),
        UniqueConstraint("carried_from_id"),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint(f"color IN {COLORS}", name="color_known"),
        CheckConstraint(f"shared IN {SHARED}", name="shared_known"),
        CheckConstraint("(shared = 'group') = (group_id IS NOT NULL)", name="group_only_of_groups"),
        CheckConstraint("shared = 'me' OR meeting_id IS NOT NULL", name="shared_in_a_meeting"),
        CheckConstraint("page >= 1", name="page_from_one"),
        CheckConstraint("revision >= 1", name="revision_from_one"),
        CheckConstraint("lost = false OR carried_from_id IS NOT NULL", name="lost_ones_were_carried"),
        CheckConstraint("(carried_from_id IS NULL) = (carried_revision IS NULL)", name="carried_whole"),
        Index("ix_page_note_person_id", "person_id"),
        Index("ix_page_note_meeting_id", "meeting_id"),
        Index("ix_page_note_group_id", "group_id"),
    )
    id: Mapped[Id]
    file_id: Mapped[int] = reference("file.id")
    person_id: Mapped[int] = reference("person.id")
    key: Mapped[str] = mapped_column(String(36))  # made by the device
    meeting_id: Mapped[int | None] = reference("meeting.id")  # None: a paper of no meeting
    page: Mapped[int]  # when lost: of the version it comes from
    kind: Mapped[Code]
    color: Mapped[Code]
    text: Mapped[LongText] = mapped_column(default="")
    anchor: Mapped[dict[str, Any]] = mapped_column(Json)  # {quote: {exact, prefix, suffix}, boxes, at}
    strokes: Mapped[list[Any]] = mapped_column(Json, default=list)  # of a drawing
    shared: Mapped[Code] = mapped_column(default="me")
    group_id: Mapped[int | None] = reference("member_group.id")
    revision: Mapped[int] = mapped_column(default=1)
    stamp: Mapped[int] = mapped_column(BigInteger)  # grows with each change, for its writer's devices
    told_stamp: Mapped[int] = mapped_column(BigInteger, default=0)  # the same for the others: only what they had to hear of
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    removed_at: Mapped[Moment | None]
    conflict_of: Mapped[str | None] = mapped_column(String(36))  # the key of the other one, written on another device
    carried_from_id: Mapped[int | None] = reference("page_note.id")  # the same note on the earlier version
    carried_revision: Mapped[int | None]  # of that note, when it was carried
    touched: Mapped[bool] = mapped_column(default=False)  # its writer changed or removed the copy
    lost: Mapped[bool] = mapped_column(default=False)  # its passage is not in this version
    file: Mapped[File] = relationship()
    person: Mapped[Person] = relationship(lazy="joined")
    group: Mapped[Group | None] = relationship()
    carried_from: Mapped["Note | None"] = relationship(remote_side="Note.id")
