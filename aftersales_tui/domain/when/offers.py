"""Helps while a date is typed: what may come next."""

from collections.abc import Iterator

from aftersales_tui.domain.when.tokens import Token, tokens
from aftersales_tui.domain.when.words import Words

MOST_OFFERS = 8


def suggestions(prefix: str, words: Words, *, past: bool = False) -> tuple[str, ...]:
    """The text typed so far, completed by a handful of words that can come next (C1).

    Each of them begins with ``prefix`` as typed, so that a field can show it behind the cursor. A day is
    offered first, then a time; 明天下 gives 明天下午 .., ``tomorrow 1`` gives ``tomorrow 14-16``.

    Args:
        prefix: What was typed so far.
        words: What ``lexicon.words.load_words`` read.
        past: For a purchase date.
    """
    kinds = ("past",) if past else ("days", "spans", "times")
    said = tokens(prefix, words)
    if not past and any(_names_a_day(token, words) for token in said):
        kinds = ("times",)
    offered = [offer for kind in kinds for offer in words.offers.get(kind, ())]
    found = [prefix + offer[length:] for length, offer in _begun(prefix, offered)]
    return tuple(dict.fromkeys(found))[:MOST_OFFERS]


def _names_a_day(token: Token, words: Words) -> bool:
    return token.text in words.days or token.text in words.weekdays


def _begun(prefix: str, offered: list[str]) -> Iterator[tuple[int, str]]:
    """The offers of which the longest beginning stands at the end of what was typed, and how long that is."""
    typed = prefix.casefold()
    for length in range(min(len(typed), max(map(len, offered), default=0)), 0, -1):
        tail, before = typed[-length:], typed[-length - 1 : -length]
        # A Latin word begins after a blank or a Chinese word, never inside another word or number.
        if before and before.isascii() and before != " " and tail[0].isascii():
            continue
        begun = [(length, offer) for offer in offered if offer != tail and offer.casefold().startswith(tail)]
        if begun:
            yield from begun
            return
    if not typed or typed.endswith(" ") or not typed[-1].isascii():
        for offer in offered:
            if not typed or offer.isascii() == typed.isascii():
                yield 0, offer
