"""Commands of an open ticket."""

from aftersales_tui.tui.commands.command import Command

TICKET = "ticket"
AGAIN = "again"
TABS = ("summary", "visits", "calls", "timeline", "clocks")
"""The tabs of a ticket in the order of their digits."""

ON_TICKET_SCREEN = (
    *(Command(f"tab.{name}", str(place), TICKET, show=False) for place, name in enumerate(TABS, 1)),
    Command("again", "y", AGAIN, twin="ctrl+y"),
)
