"""Commands of the search over everything (``/``)."""

from aftersales_tui.tui.commands.command import Command

SEARCH = "search"

ON_SEARCH = (
    Command("group.next", "tab", SEARCH, priority=True, palette=False),
    Command("group.previous", "shift+tab", SEARCH, show=False, priority=True, palette=False),
    Command("only", "ctrl+t", SEARCH, priority=True),
)
