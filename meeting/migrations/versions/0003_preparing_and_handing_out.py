"""Preparing and handing out."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_since",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_since")),
        sa.UniqueConstraint("subject", "subject_id", name=op.f("uq_waiting_since_subject_subject_id")),
    )
    op.create_table(
        "body_channels",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("quiet_starts", sa.String(length=60), nullable=False),
        sa.Column("quiet_ends", sa.String(length=60), nullable=False),
        sa.Column("quiet_days_off", sa.Boolean(), nullable=False),
        sa.Column("sms_marks", sa.Boolean(), nullable=False),
        sa.Column("sms_parts", sa.Integer(), nullable=False),
        sa.Column("sms_daily", sa.Integer(), nullable=False),
        sa.Column("paper_days", sa.String(length=60), nullable=False),
        sa.Column("head_after", sa.Integer(), nullable=False),
        sa.Column("head_unit", sa.String(length=60), nullable=False),
        sa.Column("answer_days", sa.String(length=60), nullable=False),
        sa.Column("waiting_days", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_channels_body_id")),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_body_channels")),
    )
    op.create_table(
        "body_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("channels", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_choice_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_choice")),
        sa.UniqueConstraint("body_id", "group", "role", name=op.f("uq_body_choice_body_id_group_role")),
    )
    op.create_table(
        "week_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chair", sa.String(length=300), nullable=False),
        sa.Column("people", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_week_entry_ends_after_start")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_week_entry_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_entry")),
    )
    with op.batch_alter_table("week_entry") as batch_op:
        batch_op.create_index("ix_week_entry_body", ["body_id", "starts_at"], unique=False)
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("shows_closed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("sha256", name=op.f("uq_calendar_feed_sha256")),
    )
    with op.batch_alter_table("calendar_feed") as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_person_id"), ["person_id"], unique=False)
    op.create_table(
        "meeting_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_series_body_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_meeting_series_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
    )
    op.create_table(
        "meeting_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("pieces", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_template_body_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_meeting_template_created_by")),
        sa.ForeignKeyConstraint(["type_id"], ["meeting_type.id"], name=op.f("fk_meeting_template_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_template")),
    )
    with op.batch_alter_table("meeting_template") as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_template_body_id"), ["body_id"], unique=False)
    op.create_table(
        "person_channels",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("quiet_starts", sa.String(length=60), nullable=False),
        sa.Column("quiet_ends", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_channels_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_channels")),
    )
    op.create_table(
        "person_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.Column("switched_off", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_choice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_choice")),
        sa.UniqueConstraint("person_id", "group", name=op.f("uq_person_choice_person_id_group")),
    )
    op.create_table(
        "push_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(length=300), nullable=False),
        sa.Column("auth", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_push_device_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_device")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_device_endpoint")),
    )
    with op.batch_alter_table("push_device") as batch_op:
        batch_op.create_index("ix_push_device_person_id", ["person_id"], unique=False)
    op.create_table(
        "week_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("lines", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("full_document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'published')", name=op.f("ck_week_programme_state_known")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_week_programme_body_id")),
        sa.ForeignKeyConstraint(["document_id"], ["file.id"], name=op.f("fk_week_programme_document_id")),
        sa.ForeignKeyConstraint(["full_document_id"], ["file.id"], name=op.f("fk_week_programme_full_document_id")),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_week_programme_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_programme")),
        sa.UniqueConstraint("body_id", "monday", name=op.f("uq_week_programme_body_id_monday")),
    )
    op.create_table(
        "calendar_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=60), nullable=False),
        sa.Column("raised", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_calendar_invitation_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_invitation")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_calendar_invitation_meeting_id_person_id")),
        sa.UniqueConstraint("token", name=op.f("uq_calendar_invitation_token")),
    )
    with op.batch_alter_table("calendar_invitation") as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_invitation_person_id"), ["person_id"], unique=False)
    op.create_table(
        "calendar_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("called_off", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_calendar_state_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_state")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_calendar_state_meeting_id")),
    )
    op.create_table(
        "guest_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_guest_link_made_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_guest_link_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_guest_link_person_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["person.id"], name=op.f("fk_guest_link_revoked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_link")),
        sa.UniqueConstraint("sha256", name=op.f("uq_guest_link_sha256")),
    )
    with op.batch_alter_table("guest_link") as batch_op:
        batch_op.create_index("ix_guest_link_meeting_id", ["meeting_id", "person_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("annex", sa.Text(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("number_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('invitation', 'decision')", name=op.f("ck_invitation_kind_known")),
        sa.CheckConstraint(
            "state != 'issued' OR (number_id IS NOT NULL AND issued_on IS NOT NULL)", name=op.f("ck_invitation_issued_numbered")
        ),
        sa.CheckConstraint("state = 'draft' OR signed_at IS NOT NULL", name=op.f("ck_invitation_signed_when")),
        sa.CheckConstraint("state IN ('draft', 'signed', 'issued')", name=op.f("ck_invitation_state_known")),
        sa.ForeignKeyConstraint(["document_id"], ["file.id"], name=op.f("fk_invitation_document_id")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["person.id"], name=op.f("fk_invitation_drafted_by_id")),
        sa.ForeignKeyConstraint(["edited_by_id"], ["person.id"], name=op.f("fk_invitation_edited_by_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_invitation_issued_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_invitation_meeting_id")),
        sa.ForeignKeyConstraint(["number_id"], ["official_number.id"], name=op.f("fk_invitation_number_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["invitation.id"], name=op.f("fk_invitation_replaces_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["person.id"], name=op.f("fk_invitation_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("number_id", name=op.f("uq_invitation_number_id")),
    )
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_meeting_id"), ["meeting_id"], unique=False)
    op.create_table(
        "look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_look_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_look_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
        sa.UniqueConstraint("person_id", "meeting_id", name=op.f("uq_look_person_id_meeting_id")),
    )
    op.create_table(
        "mailed_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("sender", sa.String(length=300), nullable=False),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("delegate", sa.String(length=300), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["delegate_id"], ["person.id"], name=op.f("fk_mailed_reply_delegate_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_mailed_reply_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mailed_reply_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_reply")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mailed_reply_message_id")),
    )
    with op.batch_alter_table("mailed_reply") as batch_op:
        batch_op.create_index(batch_op.f("ix_mailed_reply_meeting_id"), ["meeting_id"], unique=False)
    op.create_table(
        "programme_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_programme_version_made_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_programme_version_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_programme_version_meeting_id_number")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('sent', 'passed')", name=op.f("ck_reminder_state_known")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_reminder_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("key", name=op.f("uq_reminder_key")),
    )
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.create_index("ix_reminder_subject", ["subject", "subject_id"], unique=False)
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_seat_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("meeting_id", "label", name=op.f("uq_seat_meeting_id_label")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_seat_meeting_id_person_id")),
    )
    op.create_table(
        "seating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("room_version", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_seating_meeting_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_seating_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seating")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_seating_meeting_id")),
    )
    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'consented', 'refused', 'withdrawn')", name=op.f("ck_substitution_state_known")),
        sa.CheckConstraint("person_id != substitute_id", name=op.f("ck_substitution_somebody_else")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_substitution_decided_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_substitution_meeting_id")),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name=op.f("fk_substitution_named_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_substitution_person_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["person.id"], name=op.f("fk_substitution_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    with op.batch_alter_table("substitution") as batch_op:
        batch_op.create_index("ix_substitution_meeting_id", ["meeting_id", "state"], unique=False)
    op.create_table(
        "further_presenter",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_further_presenter_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_further_presenter_person_id")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_further_presenter")),
    )
    op.create_table(
        "due_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("overdue_minutes", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('rule', 'office', 'granted', 'returned')", name=op.f("ck_due_change_kind_known")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_due_change_changed_by")),
        sa.ForeignKeyConstraint(["requirement_id"], ["requirement.id"], name=op.f("fk_due_change_requirement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_change")),
    )
    with op.batch_alter_table("due_change") as batch_op:
        batch_op.create_index("ix_due_change_requirement_id", ["requirement_id"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column("wanted_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("granted_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'granted', 'refused', 'overtaken')", name=op.f("ck_extension_state_known")),
        sa.CheckConstraint("late_minutes >= 0", name=op.f("ck_extension_late_not_negative")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_extension_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_extension_decided_by")),
        sa.ForeignKeyConstraint(["requirement_id"], ["requirement.id"], name=op.f("fk_extension_requirement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    with op.batch_alter_table("extension") as batch_op:
        batch_op.create_index("ix_extension_requirement_id", ["requirement_id"], unique=False)
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("audience IN ('members', 'guests')", name=op.f("ck_release_audience_known")),
        sa.ForeignKeyConstraint(["requirement_id"], ["requirement.id"], name=op.f("fk_release_requirement_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_release_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("requirement_id", "audience", name=op.f("uq_release_requirement_id_audience")),
    )
    with op.batch_alter_table("release") as batch_op:
        batch_op.create_index(batch_op.f("ix_release_made_at"), ["made_at"], unique=False)
    op.create_table(
        "comparison",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("older_id", sa.Integer(), nullable=False),
        sa.Column("newer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'ready', 'too_long', 'failed')", name=op.f("ck_comparison_state_known")),
        sa.ForeignKeyConstraint(["newer_id"], ["submission.id"], name=op.f("fk_comparison_newer_id")),
        sa.ForeignKeyConstraint(["older_id"], ["submission.id"], name=op.f("fk_comparison_older_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison")),
        sa.UniqueConstraint("older_id", "newer_id", name=op.f("uq_comparison_older_id_newer_id")),
    )
    with op.batch_alter_table("comparison") as batch_op:
        batch_op.create_index("ix_comparison_newer_id", ["newer_id"], unique=False)
    op.create_table(
        "recall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recalled_by", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("readers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["recalled_by"], ["person.id"], name=op.f("fk_recall_recalled_by")),
        sa.ForeignKeyConstraint(["requirement_id"], ["requirement.id"], name=op.f("fk_recall_requirement_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_recall_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
    )
    with op.batch_alter_table("recall") as batch_op:
        batch_op.create_index("ix_recall_requirement_id", ["requirement_id"], unique=False)
    op.create_table(
        "compared_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comparison_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("old_page", sa.Integer(), nullable=True),
        sa.Column("new_page", sa.Integer(), nullable=True),
        sa.Column("recognised", sa.Boolean(), nullable=False),
        sa.Column("packed_runs", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('unchanged', 'changed', 'added', 'removed', 'moved', 'unread')", name=op.f("ck_compared_page_kind_known")
        ),
        sa.CheckConstraint("old_page IS NOT NULL OR new_page IS NOT NULL", name=op.f("ck_compared_page_some_page")),
        sa.ForeignKeyConstraint(["comparison_id"], ["comparison.id"], name=op.f("fk_compared_page_comparison_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compared_page")),
        sa.UniqueConstraint("comparison_id", "position", name=op.f("uq_compared_page_comparison_id_position")),
    )
    with op.batch_alter_table("catalogue_entry") as batch_op:
        batch_op.add_column(sa.Column("style", sa.String(length=60), server_default="", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_catalogue_entry_kind_name"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_catalogue_entry_kind_style_name"), ["kind", "style", "name"])
        batch_op.create_check_constraint(batch_op.f("ck_catalogue_entry_style_known"), "style IN ('', 'state', 'party')")
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delivery_state_known"), type_="check")
        batch_op.add_column(sa.Column("channel", sa.String(length=60), server_default=sa.text("'mail'"), nullable=False))
        batch_op.add_column(sa.Column("device_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("parts", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_delivery_notification_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_delivery_notification_id_channel_address"), ["notification_id", "channel", "address"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_delivery_device_id"), "push_device", ["device_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_delivery_channel_known"), "channel IN ('mail', 'sms', 'push')")
        batch_op.create_check_constraint(
            batch_op.f("ck_delivery_state_known"),
            "state IN ('waiting', 'held', 'sending', 'sent', 'logged', 'failed', 'no_address', 'dropped', 'unsure')",
        )
    with op.batch_alter_table("item") as batch_op:
        batch_op.add_column(sa.Column("numbering", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.add_column(sa.Column("shared_reason", sa.Text(), server_default="", nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_meeting_series_id"), "meeting_series", ["series_id"], ["id"])
    with op.batch_alter_table("notification") as batch_op:
        batch_op.add_column(sa.Column("inbox", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("participant") as batch_op:
        batch_op.add_column(sa.Column("read_version", sa.Integer(), server_default=sa.text("0"), nullable=False))
    with op.batch_alter_table("requirement") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_requirement_state_known"), type_="check")
        batch_op.add_column(sa.Column("document_type_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("stage", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("audience", sa.String(length=60), server_default=sa.text("'all'"), nullable=False))
        batch_op.add_column(sa.Column("asked_due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("overdue_minutes", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("begun_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("draft_file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("draft_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("draft_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("draft_message", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("late_decision", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("late_decision_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("late_decision_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("late_decision_preset", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("late_decision_reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_requirement_late_decision_by"), "person", ["late_decision_by"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_requirement_draft_file_id"), "file", ["draft_file_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_requirement_draft_by"), "person", ["draft_by"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_requirement_document_type_id"), "catalogue_entry", ["document_type_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_requirement_begun_by"), "person", ["begun_by"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_requirement_audience_known"), "audience IN ('all', 'members', 'office')")
        batch_op.create_check_constraint(
            batch_op.f("ck_requirement_late_decision_known"),
            "late_decision IN ('', 'accepted', 'postponed', 'read_out', 'refused')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_requirement_late_decision_whole"), "(late_decision = '') = (late_decision_at IS NULL)"
        )
        batch_op.create_check_constraint(batch_op.f("ck_requirement_overdue_not_negative"), "overdue_minutes >= 0")
        batch_op.create_check_constraint(
            batch_op.f("ck_requirement_state_known"),
            "state IN ('asked', 'preparing', 'with_head', 'submitted', 'checking', 'returned', 'accepted', 'published', 'waived')",
        )
    with op.batch_alter_table("room") as batch_op:
        batch_op.add_column(sa.Column("rank", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("plan_saved_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("plan_saved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_room_plan_saved_by_id"), "person", ["plan_saved_by_id"], ["id"])
    with op.batch_alter_table("rule_book") as batch_op:
        batch_op.add_column(sa.Column("voters", sa.String(length=60), server_default=sa.text("'members'"), nullable=False))
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_submission_late_not_negative"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_submission_state_known"), type_="check")
        batch_op.add_column(sa.Column("laid_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("head_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("head_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("head_word", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("head_reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("answer_due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("taken_up_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("checks", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("check_reasons", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("symbol", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("authority_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("signed_on", sa.Date(), nullable=True))
        batch_op.alter_column("received_at", existing_type=sa.DATETIME(), nullable=True)
        batch_op.alter_column("late_minutes", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index("ix_submission_requirement_id", ["requirement_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_submission_taken_up_by"), "person", ["taken_up_by"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_submission_head_id"), "person", ["head_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_submission_authority_id"), "catalogue_entry", ["authority_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_submission_head_word_known"), "head_word IN ('', 'approved', 'rejected', 'self', 'none')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_submission_late_not_negative"), "late_minutes IS NULL OR late_minutes >= 0"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_submission_receipt_whole"), "(received_at IS NULL) = (late_minutes IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_submission_received_once_sent"),
            "state IN ('with_head', 'rejected', 'replaced') OR received_at IS NOT NULL",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_submission_state_known"),
            "state IN ('with_head', 'rejected', 'sent', 'accepted', 'returned', 'replaced')",
        )
    # what was accepted so far was read at once: it counts as published then
    op.execute("UPDATE submission SET published_at = decided_at WHERE state = 'accepted'")
    op.execute("UPDATE requirement SET state = 'published' WHERE state = 'accepted'")
    op.execute("UPDATE requirement SET asked_due_at = due_at")
    op.execute(
        "UPDATE requirement SET published_at = "
        "(SELECT MIN(published_at) FROM submission WHERE submission.requirement_id = requirement.id)"
    )
    # a first receipt, once written, is never changed by anything
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER requirement_receipt_kept BEFORE UPDATE ON requirement WHEN OLD.first_received_at IS "
            "NOT NULL AND (NEW.first_received_at IS NOT OLD.first_received_at OR NEW.first_late_minutes IS NOT "
            "OLD.first_late_minutes) BEGIN SELECT RAISE(ABORT, 'the first receipt of a paper never changes'); END"
        )
        op.execute(
            "CREATE TRIGGER submission_receipt_kept BEFORE UPDATE ON submission WHEN OLD.received_at IS NOT NULL "
            "AND (NEW.received_at IS NOT OLD.received_at OR NEW.late_minutes IS NOT OLD.late_minutes OR "
            "NEW.due_at IS NOT OLD.due_at OR NEW.number IS NOT OLD.number OR NEW.file_id IS NOT OLD.file_id OR "
            "NEW.sent_by IS NOT OLD.sent_by) BEGIN SELECT RAISE(ABORT, 'a received version never changes'); END"
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION requirement_receipt_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
            "EXCEPTION 'the first receipt of a paper never changes' USING ERRCODE = "
            "'integrity_constraint_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER requirement_receipt_kept BEFORE UPDATE ON requirement FOR EACH ROW WHEN "
            "(OLD.first_received_at IS NOT NULL AND (NEW.first_received_at IS DISTINCT FROM OLD.first_received_at "
            "OR NEW.first_late_minutes IS DISTINCT FROM OLD.first_late_minutes)) EXECUTE FUNCTION "
            "requirement_receipt_kept()"
        )
        op.execute(
            "CREATE FUNCTION submission_receipt_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
            "EXCEPTION 'a received version never changes' USING ERRCODE = 'integrity_constraint_violation'; END "
            "$$"
        )
        op.execute(
            "CREATE TRIGGER submission_receipt_kept BEFORE UPDATE ON submission FOR EACH ROW WHEN "
            "(OLD.received_at IS NOT NULL AND (NEW.received_at IS DISTINCT FROM OLD.received_at OR "
            "NEW.late_minutes IS DISTINCT FROM OLD.late_minutes OR NEW.due_at IS DISTINCT FROM OLD.due_at OR "
            "NEW.number IS DISTINCT FROM OLD.number OR NEW.file_id IS DISTINCT FROM OLD.file_id OR NEW.sent_by IS "
            "DISTINCT FROM OLD.sent_by)) EXECUTE FUNCTION submission_receipt_kept()"
        )


def downgrade() -> None:
    raise RuntimeError("there is no way back: restore a backup instead")
