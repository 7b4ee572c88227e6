"""What every table is made of. Rows have no behaviour.

Times are UTC; `due_at` is never null: `NEVER` stands for no deadline.

Names start with `jalon_`, since a queue engine shares the SQLite file with us (docs/decisions/0004-tables.md).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    text,
)  # fmt: skip
from sqlalchemy.orm import DeclarativeBase, mapped_column

#: a due date for what has none, so that one index sorts all
NEVER = datetime(9999, 1, 1, tzinfo=UTC)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A datetime that is always aware and UTC, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Moment(), bytes: LargeBinary(), str: Text()}  # noqa: RUF012


def key() -> Any:
    return mapped_column(Key, Identity(), primary_key=True)


def refers(target: str, **options: Any) -> Any:
    return mapped_column(Key, ForeignKey(f"jalon_{target}.id"), **options)


def partial(name: str, where: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
