"""What must stand in the environment before Textual is imported.

This module imports nothing of Textual, because Textual reads these variables once, at import. The program's entry
calls ``prepare_environment`` first and imports the screens afterwards.
"""

import os
import sys

ESCAPE_DELAY_MS = "25"


def prepare_environment() -> None:
    """Set up the keyboard for input methods and a quick Esc; what the user has set stays as it is.

    - Textual asks the terminal for kitty's "report all keys" mode; in it an input method's commit of five or more
      Han characters arrives as garbage or not at all. Without that mode the characters come as plain UTF-8.
    - A lone Esc is told from the start of a key sequence by the silence after it: 25 ms instead of 100. On a line
      that tears sequences apart the user sets ``ESCDELAY`` (milliseconds) higher.

    On Windows keys come as console records and neither applies.
    """
    if sys.platform == "win32":
        return
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("ESCDELAY", ESCAPE_DELAY_MS)
