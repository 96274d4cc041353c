"""Alembic's entry: always runs on the connection it is given."""

from typing import Any, Literal

from alembic import context

from meeting.tables import Base, Json, UtcDateTime


def render(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Writes our own types as the plain ones they are stored as: a migration must not change with the program."""
    if kind == "type" and isinstance(item, Json):
        return "sa.Text()"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
