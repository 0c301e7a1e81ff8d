"""What the shell is told when a command ends: one code per class of error."""

from collections.abc import Mapping
from typing import Final

from aftersales_tui.domain.errors import DomainError, Invalid, NotFound, Refused, Stale, Unavailable

OK: Final = 0
UNEXPECTED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130

BY_CLASS: Mapping[type[DomainError], int] = {
    Invalid: 3,
    Refused: 4,
    Stale: 5,
    NotFound: 6,
    Unavailable: 7,
}
WORDS: Mapping[int, str] = {
    OK: "cli.exit.ok",
    UNEXPECTED: "cli.exit.unexpected",
    USAGE: "cli.exit.usage",
    3: "cli.exit.invalid",
    4: "cli.exit.refused",
    5: "cli.exit.stale",
    6: "cli.exit.not_found",
    7: "cli.exit.unavailable",
    INTERRUPTED: "cli.exit.interrupted",
}
"""Every code with the catalog key that explains it, for ``--help``."""
_USAGE_CODES = ("cli.", "terminal.")


def exit_code(error: DomainError) -> int:
    """The code an error ends with; a command that is used wrongly, or has no terminal to use, is 2."""
    if error.code.startswith(_USAGE_CODES):
        return USAGE
    return next((code for kind, code in BY_CLASS.items() if isinstance(error, kind)), UNEXPECTED)
