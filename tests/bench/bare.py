"""The least a Textual app can be: one line to type into. What start and keys are measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class Bare(App[None]):
    """A heading and an input."""

    def compose(self) -> ComposeResult:
        """Two widgets."""
        yield Static("bare frame", markup=False)
        yield Input()


if __name__ == "__main__":
    Bare().run()
