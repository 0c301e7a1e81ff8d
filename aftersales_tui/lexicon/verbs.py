"""Reads the words of the command language out of ``data/words/verbs.toml``."""

import tomllib
from functools import lru_cache
from pathlib import Path

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.grammar import Vocabulary, vocabulary

TABLES = ("verbs", "statuses", "outcomes", "names", "kinds")


@lru_cache(maxsize=4)
def load_vocabulary(file: Path) -> Vocabulary:
    """The aliases of verbs, states, outcomes, kinds of call and argument names, of all languages at once.

    Raises:
        Invalid: ``words.unreadable`` with the file, when it is missing, is no TOML, or says nonsense.
    """
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
        return vocabulary(**{name: tables.get(name, {}) for name in TABLES})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Invalid("words.unreadable", file=file.name, detail=str(error)) from error
