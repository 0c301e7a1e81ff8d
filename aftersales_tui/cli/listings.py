"""The lists that the shell writes into files, each as its screen shows it; some take a word that says which."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from aftersales_tui.cli.session import Session
from aftersales_tui.cli.shown import CONTACTS, QUEUE, contact_cells, queue_cells
from aftersales_tui.desk.listing import contact_rows, queue_rows
from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.staff import ROLES
from aftersales_tui.i18n import say
from aftersales_tui.tui import listings
from aftersales_tui.tui.listing import Cells, Listing
from aftersales_tui.views.floor import RegisterFilter

EVERY_DAY = "all"
LEFT = "left"
FOUND, SERIAL = "found", "KFR-35"
MadeOf = Callable[[Session, str], Listing]


def _named(
    what: str, area: str, names: Sequence[str], rows: Callable[[Session, str], Iterator[Cells]]
) -> MadeOf:
    def made(here: Session, words: str) -> Listing:
        heads, found = tuple(say(f"{area}.{name}") for name in names), rows(here, words)
        return Listing(what, tuple(names), heads, lambda _: found)

    return made


def _queue(here: Session, words: str) -> Iterator[Cells]:
    """The queue, narrowed by what ``queue`` on the command line is narrowed by."""
    shown = partial(queue_cells, now=here.desk.now(), zone=here.output.zone)
    return map(shown, queue_rows(here.desk, here.narrowed(words)))


def _contacts(here: Session, words: str) -> Iterator[Cells]:
    """Everybody to be contacted: as on its screen, there is nothing to narrow them by."""
    if words:
        raise Invalid("export.not_narrowed", given=words[:40], field="what")
    shown = partial(contact_cells, now=here.desk.now(), zone=here.output.zone)
    return map(shown, contact_rows(here.desk))


def _day(here: Session, words: str) -> date | None:
    """The day that the words name, today for none; ``None`` for every day."""
    if words.casefold() == EVERY_DAY:
        return None
    try:
        return date.fromisoformat(words) if words else here.desk.register.today()
    except ValueError:
        raise Invalid("export.which", example=f"{here.desk.register.today()}", field="what") from None


def _register(here: Session, words: str) -> Listing:
    return listings.register(RegisterFilter(day=_day(here, words)), here.output.zone)


def _visitors(here: Session, words: str) -> Listing:
    # Without a day it is the book of today and of who is to come, as the screen opens it.
    day = _day(here, words) if words else None
    return listings.visitors(day, here.desk.now(), here.output.zone)


def _people(here: Session, words: str) -> Listing:
    left = words == LEFT
    if words and not left and words not in ROLES:
        raise Invalid("export.which", example=f"people {ROLES[0]}", field="what")
    return listings.people("" if left else words, here.desk.now(), here.output.zone, left=left)


def _found(here: Session, words: str) -> Listing:
    if not words:
        raise Invalid("export.which", example=f"{FOUND} {SERIAL}", field="what")
    # A group named in the words is shown alone, as on the screen.
    return listings.found(words, "", here.desk.now(), here.output.zone)


def _file(page: str) -> MadeOf:
    def made(here: Session, words: str) -> Listing:
        if not words:
            raise Invalid("export.which", example=f"file.{page} 13800138000", field="what")
        file = here.desk.mergers.select(words, part=True)
        return listings.file_page(page, file.customer_id, here.desk.now(), here.output.zone)

    return made


LISTS: Mapping[str, MadeOf] = {
    "queue": _named("queue", "queue", QUEUE, _queue),
    "contacts": _named("contacts", "contact", CONTACTS, _contacts),
    "register": _register,
    "messages": lambda here, words: listings.messages(words, here.desk.now(), here.output.zone),
    "visitors": _visitors,
    "handover": lambda here, _: listings.handover(here.desk.now(), here.output.zone),
    "people": _people,
    "duplicates": lambda _, __: listings.duplicates(),
    "imports": lambda here, _: listings.imports(here.output.zone),
    FOUND: _found,
    **{f"file.{page}": _file(page) for page in listings.FILE_PAGES},
}
"""The lists that can be written as they are shown, by the word of the command line."""
