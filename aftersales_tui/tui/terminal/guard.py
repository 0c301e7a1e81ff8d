"""The guard on the way out: nothing stored in a record reaches the terminal as a command."""

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ReturnType
from textual.color import Color
from textual.filter import LineFilter

from aftersales_tui.tui.terminal.controls import UNSAFE, without_controls
from aftersales_tui.tui.terminal.drivers import driver_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.driver import Driver

_search = UNSAFE.search


def _clean_link(style: Style | None) -> Style | None:
    """The style with a link address that cannot end the link's own sequence and start another."""
    if style is None or style.link is None or _search(style.link) is None:
        return style
    return style.update_link(without_controls(style.link))


class VisibleControls(LineFilter):
    """Takes control, bidi and invisible characters out of every painted line.

    It stands behind all widgets, so that one that forgot to clean its text cannot hand an escape sequence of a
    customer's name to the terminal. Widths stay as they were measured.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments, cleaned; the very same list if there is nothing to clean, as nearly always."""
        for text, style, _control in segments:
            if _search(text) or (style is not None and style.link is not None and _search(style.link)):
                break
        else:
            return segments
        return [
            Segment(without_controls(text), _clean_link(style), control) for text, style, control in segments
        ]


class GuardedApp(App[ReturnType]):
    """An app that writes no control character of its data and reads keys by our own driver."""

    _guard = VisibleControls()

    def get_line_filters(self) -> "Sequence[LineFilter]":
        """Textual's filters, and the guard behind them."""
        return [*super().get_line_filters(), self._guard]

    def get_driver_class(self) -> "type[Driver]":
        """Our driver, unless ``TEXTUAL_DRIVER`` names another."""
        from textual import constants

        return super().get_driver_class() if constants.DRIVER else driver_class()
