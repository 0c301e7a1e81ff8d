"""Commands of a list that can be written into a file as it is shown."""

from aftersales_tui.tui.commands.command import Command

LISTED = "listed"

LISTED_APART = "listed_apart"
LISTED_FOUND = "listed_found"

ON_LISTED = (
    Command("export", "x", LISTED, show=False, menu=True),
    Command("export_list", "X", LISTED_APART, show=False),
    Command("export_found", "ctrl+x", LISTED_FOUND, show=False, priority=True),
)
"""By other keys where ``x`` means something else, or is typed."""
