"""Two processes change one ticket: every change must be there, none may be written over another."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from aftersales_tui import bootstrap
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.settings import Settings

RACER = Path(__file__).with_name("racer.py")


@dataclass(frozen=True)
class Race:
    """How a race went.

    Attributes:
        acknowledged: Changes the two seats were told are done.
        stale: Changes that were refused because the other seat was first.
        entries: Entries in the ticket's time line besides the call itself.
        version: The ticket's version; one more than its changes.
    """

    acknowledged: int
    stale: int
    entries: int
    version: int


def race(database: str, times: int) -> Race:
    """Let two processes change one new ticket, each so many times.

    Args:
        database: A path or a PostgreSQL URL.
        times: Changes of each process.
    """
    desk = bootstrap.open_desk(Settings(database=database, person="starter"))
    said = {Field.CALLER: "Race", Field.FAULT: "does not start"}
    sheet = CallSheet(bootstrap.fresh_id(), "repair", "phone", bootstrap.clock(), said)
    ticket = desk.intake.save(desk.act(write_id=sheet.call_id), sheet)
    command = [sys.executable, str(RACER), database, str(ticket.ticket_id), str(times)]
    seats = [subprocess.Popen([*command, seat], stdout=subprocess.PIPE, text=True) for seat in ("a", "b")]
    said_done = [tuple(map(int, seat.communicate(timeout=600)[0].split())) for seat in seats]
    view = desk.dispatch.ticket(ticket.ticket_id)
    desk.close()
    return Race(
        sum(one[0] for one in said_done),
        sum(one[1] for one in said_done),
        len(view.timeline) - 1,
        view.version,
    )
