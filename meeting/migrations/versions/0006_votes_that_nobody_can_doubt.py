"""Votes that nobody can doubt."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counting_committee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("elected_by_id", sa.Integer(), nullable=True),
        sa.Column("formed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("formed_by_id", sa.Integer(), nullable=False),
        sa.Column("dissolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["formed_by_id"], ["person.id"], name=op.f("fk_counting_committee_formed_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_counting_committee_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counting_committee")),
    )
    with op.batch_alter_table("counting_committee") as batch_op:
        batch_op.create_index(batch_op.f("ix_counting_committee_meeting_id"), ["meeting_id"], unique=False)
    op.create_table(
        "vote_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_vote_review_ended_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_vote_review_meeting_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["person.id"], name=op.f("fk_vote_review_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_review")),
    )
    with op.batch_alter_table("vote_review") as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_review_meeting_id"), ["meeting_id"], unique=False)
    op.create_table(
        "counting_seat",
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["counting_committee.id"], name=op.f("fk_counting_seat_committee_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_counting_seat_person_id")),
        sa.PrimaryKeyConstraint("committee_id", "person_id", name=op.f("pk_counting_seat")),
    )
    op.create_table(
        "opinion_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("tie", sa.String(length=60), nullable=False),
        sa.Column("ground", sa.String(length=60), nullable=False),
        sa.Column("ground_text", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("signed_reply", sa.String(length=60), nullable=False),
        sa.Column("changeable", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("decision", sa.String(length=60), nullable=False),
        sa.Column("decision_text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reported_meeting_id", sa.Integer(), nullable=True),
        sa.Column("reported_item_id", sa.Integer(), nullable=True),
        sa.Column("synthesis_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("decision IN ('', 'approved', 'to_session', 'refused')", name=op.f("ck_opinion_round_decision_known")),
        sa.CheckConstraint("signed_reply IN ('none', 'optional', 'required')", name=op.f("ck_opinion_round_signed_reply_known")),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed', 'decided', 'cancelled')", name=op.f("ck_opinion_round_state_known")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_opinion_round_body_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_opinion_round_closed_by_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_opinion_round_created_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_opinion_round_decided_by_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_opinion_round_officer_id")),
        sa.ForeignKeyConstraint(["reported_item_id"], ["item.id"], name=op.f("fk_opinion_round_reported_item_id")),
        sa.ForeignKeyConstraint(["reported_meeting_id"], ["meeting.id"], name=op.f("fk_opinion_round_reported_meeting_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_opinion_round_sent_by_id")),
        sa.ForeignKeyConstraint(["synthesis_id"], ["file.id"], name=op.f("fk_opinion_round_synthesis_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_opinion_round_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_round")),
    )
    with op.batch_alter_table("opinion_round") as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_round_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opinion_round_reported_meeting_id"), ["reported_meeting_id"], unique=False)
        batch_op.create_index("ix_opinion_round_state", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_opinion_round_synthesis_id"), ["synthesis_id"], unique=False)
    op.create_table(
        "question_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("office", sa.String(length=300), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_question_line_person_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_line_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_line")),
        sa.UniqueConstraint("question_id", "position", name=op.f("uq_question_line_question_id_position")),
    )
    with op.batch_alter_table("question_line") as batch_op:
        batch_op.create_index(batch_op.f("ix_question_line_question_id"), ["question_id"], unique=False)
    op.create_table(
        "ready_mark",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ready_mark_person_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_ready_mark_question_id")),
        sa.PrimaryKeyConstraint("question_id", "person_id", name=op.f("pk_ready_mark")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "round_answer",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_round_answer_entered_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_round_answer_file_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_round_answer_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["opinion_round.id"], name=op.f("fk_round_answer_round_id")),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f("pk_round_answer")),
    )
    with op.batch_alter_table("round_answer") as batch_op:
        batch_op.create_index(batch_op.f("ix_round_answer_file_id"), ["file_id"], unique=False)
    op.create_table(
        "round_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("old_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("new_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_round_extension_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["opinion_round.id"], name=op.f("fk_round_extension_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_extension")),
    )
    with op.batch_alter_table("round_extension") as batch_op:
        batch_op.create_index(batch_op.f("ix_round_extension_round_id"), ["round_id"], unique=False)
    op.create_table(
        "round_member",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_round_member_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["opinion_round.id"], name=op.f("fk_round_member_round_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_round_member_unit_id")),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f("pk_round_member")),
    )
    with op.batch_alter_table("round_member") as batch_op:
        batch_op.create_index(batch_op.f("ix_round_member_person_id"), ["person_id"], unique=False)
    op.create_table(
        "round_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_round_paper_added_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_round_paper_file_id")),
        sa.ForeignKeyConstraint(["round_id"], ["opinion_round.id"], name=op.f("fk_round_paper_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_paper")),
        sa.UniqueConstraint("round_id", "file_id", name=op.f("uq_round_paper_round_id_file_id")),
    )
    with op.batch_alter_table("round_paper") as batch_op:
        batch_op.create_index(batch_op.f("ix_round_paper_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_paper_round_id"), ["round_id"], unique=False)
    op.create_table(
        "spoken_ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=60), nullable=False),
        sa.Column("marks", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'confirmed', 'refused', 'lapsed')", name=op.f("ck_spoken_ballot_state_known")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_spoken_ballot_decided_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_spoken_ballot_entered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_spoken_ballot_person_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_spoken_ballot_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoken_ballot")),
    )
    with op.batch_alter_table("spoken_ballot") as batch_op:
        batch_op.create_index(batch_op.f("ix_spoken_ballot_question_id"), ["question_id"], unique=False)
    with op.batch_alter_table("bare_ballot") as batch_op:
        batch_op.add_column(sa.Column("line_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("body") as batch_op:
        batch_op.add_column(sa.Column("term", sa.String(length=300), server_default="", nullable=False))
    with op.batch_alter_table("open_ballot") as batch_op:
        batch_op.add_column(sa.Column("marks", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("spoken", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("question") as batch_op:
        batch_op.add_column(sa.Column("form", sa.String(length=60), server_default="matter", nullable=False))
        batch_op.add_column(sa.Column("on_paper", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("seats", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("office", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("explanation", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("position", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("seconds", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("again_of_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("round", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("basis", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("committee_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("figures", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("figures_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("figures_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("figures_confirmed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("figures_confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("opened_present", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("quorum_need", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_question_again_of_id"), "question", ["again_of_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_question_figures_by_id"), "person", ["figures_by_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_question_figures_confirmed_by_id"), "person", ["figures_confirmed_by_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_question_committee_id"), "counting_committee", ["committee_id"], ["id"])
    with op.batch_alter_table("result") as batch_op:
        batch_op.add_column(sa.Column("lines", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("invalid", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("issued", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("returned", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("here", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("quorum_need", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("quorum_met", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("spoken", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("salt", sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column("settled_side", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("settled_text", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("settled_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_result_settled_by_id"), "person", ["settled_by_id"], ["id"])
    with op.batch_alter_table("rule_book") as batch_op:
        batch_op.add_column(sa.Column("elections", sa.String(length=60), server_default="each", nullable=False))
        batch_op.add_column(sa.Column("electronic_votes", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("missing_names", sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    raise RuntimeError("there is no way back: restore a backup instead")
