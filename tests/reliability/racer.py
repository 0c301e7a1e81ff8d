"""One of two seats that change the same ticket as fast as they can: ``racer.py DATABASE TICKET TIMES SEAT``."""

import sys

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import Refused, Stale
from aftersales_tui.domain.ticket import Status
from aftersales_tui.settings import Settings


def main() -> None:
    """Move the ticket back and forth; a move refused because the other was first is made again on the fresh state."""
    database, ticket_id, times, seat = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    desk = bootstrap.open_desk(Settings(database=database, person=f"racer {seat}"), seat)
    done = stale = 0
    while done < times:
        seen = desk.dispatch.ticket(ticket_id)
        wanted = Status.WAITING_PART if seen.status == Status.NEW.value else Status.NEW
        try:
            desk.visits.status(desk.act(), ticket_id, seen.version, wanted)
        except (Stale, Refused):
            stale += 1
        else:
            done += 1
    print(done, stale, flush=True)
    desk.close()


if __name__ == "__main__":
    main()
