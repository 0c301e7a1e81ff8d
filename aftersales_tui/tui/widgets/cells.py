"""Text in terminal cells: a Han character takes two of them, whatever ``len`` says."""

from rich.cells import cell_len, set_cell_size

CUT = "~"
"""Marks text that goes on; one cell wide in every terminal."""


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Text in exactly ``width`` cells: padded, or cut with a mark where it is too long."""
    if width <= 0:
        return ""
    wide = cell_len(text)
    if wide > width:
        return set_cell_size(text, width - 1) + CUT
    return " " * (width - wide) + text if right else text + " " * (width - wide)


__all__ = ["CUT", "cell_len", "fit"]
