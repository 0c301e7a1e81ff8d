"""Asks yes or no."""

from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu

YES, NO = "yes", "no"


class Confirm(Menu):
    """A question with a yes and a no; answers ``YES``, ``NO``, or ``None`` when left by Esc."""

    def __init__(self, title: str, **params: object) -> None:
        """``title`` is a catalog key, ``params`` fill its placeholders."""
        super().__init__(title, (Choice(YES, say("word.yes")), Choice(NO, say("word.no"))), **params)
