"""The call register 叫修登记簿: every call, the newest day first and in order within it (C9)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.calendar import wall_instant
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.identity import EPOCH
from aftersales_tui.domain.ticket import Status
from aftersales_tui.store.queries import people, register
from aftersales_tui.views.act import StaffView
from aftersales_tui.views.floor import RegisterFilter, RegisterRow
from aftersales_tui.views.tickets import Page, PageKey

DAY = timedelta(days=1)
PAGE = 200
"""Lines read at a time for a printed page."""


class Register:
    """Reads the register; its lines are written by taking calls and struck off by closing tickets."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def today(self) -> date:
        """The day it is in the shop."""
        return self._shop.clock().astimezone(self._shop.zone).date()

    def page(
        self, wanted: RegisterFilter, after: PageKey | None, limit: int, before: PageKey | None = None
    ) -> Page[RegisterRow]:
        """A page of the register.

        Args:
            wanted: What it is narrowed to.
            after: The line before the page's first one.
            limit: Lines at most.
            before: The line behind the page's last one; wins over ``after``.
        """
        with self._shop.reading() as connection:
            reader = _Reader(self._shop, connection, wanted)
            if before is not None:
                rows = reader.back(before, limit + 1)
                more, rows = len(rows) > limit, rows[-limit:]
                return Page(tuple(rows), more_after=True, more_before=more)
            rows = reader.on(after, limit + 1)
        return Page(tuple(rows[:limit]), more_after=len(rows) > limit, more_before=after is not None)

    def last(self, wanted: RegisterFilter, limit: int) -> Page[RegisterRow]:
        """The last page of all: the end of the oldest day."""
        with self._shop.reading() as connection:
            rows = _Reader(self._shop, connection, wanted).end(limit + 1)
        return Page(tuple(rows[-limit:]), more_after=False, more_before=len(rows) > limit)

    def whole(self, wanted: RegisterFilter) -> Iterator[RegisterRow]:
        """Every line, page by page, for print."""
        after: PageKey | None = None
        while True:
            page = self.page(wanted, after, PAGE)
            yield from page.rows
            if not page.more_after:
                return
            after = key_of(page.rows[-1])

    def operators(self) -> tuple[StaffView, ...]:
        """Everybody who may have taken a call: the staff of the desk, not the engineers."""
        with self._shop.reading() as connection:
            found = people.working(connection, self._shop.shop_id)
        return tuple(
            StaffView(one.staff_id, one.name, one.role) for one in found if one.role != people.ENGINEER
        )

    def outcomes(self) -> tuple[str, ...]:
        """What a line may have come to: the outcomes of a visit, and where a ticket may stand."""
        outcomes = tuple(self._shop.policy.outcomes)
        return (*outcomes, *(status.value for status in Status if status.value not in outcomes))

    def require_outcome(self, outcome: str) -> str:
        """The outcome, if a line may have come to it.

        Raises:
            Invalid: ``policy.unknown``.
        """
        if outcome and outcome not in self.outcomes():
            raise Invalid("policy.unknown", table="outcome", given=outcome, known=self.outcomes())
        return outcome


def key_of(row: RegisterRow) -> PageKey:
    """The place of a line."""
    return PageKey(row.started_at, row.call_id)


class _Reader:
    """Goes from day to day: within one the order is that of the clock, from one to the next it is against it.

    A day without a call is never looked at, so that a page costs as many looks as it has days, and no more.
    """

    def __init__(self, shop: Shop, connection: Connection, wanted: RegisterFilter) -> None:
        self._shop = shop
        self._connection = connection
        self._wanted = wanted
        self._known = tuple(shop.policy.outcomes)

    def on(self, after: PageKey | None, limit: int) -> list[RegisterRow]:
        """The lines behind a place, or from the first on."""
        if after is not None:
            found = self._of_day(self._day_of(after.at), limit, after=after)
            day = self._older(self._day_of(after.at))
        else:
            found, day = [], self._wanted.day or self._older(date.max)
        while day is not None and len(found) < limit:
            found += self._of_day(day, limit - len(found))
            day = self._older(day)
        return found

    def back(self, before: PageKey, limit: int) -> list[RegisterRow]:
        """The lines in front of a place."""
        found = self._of_day(self._day_of(before.at), limit, before=before)
        day = self._newer(self._day_of(before.at))
        while day is not None and len(found) < limit:
            _, end = self._bounds(day)
            found = [*self._of_day(day, limit - len(found), before=PageKey(end, 0)), *found]
            day = self._newer(day)
        return found

    def end(self, limit: int) -> list[RegisterRow]:
        """The last lines of all."""
        first = self._wanted.day or self._oldest()
        if first is None:
            return []
        _, end = self._bounds(first)
        return self.back(PageKey(end - timedelta(milliseconds=1), 1 << 62), limit)

    def _of_day(
        self, day: date, limit: int, after: PageKey | None = None, before: PageKey | None = None
    ) -> list[RegisterRow]:
        return register.of_day(
            self._connection,
            self._shop.shop_id,
            self._wanted,
            self._known,
            self._bounds(day),
            limit,
            after,
            before,
        )

    def _older(self, day: date) -> date | None:
        """The last day before this one on which somebody called; ``None`` for none, or where only one is wanted."""
        if self._wanted.day is not None:
            return None
        edge = self._bounds(day)[0] if day != date.max else self._shop.clock() + DAY
        found = register.last_before(self._connection, self._shop.shop_id, self._wanted, self._known, edge)
        return self._day_of(found) if found else None

    def _newer(self, day: date) -> date | None:
        if self._wanted.day is not None:
            return None
        edge = self._bounds(day)[1]
        found = register.first_from(self._connection, self._shop.shop_id, self._wanted, self._known, edge)
        return self._day_of(found) if found else None

    def _oldest(self) -> date | None:
        found = register.first_from(self._connection, self._shop.shop_id, self._wanted, self._known, EPOCH)
        return self._day_of(found) if found else None

    def _day_of(self, at: datetime) -> date:
        return at.astimezone(self._shop.zone).date()

    def _bounds(self, day: date) -> tuple[datetime, datetime]:
        zone = self._shop.zone
        return wall_instant(day, 0, zone), wall_instant(day + DAY, 0, zone)
