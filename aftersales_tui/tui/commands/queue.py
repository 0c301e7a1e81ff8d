"""Commands of the queue."""

from aftersales_tui.tui.commands.command import Command

QUEUE = "queue"

ON_QUEUE = (Command("filter", "f", QUEUE, menu=True),)
