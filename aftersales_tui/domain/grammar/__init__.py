"""The command language: what ``:`` in the app and the shell understand, from one registry of verbs."""

from aftersales_tui.domain.grammar.line import Line, Piece, Place, Slot, Step
from aftersales_tui.domain.grammar.parse import ASK, BARE_PHONE, BARE_TICKET, parse, parse_words, place
from aftersales_tui.domain.grammar.shifts import weekly_shifts
from aftersales_tui.domain.grammar.spelling import spell
from aftersales_tui.domain.grammar.verbs import GREEDY, VERBS, Argument, Kind, Verb
from aftersales_tui.domain.grammar.vocabulary import Vocabulary, vocabulary

__all__ = [
    "ASK",
    "BARE_PHONE",
    "BARE_TICKET",
    "GREEDY",
    "VERBS",
    "Argument",
    "Kind",
    "Line",
    "Piece",
    "Place",
    "Slot",
    "Step",
    "Verb",
    "Vocabulary",
    "parse",
    "parse_words",
    "place",
    "spell",
    "vocabulary",
    "weekly_shifts",
]
