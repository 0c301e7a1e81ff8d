"""Reads a line of the command language: ``VERB [TICKET] ARGUMENTS``, chained by ``;``."""

import re
from collections.abc import Sequence
from dataclasses import replace

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.grammar.line import CURRENT, Line, Piece, Place, Slot, Step
from aftersales_tui.domain.grammar.reading import TICKET_NUMBER, Lead, Reading, takes_all
from aftersales_tui.domain.grammar.verbs import BY_ID, REASON, TICKET, Argument, Kind, Verb
from aftersales_tui.domain.grammar.vocabulary import Vocabulary, folded
from aftersales_tui.domain.grammar.words import Word, steps_of, words_of
from aftersales_tui.domain.text import narrow

ASK = "?"
FIND = "/"
"""Nobody puts a blank behind it: ``/zhang fridge``."""
VERB = Argument("verb", Kind.VERB)
MOST_NEAR = 3
LONGEST = 8000
"""Characters of a line; nobody types more, and a pasted book is not parsed."""
BARE_PHONE = re.compile(r"\+?[0-9](?:[ ()\-./]*[0-9]){6,}[ ()\-./]*")
"""A line that is a phone number and nothing else: seven digits or more."""
BARE_TICKET = re.compile(r"[0-9]{1,6}|(?:[tT]-?|#)[0-9]{1,8}")
"""A line that is a ticket's number and nothing else; more than six digits need the letter."""


def parse(text: str, words: Vocabulary, lead: Lead = takes_all) -> Line:
    """A line taken apart.

    Args:
        text: As typed, by an input method too.
        words: The aliases.
        lead: Tells how much of a text is a date, so that ``+2h check drain`` can be parted.

    Raises:
        Invalid: ``grammar.unknown_verb`` (given, nearest), or ``grammar.no_verb`` (given) where none is near,
            ``grammar.missing`` (verb, argument),
            ``grammar.too_many`` (verb, text), ``grammar.twice`` (verb, argument), ``grammar.no_reason`` (verb),
            ``grammar.not_a_ticket`` (text), ``grammar.unclosed_quote`` (text), ``grammar.too_long``,
            ``when.not_understood``.
    """
    if len(text) > LONGEST:
        raise Invalid("grammar.too_long", length=len(text), limit=LONGEST)
    steps: list[Step] = []
    for typed in filter(None, steps_of(text)):
        found = _parted(typed, words)
        asked = _asked(found, words)
        if asked is not None:
            return Line(tuple(steps), _place(text, found[:asked], found[asked], words, lead))
        steps.append(_step(text, found, words, lead))
    return Line(tuple(steps))


def parse_words(verb: str, given: Sequence[str], words: Vocabulary, lead: Lead = takes_all) -> Line:
    """One step out of words that a shell has parted; ``;`` and quotes in them are plain text.

    Raises:
        Invalid: As ``parse``.
    """
    text, found = words_of((verb, *given))
    if len(text) > LONGEST:
        raise Invalid("grammar.too_long", length=len(text), limit=LONGEST)
    asked = _asked(found, words)
    if asked:
        return Line((), _place(text, found[:asked], found[asked], words, lead))
    return Line((Reading(BY_ID[verb], text, found[1:], words, lead).step(),))


def place(text: str, cursor: int, words: Vocabulary, lead: Lead = takes_all) -> Place:
    """What fits where the cursor stands in a line that is still being typed. Never raises."""
    head = text[: min(cursor, LONGEST)]
    found = steps_of(head, loose=True)[-1]
    typing = found[-1] if found and found[-1].end == len(head) else None
    done = found[:-1] if typing else found
    return _place(head, done, typing or Word("", len(head), len(head)), words, lead)


def _asked(found: Sequence[Word], words: Vocabulary) -> int | None:
    """Which word is ``?`` or ends in it behind the name of an argument, ``status:?``."""
    return next((i for i, word in enumerate(found) if word.quoted < 0 and _asks(word.text, words)), None)


def _asks(text: str, words: Vocabulary) -> bool:
    name, colon, value = text.rpartition(":")
    return text == ASK or (value == ASK and bool(colon) and folded(name) in words.names)


def _parted(found: Sequence[Word], words: Vocabulary) -> list[Word]:
    """Part ``a?`` and ``1042？``: an input method puts no blank before a question mark."""
    parted: list[Word] = []
    for place, word in enumerate(found):
        head = word.text[:-1]
        known = (place == 0 and words.verb(head)) or head == CURRENT or TICKET_NUMBER.fullmatch(head)
        if word.quoted < 0 and word.text.endswith(ASK) and known:
            middle = word.end - 1
            parted += [Word(head, word.start, middle), Word(ASK, middle, word.end)]
        else:
            parted.append(word)
    return parted


def _verb(found: Sequence[Word], words: Vocabulary) -> tuple[Verb, list[Word]] | None:
    """The verb and the words behind it; one that is glued to what follows is parted from it."""
    first, rest = found[0], list(found[1:])
    if first.quoted >= 0:
        return None
    verb = words.verb(first.text)
    if verb is not None:
        return verb, rest
    text = first.text.casefold()
    for head in words.glued:
        verb, tail = words.verb(head), first.text[len(head) :]
        if verb is None or not tail or not text.startswith(head):
            continue
        start = first.start + len(head)
        if head == "+" and tail[0].isdigit():
            # The plus is the verb's and may be the number's as well: whoever dials it decides.
            return verb, [Word(first.text, first.start, first.end), *rest]
        if head == FIND or not head.isascii() or (head.isalpha() and TICKET_NUMBER.fullmatch(tail)):
            return verb, [Word(tail, start, first.end), *rest]
    return None


def _step(text: str, found: list[Word], words: Vocabulary, lead: Lead) -> Step:
    known = _verb(found, words)
    if known is not None:
        verb, rest = known
        step = Reading(verb, text, rest, words, lead).step()
        return replace(step, glued=bool(rest) and rest[0].start == found[0].start)
    bare = _bare(text, found)
    if bare is None:
        raise _unknown(found[0], words)
    return bare


def _bare(text: str, found: Sequence[Word]) -> Step | None:
    """A number alone: a ticket to open, or a phone whose caller is looked up."""
    start, end = found[0].start, found[-1].end
    said = narrow(text[start:end]).replace("。", CURRENT)
    if any(word.quoted >= 0 for word in found):
        return None
    if said == CURRENT or BARE_TICKET.fullmatch(said):
        number = said if said == CURRENT else str(int(said.lstrip("tT#-")))
        return Step(BY_ID["show"], Piece(number, start, end))
    if BARE_PHONE.fullmatch(said):
        return Step(BY_ID["who"], None, {"caller": Piece(said, start, end)})
    return None


def _unknown(first: Word, words: Vocabulary) -> Invalid:
    from difflib import get_close_matches

    given = folded(first.text)[:40]
    known = [word for word in words.verbs if len(word) > 1]
    near = get_close_matches(given, known, MOST_NEAR, 0.5)
    if not near:
        return Invalid("grammar.no_verb", given=given)
    return Invalid("grammar.unknown_verb", given=given, nearest=tuple(near))


def _place(text: str, done: Sequence[Word], typing: Word, words: Vocabulary, lead: Lead) -> Place:
    """What fits behind some words, of which one more may be half typed."""
    prefix = "" if typing.text == ASK else typing.text
    if prefix and typing.quoted < 0 and _asks(prefix, words):
        prefix = prefix[: -len(ASK)]
        typing = Word(prefix, typing.start, typing.end - len(ASK))
    if not done:
        return Place((Slot(VERB, prefix, typing.start),), None, typing.end)
    known = _verb(done, words)
    if known is None:
        return Place((), None, typing.end)
    verb, rest = known
    reading = Reading(verb, text, rest, words, lead)
    key = reading.keyed(typing)
    step, slots = reading.slots(typing, prefix)
    if key and prefix:
        name, value = key
        argument = TICKET if name == TICKET.name else verb.argument(name) or REASON
        slots = (Slot(replace(argument, named=False), value, typing.end - len(value)),)
    return Place(slots, step, typing.end)
