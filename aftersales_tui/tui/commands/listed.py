"""Commands of a list that can be written into a file as it is shown."""

from aftersales_tui.tui.commands.command import Command

LISTED = "listed"

ON_LISTED = (Command("export", "x", LISTED, show=False, menu=True),)
