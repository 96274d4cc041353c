"""The store itself keeps what the punctuality record stands on: a first receipt, once written, is never changed by anything."""

from sqlalchemy import DDL, Table, event

#: What is kept in each table, once the first of the columns holds a value.
KEPT = {
    "requirement": ("first_received_at", "first_late_minutes"),
    "submission": ("received_at", "late_minutes", "due_at", "number", "file_id", "sent_by"),
}
WORDS = {"requirement": "the first receipt of a paper never changes", "submission": "a received version never changes"}


def statements(table: str, dialect: str) -> list[str]:
    """The statements that put the guard of one table in place."""
    columns = KEPT[table]
    name = f"{table}_receipt_kept"
    differs = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
    when = f"OLD.{columns[0]} IS NOT NULL AND ({changed})"
    before = f"CREATE TRIGGER {name} BEFORE UPDATE ON {table}"
    if dialect == "sqlite":
        return [f"{before} WHEN {when} BEGIN SELECT RAISE(ABORT, '{WORDS[table]}'); END"]
    body = f"BEGIN RAISE EXCEPTION '{WORDS[table]}' USING ERRCODE = 'integrity_constraint_violation'; END"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"{before} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()",
    ]


def keep(table: Table) -> None:
    """Puts the guard in place whenever the table is made."""
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(table.name, dialect):
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
