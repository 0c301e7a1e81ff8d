"""When somebody was away from the desk (A1)."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def left_off(entries: Sequence[datetime], now: datetime, away: timedelta) -> int | None:
    """Which of somebody's entries was his last before he was away; ``None`` if he was not.

    He was away where nothing of his lies between two entries, or between the last one and now, for as long as
    ``away``. The last such gap counts: what he has done since belongs to his present shift.

    Args:
        entries: When he made his entries, the newest first.
        now: Aware.
        away: So long without an entry is away.
    """
    later = now
    for place, at in enumerate(entries):
        if later - at >= away:
            return place
        later = at
    return None
