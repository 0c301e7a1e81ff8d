"""The half-days a dispatcher offers first."""

from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from aftersales_tui.domain.calendar import BusinessCalendar, OpeningHours
from aftersales_tui.domain.halves import half_days

ZONE = ZoneInfo("Asia/Shanghai")
HALVES = [(8 * 60, 12 * 60), (13 * 60, 18 * 60)]
DAY = ((510, 720), (810, 1050))
SHOP = BusinessCalendar(OpeningHours((DAY,) * 5 + ((), ())), ZONE, lambda day: "ordinary")


def offered(now: datetime, count: int = 3) -> list[str]:
    found = half_days(now, ZONE, HALVES, SHOP.open_between, timedelta(hours=1))
    return [
        f"{one.start.astimezone(ZONE):%a %H:%M}-{one.end.astimezone(ZONE):%H:%M}"
        for one in islice(found, count)
    ]


def test_a_half_day_is_offered_as_far_as_the_shop_is_open() -> None:
    assert offered(datetime(2026, 7, 29, 7, tzinfo=ZONE)) == [
        "Wed 08:30-12:00",
        "Wed 13:30-17:30",
        "Thu 08:30-12:00",
    ]


def test_a_running_half_day_begins_at_the_next_full_hour_while_a_visit_fits_in() -> None:
    assert offered(datetime(2026, 7, 29, 10, 20, tzinfo=ZONE), 1) == ["Wed 11:00-12:00"]
    assert offered(datetime(2026, 7, 29, 11, 5, tzinfo=ZONE), 1) == ["Wed 13:30-17:30"]


def test_days_on_which_the_shop_is_closed_are_left_out() -> None:
    assert offered(datetime(2026, 7, 31, 17, 10, tzinfo=ZONE), 1) == ["Mon 08:30-12:00"]


def test_a_shop_that_never_opens_offers_nothing() -> None:
    closed = half_days(
        datetime(2026, 7, 29, tzinfo=ZONE), ZONE, HALVES, lambda start, end: iter(()), timedelta(hours=1)
    )
    assert list(closed) == []
