"""The calendars that the shop's hours make: open hours, every hour, and hours in which customers are rung."""

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from aftersales_tui.domain.calendar import BusinessCalendar, Calendar, RoundTheClock
from aftersales_tui.domain.contact import NextContact
from aftersales_tui.domain.promise import Basis
from aftersales_tui.domain.quiet import Quiet
from aftersales_tui.lexicon.holidays import Almanac
from aftersales_tui.policy.rules import Hours

PROMISED_AHEAD = timedelta(days=60)
"""So far ahead lie the due times that are promised now."""


class Calendars(NamedTuple):
    """The shop's time.

    Attributes:
        business: Its open hours.
        always: Round the clock.
        calls: The open hours in which customers may be rung (B2).
        almanac: Its country's holidays; asks for heavy libraries when a date is first needed.
    """

    business: Calendar
    always: Calendar
    calls: Calendar
    almanac: Almanac

    def of(self, basis: Basis) -> Calendar:
        """The calendar of a clock's basis."""
        return self.business if basis == "business" else self.always

    def contact_due(self, contact: NextContact, at: datetime, quiet: Quiet = ()) -> datetime:
        """When a contact that comes of something at ``at`` falls due, outside the customer's quiet hours."""
        return contact.due_at(at, self.of(contact.basis), self.calls, quiet)

    def unknown_soon(self, today: date) -> int | None:
        """The year of which ``unknown_year`` warns where due times that are promised today reach into it."""
        return self.unknown_year(today, today + PROMISED_AHEAD)

    def unknown_year(self, first: date, last: date) -> int | None:
        """The first year whose holidays are not known, to be warned of as ``calendar.year_unknown`` (P8)."""
        years = range(first.year, last.year + 1)
        return next((year for year in years if not self.almanac.known(year)), None)


def calendars(hours: Hours, zone: tzinfo, country: str) -> Calendars:
    """The calendars of a shop in its zone and country; make them once, they remember the days worked out.

    Args:
        hours: The shop's hours; a country named there wins.
        zone: The zone of the shop's wall clock.
        country: The shop's own country, an ISO 3166 code.
    """
    almanac = Almanac(hours.country or country, {day: bool(spans) for day, spans in hours.overrides.items()})
    return Calendars(
        business=BusinessCalendar(hours.opening, zone, almanac.kind, hours.overrides),
        always=RoundTheClock(zone),
        calls=BusinessCalendar(hours.opening, zone, almanac.kind, hours.overrides, hours.calling),
        almanac=almanac,
    )
