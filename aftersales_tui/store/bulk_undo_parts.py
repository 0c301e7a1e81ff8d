"""What hangs on records that are to be taken back: repeats and visits of tickets, contacts of promises, erased notes.

Tickets of one batch repeat each other; that is no reason for them to stay.
"""

from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from aftersales_tui.store import tables
from aftersales_tui.store.foreign_ids import GONE

_KEY: Any = tables.ImportKey.__table__  # type: ignore[attr-defined]
_TICKET: Any = tables.Ticket.__table__  # type: ignore[attr-defined]
_VISIT: Any = tables.Visit.__table__  # type: ignore[attr-defined]
_SHOP: Any = bindparam("shop")
_IDS: Any = bindparam("ids", expanding=True)
_BATCH: Any = bindparam("batch")
_OWN = _TICKET.alias("own")
_OWNERS = select(_OWN.c.customer_id).where(_OWN.c.shop_id == _SHOP, _OWN.c.id.in_(_IDS))
# By the customers of the tickets, for there is no index over what is repeated.
_AGAIN = (_TICKET.c.shop_id == _SHOP, _TICKET.c.repeat_of.in_(_IDS), _TICKET.c.customer_id.in_(_OWNERS))


def _made(kind: str, record: Any, *more: Any) -> Any:
    """Whether a record came in with a file of a kind."""
    mine = (_KEY.c.shop_id == _SHOP, _KEY.c.record_id == record, _KEY.c.kind == kind, _KEY.c.is_new == 1)
    return exists().where(*mine, *more)


REPEATED = select(_TICKET.c.repeat_of).where(
    *_AGAIN, ~_made("tickets", _TICKET.c.id, _KEY.c.batch_id == _BATCH)
)
"""Tickets that are repeated by one of another batch, or by a call that was taken here."""
VISITED = select(_VISIT.c.ticket_id).where(
    _VISIT.c.shop_id == _SHOP,
    _VISIT.c.ticket_id.in_(_IDS),
    _made("visits", _VISIT.c.id, _KEY.c.batch_id != _BATCH),
)
"""Tickets whose earlier visits came in with a file of their own: that one is taken back first."""
ERASED_SINCE = select(_KEY.c.record_id).where(
    _KEY.c.shop_id == _SHOP,
    _KEY.c.record_id.in_(_IDS),
    _KEY.c.kind == "notes",
    _KEY.c.source_id >= GONE,
    _KEY.c.source_id < GONE + "g",
)
"""Notes about somebody who was erased: what is left of their ids keeps them out."""
_CONTACT: Any = tables.Contact.__table__  # type: ignore[attr-defined]
_OF_PROMISES = (_CONTACT.c.shop_id == _SHOP, _CONTACT.c.promise_id.in_(_IDS))
RUNG = select(_CONTACT.c.promise_id).where(*_OF_PROMISES, _CONTACT.c.version > 1)
"""Promises about which somebody has rung, or has moved the date of the call."""
_UNLIST = delete(_CONTACT).where(*_OF_PROMISES)
_LOOSEN = update(_TICKET).where(*_AGAIN).values(repeat_of=None)


def loosen(connection: Connection, at: dict[str, Any]) -> None:
    """Let no ticket repeat one that is about to go; before it goes."""
    connection.execute(_LOOSEN, at)


def unlist(connection: Connection, at: dict[str, Any]) -> None:
    """Take promises that are about to go off the list of contacts."""
    connection.execute(_UNLIST, at)
