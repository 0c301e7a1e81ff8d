"""One making of the demo shop, from its first day to now."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from aftersales_tui.bootstrap import sit_down
from aftersales_tui.demo import front
from aftersales_tui.demo.book import load_book
from aftersales_tui.demo.day import NEWCOMERS, Day
from aftersales_tui.demo.diary import Diary
from aftersales_tui.demo.files import fill_files
from aftersales_tui.demo.history import History, days_of
from aftersales_tui.demo.ledger import Ledger
from aftersales_tui.demo.people import Files, hire, time_off
from aftersales_tui.demo.stage import Clock, Stage, play
from aftersales_tui.demo.tale import Books
from aftersales_tui.demo.town import Arrivals, Town
from aftersales_tui.domain.identity import RANDOM_BITS, new_id
from aftersales_tui.settings import Settings
from aftersales_tui.store.engine import Store

CUSTOMERS, CUSTOMER_SHARE = 200, 0.3
"""The least number of customers, and how many there are for each ticket where there are many."""
OPEN_SHARE = 0.03
YESTERDAY = timedelta(days=1, hours=12)
"""How long before now the files were last looked through: before the day that is played."""
Progress = Callable[[int, int], None]


def make_shop(
    store: Store, settings: Settings, now: datetime, seed: int, tickets: int, progress: Progress
) -> None:
    """Fill an empty store: the people, the past in bulk, yesterday and today by the desk's verbs.

    Args:
        store: The store.
        settings: The demo shop's settings.
        now: The moment the day has come to.
        seed: Chance begins with it.
        tickets: How many tickets in all; never fewer than the day brings.
        progress: Told how many are made, of how many.
    """
    rng, book, clock = Random(seed), load_book(), Clock(now - timedelta(days=days_of(tickets) + 1))
    opened = clock.at
    desk = sit_down(store, settings, now=clock, make_id=lambda at: new_id(at, rng.getrandbits(RANDOM_BITS)))
    zone = ZoneInfo(desk.shop.zone)
    staff, ledger = hire(desk, book), Ledger(store)
    time_off(store.shop_id, staff, now, zone, ledger)
    customers = max(CUSTOMERS, int(tickets * CUSTOMER_SHARE))
    town = Town(book, seed, Arrivals(opened, now, customers))
    files = Files(town, desk.shop)
    diary = Diary(staff.engineers, zone, desk.policy.dispatch.window, now.astimezone(zone).date())
    stage = Stage(desk, clock, book, files, staff, rng, customers - NEWCOMERS)
    # The day is planned first, so that it has the free windows it needs; the past takes what is left.
    day = Day(stage, town, diary, now, zone)
    lives = [*day.lives(), *front.lives(stage, now)]
    books = Books(
        store.shop_id, desk.policy, desk.calendars, ledger, staff.dispatcher, now, desk.feed.latest()
    )
    past = History(books, book, town, files, diary, rng, stage.known, zone)
    still_open = max(int(tickets * OPEN_SHARE) - day.tickets, 0)
    past.write(max(tickets - day.tickets, 0), still_open, lambda made, _: progress(made, tickets))
    ledger.count("feed", books.seq)
    ledger.count("ticket", books.number)
    # What the desk writes from here on stands behind the past in the feed.
    clock.at = now - YESTERDAY
    fill_files(desk, book, files, now)
    play(lives, clock, now)
    progress(tickets, tickets)
