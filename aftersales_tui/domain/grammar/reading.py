"""Gives the words behind a verb to its arguments."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.grammar.line import CURRENT, Piece, Slot, Step
from aftersales_tui.domain.grammar.verbs import DATES, GREEDY, REASON, TICKET, Argument, Kind, Verb
from aftersales_tui.domain.grammar.vocabulary import Vocabulary, folded
from aftersales_tui.domain.grammar.words import Word
from aftersales_tui.domain.text import narrow

Lead = Callable[[Kind, str], int]
"""Given a kind of date and a text: how many characters at its beginning are such a date; 0 for none. Raises
``Invalid`` where one begins and nobody can tell where it ends."""

TICKET_NUMBER = re.compile(r"(?:[tT]-?|#)?[0-9]{1,8}")
OVERRIDE = "!"
MOST_ALIAS_WORDS = 4
WHOLE_NUMBER, LEAST_DIGITS = 10, 7
"""Digits from which on one word is a whole phone number, and from which on several may be."""
MOST_COUNTED = 2
"""Digits of a number that rather counts something than ends a phone number: ``138 0013 8000 2 taps leak``."""
_KEY = re.compile(r"([^\W\d_]\w*):")
_PHONE_WORD = re.compile(r"\+?[0-9()\-./]+")


def takes_all(kind: Kind, text: str) -> int:
    """A ``Lead`` that knows no dates: whatever must be a date is one as a whole."""
    return 0 if kind is Kind.HAPPENED else len(text)


class Reading:
    """One verb, and the words that are given to its arguments."""

    def __init__(self, verb: Verb, text: str, found: Sequence[Word], words: Vocabulary, lead: Lead) -> None:
        self._verb = verb
        self._text = text
        self._found = list(found)
        self._words = words
        self._lead = lead
        self._ticket: Piece | None = None
        self._given: dict[str, Piece] = {}
        self._open: Argument | None = None
        self._open_at = 0
        self._doubtful = ""

    def step(self) -> Step:
        """The step, with everything it needs.

        Raises:
            Invalid: What is missing, too much, or given twice.
        """
        reason = self._override()
        left = self._take()
        if left:
            raise Invalid("grammar.too_many", verb=self._verb.id, text=self._raw(left)[:40])
        if self._doubtful:
            raise Invalid("when.not_understood", text=self._doubtful[:80])
        for argument in self._verb.arguments:
            if argument.required and not self._told(argument):
                raise Invalid("grammar.missing", verb=self._verb.id, argument=argument.name)
        given = {argument.name: self._given[argument.name] for argument in self._verb.arguments
                 if argument.name in self._given}  # fmt: skip
        return Step(self._verb, self._ticket, given, reason)

    def slots(self, typing: Word, prefix: str) -> tuple[Step, tuple[Slot, ...]]:
        """The step so far and what fits behind it, for a line that is still being typed."""
        if self._verb.overridable and any(OVERRIDE in word.plain for word in self._found):
            return Step(self._verb), (Slot(REASON, prefix, typing.start),)
        try:
            self._take()
        except Invalid:
            return Step(self._verb), ()
        step = Step(self._verb, self._ticket, dict(self._given))
        found: list[Slot] = []
        if self._open is not None:
            going_on = self._text[self._open_at : typing.end if prefix else typing.start]
            found.append(Slot(self._open, going_on, self._open_at))
        waiting = [
            one
            for one in self._verb.arguments
            if not one.named and not self._told(one) and one is not self._open
        ]
        if self._verb.on_ticket and self._ticket is None and not self._given:
            found.append(Slot(TICKET, prefix, typing.start))
        for argument in waiting:
            found.append(Slot(argument, prefix, typing.start))
            if argument.required or argument.kind in GREEDY:
                break
        named = (one for one in self._verb.arguments if one.named and not self._told(one))
        return step, (*found, *(Slot(one, prefix, typing.start) for one in named))

    def keyed(self, word: Word) -> tuple[str, str] | None:
        """The argument's name and the value of ``engineer:wang``; none for a word without a name of ours."""
        found = _KEY.match(word.plain)
        name = self._words.name(self._verb, found[1]) if found else ""
        return (name, word.text[len(found[0]) :]) if found and name else None

    def _told(self, argument: Argument) -> bool:
        piece = self._given.get(argument.name)
        return piece is not None and bool(piece.text.strip())

    def _override(self) -> Piece | None:
        """Take ``! reason`` off the end; ``!`` is plain text where there is nothing to lift."""
        if not self._verb.overridable:
            return None
        # Behind free text the sign needs a blank before it: a fault may well end in 漏水！.
        free = any(argument.kind in GREEDY for argument in self._verb.arguments)
        for place, word in enumerate(self._found):
            at = word.plain.find(OVERRIDE)
            if at < 0 or (free and at > 0):
                continue
            behind = [*_part(word, at + 1), *self._found[place + 1 :]]
            before = [Word(word.text[:at], word.start, word.start + at)] if at else []
            self._found[place:] = before
            reason = self._piece(behind, raw=True) if behind else None
            if reason is None or not reason.text.strip():
                raise Invalid("grammar.no_reason", verb=self._verb.id)
            return reason
        return None

    def _take(self) -> list[Word]:
        """Give every word to an argument; what nobody wants is left."""
        plain: list[Word] = []
        named: dict[str, list[Word]] = {}
        name = ""
        for word in self._found:
            key = self.keyed(word)
            if key is not None:
                name, value = key
                if name in named:
                    raise Invalid("grammar.twice", verb=self._verb.id, argument=name)
                offset = len(word.text) - len(value)
                whole = word.quoted == offset
                named[name] = [
                    replace(word, text=value, start=word.start + offset, quoted=0 if whole else -1)
                ]
            elif name and name != TICKET.name and not self._stands_alone(word):
                named[name].append(word)
            else:
                plain.append(word)
        plain += self._behind_dates(named)
        left = self._take_ticket(plain, named.pop(TICKET.name, None))
        for key_name, words in named.items():
            argument = self._verb.argument(key_name)
            if argument is not None:
                self._given[key_name] = self._piece(words, raw=argument.kind in GREEDY)
                if key_name == name and argument.kind in GREEDY | DATES:
                    self._open, self._open_at = argument, words[0].start
        for argument in self._verb.arguments:
            if left and not argument.named and argument.name not in named:
                left = self._give(argument, left)
        return left

    def _stands_alone(self, word: Word) -> bool:
        """Whether a word behind a named one is an argument by itself: the ``late`` of ``queue zone:x late``."""
        meant = self._words.name(self._verb, word.plain) if word.quoted < 0 else ""
        argument = self._verb.argument(meant) if meant else None
        return argument is not None and argument.kind is Kind.LATE

    def _behind_dates(self, named: dict[str, list[Word]]) -> list[Word]:
        """Take from the named dates what is no date any more: ``at:14:10 leaks``."""
        behind: list[Word] = []
        for name, words in named.items():
            argument = self._verb.argument(name)
            if argument is None or argument.kind not in DATES or words[0].whole or not words[0].text:
                continue
            text = self._raw(words)
            length = self._lead(argument.kind, text)
            if 0 < length < len(text):
                end = words[0].start + length
                behind += _from(words, end)
                named[name] = [replace(word, text=word.text[: end - word.start], end=min(word.end, end))
                               for word in words if word.start < end]  # fmt: skip
        return behind

    def _take_ticket(self, plain: list[Word], named: list[Word] | None) -> list[Word]:
        if not self._verb.on_ticket:
            return plain
        if named is not None:
            piece = self._piece(named, raw=False)
            self._ticket = _ticket(piece.text, piece)
            if self._ticket is None:
                raise Invalid("grammar.not_a_ticket", text=piece.text[:40])
            return plain
        if plain and plain[0].quoted < 0:
            first = plain[0]
            self._ticket = _ticket(first.text, Piece(first.text, first.start, first.end))
            if self._ticket is None:
                return self._part_ticket(plain)
            return plain[1:]
        return plain

    def _part_ticket(self, plain: list[Word]) -> list[Word]:
        """Part ``1042王``, as it is typed without a blank in Chinese."""
        first = plain[0]
        glued = re.match(r"((?:[tT]-?|#)?[0-9]{1,8})(?=[^\x00-\x7f])", first.text)
        if glued is None or self._lead_of_dates(first) > glued.end():
            return plain
        self._ticket = _ticket(glued[1], Piece(glued[1], first.start, first.start + glued.end()))
        return [*_part(first, glued.end()), *plain[1:]]

    def _lead_of_dates(self, word: Word) -> int:
        """How much of a word is a date for an argument of this verb: 2小时后 is no ticket 2."""
        kinds = [argument.kind for argument in self._verb.arguments if argument.kind in DATES]
        if not kinds:
            return 0
        return max(0 if self._lead is takes_all else self._said(kind, word.text) for kind in kinds)

    def _said(self, kind: Kind, text: str) -> int:
        try:
            return self._lead(kind, text)
        except Invalid:
            return 0

    def _give(self, argument: Argument, left: list[Word]) -> list[Word]:
        """Give an argument its words; the rest goes to the next one."""
        if argument.kind in GREEDY:
            self._given[argument.name] = self._piece(left, raw=True)
            self._open, self._open_at = argument, left[0].start
            return []
        if argument.kind in DATES:
            return self._give_date(argument, left)
        count = self._words_of(argument, left)
        self._given[argument.name] = self._piece(left[:count], raw=False)
        return left[count:]

    def _words_of(self, argument: Argument, left: list[Word]) -> int:
        """How many words one thing is written in: a phone may be grouped, a state may be ``on the road``."""
        if argument.kind is Kind.PHONE:
            return self._words_of_phone(left)
        if argument.kind is Kind.STATUS or argument.kind is Kind.OUTCOME:
            table = self._words.statuses if argument.kind is Kind.STATUS else self._words.outcomes
            most = min(MOST_ALIAS_WORDS, len(left))
            fitting = (n for n in range(most, 1, -1) if folded(" ".join(w.text for w in left[:n])) in table)
            return next(fitting, 1)
        return 1

    def _words_of_phone(self, left: list[Word]) -> int:
        """The groups of a number, without a number that belongs to the words behind it: the 3 of ``3 days ago``.

        Where nothing follows, all of it is the phone: what is behind a blank is an extension.
        """
        groups = list(takewhile(lambda word: word.quoted < 0 and _PHONE_WORD.fullmatch(word.text), left))
        if len(groups) in {0, len(left)}:
            return max(1, len(groups))
        sizes = [sum(letter.isdigit() for letter in word.text) for word in groups]
        if sizes[0] >= WHOLE_NUMBER:
            # Who writes it in one does not begin to group it at its end.
            return 1
        # The last group first: in ``8345 1234 3 days ago`` 1234 might be the time of that day.
        for place in reversed(range(1, len(groups))):
            if self._said(Kind.HAPPENED, self._raw(left[place:])) > len(left[place].text):
                return place
        lone = len(groups) > 1 and sizes[-1] <= MOST_COUNTED < sizes[-2] and sum(sizes[:-1]) >= LEAST_DIGITS
        return len(groups) - lone

    def _give_date(self, argument: Argument, left: list[Word]) -> list[Word]:
        first = left[0]
        if first.whole:
            if argument.required:
                self._given[argument.name] = self._piece([first], raw=False)
            return left[1:] if argument.required else left
        rest = self._raw(left)
        length = self._lead(argument.kind, rest)
        if not length:
            if argument.required:
                self._doubtful = self._doubtful or rest
                self._open, self._open_at = argument, first.start
            return [] if argument.required else left
        end = first.start + length
        self._given[argument.name] = Piece(narrow(rest[:length]).strip(), first.start, end)
        self._open, self._open_at = argument, first.start
        return _from(left, end)

    def _raw(self, words: Sequence[Word]) -> str:
        return self._text[words[0].start : words[-1].end]

    def _piece(self, words: Sequence[Word], *, raw: bool) -> Piece:
        """Some words as one: what was quoted as a whole without its quotes, free text as it was typed."""
        start, end = words[0].start, words[-1].end
        if len(words) == 1 and words[0].whole:
            return Piece(words[0].text, start, end)
        text = self._text[start:end].strip()
        return Piece(text if raw else narrow(text), start, end)


def _from(words: Sequence[Word], end: int) -> list[Word]:
    """What of some words stands behind a place in the line."""
    behind: list[Word] = []
    for word in words:
        if word.start >= end:
            behind.append(word)
        elif word.end > end:
            behind += _part(word, end - word.start)
    return behind


def _part(word: Word, at: int) -> list[Word]:
    """What of a word stands behind a place in it, if anything does."""
    if at >= len(word.text) and word.quoted < at:
        return []
    quoted = word.quoted - at if word.quoted >= at else -1
    return [Word(word.text[at:], word.start + at, word.end, quoted)]


def _ticket(text: str, piece: Piece) -> Piece | None:
    """A ticket's number in its plain form; none for what is no ticket."""
    said = text.strip()
    if said in {CURRENT, "。"}:
        return replace(piece, text=CURRENT)
    if not TICKET_NUMBER.fullmatch(said):
        return None
    return replace(piece, text=str(int(said.lstrip("tT#-"))))
