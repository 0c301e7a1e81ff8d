"""Commands on the customer in hand, and of the list of files that may be one customer's (U4)."""

from aftersales_tui.tui.commands.command import Command

CUSTOMER_ROW = "customer_row"
DUPLICATES = "duplicates"

ON_CUSTOMER = (
    Command("merge", "M", CUSTOMER_ROW, menu=True),
    Command("hand_out", "E", CUSTOMER_ROW, menu=True),
    Command("erase", "D", CUSTOMER_ROW, show=False, menu=True),
)
ON_DUPLICATES = (
    Command("differ", "x", DUPLICATES),
    Command("look_further", "n", DUPLICATES),
)
