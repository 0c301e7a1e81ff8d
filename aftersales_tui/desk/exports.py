"""What goes out of the shop: everything, table by table, with the reason written down first."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.text import clean
from aftersales_tui.exchange.layouts import LAYOUTS, Column, Shape
from aftersales_tui.exchange.parts import joined, quoted
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import exports
from aftersales_tui.views.act import Act
from aftersales_tui.views.exports import Table
from aftersales_tui.views.tickets import Receipt

REASON_LIMIT = 500
_EXACT = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
"""A date as it is kept when it was understood; everything else is what somebody said."""
INSTANT = "%Y-%m-%d %H:%M:%S"


class Exports:
    """The verbs of whoever takes records out of the shop."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def log(self, act: Act, what: str, reason: str) -> Receipt:
        """Write down who takes what out, and why; before anything goes, so that nothing goes unseen (A4).

        Args:
            what: A table of ``layouts.LAYOUTS``, ``all``, or the name of a list.

        Raises:
            Invalid: ``export.no_reason``: it is personal data.
        """
        told = clean(reason, REASON_LIMIT, "reason")
        if not told:
            raise Invalid("export.no_reason", field="reason")

        def body(deed: Deed) -> None:
            deed.subject = act.staff_id
            deed.params = {"what": what, "reason": told}

        return self._shop.perform(act, "export", body)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While this lasts, all tables show one and the same moment."""
        with self._shop.reading():
            yield

    def table(self, kind: str) -> Table:
        """Everything in a table; inside ``reading``.

        Raises:
            Invalid: ``export.unknown``.
        """
        if kind not in LAYOUTS:
            raise Invalid("export.unknown", given=kind, known=tuple(LAYOUTS))
        return Table(kind, tuple(column.name for column in LAYOUTS[kind]), self._rows(kind))

    def _rows(self, kind: str) -> Iterator[tuple[str, ...]]:
        with self._shop.reading() as connection:
            yield from exports.everything(connection, self._shop.shop_id, kind, shaping(self._shop))


def shaping(shop: Shop) -> Callable[[Column, Any], str]:
    """Makes the text of a column's value, as it is written into a file.

    Instants by the shop's clock, flags as 1, zero of what is not known as nothing.
    """

    def shaped(column: Column, value: Any) -> str:
        if isinstance(value, datetime):
            return value.astimezone(shop.zone).strftime(INSTANT)
        if isinstance(value, list):
            return joined(value, numbers=column.name == "phones")
        if column.shape is Shape.DATE and value and not _EXACT.fullmatch(value):
            return quoted(value)
        return str(value) if value else ""

    return shaped
