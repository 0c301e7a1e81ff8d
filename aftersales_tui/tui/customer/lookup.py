"""Finding a customer by whatever is known of him: name, digits, pinyin, serial, ticket (F5; C3)."""

from collections.abc import Iterator

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from aftersales_tui.domain.errors import DomainError
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.dialog import Dialog
from aftersales_tui.tui.holding import holding
from aftersales_tui.tui.intake.seeking import Seeking
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.line import Line
from aftersales_tui.tui.widgets.rows import Rows
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.callers import CallerMatch

COLUMNS = (
    Column("", 12, grow=2, most=24),
    Column("", 13, grow=1, most=18),
    Column("", 12, grow=4, rank=1),
    Column("", 8, grow=1, most=12, rank=2),
)
LINES = 10
MOST = 20


class Lookup(Dialog[CallerMatch]):
    """One field; what fits stands below it, and Enter takes the marked line."""

    def __init__(self, text: str = "") -> None:
        """``text`` stands in the field already."""
        super().__init__("file.lookup.title", "file.lookup.hint")
        self._line = Line(text, placeholder=say("file.lookup.example"))
        self._rows = Rows(COLUMNS, header=False)
        self._rows.can_focus = False
        self._rows.styles.height = LINES
        self._matches: tuple[CallerMatch, ...] = ()
        self._seeking = Seeking(self._look, self._report)

    def compose_body(self) -> Iterator[Widget]:
        """The field, and who it may be."""
        yield self._line
        yield self._rows

    @on(events.Mount)
    def _begin(self) -> None:
        if self._line.value:
            self._line.cursor_position = len(self._line.value)
            self._seeking.soon()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.complain("")
        if event.value.strip():
            self._seeking.soon()
        else:
            self._seeking.stop()
            self._show(())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        app = self.desk_app
        app.run_worker(holding(app.type_ahead, app.trouble.guarded(self._take())), exit_on_error=False)

    @on(Rows.Opened)
    def _pointed(self, event: Rows.Opened) -> None:
        event.stop()
        self.dismiss(self._matches[event.key])

    @on(events.Key)
    def _by_arrow(self, event: events.Key) -> None:
        if event.key in {"up", "down", "pageup", "pagedown"}:
            event.stop()
            ways = {"pageup": "page_up", "pagedown": "page_down"}
            self._rows.do_cursor(ways.get(event.key, event.key))

    @on(events.Unmount)
    def _going(self) -> None:
        self._seeking.stop()

    async def _take(self) -> None:
        """The answer for what is typed now, waited for; nobody found is said."""
        await self._seeking.now()
        if not self.is_current:
            return
        key = self._rows.key
        if key is not None and key < len(self._matches):
            self.dismiss(self._matches[key])
        elif self._line.value.strip():
            self.complain("file.lookup.nobody")

    async def _look(self) -> None:
        text = self._line.value
        found = await self.desk_app.bridge.latest("lookup", lambda desk: desk.intake.callers(text, MOST))
        if found is not None and text == self._line.value:
            self._show(found)

    def _show(self, found: tuple[CallerMatch, ...]) -> None:
        self._matches = found
        self._rows.show(
            [
                Row(
                    place,
                    (one.called, one.phone, one.address, _open(one)),
                    ("strong", "", "dim", "late"),
                )
                for place, one in enumerate(found)
            ]
        )
        self._rows.do_cursor("first")

    def _report(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            self.desk_app.trouble.report(error)


def _open(match: CallerMatch) -> str:
    return say("intake.panel.open_n", n=match.open_tickets) if match.open_tickets else ""
