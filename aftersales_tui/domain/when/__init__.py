"""Dates, times and windows as people say them, in three languages at once (C1, C6, C2)."""

from aftersales_tui.domain.when.absences import absence, leading_absence
from aftersales_tui.domain.when.instants import happened, moment
from aftersales_tui.domain.when.offers import suggestions
from aftersales_tui.domain.when.purchases import PastDate, day
from aftersales_tui.domain.when.seam import lead
from aftersales_tui.domain.when.windows import window
from aftersales_tui.domain.when.words import PartOfDay, Words

__all__ = [
    "PartOfDay",
    "PastDate",
    "Words",
    "absence",
    "day",
    "happened",
    "lead",
    "leading_absence",
    "moment",
    "suggestions",
    "window",
]
