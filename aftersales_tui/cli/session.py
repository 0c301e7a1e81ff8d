"""One command at the desk: opens the shop, runs steps, tells what came of them."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aftersales_tui import bootstrap
from aftersales_tui.cli.choices import Choices
from aftersales_tui.cli.exit_codes import OK
from aftersales_tui.cli.files import moment_lines
from aftersales_tui.cli.output import Output
from aftersales_tui.cli.shown import offer, show
from aftersales_tui.desk.listing import file_moments
from aftersales_tui.domain.errors import DomainError, Unavailable
from aftersales_tui.domain.grammar import GREEDY, Line, Verb
from aftersales_tui.i18n import say
from aftersales_tui.tui.previews import meaning
from aftersales_tui.tui.sentences import deed_key, deed_words
from aftersales_tui.views.console import Said
from aftersales_tui.views.customers import CustomerFile
from aftersales_tui.views.tickets import QueueFilter

if TYPE_CHECKING:
    from aftersales_tui.desk.console import Console
    from aftersales_tui.desk.desk import Desk

MOMENTS = 20
"""Entries of a customer's time line that stand under his file."""
STDIN = "-"
"""In the place of words: they are read from standard input."""
ONE_A_LINE = frozenset({"show", "who", "file"})
"""Verbs that may be asked for many things at once, one on each line of standard input."""


class Ended(Exception):
    """A command was refused, and the refusal told in the shop's own time; no more is to be said of it."""

    def __init__(self, code: int) -> None:
        """Make it; ``code`` is the exit code."""
        super().__init__(code)
        self.code = code


@dataclass
class Session:
    """A desk that is open for one command.

    Attributes:
        desk: Of the shop.
        console: Its command line.
        output: Where the answers go.
        current: The ticket the last step was about; 0 for none.
        done: Steps that were written so far.
    """

    desk: "Desk"
    console: "Console"
    output: Output
    current: int = 0
    done: int = 0

    def say_verb(self, verb: Verb, given: Sequence[str]) -> tuple[int, tuple[Said, ...]]:
        """Do one verb with the words a shell has parted; answers the exit code and what came of it."""
        code, said = OK, tuple[Said, ...]()
        for words in _from_stdin(verb, list(given)):
            said = self.console.run(self.desk.act, self.console.parse_words(verb.id, words))
            code = self.tell(said)
            if code:
                break
        return code, said

    def run(self, line: str | Line) -> int:
        """Do a line as it would be typed in the app; answers the exit code."""
        said = self.console.run(self.desk.act, line, self.current)
        self.current = next((one.ticket_id for one in reversed(said) if one.ticket_id), self.current)
        return self.tell(said)

    def narrowed(self, words: str) -> QueueFilter:
        """What words narrow the queue to: ``zone:南山 status:new``, as the command line has them.

        Raises:
            DomainError: For words that narrow nothing, as the command line refuses them.
        """
        line = self.console.parse(f"queue {words}".strip())
        (said,) = self.console.run(self.desk.act, replace(line, steps=line.steps[:1]), look=False)
        if said.error is not None:
            raise said.error
        return said.wanted

    def tell(self, saids: Sequence[Said]) -> int:
        """Write what came of each step; answers the exit code of the one that was refused, if one was."""
        for said in saids:
            if said.error is not None:
                return self.output.error(said.error, done_before=self.done)
            self._tell(said)
            self.done += said.receipt is not None
        return OK

    def _tell(self, said: Said) -> None:
        output, receipt = self.output, said.receipt
        if output.as_json:
            offers = [{"text": one.text, "kind": one.kind, "means": meaning(one)} for one in said.offers]
            found = receipt or said.answer
            if isinstance(found, CustomerFile):
                output.record(self._with_time_line(found))
            elif found is not None or offers:
                output.record(found if found is not None else offers)
        elif receipt is not None:
            output.line(
                say(
                    f"done.{deed_key(receipt.verb, receipt.params)}",
                    **deed_words(receipt.params, output.zone),
                ).rstrip()
            )
        elif said.answer is not None:
            show(output, said.answer, self.desk.now())
            if isinstance(said.answer, CustomerFile):
                self._time_line(said.answer.customer_id)
        elif said.verb != "call" or said.offers:
            offer(output, said.offers)

    def _with_time_line(self, file: CustomerFile) -> dict[str, object]:
        """A file with everything that ever happened with the customer, as programs read it (U1)."""
        return {**file._asdict(), "timeline": list(file_moments(self.desk, file.customer_id))}

    def _time_line(self, customer_id: int) -> None:
        """What was done for a customer last, under his file."""
        page = self.desk.customers.timeline(customer_id, MOMENTS)
        if page.rows:
            self.output.line(f"{say('file.tab.timeline')}:")
        for line in moment_lines(page.rows, self.output.zone):
            self.output.line(f"  {line}")
        if page.more_after:
            self.output.line(f"  {say('cli.file.older', n=MOMENTS)}")


@contextmanager
def session(choices: Choices) -> Iterator[Session]:
    """Sit down at the desk for one command.

    Raises:
        Ended: Whatever the desk refuses from then on.
        Unavailable: The store cannot be opened.
        Invalid: The settings or the shop's rules cannot be read.
    """
    desk = _opened(choices)
    try:
        output = Output(choices.as_json, zone=ZoneInfo(desk.shop.zone))
        try:
            yield Session(desk, bootstrap.console_of(desk), output)
        except DomainError as error:
            raise Ended(output.error(error)) from error
    finally:
        desk.close()


def _opened(choices: Choices) -> "Desk":
    """The shop's desk; an upgrade that is stopped by Ctrl+C says that the next start goes on."""
    begun = False

    def tell(share: float) -> None:
        nonlocal begun
        begun = share < 1
        tell_upgrade(share)

    try:
        return bootstrap.open_desk(choices.settings(), tell=tell)
    except KeyboardInterrupt:
        if not begun:
            raise
        if sys.stderr.isatty():
            sys.stderr.write("\n")
        raise Ended(Output(choices.as_json).error(Unavailable("store.upgrade_stopped"))) from None


def tell_upgrade(share: float) -> None:
    """How far a store of before is brought up to date, on one line of a terminal; nothing in a pipe."""
    if sys.stderr.isatty():
        told = say("upkeep.upgrading", percent=int(share * 100)) if share < 1 else ""
        sys.stderr.write(f"\r\x1b[K{told}")
        sys.stderr.flush()


def _from_stdin(verb: Verb, given: list[str]) -> Iterator[list[str]]:
    """The words of a verb, with ``-`` replaced: a text by all of standard input, a list by its lines."""
    if given == [STDIN] and verb.id in ONE_A_LINE:
        yield from ([line.strip()] for line in sys.stdin if line.strip())
    elif given and given[-1] == STDIN and verb.arguments and verb.arguments[-1].kind in GREEDY:
        yield [*given[:-1], sys.stdin.read().strip()]
    else:
        yield given
