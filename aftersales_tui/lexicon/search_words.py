"""Reads the words that narrow a search out of ``data/words/search.toml``, and a query by them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.lexicon.fold import fold

FILE = "search.toml"


@dataclass(frozen=True)
class SearchWords:
    """What stands before a colon.

    Attributes:
        kinds: The kind that a folded word means.
        narrowing: Folded words that say that a kind follows.
    """

    kinds: Mapping[str, str]
    narrowing: frozenset[str]

    def narrowed(self, query: str) -> tuple[str, str]:
        """The kind a query is narrowed to, and the rest of it; no kind where nobody has named one.

        Both ``ticket:fridge`` and ``type:ticket fridge``, with a colon of any width, wherever it stands.
        """
        found, rest = "", list[str]()
        for word in query.split():
            head, colon, tail = word.replace("：", ":").partition(":")
            meant = self.kinds.get(fold(head), "")
            if colon and fold(head) in self.narrowing:
                meant, tail = self.kinds.get(fold(tail), ""), ""
            if colon and meant:
                found = meant
                rest += filter(None, [tail])
            else:
                rest.append(word)
        return found, " ".join(rest)

    def unknown(self, query: str) -> str:
        """The first word of a query that seems to narrow it and names no kind: ``phone:138``, ``type:foo``."""
        for word in query.split():
            head, colon, tail = word.replace("：", ":").partition(":")
            kind = tail if fold(head) in self.narrowing else head
            # A time and the address of a page are words like any other.
            if (
                colon
                and head
                and not head[-1].isdigit()
                and tail[:2] != "//"
                and fold(kind) not in self.kinds
            ):
                return word
        return ""


@lru_cache(maxsize=4)
def load_search_words(file: Path) -> SearchWords:
    """The words of all languages at once.

    Raises:
        Invalid: ``words.unreadable`` with the file, when it is missing, is no TOML, or gives a word two meanings.
    """
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
        kinds: dict[str, str] = {}
        for kind, spelled in tables["kinds"].items():
            for word in (kind, *spelled):
                if kinds.setdefault(fold(word), kind) != kind:
                    raise ValueError(word)
        narrowing = {fold(word) for name, words in tables["narrowing"].items() for word in (name, *words)}
        return SearchWords(kinds, frozenset(narrowing))
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise Invalid("words.unreadable", file=file.name, detail=str(error)) from error
