"""The lines of a person's card: his record, his time off, what he has to do, what was changed (A7)."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from aftersales_tui.i18n import say
from aftersales_tui.tui.people.fields import FIELDS, shown
from aftersales_tui.tui.says import window_word
from aftersales_tui.tui.sentences import number_word
from aftersales_tui.tui.staff_words import off_word
from aftersales_tui.tui.ticket.feed_words import deed_sentence
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.tui.widgets.window import Row
from aftersales_tui.views.staff import PersonCard

COLUMNS = (Column("", 12, grow=1, most=18), Column("", 30, grow=5))
MOST_HISTORY = 50
"""Changes that the card lists, the latest first."""


def card_lines(card: PersonCard, now: datetime, zone: tzinfo) -> Iterator[Row]:
    """Every line; its key is the field's place from 1, the id of time off or ticket, or minus an entry's place."""
    for place, (name, text) in enumerate(shown(card, now), 1):
        yield Row(place, (say(f"person.{name}"), text), ("dim", "strong" if place == 1 else ""))
    label = say("people.time_off")
    for off in card.time_off:
        words = f"{off_word(off.start, off.end, now, zone)}  {off.reason}".rstrip()
        yield Row(off.absence_id, (label, words), ("dim", "soon"))
        label = ""
    label = say("people.visits")
    for visit in card.visits:
        when = window_word(visit.start, visit.end, now, zone)
        words = "  ".join(filter(None, (number_word(visit.number), when, visit.customer, visit.zone)))
        yield Row(visit.ticket_id, (label, words), ("dim", ""))
        label = ""
    label = say("people.history")
    for row in reversed(card.timeline[-MOST_HISTORY:]):
        undone = f"{say('feed.undone')} " if row.undone else ""
        at = row.happened_at.astimezone(zone)
        words = f"{at:%m-%d %H:%M}  {row.who}  {undone}{deed_sentence(row, zone)}"
        yield Row(-row.seq, (label, words), ("dim", "dim"))
        label = ""


def field_of(key: int) -> str:
    """The field whose line has this key; empty for another line."""
    return FIELDS[key - 1].name if 1 <= key <= len(FIELDS) else ""
