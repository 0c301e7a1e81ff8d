"""The log of errors that nobody foresaw; nothing here needs Textual."""

from datetime import UTC, datetime
from pathlib import Path

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.paths import state_dir


def write_down(error: BaseException) -> str:
    """Append an error's traceback to the log in the state folder; answers the file, empty if it cannot be written.

    Values of variables are left out: they would carry customers' names and phones into a log.
    """
    import traceback

    try:
        file: Path = state_dir() / "errors.log"
        with file.open("a", encoding="utf-8", errors="replace") as log:
            log.write(f"{datetime.now(UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n")
    except (OSError, Unavailable):
        return ""
    return str(file)
