"""Puts the desk together: settings, rules and words, store, shop. The only place that knows every concrete part.

Nothing heavy is imported before ``open_desk`` runs, so that the first frame is painted while the store opens.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from aftersales_tui.domain.identity import new_id
from aftersales_tui.paths import config_dir, data_dir, store_dir
from aftersales_tui.settings import Settings

if TYPE_CHECKING:
    from aftersales_tui.desk.console import Console
    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.domain.grammar import Vocabulary
    from aftersales_tui.store.engine import Store
    from aftersales_tui.views.tickets import Counts, QueueRow

STORE_FILE = "shop.db"
POLICY_FOLDER = "policy"


def clock() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def fresh_id(at: datetime | None = None) -> int:
    """A new id that belongs to an instant; now unless told otherwise."""
    return new_id(at or clock(), int.from_bytes(os.urandom(4)))


def person_here(settings: Settings) -> str:
    """The name of whoever sits here: the setting, else the user of the machine."""
    if settings.person:
        return settings.person
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"


def database_of(settings: Settings) -> str | Path:
    """Where the shop's store is: the setting's path or URL, else the file in the data folder."""
    return settings.database or store_dir() / STORE_FILE


def open_desk(
    settings: Settings,
    seat: str = "",
    now: Callable[[], datetime] = clock,
    tell: Callable[[float], None] | None = None,
) -> "Desk":
    """Open the shop's store, making it where there is none, and sit down at it.

    Args:
        settings: What this shop and seat have chosen.
        seat: The seat's name; empty takes the setting's.
        now: The clock the shop goes by.
        tell: Told how far it is while a large store of before is brought up to date; what it raises ends that, and
            the next opening goes on from there.

    Raises:
        Unavailable: Why the store cannot be opened; a file that is not ours is left as it was.
        Invalid: A rule file of the shop that cannot be read.
        Refused: ``person.has_left`` when whoever sits here works here no longer.
    """
    spare_plugins()
    from aftersales_tui.store.opening import open_store

    store = open_store(database_of(settings), settings.shop_id, tell)
    try:
        return sit_down(store, settings, seat, now)
    except BaseException:
        store.close()
        raise


def spare_plugins() -> None:
    """Keep Pydantic from looking through every installed distribution for plugins of its own; before its import."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def sit_down(
    store: "Store",
    settings: Settings,
    seat: str = "",
    now: Callable[[], datetime] = clock,
    make_id: Callable[[datetime], int] = fresh_id,
) -> "Desk":
    """Sit down at a store that is open; its books are opened if nobody has.

    Args:
        store: The store.
        settings: What this shop and seat have chosen.
        seat: The seat's name; empty takes the setting's.
        now: The clock the shop goes by.
        make_id: Makes the id of a record that belongs to an instant.
    """
    from zoneinfo import ZoneInfo

    from aftersales_tui.desk.desk import Desk
    from aftersales_tui.desk.founding import found
    from aftersales_tui.desk.shop import Shop
    from aftersales_tui.lexicon.words import load_words
    from aftersales_tui.policy.calendars import calendars
    from aftersales_tui.policy.loader import load_policy
    from aftersales_tui.views.act import ShopView

    named = (settings.shop_name, settings.zone, settings.country, settings.area_code)
    view, me = found(store, ShopView(settings.shop_id, *named), person_here(settings), make_id(now()))
    policy = load_policy(config_dir() / POLICY_FOLDER)
    shop = Shop(
        store=store,
        view=view,
        policy=policy,
        words=load_words(data_dir() / "words"),
        calendars=calendars(policy.hours, ZoneInfo(view.zone), view.country),
        clock=now,
        new_id=make_id,
    )
    return Desk(shop, me, seat or settings.seat or "1")


def console_of(desk: "Desk") -> "Console":
    """The command line of a desk that is open.

    Raises:
        Invalid: ``words.unreadable`` when its words cannot be read.
    """
    from aftersales_tui.desk.console import Console

    return Console(desk, command_words())


def command_words() -> "Vocabulary":
    """The words of the command language in every language.

    Raises:
        Invalid: ``words.unreadable``.
    """
    from aftersales_tui.lexicon.verbs import load_vocabulary

    return load_vocabulary(data_dir() / "words" / "verbs.toml")


class Glance(NamedTuple):
    """What the store shows before it is open: the first rows of the queue and the counts."""

    rows: "tuple[QueueRow, ...]"
    counts: "Counts"


def glance(settings: Settings, limit: int) -> Glance | None:
    """The first page of the queue, read by the plain driver before SQLAlchemy is even imported.

    ``None`` where that is not possible: on a server, for a store that is not there yet, or is not ours; opening
    it says why.
    """
    from aftersales_tui.store.driver import is_url
    from aftersales_tui.store.glance import first_page

    database = database_of(settings)
    if isinstance(database, str) and is_url(database):
        return None
    seen = first_page(Path(database), settings.shop_id, clock(), limit)
    return None if seen is None else Glance(*seen)
