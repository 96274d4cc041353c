"""Search that finds it at once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("stale_mark")  # what waited is read anew with all the rest
    op.create_table(
        "stale_mark",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("scope", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "scope", "source_id", name=op.f("pk_stale_mark")),
    )
    op.create_table(
        "recent_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("typed", sa.String(length=300), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recent_search_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recent_search")),
        sa.UniqueConstraint("person_id", "typed", name=op.f("uq_recent_search_person_id_typed")),
    )
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("alert", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_seq", sa.Integer(), nullable=False),
        sa.Column("known", sa.Text(), nullable=True),
        sa.Column("waiting", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    with op.batch_alter_table("saved_search") as batch_op:
        batch_op.create_index("ix_saved_search_person_id", ["person_id"], unique=False)
    op.create_table(
        "saved_hit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saved_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["saved_id"], ["saved_search.id"], name=op.f("fk_saved_hit_saved_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_hit")),
        sa.UniqueConstraint("saved_id", "kind", "source_id", name=op.f("uq_saved_hit_saved_id_kind_source_id")),
    )
    op.create_table(
        "item_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=60), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("how IN ('copied', 'deferred', 'sitting', 'linked')", name=op.f("ck_item_link_how_known")),
        sa.CheckConstraint("item_id != earlier_id", name=op.f("ck_item_link_two_items")),
        sa.ForeignKeyConstraint(["earlier_id"], ["item.id"], name=op.f("fk_item_link_earlier_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_link_item_id")),
        sa.ForeignKeyConstraint(["linked_by_id"], ["person.id"], name=op.f("fk_item_link_linked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_link")),
        sa.UniqueConstraint("item_id", "earlier_id", name=op.f("uq_item_link_item_id_earlier_id")),
    )
    with op.batch_alter_table("item_link") as batch_op:
        batch_op.create_index("ix_item_link_earlier_id", ["earlier_id"], unique=False)
    op.create_table(
        "items_apart",
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["item.id"], name=op.f("fk_items_apart_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["item.id"], name=op.f("fk_items_apart_other_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_items_apart_said_by_id")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_items_apart")),
    )
    with op.batch_alter_table("passage") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_passage_kind_known"), type_="check")
        batch_op.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("place", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("seq", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.alter_column("meeting_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("body_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index("ix_passage_seq", ["seq"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_passage_unit_id"), "unit", ["unit_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_passage_person_id"), "person", ["person_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_passage_kind_known"),
            "kind IN ('notice', 'resolution', 'meeting', 'minutes', 'paper', 'item', 'question', 'task', 'opinion', 'promise', 'round', 'person', 'unit')",
        )
    op.execute("UPDATE passage SET seq = id")


def downgrade() -> None:
    raise RuntimeError("there is no way back: restore a backup instead")
