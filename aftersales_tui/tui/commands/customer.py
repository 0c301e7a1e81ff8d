"""Commands on a customer's file and a device's card (F5)."""

from aftersales_tui.tui.commands.command import Command

FILE = "file"
CUSTOMER = "customer"
PAGES = ("summary", "people", "addresses", "devices", "tickets", "promises", "timeline")
"""The pages of a file in the order of their digits."""

ON_FILE = (
    *(Command(f"page.{name}", str(place), CUSTOMER, show=False) for place, name in enumerate(PAGES, 1)),
    Command("fulfil", "o", CUSTOMER, menu=True),
    Command("change", "e", FILE, menu=True),
    Command("add", "a", CUSTOMER, menu=True),
    Command("remove", "d", CUSTOMER, twin="delete", menu=True),
    Command("file_note", "m", FILE, menu=True),
    Command("file_call", "C", FILE, menu=True),
    Command("promise_made", "p", FILE, menu=True),
    Command("file_menu", "ctrl+e", FILE, priority=True, palette=False),
)
