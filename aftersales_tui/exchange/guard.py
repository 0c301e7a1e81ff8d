"""Keeps a spreadsheet from taking a text for a formula, and takes that guard off again.

A cell that begins with one of these is run by spreadsheet programs when a file of ours is opened there; whoever typed
a customer's name could make another person's computer do things.
"""

STARTERS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a formula begins with, full-width forms among them: some programs take those for the narrow ones."""
MARK = "'"


def guarded(text: str) -> str:
    """A text that no spreadsheet runs; an apostrophe in front tells it that this is text.

    A text that begins with an apostrophe before such a sign is guarded too, so that ``unguarded`` gives it back whole.
    """
    return MARK + text if text.lstrip(MARK).startswith(STARTERS) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text.startswith(MARK) and text.lstrip(MARK).startswith(STARTERS) else text
