"""Another window: writes one most urgent call and says on the monotonic clock when it was committed."""

import sys
import time
from datetime import timedelta

from aftersales_tui import bootstrap
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.settings import Settings


def main() -> None:
    """Save a call of the caller named on the command line, received long ago."""
    desk = bootstrap.open_desk(Settings(database=sys.argv[1], person="elsewhere"))
    at = bootstrap.clock() - timedelta(days=3000)
    said = {Field.CALLER: sys.argv[2], Field.FAULT: "x"}
    sheet = CallSheet(bootstrap.fresh_id(), "repair", "phone", at, said)
    desk.intake.save(desk.act(write_id=sheet.call_id), sheet)
    print(time.monotonic(), flush=True)
    desk.close()


if __name__ == "__main__":
    main()
