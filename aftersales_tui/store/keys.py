"""The shape of every key: ``shop_id`` leads, so that a chain's shops can live in one distributed store."""

from functools import cache
from typing import Any, Self

from sqlalchemy import BigInteger, ForeignKeyConstraint, MetaData
from sqlalchemy.orm import configure_mappers
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Record(SQLModel):
    """The base of all tables; its metadata names every constraint, which batch migrations need."""

    metadata = MetaData(naming_convention=NAMING)
    # Tables are never validated by pydantic; without this it would build a validator for each at import.
    model_config = {"defer_build": True}

    @classmethod
    def made(cls, **values: Any) -> Self:
        """A new record that is only read and stored: not tracked for changes, at a sixth of the price.

        Raises:
            TypeError: For a column that there is not, or one that has no default and is not told.
        """
        row: Self = cls.__new__(cls)
        filled = {**defaults_of(cls), **values}
        if len(filled) != len(cls.model_fields) or _UNTOLD in filled.values():
            raise TypeError(cls.__name__, sorted(filled.keys() ^ cls.model_fields.keys()))
        object.__setattr__(row, "__dict__", filled)
        return row


_UNTOLD = object()


@cache
def defaults_of(table: type[Record]) -> dict[str, Any]:
    """What each column of a new record holds; a mark of its own where it has to be told."""
    # Until then a table's attributes cannot even be read.
    configure_mappers()
    return {
        name: _UNTOLD if field.is_required() else field.default for name, field in table.model_fields.items()
    }


class Keyed(Record):
    """A record with a client-made id inside its shop."""

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    id: int = Field(primary_key=True, sa_type=BigInteger)


class Versioned(Keyed):
    """A record that two seats may change: every write compares and raises ``version``."""

    version: int = Field(default=1, nullable=False)


def belongs_to(table: type[Keyed], column: str) -> ForeignKeyConstraint:
    """A foreign key inside one shop: ``(shop_id, column)`` refers to ``(shop_id, id)`` of a table."""
    name = table.__tablename__
    return ForeignKeyConstraint(["shop_id", column], [f"{name}.shop_id", f"{name}.id"])


def whole(default: int | None = None, *, null: bool = False) -> Any:
    """A 64-bit whole number column."""
    return Field(default=default if not null else None, sa_type=BigInteger, nullable=null)
