"""The running meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('regular', 'special')", name=op.f("ck_council_session_kind_known")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_council_session_ends_after_start")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_council_session_body_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_council_session_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_session")),
    )
    with op.batch_alter_table("council_session") as batch_op:
        batch_op.create_index(batch_op.f("ix_council_session_body_id"), ["body_id"], unique=False)
    op.create_table(
        "help_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_help_call_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_help_call_person_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["person.id"], name=op.f("fk_help_call_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_call")),
    )
    with op.batch_alter_table("help_call") as batch_op:
        batch_op.create_index(batch_op.f("ix_help_call_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_help_call_one_open",
            ["meeting_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
    op.create_table(
        "presence_span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(length=60), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.String(length=60), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "presence IN ('present', 'late', 'left', 'remote', 'excused', 'absent')", name=op.f("ck_presence_span_presence_known")
        ),
        sa.CheckConstraint("until_at IS NULL OR until_at >= from_at", name=op.f("ck_presence_span_ends_after_start")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_presence_span_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presence_span_person_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_presence_span_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_span")),
    )
    with op.batch_alter_table("presence_span") as batch_op:
        batch_op.create_index("ix_presence_span_of", ["meeting_id", "person_id", "from_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_presence_span_person_id"), ["person_id"], unique=False)
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_handover_from_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_handover_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_handover_meeting_id")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_handover_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover") as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_meeting_id"), ["meeting_id"], unique=False)
    op.create_table(
        "item_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_run_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_item_run_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_run")),
    )
    with op.batch_alter_table("item_run") as batch_op:
        batch_op.create_index(batch_op.f("ix_item_run_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_run_meeting_id"), ["meeting_id"], unique=False)
    op.create_table(
        "minutes_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edited_by_id"], ["person.id"], name=op.f("fk_minutes_part_edited_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_minutes_part_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_part_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_part")),
        sa.UniqueConstraint("meeting_id", "item_id", name=op.f("uq_minutes_part_meeting_id_item_id")),
    )
    op.create_table(
        "question_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('planned', 'open', 'stopped', 'ended')", name=op.f("ck_question_group_state_known")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_question_group_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_question_group_meeting_id")),
        sa.ForeignKeyConstraint(["respondent_id"], ["person.id"], name=op.f("fk_question_group_respondent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_group")),
    )
    with op.batch_alter_table("question_group") as batch_op:
        batch_op.create_index("ix_question_group_meeting", ["meeting_id", "position"], unique=False)
        batch_op.create_index(
            "uq_question_group_one_open",
            ["meeting_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
    op.create_table(
        "script",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edited_by_id"], ["person.id"], name=op.f("fk_script_edited_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_script_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_script_meeting_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_script")),
    )
    with op.batch_alter_table("script") as batch_op:
        batch_op.create_index(batch_op.f("ix_script_meeting_id"), ["meeting_id"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("opinion_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"], name=op.f("fk_agreement_opinion_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreement_person_id")),
        sa.PrimaryKeyConstraint("opinion_id", "person_id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "group_agreement",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["question_group.id"], name=op.f("fk_group_agreement_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_agreement_person_id")),
        sa.PrimaryKeyConstraint("group_id", "person_id", name=op.f("pk_group_agreement")),
    )
    op.create_table(
        "minutes_part_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edited_by_id"], ["person.id"], name=op.f("fk_minutes_part_version_edited_by_id")),
        sa.ForeignKeyConstraint(["part_id"], ["minutes_part.id"], name=op.f("fk_minutes_part_version_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_part_version")),
        sa.UniqueConstraint("part_id", "version", name=op.f("uq_minutes_part_version_part_id_version")),
    )
    op.create_table(
        "answer_view",
        sa.Column("floor_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("clear", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name=op.f("fk_answer_view_floor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_view_person_id")),
        sa.PrimaryKeyConstraint("floor_id", "person_id", name=op.f("pk_answer_view")),
    )
    op.create_table(
        "inquiry",
        sa.Column("floor_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_reason", sa.String(length=60), nullable=False),
        sa.Column("written_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_note", sa.Text(), nullable=False),
        sa.Column("answer_file_id", sa.Integer(), nullable=True),
        sa.Column("answer_noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answer_file_id"], ["file.id"], name=op.f("fk_inquiry_answer_file_id")),
        sa.ForeignKeyConstraint(["answer_noted_by_id"], ["person.id"], name=op.f("fk_inquiry_answer_noted_by_id")),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name=op.f("fk_inquiry_floor_id")),
        sa.PrimaryKeyConstraint("floor_id", name=op.f("pk_inquiry")),
    )
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("floor_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("kept_note", sa.Text(), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_file_id", sa.Integer(), nullable=True),
        sa.Column("kept_link", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.Column("answer_text", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'kept', 'lapsed')", name=op.f("ck_promise_state_known")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_promise_body_id")),
        sa.ForeignKeyConstraint(["floor_id"], ["floor.id"], name=op.f("fk_promise_floor_id")),
        sa.ForeignKeyConstraint(["group_id"], ["question_group.id"], name=op.f("fk_promise_group_id")),
        sa.ForeignKeyConstraint(["kept_by_id"], ["person.id"], name=op.f("fk_promise_kept_by_id")),
        sa.ForeignKeyConstraint(["kept_file_id"], ["file.id"], name=op.f("fk_promise_kept_file_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_promise_meeting_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_promise_noted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_promise_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_promise_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise") as batch_op:
        batch_op.create_index("ix_promise_due", ["body_id", "state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_promise_meeting_id"), ["meeting_id"], unique=False)
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("easy", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("attendance") as batch_op:
        batch_op.add_column(sa.Column("how", sa.String(length=60), server_default="", nullable=False))
    with op.batch_alter_table("floor") as batch_op:
        batch_op.add_column(sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("paused_seconds", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("skipped", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("written", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("answers_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("grade", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("grade_note", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("graded_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_floor_graded_by_id"), "person", ["graded_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_floor_entered_by_id"), "person", ["entered_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_floor_answers_id"), "floor", ["answers_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_floor_group_id"), "question_group", ["group_id"], ["id"])
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.add_column(sa.Column("presider_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("resumes_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("session_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("sitting", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_meeting_group_id"), "member_group", ["group_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_meeting_presider_id"), "person", ["presider_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_meeting_session_id"), "council_session", ["session_id"], ["id"])
    with op.batch_alter_table("opinion") as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("document_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("page", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_opinion_parent_id"), ["parent_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_opinion_document_id"), "file", ["document_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_opinion_parent_id"), "opinion", ["parent_id"], ["id"])
    with op.batch_alter_table("participant") as batch_op:
        batch_op.add_column(sa.Column("presidium", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("progress") as batch_op:
        batch_op.add_column(sa.Column("scene", sa.String(length=60), server_default="auto", nullable=False))
        batch_op.add_column(sa.Column("scene_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("scene_ref", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("scene_text", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("adjourned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("floor_closed", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("rule_book") as batch_op:
        batch_op.add_column(sa.Column("answer_seconds", sa.Integer(), server_default="180", nullable=False))
        batch_op.add_column(sa.Column("warn_seconds", sa.Integer(), server_default="30", nullable=False))
        batch_op.add_column(sa.Column("floor_order", sa.String(length=60), server_default="registration", nullable=False))
        batch_op.add_column(sa.Column("debate_first", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("turns_per_item", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("check_in", sa.String(length=60), server_default="self", nullable=False))
        batch_op.add_column(sa.Column("remote", sa.String(length=60), server_default="full", nullable=False))
    with op.batch_alter_table("passage") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_passage_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_passage_kind_known"),
            "kind IN ('notice', 'minutes', 'paper', 'item', 'question', 'task', 'opinion', 'promise')",
        )
    op.execute("UPDATE rule_book SET answer_seconds = explain_seconds")  # they had one clock
    op.execute(
        "INSERT INTO presence_span (meeting_id, person_id, presence, from_at, until_at, how) "
        "SELECT a.meeting_id, a.person_id, CASE a.presence WHEN 'left' THEN 'present' ELSE a.presence END, a.arrived_at, "
        "CASE WHEN COALESCE(a.left_at, m.closed_at) < a.arrived_at THEN a.arrived_at ELSE COALESCE(a.left_at, m.closed_at) END, '' "
        "FROM attendance a JOIN meeting m ON m.id = a.meeting_id "
        "WHERE a.arrived_at IS NOT NULL AND a.presence IN ('present', 'late', 'remote', 'left')"
    )  # who was here, as one stretch each
    op.execute(
        "INSERT INTO item_run (meeting_id, item_id, started_at, ended_at) "
        "SELECT meeting_id, id, started_at, ended_at FROM item WHERE started_at IS NOT NULL AND ended_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO item_run (meeting_id, item_id, started_at) SELECT m.id, m.current_item_id, p.item_since "
        "FROM meeting m JOIN progress p ON p.meeting_id = m.id WHERE m.current_item_id IS NOT NULL AND p.item_since IS NOT NULL"
    )


def downgrade() -> None:
    raise RuntimeError("there is no way back: restore a backup instead")
