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
    """Speak the language of the command line, else that of the settings, else that of the machine.

    Where standard output cannot carry its letters, English is spoken: a row of question marks helps nobody.
    """
    chosen = _asked(argv)
    if chosen is None:
        try:
            chosen = load_settings().language
        except DomainError:
            # Help must be readable while the settings are not; whoever needs them will say so.
            chosen = None
    language = i18n.start_language(chosen, os.environ)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    # JSON escapes what an encoding does not have.
    written = "--json" in argv or i18n.can_be_written(language, encoding)
    i18n.use(language if written else i18n.LANGUAGES[0])
    if not written:
        from aftersales_tui.cli.output import Output

        Output().complain(i18n.say("cli.other_language", language=language, encoding=encoding))


def _asked(argv: list[str]) -> str | None:
    for place, word in enumerate(argv):
        name, equals, value = word.partition("=")
        if name in LANGUAGE_OPTIONS:
            return value if equals else next(iter(argv[place + 1 : place + 2]), None)
    return None


if __name__ == "__main__":
    sys.exit(main())
