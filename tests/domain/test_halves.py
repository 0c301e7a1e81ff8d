"""The half-days a dispatcher offers first."""

from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.calendar import BusinessCalendar, OpeningHours, wall_instant
from aftersales_tui.domain.halves import half_days, wished_halves

ZONE = ZoneInfo("Asia/Shanghai")
HALVES = [(8 * 60, 12 * 60), (13 * 60, 18 * 60)]
DAY = ((510, 720), (810, 1050))
SHOP = BusinessCalendar(OpeningHours((DAY,) * 5 + ((), ())), ZONE, lambda day: "ordinary")


def offered(now: datetime, count: int = 3) -> list[str]:
    found = half_days(now, ZONE, HALVES, SHOP.open_between, timedelta(hours=1))
    return [word(one) for one in islice(found, count)]


def word(one: Window) -> str:
    return f"{one.start.astimezone(ZONE):%a %H:%M}-{one.end.astimezone(ZONE):%H:%M}"


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


def test_a_wish_for_a_day_means_its_halves_and_hours_that_were_named_stay() -> None:
    wednesday = datetime(2026, 7, 29, 10, 20, tzinfo=ZONE)
    for day, first, last, meant in (
        (31, 8, 18, ["Fri 08:30-12:00", "Fri 13:30-17:30"]),  # friday
        (31, 8, 12, ["Fri 08:30-12:00"]),  # friday morning
        (31, 13, 18, ["Fri 13:30-17:30"]),
        (31, 9, 17, ["Fri 08:30-12:00", "Fri 13:30-17:30"]),  # what this shop means by a whole day
        (31, 9, 11, []),
        (31, 15, 18, []),  # after three
        (29, 8, 18, ["Wed 11:00-12:00", "Wed 13:30-17:30"]),  # today: what is left of it
        (29, 8, 12, ["Wed 11:00-12:00"]),
        (28, 8, 18, []),  # yesterday
        (32, 8, 18, ["Sat 08:00-12:00", "Sat 13:00-18:00"]),  # closed, and wished all the same
    ):
        when = datetime(2026, 7, 1).date() + timedelta(days=day - 1)
        wish = Window(*(wall_instant(when, hour * 60, ZONE) for hour in (first, last)))
        whole = (9 * 60, 17 * 60) if first == 9 and last == 17 else (8 * 60, 18 * 60)
        found = wished_halves(wish, wednesday, ZONE, HALVES, whole, SHOP.open_between, timedelta(hours=1))
        assert [word(one) for one in found] == meant, (day, first, last)
