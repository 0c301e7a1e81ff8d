"""Whether there is a terminal that can show the screens.

Imports nothing of Textual: the command line asks before it loads a screen.
"""

import os
import sys
from collections.abc import Mapping

from aftersales_tui.domain.errors import Unavailable

NO_SCREEN = frozenset({"", "dumb"})
"""Terminals, by ``TERM``, on which the cursor cannot be moved."""


def cannot_show(environ: Mapping[str, str], encoding: str) -> str:
    """Why no screen can be painted on a terminal: ``dumb``, ``encoding``; empty where one can.

    Args:
        environ: The environment.
        encoding: Of the stream to it.
    """
    if os.name == "posix" and environ.get("TERM", "") in NO_SCREEN:
        return "dumb"
    return "" if encoding.casefold().replace("-", "") == "utf8" else "encoding"


def require_terminal() -> None:
    """Make sure that somebody can see the screens and type into them.

    Without a terminal Textual paints into a file or reads a pipe for ever. It reads standard input and paints on
    standard error, or on standard output under Windows, so all three have to be the terminal.

    Raises:
        Unavailable: ``terminal.none`` if one of the three is a file, a pipe or closed; ``terminal.dumb`` if it cannot
            be painted on; ``terminal.encoding`` if it would show escapes for every Chinese letter.
    """
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        if stream is None or stream.closed or not stream.isatty():
            raise Unavailable("terminal.none")
    encoding = getattr(sys.__stdout__, "encoding", None) or "ascii"
    why = cannot_show(os.environ, encoding)
    if why == "dumb":
        raise Unavailable("terminal.dumb", term=os.environ.get("TERM") or "-")
    if why:
        raise Unavailable("terminal.encoding", encoding=encoding)
