"""Column types that hold the same bytes on SQLite and PostgreSQL."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from aftersales_tui.domain.identity import EPOCH, milliseconds


class UTCDateTime(TypeDecorator[datetime]):
    """An instant as whole milliseconds since 1970 in UTC.

    A number sorts the same on every store, takes part in row-value keys, and needs no parsing when
    the first page is read by the plain driver. A naive datetime is refused: nobody knows which zone it meant.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 (SQLAlchemy names it)
        """Milliseconds of an aware instant.

        Raises:
            ValueError: For a naive datetime.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        return milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy names it)
        """The instant, aware, in UTC."""
        return None if value is None else EPOCH + timedelta(milliseconds=value)


KEY_TEXT = String().with_variant(String(collation="C"), "postgresql")
"""Text compared byte by byte on every store: ``key >= 'n:li' AND key < 'n:lj'`` is one index range."""
