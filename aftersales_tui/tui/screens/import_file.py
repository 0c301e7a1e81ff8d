"""A file that is to be read in: how it is taken, what would happen, and reading it in (issue 3)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widget import Widget

from aftersales_tui.exchange.encodings import NAMES
from aftersales_tui.tui.commands.frame import FORM
from aftersales_tui.tui.commands.imports import IMPORT_FILE
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.imports.columns import COLUMNS, file_rows, head_lines, outcome_lines
from aftersales_tui.tui.imports.words import (
    column_word,
    file_rejects,
    kind_word,
    state_words,
)
from aftersales_tui.tui.screens.base import DeskScreen
from aftersales_tui.tui.widgets.lines import Lines
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.status import BAD, GOOD, Said, saying
from aftersales_tui.views.imports import DONE, FileView, Order, Outcome

if TYPE_CHECKING:
    from textual.worker import Worker

    from aftersales_tui.desk.importing.run import ImportRun

NOTHING = "-"


class ImportFileScreen(DeskScreen):
    """The file's columns with what each is taken for, and below them what a try has found.

    The screen stays as it is while somebody takes a call in between: an import goes on behind it.
    """

    scopes: ClassVar[tuple[str, ...]] = (FORM, IMPORT_FILE)

    def __init__(self) -> None:
        super().__init__()
        self._head = Lines(id="import-head")
        self._rows = Rows(COLUMNS, "import.reading")
        self._result = Lines(id="import-result")
        self._order = Order("", Path())
        self._file: FileView | None = None
        self._outcome: Outcome | None = None
        self._run: ImportRun | None = None
        self._reading_in: Worker[None] | None = None
        self._stopping = False

    def compose_body(self) -> Iterator[Widget]:
        """Head, columns, result."""
        yield self._head
        yield self._rows
        yield self._result

    def arrive(self, path: Path | None = None, batch_id: int = 0, **_: Any) -> None:
        """Look at a file, or go on with a batch; without either, the file of before."""
        app = self.desk_app
        if self._run is not None or (path is None and not batch_id):
            return
        self._outcome = None
        if path is not None:
            self._order = Order("", path, take_near=True)
            work = self._look()
        else:
            work = self._resume(batch_id)
        app.run_worker(holding(app.type_ahead, app.trouble.guarded(work)), exit_on_error=False)

    async def hand_over(self) -> None:
        """The file is his who chose it; an import under way stops after its chunk, and goes on from the list."""
        if self._reading_in is not None:
            self._stopping = True
            await self._reading_in.wait()
        self._file = self._outcome = None
        self._order = Order("", Path())
        self._head.show([])
        self._rows.show([])
        self._show()

    def seated(self) -> None:
        """Without its file the screen has nothing to show."""
        if self.app.screen is self and self._order.path == Path():
            super().do_back()

    def retranslate(self) -> None:
        """Say everything again."""
        self._show()

    def can_go_on(self) -> bool:
        """Whether there is a file, and nothing is under way."""
        return self._file is not None and self._run is None

    def do_go_on(self) -> None:
        """Try it; when that was done, read it in."""
        tried = self._outcome is not None and self._outcome.dry and self._outcome.state == DONE
        self._start(dry=not tried)

    def can_import_try(self) -> bool:
        """Whether there is a file, and nothing is under way."""
        return self.can_go_on()

    def do_import_try(self) -> None:
        """Find out what would happen, without writing anything."""
        self._start(dry=True)

    def can_import_change(self, what: str) -> bool:
        """Whether there is a file, and nothing is under way; a sheet has no encoding to choose."""
        return self.can_go_on() and (
            what != "encoding" or (self._file is not None and bool(self._file.encoding))
        )

    async def do_import_change(self, what: str) -> None:
        """Take the file otherwise: its encoding, its kind, its source, and what becomes of columns without a place."""
        if what == "encoding":
            # Read otherwise, the headings are other words: what was said of them no longer fits.
            encodings = [Choice(name, name) for name in NAMES]
            await self._choose("import.which_encoding", "encoding", encodings, mapping={})
        elif what == "kind":
            kinds = await self.desk_app.bridge.run(lambda desk: desk.imports.kinds())
            choices = [Choice(kind, kind_word(kind)) for kind in kinds]
            await self._choose("import.which_kind", "kind", choices, mapping={})
        elif what == "source":
            now = self._file.source if self._file else ""
            named = await self.desk_app.push_screen_wait(Ask("import.which_source", now, limit=60))
            if named:
                await self._change(source=named)
        else:
            await self._change(keep_rest=not self._order.keep_rest)

    def do_back(self) -> None:
        """Leave; an import under way stops after the chunk at hand, and can be gone on with."""
        if self._run is not None and not self._run.over:
            self._stopping = True
            self.desk_app.tell(saying("import.stopping"))
        else:
            super().do_back()

    @on(Rows.Opened)
    def _opened(self, message: Rows.Opened) -> None:
        if self.can_go_on():
            work = self._choose_column(message.key - 1)
            self.run_worker(self.desk_app.trouble.guarded(work), exit_on_error=False)

    async def _choose(self, title: str, what: str, choices: list[Choice], **more: Any) -> None:
        chosen = await self.desk_app.push_screen_wait(Menu(title, choices))
        if chosen:
            await self._change(**{what: chosen, **more})

    async def _choose_column(self, place: int) -> None:
        """Say what a column of the file means."""
        if self._file is None:
            return
        view, kind = self._file.columns[place], self._file.kind
        columns = await self.desk_app.bridge.run(lambda desk: desk.imports.columns(kind))
        choices = [
            Choice(NOTHING, column_word("")),
            *(Choice(name, column_word(name), name) for name in columns),
        ]
        chosen = await self.desk_app.push_screen_wait(
            Menu("import.which_column", choices, heading=view.heading)
        )
        if chosen:
            await self._change(mapping={**self._order.mapping, view.heading: chosen})

    async def _change(self, **changed: Any) -> None:
        """Look at the file again with another wish; what cannot be is told, and the wish of before stays."""
        before = self._order
        self._order = replace(before, **changed)
        self._outcome = None
        try:
            await self._look()
        except Exception:
            self._order = before
            raise

    async def _look(self) -> None:
        order = self._order
        file = await self.desk_app.bridge.run(lambda desk: desk.imports.look(order))
        self._file = file
        self._order = replace(self._order, kind=file.kind)
        self._show()

    async def _resume(self, batch_id: int) -> None:
        run = await self.desk_app.bridge.run(lambda desk: desk.imports.resume(batch_id))
        self._order = run.order
        await self._look()
        self._go(run)

    def _start(self, *, dry: bool) -> None:
        order = self._order
        app = self.desk_app

        async def begin() -> None:
            self._go(await app.bridge.run(lambda desk: desk.imports.begin(order, dry=dry)))

        app.run_worker(holding(app.type_ahead, app.trouble.guarded(begin())), exit_on_error=False)

    def _go(self, run: "ImportRun") -> None:
        """Let a run go on in the app, chunk by chunk: other verbs come in between."""
        self._run, self._stopping = run, False
        self.refresh_keys()
        work = self.desk_app.trouble.guarded(self._all(run))
        self._reading_in = self.desk_app.run_worker(work, exit_on_error=False)

    async def _all(self, run: "ImportRun") -> None:
        bridge = self.desk_app.bridge
        try:
            while not run.over:
                self._outcome = await bridge.run(lambda desk: run.step(desk.act()))
                if self._stopping and not run.over:
                    self._outcome = await bridge.run(lambda desk: run.cancel(desk.act()))
                self._show()
            await self._finish(run)
        finally:
            self._run = self._reading_in = None
            self._show()

    async def _finish(self, run: "ImportRun") -> None:
        outcome = run.outcome
        style = BAD if outcome.tally.rejected or outcome.state != DONE else GOOD
        beside = None if outcome.dry else await self.desk_app.bridge.run(lambda _: file_rejects(run))
        if beside is not None:
            self.desk_app.tell(saying("import.rejects_at", BAD, file=str(beside)))
        else:
            self.desk_app.tell(Said(lambda: state_words(outcome), style))

    def _show(self) -> None:
        """Paint what has changed."""
        if self._file is not None:
            self._head.show(head_lines(self._file, keep_rest=self._order.keep_rest))
            self._rows.show(file_rows(self._file))
        lines = list(outcome_lines(self._outcome)) if self._outcome is not None else []
        self._result.styles.height = max(1, len(lines))
        self._result.show(lines)
        self.refresh_keys()
