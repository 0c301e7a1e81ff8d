"""A modal screen through which the one beneath is seen as it is."""

from typing import TypeVar

from textual._context import visible_screen_stack
from textual.screen import ModalScreen
from textual.widget import _RenderCache

from aftersales_tui.tui.prompt import Prompt

T = TypeVar("T")


class Glass(Prompt[T], ModalScreen[T]):
    """Stands over another screen.

    Textual shows that one through Rich, looking at each of its colours for a tint; here are its lines as they stand.
    It was a quarter of the time in which a dialog opens.
    """

    def _render_content(self) -> None:
        try:
            beneath = visible_screen_stack.get().pop()
        except LookupError:
            super()._render_content()
            return
        self._render_cache = _RenderCache(self.size, beneath._compositor.render_strips(self.size))
        self._dirty_regions.clear()
