"""The imports (F9): every file that was read in, going on with one, taking one back (issue 3)."""

from collections.abc import Iterator
from typing import Any, ClassVar

from textual import on
from textual.widget import Widget

from aftersales_tui.tui.commands.imports import IMPORTS
from aftersales_tui.tui.dialogs.confirm import YES, Confirm
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.imports.batches import COLUMNS, batch_cells
from aftersales_tui.tui.imports.choosing import ask_file
from aftersales_tui.tui.imports.words import undone_words
from aftersales_tui.tui.listed import ListedApart
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.status import GOOD, Said
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.act import Changes
from aftersales_tui.views.imports import CANCELLED, RUNNING, UNDONE, BatchView, Undoing

PAGE = 200
BROKEN = frozenset({RUNNING, CANCELLED})


class ImportsScreen(ListedApart, DeskScreen):
    """The batches, the latest first."""

    scopes: ClassVar[tuple[str, ...]] = (IMPORTS,)

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows(COLUMNS, "import.nothing_yet", limit=10 * PAGE)
        self._views: dict[int, BatchView] = {}
        self._last = "~/"

    def compose_body(self) -> Iterator[Widget]:
        """The list."""
        yield self._rows

    def arrive(self, **_: Any) -> None:
        """Come to the list; keys typed ahead wait until it is there."""
        app = self.desk_app
        app.run_worker(holding(app.type_ahead, app.trouble.guarded(self._read())), exit_on_error=False)

    def store_changed(self, changes: Changes) -> None:
        """Read again: a batch has gone on, or an import has begun at another seat."""
        if changes.subjects:
            self.run_worker(self.desk_app.trouble.guarded(self._read()), exit_on_error=False)

    def retranslate(self) -> None:
        """Say the words of the lines again."""
        for view in self._views.values():
            self._rows.patch(self._line(view))

    def listing(self) -> Listing:
        """All imports, as they are shown."""
        from aftersales_tui.tui import listings

        return listings.imports(self.desk_app.zone)

    async def do_import_new(self) -> None:
        """Choose a file and look at it."""
        path = await ask_file(self.desk_app, self._last)
        if path is not None:
            self._last = f"{path.parent}/"
            self.desk_app.travel.to("import_file", path=path)

    def can_import_resume(self) -> bool:
        """Whether the batch in hand was broken off."""
        return self._in_hand_is(BROKEN)

    def do_import_resume(self) -> None:
        """Go on with the batch in hand."""
        self.desk_app.travel.to("import_file", batch_id=self._rows.key)

    def can_import_undo(self) -> bool:
        """Whether the batch in hand has not been taken back yet."""
        view = self._views.get(self._rows.key or 0)
        return view is not None and view.state != UNDONE

    async def do_import_undo(self) -> None:
        """Take the batch in hand back, after a question."""
        view = self._views[self._rows.key or 0]
        sure = await self.desk_app.push_screen_wait(
            Confirm("import.undo.sure", file=view.file_name, new=view.tally.new)
        )
        if sure == YES:
            app = self.desk_app
            app.run_worker(app.trouble.guarded(self._undo(view.batch_id)), exit_on_error=False)

    @on(Rows.Opened)
    async def _opened(self) -> None:
        """What can be done with a batch, by digits."""
        here = [command for command in self.my_commands() if command.where == IMPORTS]
        self.run_worker(self.desk_app.trouble.guarded(self._choose(here)), exit_on_error=False)

    async def _choose(self, here: list[Any]) -> None:
        choices = [Choice(command.id, command.label, command.help, explains=True) for command in here]
        chosen = await self.desk_app.push_screen_wait(Menu("import.do", choices))
        if chosen:
            await self.action_run_command(chosen)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_keys()

    @on(Rows.Wanted)
    async def _more(self, message: Rows.Wanted) -> None:
        held = self._rows.rows
        if message.edge == "after" and held:
            below = held[-1].key
            page = await self.desk_app.bridge.run(lambda desk: desk.imports.batches(below, PAGE))
            self._views |= {view.batch_id: view for view in page}
            self._rows.extend([self._line(view) for view in page], "after", len(page) == PAGE)

    async def _undo(self, batch_id: int) -> None:
        undo = await self.desk_app.bridge.run(lambda desk: desk.imports.undo(batch_id))
        came: Undoing = undo.outcome
        while not came.over:
            came = await self.desk_app.bridge.run(lambda desk: undo.step(desk.act()))
            self._tell(came)
        await self._read()

    def _tell(self, came: Undoing) -> None:
        self.desk_app.tell(Said(lambda: undone_words(came), GOOD))

    async def _read(self) -> None:
        page = await self.desk_app.bridge.latest("imports", lambda desk: desk.imports.batches(most=PAGE))
        if page is None:
            return
        self._views = {view.batch_id: view for view in page}
        self._rows.show([self._line(view) for view in page], after=len(page) == PAGE)
        self.refresh_keys()

    def _in_hand_is(self, states: frozenset[str]) -> bool:
        view = self._views.get(self._rows.key or 0)
        return view is not None and view.state in states

    def _line(self, view: BatchView) -> Row:
        cells = batch_cells(view, self.desk_app.zone)
        state = "soon" if view.state in BROKEN else "dim" if view.state == UNDONE else "good"
        rejected = "late" if view.tally.rejected else "dim"
        return Row(view.batch_id, cells, ("dim", "", "strong", state, "", "dim", "", rejected, "dim"))
