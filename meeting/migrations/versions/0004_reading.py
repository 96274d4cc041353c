"""Reading on the tablet."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('delegation', 'committee', 'other')", name=op.f("ck_member_group_kind_known")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_member_group_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_group")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_member_group_body_id_name")),
    )
    with op.batch_alter_table("member_group") as batch_op:
        batch_op.create_index(batch_op.f("ix_member_group_body_id"), ["body_id"], unique=False)
    op.create_table(
        "group_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.CheckConstraint("post IN ('head', 'deputy', 'member')", name=op.f("ck_group_member_post_known")),
        sa.ForeignKeyConstraint(["group_id"], ["member_group.id"], name=op.f("fk_group_member_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_group_member_group_id_person_id")),
    )
    with op.batch_alter_table("group_member") as batch_op:
        batch_op.create_index("ix_group_member_person_id", ["person_id"], unique=False)
    op.create_table(
        "shelf_folder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["shelf_folder.id"], name=op.f("fk_shelf_folder_parent_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_shelf_folder_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_folder")),
    )
    with op.batch_alter_table("shelf_folder") as batch_op:
        batch_op.create_index("ix_shelf_folder_person", ["person_id", "parent_id"], unique=False)
    op.create_table(
        "copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("bearer", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pages_done", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refusal", sa.String(length=60), nullable=False),
        sa.Column("overlay", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind IN ('stamped', 'noted')", name=op.f("ck_copy_kind_known")),
        sa.CheckConstraint("state IN ('waiting', 'making', 'ready', 'refused', 'expired')", name=op.f("ck_copy_state_known")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_copy_file_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_copy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy")),
    )
    with op.batch_alter_table("copy") as batch_op:
        batch_op.create_index("ix_copy_expires_at", ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_copy_file_id"), ["file_id"], unique=False)
        batch_op.create_index("ix_copy_person_id", ["person_id", "asked_at"], unique=False)
    op.create_table(
        "shelf_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thrown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_shelf_paper_file_id")),
        sa.ForeignKeyConstraint(["folder_id"], ["shelf_folder.id"], name=op.f("fk_shelf_paper_folder_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_shelf_paper_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_paper")),
        sa.UniqueConstraint("person_id", "file_id", name=op.f("uq_shelf_paper_person_id_file_id")),
    )
    with op.batch_alter_table("shelf_paper") as batch_op:
        batch_op.create_index(batch_op.f("ix_shelf_paper_file_id"), ["file_id"], unique=False)
        batch_op.create_index("ix_shelf_paper_folder", ["person_id", "folder_id"], unique=False)
    op.create_table(
        "shelf_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_shelf_text_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_text")),
        sa.UniqueConstraint("file_id", "page", name=op.f("uq_shelf_text_file_id_page")),
    )
    op.create_table(
        "tablet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("storage", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_tablet_account_id")),
        sa.ForeignKeyConstraint(["revoked_by"], ["person.id"], name=op.f("fk_tablet_revoked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablet")),
        sa.UniqueConstraint("key_sha256", "account_id", name=op.f("uq_tablet_key_sha256_account_id")),
    )
    with op.batch_alter_table("tablet") as batch_op:
        batch_op.create_index(batch_op.f("ix_tablet_account_id"), ["account_id"], unique=False)
    op.create_table(
        "page_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("color", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("strokes", sa.Text(), nullable=False),
        sa.Column("shared", sa.String(length=60), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("told_stamp", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conflict_of", sa.String(length=36), nullable=True),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("carried_revision", sa.Integer(), nullable=True),
        sa.Column("touched", sa.Boolean(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(shared = 'group') = (group_id IS NOT NULL)", name=op.f("ck_page_note_group_only_of_groups")),
        sa.CheckConstraint("color IN ('yellow', 'green', 'pink', 'blue', 'red', 'ink')", name=op.f("ck_page_note_color_known")),
        sa.CheckConstraint("kind IN ('highlight', 'ink', 'sticky', 'bookmark')", name=op.f("ck_page_note_kind_known")),
        sa.CheckConstraint("shared = 'me' OR meeting_id IS NOT NULL", name=op.f("ck_page_note_shared_in_a_meeting")),
        sa.CheckConstraint("shared IN ('me', 'group', 'meeting')", name=op.f("ck_page_note_shared_known")),
        sa.CheckConstraint("(carried_from_id IS NULL) = (carried_revision IS NULL)", name=op.f("ck_page_note_carried_whole")),
        sa.CheckConstraint("lost = false OR carried_from_id IS NOT NULL", name=op.f("ck_page_note_lost_ones_were_carried")),
        sa.CheckConstraint("page >= 1", name=op.f("ck_page_note_page_from_one")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_page_note_revision_from_one")),
        sa.ForeignKeyConstraint(["carried_from_id"], ["page_note.id"], name=op.f("fk_page_note_carried_from_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_page_note_file_id")),
        sa.ForeignKeyConstraint(["group_id"], ["member_group.id"], name=op.f("fk_page_note_group_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_page_note_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_page_note_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_note")),
        sa.UniqueConstraint("carried_from_id", name=op.f("uq_page_note_carried_from_id")),
        sa.UniqueConstraint("file_id", "person_id", "key", name=op.f("uq_page_note_file_id_person_id_key")),
    )
    with op.batch_alter_table("page_note") as batch_op:
        batch_op.create_index("ix_page_note_group_id", ["group_id"], unique=False)
        batch_op.create_index("ix_page_note_meeting_id", ["meeting_id"], unique=False)
        batch_op.create_index("ix_page_note_person_id", ["person_id"], unique=False)
    with op.batch_alter_table("compared_page") as batch_op:
        batch_op.add_column(sa.Column("rough", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("packed_marks", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("comparison") as batch_op:
        batch_op.add_column(sa.Column("marked", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("file") as batch_op:
        batch_op.add_column(sa.Column("outline", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("signatures", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("notes", sa.Text(), nullable=True))
    with op.batch_alter_table("progress") as batch_op:
        batch_op.add_column(sa.Column("shown_from", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("point", sa.Text(), nullable=True))
    with op.batch_alter_table("reading_mark") as batch_op:
        batch_op.add_column(sa.Column("seconds", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("requirement") as batch_op:
        batch_op.add_column(sa.Column("takeable", sa.String(length=60), server_default="original", nullable=False))
    # each private note of a page becomes a sticky note of the same person on that page
    op.execute(
        "INSERT INTO page_note (file_id, person_id, key, meeting_id, page, kind, color, text, anchor, strokes, shared, "
        "revision, stamp, told_stamp, made_at, changed_at, touched, lost) "
        "SELECT note.file_id, note.person_id, "
        "'00000000-0000-4000-8000-' || substr(CAST(1000000000000 + note.id AS VARCHAR(13)), 2, 12), "
        "(SELECT MIN(requirement.meeting_id) FROM submission JOIN requirement ON requirement.id = submission.requirement_id "
        "WHERE submission.file_id = note.file_id), "
        "note.page, 'sticky', 'yellow', note.text, '{\"at\":[940,40],\"boxes\":[]}', '[]', 'me', "
        "1, note.id, 0, note.written_at, note.written_at, false, false FROM note"
    )
    with op.batch_alter_table("note") as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_person_id"))
    op.drop_table("note")


def downgrade() -> None:
    raise RuntimeError("there is no way back: restore a backup instead")
