"""What the front ends say of customers' files; nothing here needs Textual (U4)."""

from collections.abc import Iterable, Mapping

from aftersales_tui.i18n import has, say
from aftersales_tui.views.mergers import ErasurePreview, Shared

MOST_SHARED = 6
"""Names and numbers that stay named at most; a company may have many numbers."""


def listed(words: Iterable[str]) -> str:
    """Words one after the other, as the language parts them; its word for nothing where there are none."""
    return say("word.list").join(words) or say("word.nothing")


def why_words(why: Iterable[str]) -> str:
    """Why two files look alike."""
    return listed(say(f"duplicates.why.{one}") for one in why)


def counted(many: Mapping[str, int]) -> str:
    """How many records of each kind, leaving out those there are none of."""
    return listed(say(f"merge.moves.{name}", n=n) for name, n in many.items() if n)


def erasure_lines(seen: ErasurePreview, *, later: bool = False) -> tuple[str, ...]:
    """What erasing a customer would do, a sentence each: what goes, then what stays, then who has to wait.

    Args:
        later: Whether the file is not written anew at once.
    """
    lines = [say("erase.goes", what=counted(seen.goes)), say("erase.mentions")]
    if seen.shared:
        some = [_shared_word(one) for one in seen.shared[:MOST_SHARED]]
        more = len(seen.shared) - len(some)
        lines.append(
            say("erase.shared", what=listed([*some, *([say("erase.shared.rest", n=more)] if more else [])]))
        )
    lines.append(say("erase.stays"))
    if seen.seconds:
        key = "erase.rewrites_later" if later else "erase.rewrites"
        lines.append(say(key, n=seen.seconds, id=seen.file.customer_id))
    return tuple(lines)


def _shared_word(one: Shared) -> str:
    if not one.others:
        return say("erase.shared.word", what=one.what)
    if one.others == 1:
        return say("erase.shared.one", what=one.what, whose=one.whose)
    return say("erase.shared.many", what=one.what, whose=one.whose, n=one.others)


def value_word(name: str, value: str) -> str:
    """A field's value as people read it, on one line."""
    if name == "contact_months" and value:
        return say("file.every", n=value)
    key = f"merge.value.{name}.{value}"
    return say(key) if value and has(key) else " / ".join(value.splitlines())
