"""Types of columns that differ between databases, or that one damaged value must not make unreadable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

Reader = Callable[[Any], Any]


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A moment with its time zone, always UTC; SQLite, which knows none, keeps it without.

    A value that is no moment is read as None.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type:
        """What is read."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC on the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """With UTC on the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Reader | None:
        """As SQLAlchemy reads it, but for values that it cannot read."""
        return _or_none(super().result_processor(dialect, coltype))


class ReadableJson(sa.types.TypeDecorator[Any]):
    """JSON; what is none is read as None, so that one damaged row does not take the whole answer with it."""

    impl = sa.JSON
    cache_ok = True

    @property
    def python_type(self) -> type:
        """What is read: the tables hold objects only."""
        return dict

    def result_processor(self, dialect: Dialect, coltype: object) -> Reader | None:
        """As SQLAlchemy reads it, but for values that it cannot read."""
        return _or_none(super().result_processor(dialect, coltype))


def _or_none(read: Reader | None) -> Reader | None:
    if read is None:
        return None

    def careful(value: Any) -> Any:
        try:
            return read(value)
        except (ValueError, TypeError, OverflowError, RecursionError):
            return None

    return careful
