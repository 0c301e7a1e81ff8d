"""A block of lines that paints only those that have changed."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from aftersales_tui.tui.widgets.cells import cell_len, fit, steady
from aftersales_tui.tui.widgets.still import Still

if TYPE_CHECKING:
    from rich.style import Style

STYLES = ("strong", "dim", "late", "soon", "good", "cursor")
Piece = tuple[str, str]
"""Plain text and the name of its look, out of ``STYLES``; empty for none."""
TextLine = tuple[Piece, ...]
_NEVER_FIRST = frozenset(",.;:!?)]\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u300b\u300d\u300f\u3011")
_NEVER_LAST = frozenset("\uff08\u300a\u300c\u300e\u3010")
"""Punctuation that no Chinese line begins with, and brackets that none ends with."""


def folded(text: str, width: int) -> list[str]:
    """Text on as many lines as it takes: broken at blanks and between Han characters, anywhere where there are none.

    Args:
        text: On one line or several; as it will be shown (``steady``).
        width: Cells of a line.
    """
    lines: list[str] = []
    for paragraph in steady(text).splitlines() or [""]:
        line, used, gap, before = "", 0, 0, 0
        for character in paragraph:
            wide = cell_len(character)
            if max(wide, before) > 1 and character not in _NEVER_FIRST and line[-1:] not in _NEVER_LAST:
                gap = len(line)
            if used + wide > width and line:
                rest = line[gap:] if gap and character != " " else ""
                lines.append((line[:gap] if rest else line).rstrip())
                line, gap = rest, 0
                used = cell_len(line)
                if character == " " and not line:
                    continue
            line += character
            used += wide
            before = wide or before
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
        for piece, look in pieces:
            text = steady(piece)
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
