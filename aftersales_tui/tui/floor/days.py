"""Days of the book as people say them; nothing here needs Textual."""

from datetime import date, datetime, tzinfo

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import Words, day, moment


def day_said(text: str, now: datetime, zone: tzinfo, words: Words) -> date:
    """The day somebody means: 昨天, ``mon``, ``11-23``, 明天; an empty text is today.

    A day that could be either is the one that has been: books are mostly looked back into.

    Raises:
        Invalid: ``when.not_understood``, also for a whole month or year.
    """
    if not text.strip():
        return now.astimezone(zone).date()
    try:
        found = day(text, now, zone, words)
    except Invalid:
        return moment(text, now, zone, words).astimezone(zone).date()
    if found.precision != "day":
        raise Invalid("when.not_understood", text=text[:40])
    return found.date
