"""Reads how faults are told out of ``data/words/faults.toml``."""

import tomllib
from functools import lru_cache
from pathlib import Path

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.fault import FaultWords

FILE = "faults.toml"


@lru_cache(maxsize=4)
def load_fault_words(folder: Path) -> FaultWords:
    """The words of all languages at once.

    Raises:
        Invalid: ``words.unreadable`` with the file, when it is missing, is no TOML, or says nonsense.
    """
    file = folder / FILE
    try:
        table = tomllib.loads(file.read_text("utf-8"))
        words = [str(word).casefold() for some in table["words"].values() for word in some]
        latin = frozenset(word for word in words if word.isascii())
        han = tuple(dict.fromkeys(word for word in words if not word.isascii()))
        return FaultWords(latin, han, int(table["most_han"]), int(table["most_words"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Invalid("words.unreadable", file=file.name, detail=str(error)) from error
