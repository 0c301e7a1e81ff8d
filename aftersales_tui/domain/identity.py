"""Ids that are made where a form opens: time-ordered, 63 bits, unique without asking anybody."""

from datetime import datetime, timedelta

RANDOM_BITS = 22
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
NEVER = EPOCH
"""When somebody called last who came in out of a file and has not called: coming in is no call."""
_MILLISECOND = timedelta(milliseconds=1)


def milliseconds(at: datetime) -> int:
    """Whole milliseconds from 1970 to an aware instant, rounded down; negative before it."""
    return (at - EPOCH) // _MILLISECOND


def new_id(at: datetime, random: int) -> int:
    """A 63-bit id: 41 bits of milliseconds, then 22 random bits.

    Args:
        at: The instant the record belongs to; imports give the record's own time.
        random: At least 22 random bits; more are cut off.
    """
    ms = max(milliseconds(at), 0)
    return ((ms & ((1 << 41) - 1)) << RANDOM_BITS) | (random & ((1 << RANDOM_BITS) - 1))
