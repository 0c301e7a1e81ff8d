"""A label of the catalog, in whatever language is spoken when it is painted."""

from textual.content import Content
from textual.widget import Widget

from aftersales_tui.i18n import say


class Word(Widget):
    """A label that follows a switch of language by itself."""

    DEFAULT_CSS = "Word { width: auto; height: auto; }"

    def __init__(
        self, key: str, *, id: str | None = None, classes: str | None = None, **params: object
    ) -> None:
        """Make the label.

        Args:
            key: Of the catalog.
            id: In the screen.
            classes: For the style sheet.
            params: Fill the placeholders.
        """
        super().__init__(id=id, classes=classes)
        self._key = key
        self._params = params

    def to(self, key: str, **params: object) -> None:
        """Say something else from now on."""
        self._key, self._params = key, params
        self.refresh(layout=True)

    def render(self) -> Content:
        """The sentence; never parsed as markup."""
        return Content(say(self._key, **self._params) if self._key else "")
