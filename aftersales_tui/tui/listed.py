"""Writes the list of a screen into a file, with its filter and in its order."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from aftersales_tui.paths import typed_path
from aftersales_tui.tui.commands.commanded import Commanded
from aftersales_tui.tui.commands.listed import LISTED, LISTED_APART, LISTED_FOUND
from aftersales_tui.tui.listing import Listing

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk


class _Exported(Commanded):
    """Asks where a list is to go and why, and writes it."""

    def listing(self) -> Listing:
        """The list as it is shown now."""
        raise LookupError(type(self).__name__)

    async def _export(self) -> None:
        """Ask for file and reason, then write; the ending of the file says as what."""
        from aftersales_tui.i18n import say
        from aftersales_tui.tui.dialogs.ask import Ask
        from aftersales_tui.tui.widgets.status import GOOD, saying

        listing, app = self.listing(), self.desk_app
        name = f"~/{listing.what.rpartition('.')[2]}-{app.now():%Y%m%d-%H%M}.csv"
        what = say(f"export.what.{listing.what}")
        screen = cast("Screen[None]", self).app
        file = await screen.push_screen_wait(
            Ask("export.ask.file", name, hint="export.ask.file.hint", what=what)
        )
        reason = file and await screen.push_screen_wait(
            Ask("export.ask.reason", hint="export.ask.reason.hint")
        )
        if file and reason:
            path = typed_path(file)
            count = await app.bridge.run(partial(_write, listing, path, reason))
            app.tell(saying("export.done", GOOD, what=what, n=count, file=path))


class Listed(_Exported):
    """A screen whose list can be taken out of the shop; it overrides ``listing``."""

    scopes: ClassVar[tuple[str, ...]] = (LISTED,)

    async def do_export(self) -> None:
        """Take the list out."""
        await self._export()


class ListedApart(_Exported):
    """The same on a screen on which ``x`` is a verb of its own."""

    scopes: ClassVar[tuple[str, ...]] = (LISTED_APART,)

    async def do_export_list(self) -> None:
        """Take the list out."""
        await self._export()


class ListedFound(_Exported):
    """The same on a screen where letters are typed into a line."""

    scopes: ClassVar[tuple[str, ...]] = (LISTED_FOUND,)

    async def do_export_found(self) -> None:
        """Take the list out."""
        await self._export()


def _write(listing: Listing, path: Path, reason: str, desk: "Desk") -> int:
    from aftersales_tui.exchange.writing import format_of, require_free, write

    form = format_of(path)
    require_free(path)
    desk.exports.log(desk.act(), listing.what, reason)
    with desk.exports.reading():
        return write(path, form, listing.heads, listing.names, listing.rows(desk))
