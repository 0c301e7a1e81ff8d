"""Makes the demo shop (``aftersales demo``): where it lies, whether it is of today, and what it is made of."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aftersales_tui.paths import store_dir
from aftersales_tui.settings import DEFAULT_ZONE, Settings

FILE = "demo.db"
SEED = 20_260
TICKETS = 300
Progress = Callable[[int, int], None]


def demo_path() -> Path:
    """The name that the files of the demo shop go by: beside the shop's store, and never the shop's."""
    return store_dir() / FILE


def demo_settings(base: Settings, database: Path | None = None) -> Settings:
    """The settings of whoever sits in the demo shop: the base's own, with the demo shop's name, people and store."""
    from aftersales_tui.demo.book import load_book

    shop = load_book().shop
    return base._replace(
        database=str(database) if database else None,
        shop_id=1,
        shop_name=shop["name"],
        person=shop["dispatcher"],
        country=shop["country"],
        area_code=shop["area_code"],
        demo=True,
    )


def demo_file(path: Path, now: datetime, tickets: int | None = None, zone: str = DEFAULT_ZONE) -> Path:
    """The file of the demo shop: today's by its date, one of many tickets by their number.

    A store in write-ahead mode is three files, and an open window holds them by their names: putting a new store
    under an old name would mix both. So each day has a name of its own, and yesterday's is removed when free.
    """
    mark = str(tickets) if tickets else now.astimezone(ZoneInfo(zone)).date().isoformat()
    return path.with_stem(f"{path.stem}-{mark}")


def ensure_demo(
    path: Path,
    now: datetime,
    tickets: int | None = None,
    progress: Progress | None = None,
    zone: str = DEFAULT_ZONE,
) -> Path:
    """The demo shop's store, made where it is missing or older than today.

    Args:
        path: ``demo_path()``.
        now: The moment; its date in the shop's zone is today.
        tickets: How many tickets, for a store that is kept and used again; ``None`` for the small one of today.
        progress: Told how many tickets are made, of how many.
        zone: The shop's zone.

    Returns:
        The file to be opened.

    Raises:
        Unavailable: When it cannot be written.
    """
    file = demo_file(path, now, tickets, zone)
    if file.exists():
        return file
    from aftersales_tui.bootstrap import spare_plugins

    spare_plugins()
    from aftersales_tui.store.scratch import discard

    for old in path.parent.glob(f"{path.stem}-????-??-??{path.suffix}"):
        discard(old)
    make_demo(file, tickets, now, progress=progress, zone=zone)
    return file


def make_demo(
    path: Path,
    tickets: int | None = None,
    now: datetime | None = None,
    seed: int = SEED,
    progress: Progress | None = None,
    zone: str = DEFAULT_ZONE,
) -> None:
    """Make a demo shop: the past in bulk, yesterday and today by the desk's verbs.

    The same seed and moment make the same shop. It is built beside its place and moved there whole; where another
    window was first, that one's stays.

    Args:
        path: Where; nothing may lie there.
        tickets: How many tickets in all; ``None`` for 300. Fewer than a day brings are not made.
        now: The moment the day has come to.
        seed: Another seed makes other customers with other troubles.
        progress: Told how many tickets are made, of how many.
        zone: The shop's zone.

    Raises:
        Unavailable: When it cannot be written.
    """
    from aftersales_tui.bootstrap import clock, spare_plugins

    spare_plugins()
    from aftersales_tui.demo.shop import make_shop
    from aftersales_tui.store.scratch import building

    settings = demo_settings(Settings(zone=zone))
    with building(path, settings.shop_id) as store:
        make_shop(store, settings, now or clock(), seed, tickets or TICKETS, progress or _untold)


def _untold(_made: int, _all: int) -> None:
    """Nobody wants to know."""
