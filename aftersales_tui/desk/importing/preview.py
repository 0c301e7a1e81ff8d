"""What a row would become, for a try that writes nothing."""

from datetime import datetime

from aftersales_tui.desk.importing.foreign import Foreign


def opens(kind: str, row: Foreign) -> bool:
    """Whether a row becomes a ticket that stands in the queue."""
    if kind != "tickets":
        return False
    from aftersales_tui.desk.importing.ticket_rows import status_of
    from aftersales_tui.domain.ticket import is_open

    return is_open(status_of(row))


def shown(row: Foreign) -> dict[str, str]:
    """A row as our columns with their values, for people to look at."""
    told = {
        name: "; ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in row.values.items()
        if not isinstance(value, datetime)
    }
    times = {name: value.isoformat() for name, value in row.values.items() if isinstance(value, datetime)}
    return told | times
