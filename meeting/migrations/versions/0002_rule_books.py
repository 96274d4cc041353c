"""Rule books, catalogues, rooms and what meetings say of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


#: The rules that stood on the kind of meeting and now stand in its book.
KEPT = (
    "papers_due_days, papers_due_unit, invite_days, invite_unit, quorum, majority, tie, choices, notice_required, notice_days, "
    "notice_unit, signer, speech_seconds, debate_seconds, question_seconds, explain_seconds, verified"
)


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "catalogue_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("abbreviation", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('position', 'document_type', 'authority')", name=op.f("ck_catalogue_entry_kind_known")),
        sa.ForeignKeyConstraint(["parent_id"], ["catalogue_entry.id"], name=op.f("fk_catalogue_entry_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entry")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_catalogue_entry_kind_name")),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("equipment", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("name", name=op.f("uq_room_name")),
    )
    op.create_table(
        "rule_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("programme_days", sa.Integer(), nullable=False),
        sa.Column("programme_unit", sa.String(length=60), nullable=False),
        sa.Column("papers_due_days", sa.Integer(), nullable=False),
        sa.Column("papers_due_unit", sa.String(length=60), nullable=False),
        sa.Column("invite_days", sa.Integer(), nullable=False),
        sa.Column("invite_unit", sa.String(length=60), nullable=False),
        sa.Column("check_days", sa.Integer(), nullable=False),
        sa.Column("approver", sa.String(length=60), nullable=False),
        sa.Column("head_approval", sa.String(length=60), nullable=False),
        sa.Column("substitutes", sa.String(length=60), nullable=False),
        sa.Column("substitute_consent", sa.Boolean(), nullable=False),
        sa.Column("substitutable", sa.String(length=60), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("summons", sa.String(length=60), nullable=False),
        sa.Column("sequence", sa.Text(), nullable=False),
        sa.Column("quorum", sa.String(length=60), nullable=False),
        sa.Column("majority", sa.String(length=60), nullable=False),
        sa.Column("tie", sa.String(length=60), nullable=False),
        sa.Column("choices", sa.String(length=60), nullable=False),
        sa.Column("notice_required", sa.Boolean(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("notice_unit", sa.String(length=60), nullable=False),
        sa.Column("signer", sa.String(length=60), nullable=False),
        sa.Column("speech_seconds", sa.Integer(), nullable=False),
        sa.Column("debate_seconds", sa.Integer(), nullable=False),
        sa.Column("question_seconds", sa.Integer(), nullable=False),
        sa.Column("explain_seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("approver IN ('none', 'chair', 'chief')", name=op.f("ck_rule_book_approver_known")),
        sa.CheckConstraint("head_approval IN ('none', 'optional', 'required')", name=op.f("ck_rule_book_head_approval_known")),
        sa.CheckConstraint("substitutes IN ('none', 'speaks', 'votes')", name=op.f("ck_rule_book_substitutes_known")),
        sa.CheckConstraint("summons IN ('invitation', 'decision')", name=op.f("ck_rule_book_summons_known")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_rule_book_ends_after_start")),
        sa.ForeignKeyConstraint(["type_id"], ["meeting_type.id"], name=op.f("fk_rule_book_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_book")),
        sa.UniqueConstraint("type_id", "starts_on", name=op.f("uq_rule_book_type_id_starts_on")),
    )
    with op.batch_alter_table("body") as batch_op:
        batch_op.add_column(sa.Column("address_form", sa.String(length=60), server_default=sa.text("'ong_ba'"), nullable=False))
        batch_op.add_column(sa.Column("opens_at", sa.String(length=60), server_default=sa.text("'07:30'"), nullable=False))
        batch_op.add_column(sa.Column("closes_at", sa.String(length=60), server_default=sa.text("'17:00'"), nullable=False))
    with op.batch_alter_table("item") as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_item_parent_id"), "item", ["parent_id"], ["id"])
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.add_column(sa.Column("book_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("room_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("form", sa.String(length=60), server_default=sa.text("'in_person'"), nullable=False))
        batch_op.add_column(sa.Column("link", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("copied_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("programme_version", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.create_check_constraint(batch_op.f("ck_meeting_form_known"), "form IN ('in_person', 'online', 'hybrid')")
        batch_op.create_foreign_key(batch_op.f("fk_meeting_book_id"), "rule_book", ["book_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_meeting_copied_from_id"), "meeting", ["copied_from_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_meeting_room_id"), "room", ["room_id"], ["id"])
    _books_of_the_types()
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.alter_column("book_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("meeting_type") as batch_op:
        batch_op.drop_column("notice_unit")
        batch_op.drop_column("invite_days")
        batch_op.drop_column("question_seconds")
        batch_op.drop_column("explain_seconds")
        batch_op.drop_column("signer")
        batch_op.drop_column("invite_unit")
        batch_op.drop_column("speech_seconds")
        batch_op.drop_column("choices")
        batch_op.drop_column("verified")
        batch_op.drop_column("debate_seconds")
        batch_op.drop_column("source")
        batch_op.drop_column("quorum")
        batch_op.drop_column("tie")
        batch_op.drop_column("papers_due_unit")
        batch_op.drop_column("notice_required")
        batch_op.drop_column("majority")
        batch_op.drop_column("needs_approval")
        batch_op.drop_column("notice_days")
        batch_op.drop_column("papers_due_days")
    with op.batch_alter_table("participant") as batch_op:
        batch_op.add_column(sa.Column("stands_for_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("absence", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("absence_decided_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("absence_decided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("absence_answer", sa.Text(), server_default="", nullable=False))
        batch_op.create_foreign_key(
            batch_op.f("fk_participant_absence_decided_by_id"), "person", ["absence_decided_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_participant_absence_known"), "absence IN ('', 'asked', 'approved', 'refused')"
        )
        batch_op.create_foreign_key(batch_op.f("fk_participant_stands_for_id"), "person", ["stands_for_id"], ["id"])


def _books_of_the_types() -> None:
    """Each kind of meeting gets one book with the rules it had, each meeting the book of its kind; the Party says Đồng chí."""
    op.execute(  # constant words only
        "INSERT INTO rule_book (type_id, starts_on, instrument, sources, programme_days, programme_unit, check_days, approver, "
        f"head_approval, substitutes, substitute_consent, substitutable, closed, summons, sequence, {KEPT}) "
        "SELECT meeting_type.id, '2025-07-01', source, '{}', 0, 'working', 2, "
        "CASE WHEN needs_approval THEN 'chair' ELSE 'none' END, 'optional', "
        "CASE WHEN body.kind = 'committee' THEN 'speaks' ELSE 'none' END, "
        f"(1 = 1), 'members', body.kind = 'party', 'invitation', '[]', {KEPT} "
        "FROM meeting_type JOIN body ON body.id = meeting_type.body_id"
    )
    op.execute("UPDATE meeting SET book_id = (SELECT id FROM rule_book WHERE rule_book.type_id = meeting.type_id)")
    op.execute("UPDATE body SET address_form = 'dong_chi' WHERE kind = 'party'")


def downgrade() -> None:
    raise RuntimeError("there is no way back: restore a backup instead")
