"""Commands of the frame: they work on every screen."""

from aftersales_tui.i18n import LANGUAGES
from aftersales_tui.settings import THEMES
from aftersales_tui.tui.commands.command import Command

APP = "app"
SCREEN = "screen"
FORM = "form"

MORE = ("register", "messages", "visitors", "handover", "people", "imports", "duplicates")
"""The screens that have no key of their own, in the order of their digits in the menu of F9."""

FRAME = (
    Command("help", "f1", APP, priority=True),
    Command("go.call", "f2", APP, priority=True),
    Command("go.queue", "f3", APP, priority=True),
    Command("go.contact", "f4", APP, priority=True),
    Command("go.customer", "f5", APP, priority=True),
    Command("go.device", "shift+f5", APP, twin="f17", show=False, priority=True),
    Command("go.search", "slash", APP, twin="ctrl+f"),
    Command("more", "f9", APP, priority=True),
    *(Command(f"go.{door}", "", APP, show=False) for door in MORE),
    Command("shift_note", "", APP, show=False),
    Command("go_on", "f12", FORM, twin="ctrl+s", priority=True),
    Command("back", "escape", SCREEN, twin="f10", priority=True, palette=False),
    Command("go.command_line", "colon", APP, twin="ctrl+o"),
    Command("switch_person", "ctrl+right_square_bracket", APP, show=False, priority=True),
    Command("palette", "ctrl+p", APP, priority=True, palette=False),
    Command("quit", "ctrl+q", APP, show=False, priority=True),
    *(Command(f"language.{name}", "", APP, show=False) for name in LANGUAGES),
    *(Command(f"theme.{name}", "", APP, show=False) for name in THEMES),
)
