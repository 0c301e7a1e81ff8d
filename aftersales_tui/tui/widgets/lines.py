"""A block of lines that paints only those that have changed."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from aftersales_tui.tui.widgets.cells import cell_len, fit
from aftersales_tui.tui.widgets.still import Still

if TYPE_CHECKING:
    from rich.style import Style

STYLES = ("strong", "dim", "late", "soon", "good", "cursor")
Piece = tuple[str, str]
"""Plain text and the name of its look, out of ``STYLES``; empty for none."""
TextLine = tuple[Piece, ...]


def folded(text: str, width: int) -> list[str]:
    """Text on as many lines as it takes: broken at blanks where there are any, anywhere else between characters.

    Args:
        text: On one line or several.
        width: Cells of a line.
    """
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line, used, gap = "", 0, 0
        for character in paragraph:
            wide = cell_len(character)
            if used + wide > width and line:
                rest = line[gap:] if gap and character != " " else ""
                lines.append((line[:gap] if rest else line).rstrip())
                line, gap = rest, 0
                used = cell_len(line)
                if character == " " and not line:
                    continue
            line += character
            used += wide
            if character == " ":
                gap = len(line)
        lines.append(line.rstrip())
    return lines


class Lines(Still, Widget):
    """Lines of plain text with looks; nothing of it is ever parsed as markup."""

    COMPONENT_CLASSES = {f"lines--{name}" for name in STYLES}
    DEFAULT_CSS = "Lines { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[TextLine] = []
        self._looks: dict[str, Style] = {}

    @property
    def text(self) -> str:
        """What is shown, without its looks."""
        return "\n".join("".join(piece for piece, _ in line) for line in self._lines)

    def show(self, lines: Iterable[TextLine]) -> None:
        """Show these lines; what stays the same is not painted again."""
        old, self._lines = self._lines, list(lines)
        for y in range(max(len(old), len(self._lines))):
            if old[y : y + 1] != self._lines[y : y + 1]:
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line, cut or padded to the width."""
        width = self.size.width
        pieces: Sequence[Piece] = self._lines[y] if y < len(self._lines) else ()
        segments, left = [], width
        for text, look in pieces:
            wide = cell_len(text)
            segments.append(Segment(text if wide <= left else fit(text, left), self._look(look)))
            left -= min(wide, left)
            if not left:
                break
        if left:
            segments.append(Segment(" " * left, self._look("")))
        return Strip(segments, width)

    def notify_style_update(self) -> None:
        """Forget looks when the theme changes."""
        self._looks.clear()
        super().notify_style_update()

    def _look(self, name: str) -> "Style":
        if name not in self._looks:
            look = self.rich_style
            if name:
                look += self.get_component_rich_style(f"lines--{name}", partial=True)
            self._looks[name] = look
        return self._looks[name]
