"""Commands of every list; the list widget itself carries them out."""

from aftersales_tui.tui.commands.command import Command

ROWS = "rows"

LISTS = (
    Command("open", "enter", ROWS, palette=False),
    Command("cursor.down", "down", ROWS, twin="j", show=False, palette=False),
    Command("cursor.up", "up", ROWS, twin="k", show=False, palette=False),
    Command("cursor.page_down", "pagedown", ROWS, show=False, palette=False),
    Command("cursor.page_up", "pageup", ROWS, show=False, palette=False),
    Command("cursor.first", "home", ROWS, show=False, palette=False),
    Command("cursor.last", "end", ROWS, show=False, palette=False),
)
