"""Whether there is a terminal at all. Imports nothing of Textual: the command line asks before it loads a screen."""

import sys

from aftersales_tui.domain.errors import Unavailable


def require_terminal() -> None:
    """Make sure that somebody can see the screens and type into them.

    Without a terminal Textual paints into a file or reads a pipe for ever. It reads standard input and paints on
    standard error, or on standard output under Windows, so all three have to be the terminal.

    Raises:
        Unavailable: ``terminal.none`` if one of the three is a file, a pipe or closed.
    """
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        if stream is None or stream.closed or not stream.isatty():
            raise Unavailable("terminal.none")
