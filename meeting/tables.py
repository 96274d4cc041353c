"""Base of all tables: naming of constraints, types that every room uses."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import Connection, DateTime, Dialect, ForeignKey, MetaData, String, Text, TypeDecorator, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, object_session


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. A naive one is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON value kept as readable text (Vietnamese letters unescaped, keys in order)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def canonical(value: Any) -> str:
    """One value, one text: sorted keys, no spaces. What the journal's hash is taken of."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


Id = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Name = Annotated[str, mapped_column(String(300))]
Code = Annotated[str, mapped_column(String(60))]
LongText = Annotated[str, mapped_column(Text)]


class Base(DeclarativeBase):
    """The one registry of tables. Constraint names are fixed so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dict[str, Any]: Json, list[Any]: Json, datetime: UtcDateTime}


class Setting(Base):
    """A fact of the installation itself: `epoch`, `demo`, the session key. One row a name."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[LongText]


def reference(column: str, **options: Any) -> Any:
    """A column that points to a row which is never deleted."""
    return mapped_column(ForeignKey(column), **options)


ERASED = "erased_up_to"  # the setting: by table the greatest number that was given and erased, as JSON


def give_no_more(session: Session, erased: Mapping[str, Collection[Any]]) -> None:
    """The numbers of rows that are erased in this transaction are never given again, by table.

    Browsers, tablets and memories know things by their number: what they kept of an erased one must not pass for another.
    PostgreSQL never does; SQLite gives the greatest number anew once its row is gone.
    """
    kept = session.get(Setting, ERASED)
    floors: dict[str, int] = json.loads(kept.value) if kept else {}
    for name, keys in erased.items():
        if "id" in Base.metadata.tables[name].c:
            floors[name] = max(floors.get(name, 0), *keys)
    if kept is None:
        session.add(Setting(name=ERASED, value=canonical(floors)))
    else:
        kept.value = canonical(floors)
    session.flush()
    session.info.pop(ERASED, None)


@event.listens_for(Base, "before_insert", propagate=True)
def _above_the_erased(_mapper: Any, connection: Connection, row: Any) -> None:
    """Numbers a new row above all that were erased, where SQLite would not."""
    session = object_session(row)
    if session is None or connection.dialect.name != "sqlite" or getattr(row, "id", 0) is not None:
        return
    if ERASED not in session.info:
        value = connection.scalar(select(Setting.value).where(Setting.name == ERASED))
        session.info[ERASED] = json.loads(value or "{}")
    floors, table = session.info[ERASED], row.__table__
    floor = floors.get(table.name)
    if floor is None:
        return
    if (connection.scalar(select(func.max(table.c.id))) or 0) >= floor:
        del floors[table.name]
    else:
        row.id = floors[table.name] = floor + 1
