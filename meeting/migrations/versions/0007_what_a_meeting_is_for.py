"""What a meeting is for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("pass_points", sa.Integer(), nullable=False),
        sa.Column("split", sa.Boolean(), nullable=False),
        sa.Column("bands", sa.Text(), nullable=False),
        sa.Column("failures", sa.Text(), nullable=False),
        sa.Column("close_days", sa.Integer(), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("smallest_sample", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_evaluation_form_body_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_evaluation_form_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_form")),
        sa.UniqueConstraint("body_id", "starts_on", name=op.f("uq_evaluation_form_body_id_starts_on")),
    )
    op.create_table(
        "paper_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("signer", sa.String(length=60), nullable=False),
        sa.Column("signer_id", sa.Integer(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(signer = 'person') = (signer_id IS NOT NULL)", name=op.f("ck_paper_form_person_named")),
        sa.CheckConstraint("signer IN ('book', 'chair', 'chief', 'person')", name=op.f("ck_paper_form_signer_known")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_paper_form_body_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_paper_form_changed_by_id")),
        sa.ForeignKeyConstraint(["signer_id"], ["person.id"], name=op.f("fk_paper_form_signer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_form")),
        sa.UniqueConstraint("body_id", "kind", name=op.f("uq_paper_form_body_id_kind")),
    )
    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_procedure_body_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_procedure_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("body_id", "version", name=op.f("uq_procedure_body_id_version")),
    )
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("file", sa.String(length=300), nullable=False),
        sa.Column("module", sa.String(length=300), nullable=False),
        sa.Column("token", sa.String(length=300), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("serial", sa.String(length=300), nullable=False),
        sa.Column("fingerprint", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('pkcs12', 'pkcs11')", name=op.f("ck_signing_key_kind_known")),
        sa.CheckConstraint("(person_id IS NULL) != (body_id IS NULL)", name=op.f("ck_signing_key_one_owner")),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_signing_key_added_by_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_signing_key_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signing_key_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
    with op.batch_alter_table("signing_key") as batch_op:
        batch_op.create_index("ix_signing_key_body_id", ["body_id"], unique=False)
        batch_op.create_index("ix_signing_key_person_id", ["person_id"], unique=False)
    op.create_table(
        "criterion_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=60), nullable=False),
        sa.Column("points_tenths", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scored_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_criterion_score_meeting_id")),
        sa.ForeignKeyConstraint(["scored_by_id"], ["person.id"], name=op.f("fk_criterion_score_scored_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_score")),
        sa.UniqueConstraint("meeting_id", "criterion", name=op.f("uq_criterion_score_meeting_id_criterion")),
    )
    op.create_table(
        "sealed_answer",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_sealed_answer_meeting_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sealed_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_survey_answer_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
    )
    with op.batch_alter_table("survey_answer") as batch_op:
        batch_op.create_index("ix_survey_answer_meeting_id", ["meeting_id"], unique=False)
    op.create_table(
        "survey_box",
        sa.Column("meeting_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("smallest_sample", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_survey_box_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_survey_box")),
    )
    op.create_table(
        "survey_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_survey_turn_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_survey_turn_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_turn")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_survey_turn_meeting_id_person_id")),
    )
    op.create_table(
        "instrument_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edited_by_id"], ["person.id"], name=op.f("fk_instrument_version_edited_by_id")),
        sa.ForeignKeyConstraint(["instrument_id"], ["notice.id"], name=op.f("fk_instrument_version_instrument_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_version")),
        sa.UniqueConstraint("instrument_id", "version", name=op.f("uq_instrument_version_instrument_id_version")),
    )
    op.create_table(
        "task_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wanted_due_on", sa.Date(), nullable=True),
        sa.Column("wanted_text", sa.Text(), nullable=False),
        sa.Column("wanted_unit_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('time', 'content', 'unit')", name=op.f("ck_task_change_kind_known")),
        sa.CheckConstraint("state IN ('asked', 'granted', 'refused', 'withdrawn')", name=op.f("ck_task_change_state_known")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_task_change_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_task_change_decided_by_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_change_task_id")),
        sa.ForeignKeyConstraint(["wanted_unit_id"], ["unit.id"], name=op.f("fk_task_change_wanted_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_change")),
    )
    with op.batch_alter_table("task_change") as batch_op:
        batch_op.create_index("ix_task_change_task_id", ["task_id"], unique=False)
    op.create_table(
        "task_former_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_former_unit_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_former_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_former_unit")),
    )
    with op.batch_alter_table("task_former_unit") as batch_op:
        batch_op.create_index("ix_task_former_unit_task_id", ["task_id"], unique=False)
        batch_op.create_index("ix_task_former_unit_unit_id", ["unit_id"], unique=False)
    op.create_table(
        "task_obstacle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_task_obstacle_raised_by_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_task_obstacle_settled_by_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_obstacle_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_obstacle")),
    )
    with op.batch_alter_table("task_obstacle") as batch_op:
        batch_op.create_index("ix_task_obstacle_task_id", ["task_id"], unique=False)
    op.create_table(
        "task_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_task_review_by_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_review_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_review")),
        sa.UniqueConstraint("task_id", "month", name=op.f("uq_task_review_task_id_month")),
    )
    op.create_table(
        "task_step_file",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_task_step_file_file_id")),
        sa.ForeignKeyConstraint(["step_id"], ["task_step.id"], name=op.f("fk_task_step_file_step_id")),
        sa.PrimaryKeyConstraint("step_id", "file_id", name=op.f("pk_task_step_file")),
    )
    with op.batch_alter_table("task_step_file") as batch_op:
        batch_op.create_index(batch_op.f("ix_task_step_file_file_id"), ["file_id"], unique=False)
    with op.batch_alter_table("body") as batch_op:
        batch_op.add_column(sa.Column("numbering", sa.String(length=60), server_default="system", nullable=False))
    with op.batch_alter_table("body_channels") as batch_op:
        batch_op.add_column(sa.Column("task_days", sa.String(length=60), server_default="3 1 0", nullable=False))
        batch_op.add_column(sa.Column("task_again_days", sa.Integer(), server_default="3", nullable=False))
        batch_op.add_column(sa.Column("task_leader_days", sa.Integer(), server_default="5", nullable=False))
        batch_op.add_column(sa.Column("task_result_days", sa.Integer(), server_default="3", nullable=False))
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(sa.Column("body_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_delivery_body_id"), ["body_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_delivery_body_id"), "body", ["body_id"], ["id"])
    with op.batch_alter_table("meeting_grade") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_meeting_grade_shade_known"), type_="check")
        batch_op.add_column(sa.Column("points_tenths", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("computed", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("override_reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("evidence", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("late", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(batch_op.f("ck_meeting_grade_shade_known"), "shade IN ('', 'good', 'fair')")
    with op.batch_alter_table("minutes") as batch_op:
        batch_op.add_column(sa.Column("second_signed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("second_signed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("correcting", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("corrections", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("sealing", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("laid_out_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("signed_file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("verify_code", sa.String(length=60), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_minutes_verify_code"), ["verify_code"])
        batch_op.create_foreign_key(batch_op.f("fk_minutes_second_signed_by_id"), "person", ["second_signed_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_minutes_laid_out_id"), "file", ["laid_out_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_minutes_signed_file_id"), "file", ["signed_file_id"], ["id"])
    with op.batch_alter_table("minutes_version") as batch_op:
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("signed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("second_signed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("second_signed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("document_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_minutes_version_document_id"), "file", ["document_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_minutes_version_signed_by_id"), "person", ["signed_by_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_minutes_version_second_signed_by_id"), "person", ["second_signed_by_id"], ["id"]
        )
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_notice_state_known"), type_="check")
        batch_op.add_column(sa.Column("family", sa.String(length=60), server_default="conclusion", nullable=False))
        batch_op.add_column(sa.Column("kind", sa.String(length=60), server_default="TB", nullable=False))
        batch_op.add_column(sa.Column("item_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("question_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("grounds", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("authority", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("signer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("edited_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("sealing", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("numbered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("numbered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("locked_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("laid_out_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("signed_file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("text_digest", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("verify_code", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("published_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("relation", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("relation_reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sent_up_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("sent_up_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sent_up_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("sent_up_to", sa.String(length=300), server_default="", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_notice_meeting_id"), type_="unique")
        batch_op.create_index("ix_notice_about_id", ["about_id"], unique=False)
        batch_op.create_index("ix_notice_meeting_id", ["meeting_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_notice_verify_code"), ["verify_code"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_locked_by_id"), "person", ["locked_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_laid_out_id"), "file", ["laid_out_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_item_id"), "item", ["item_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_edited_by_id"), "person", ["edited_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_signed_file_id"), "file", ["signed_file_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_numbered_by_id"), "person", ["numbered_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_sent_up_by_id"), "person", ["sent_up_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_about_id"), "notice", ["about_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_question_id"), "question", ["question_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_published_by_id"), "person", ["published_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_signer_id"), "person", ["signer_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_notice_relation_known"), "relation IN ('', 'corrects', 'replaces', 'withdraws')"
        )
        batch_op.create_check_constraint(batch_op.f("ck_notice_relation_names_document"), "(relation = '') = (about_id IS NULL)")
        batch_op.create_check_constraint(
            batch_op.f("ck_notice_state_known"), "state IN ('draft', 'approved', 'signed', 'numbered', 'issued')"
        )
    with op.batch_alter_table("notice_line") as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("officer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("process", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("carries_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("edited_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_notice_line_edited_by_id"), "person", ["edited_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_line_carries_id"), "notice_line", ["carries_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_line_officer_id"), "person", ["officer_id"], ["id"])
    with op.batch_alter_table("rule_book") as batch_op:
        batch_op.add_column(sa.Column("minutes_signers", sa.String(length=60), server_default="both", nullable=False))
        batch_op.add_column(sa.Column("longest_minutes", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_task_state_known"), type_="check")
        batch_op.add_column(sa.Column("body_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("origin", sa.String(length=60), server_default="line", nullable=False))
        batch_op.add_column(sa.Column("source_symbol", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("source_issuer", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("source_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("source_file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("process", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("officer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("assigner_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("is_key", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("urgency", sa.String(length=60), server_default="normal", nullable=False))
        batch_op.add_column(sa.Column("no_due", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("given", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("accepted_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cancel_reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("released_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("public_text", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("public_result", sa.Text(), server_default="", nullable=False))
        batch_op.alter_column("meeting_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("notice_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("line_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index("ix_task_body", ["body_id", "state"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_task_source_file_id"), "file", ["source_file_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_task_released_by_id"), "person", ["released_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_task_officer_id"), "person", ["officer_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_task_accepted_by_id"), "person", ["accepted_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_task_body_id"), "body", ["body_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_task_assigner_id"), "person", ["assigner_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_task_line_known"), "origin != 'line' OR line_id IS NOT NULL")
        batch_op.create_check_constraint(batch_op.f("ck_task_origin_known"), "origin IN ('line', 'superior', 'own')")
        batch_op.create_check_constraint(
            batch_op.f("ck_task_state_known"),
            "state IN ('draft', 'assigned', 'received', 'in_progress', 'reported', 'accepted', 'cancelled')",
        )
    with op.batch_alter_table("task_step") as batch_op:
        batch_op.add_column(sa.Column("text_before", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("unit_before_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("unit_after_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_task_step_unit_before_id"), "unit", ["unit_before_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_task_step_unit_after_id"), "unit", ["unit_after_id"], ["id"])
    with op.batch_alter_table("paper_grade") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_paper_grade_shade_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_paper_grade_shade_known"), "shade IN ('', 'good', 'fair')")
    with op.batch_alter_table("passage") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_passage_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_passage_kind_known"),
            "kind IN ('notice', 'resolution', 'minutes', 'paper', 'item', 'question', 'task', 'opinion', 'promise')",
        )
    with op.batch_alter_table("statement_grade") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_statement_grade_shade_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_statement_grade_shade_known"), "shade IN ('', 'good', 'fair')")
    op.execute("UPDATE task SET body_id = (SELECT meeting.body_id FROM meeting WHERE meeting.id = task.meeting_id)")
    with op.batch_alter_table("task") as batch_op:
        batch_op.alter_column("body_id", existing_type=sa.Integer(), nullable=False)
    op.execute("UPDATE rule_book SET minutes_signers = 'chief' WHERE signer = 'chief'")


def downgrade() -> None:
    raise RuntimeError("there is no way back: restore a backup instead")
