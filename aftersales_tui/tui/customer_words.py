"""What the front ends say of customers' files; nothing here needs Textual (U4)."""

from collections.abc import Iterable, Mapping

from aftersales_tui.i18n import has, say


def listed(words: Iterable[str]) -> str:
    """Words one after the other, as the language parts them; its word for nothing where there are none."""
    return say("word.list").join(words) or say("word.nothing")


def why_words(why: Iterable[str]) -> str:
    """Why two files look alike."""
    return listed(say(f"duplicates.why.{one}") for one in why)


def counted(many: Mapping[str, int]) -> str:
    """How many records of each kind, leaving out those there are none of."""
    return listed(say(f"merge.moves.{name}", n=n) for name, n in many.items() if n)


def value_word(name: str, value: str) -> str:
    """A field's value as people read it, on one line."""
    if name == "contact_months" and value:
        return say("file.every", n=value)
    key = f"merge.value.{name}.{value}"
    return say(key) if value and has(key) else " / ".join(value.splitlines())
