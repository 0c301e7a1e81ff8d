"""What makes a screen answer at once: Textual's own screens wait where nothing is to be waited for."""

from typing import TypeVar

from textual import events, on
from textual.screen import Screen

T = TypeVar("T")


class Prompt(Screen[T]):
    """A screen that is given its styles once when it is new, and painted once."""

    @on(events.ScreenResume)
    def _begin_once(self, event: events.ScreenResume) -> None:
        # Textual looks up every widget's styles a second time here, and asks for a second painting of the whole.
        event.refresh_styles = bool(self.stack_updates)
        if not self.stack_updates:
            self.call_next(self._spare_repaint)

    def _spare_repaint(self) -> None:
        """Its first layout has just painted all there is."""
        self._repaint_required = False
