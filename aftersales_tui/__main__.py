"""The program's door: chooses the language, then opens the desk or runs a command of the shell."""

import os
import sys

from aftersales_tui import i18n
from aftersales_tui.domain.errors import DomainError
from aftersales_tui.settings import load_settings

LANGUAGE_OPTIONS = ("--lang", "--language")


def main() -> int:
    """Run the program with the arguments of this process; answers its exit code.

    ``aftersales`` alone opens the desk without even importing the shell.
    """
    argv = sys.argv[1:]
    _speak(argv)
    if argv:
        from aftersales_tui.cli.main import run

        return run(argv)
    try:
        from aftersales_tui.cli.start import open_app

        return open_app(load_settings())
    except DomainError as error:
        from aftersales_tui.cli.output import Output

        return Output().error(error)
    except KeyboardInterrupt:
        from aftersales_tui.cli.exit_codes import INTERRUPTED

        return INTERRUPTED


def _speak(argv: list[str]) -> None:
    """Speak the language of the command line, else that of the settings, else that of the machine."""
    chosen = _asked(argv)
    if chosen is None:
        try:
            chosen = load_settings().language
        except DomainError:
            # Help must be readable while the settings are not; whoever needs them will say so.
            chosen = None
    i18n.use(i18n.start_language(chosen, os.environ))


def _asked(argv: list[str]) -> str | None:
    for place, word in enumerate(argv):
        name, equals, value = word.partition("=")
        if name in LANGUAGE_OPTIONS:
            return value if equals else next(iter(argv[place + 1 : place + 2]), None)
    return None


if __name__ == "__main__":
    sys.exit(main())
