"""The shop's people by what they do, and how a name is meant (A3, A7)."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from aftersales_tui.domain.errors import Invalid


class Role(StrEnum):
    """What a person does here (A3); the catalog says each as ``role.<id>``."""

    CLERK = "clerk"
    DISPATCHER = "dispatcher"
    HEAD = "head"
    ENGINEER = "engineer"
    ACCOUNTANT = "accountant"
    SUPERVISOR = "supervisor"
    OWNER = "owner"


ROLES: tuple[Role, ...] = tuple(Role)
"""In the order in which lists and menus name them."""
HEADS: frozenset[str] = frozenset({Role.HEAD, Role.SUPERVISOR, Role.OWNER})
"""The roles that assign where the policy leaves it to the head (D2)."""
SENT: frozenset[str] = frozenset({Role.ENGINEER})
"""The roles that are sent to customers: only they have visits."""
BEGAN = 1940
"""Nobody who works today began in the trade before this year."""


def role_of(text: str, said: Mapping[str, str]) -> Role:
    """The role somebody names: by its id, or as one of ``said`` (word to id) calls it.

    Raises:
        Invalid: ``person.no_role`` with the roles there are.
    """
    word = text.strip().casefold()
    meant = {spelled.casefold(): role for spelled, role in said.items()}.get(word, word)
    try:
        return Role(meant)
    except ValueError:
        raise Invalid("person.no_role", given=text[:40], roles=ROLES, field="role") from None


def year_began(text: str, this_year: int) -> int:
    """The year in which somebody began in the trade, as it is typed: ``2009``, or ``12`` for twelve years ago.

    Args:
        text: Empty for unknown, which is 0.
        this_year: On the shop's calendar.

    Raises:
        Invalid: ``person.bad_year``.
    """
    digits = text.strip().casefold()
    if not digits:
        return 0
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else -1
    year = this_year - number if 0 <= number < 100 else number
    if not BEGAN <= year <= this_year:
        raise Invalid("person.bad_year", given=text[:20], field="in_trade_since")
    return year


class Called(Protocol):
    """Somebody with what he is called by: his folded name, and initials and sounds with blanks between."""

    @property
    def name_key(self) -> str:
        """The folded name."""

    @property
    def initials(self) -> str:
        """Initials and sounds."""


C = TypeVar("C", bound=Called)


def meant(people: Iterable[C], wanted: str) -> Sequence[C]:
    """Those whom a folded word may mean: by the very name or initials, else by a part of the name or its sound."""
    if not wanted:
        return ()
    everybody = tuple(people)
    exact = [one for one in everybody if wanted == one.name_key or wanted in one.initials.split()]
    return exact or near(everybody, wanted)


def near(people: Iterable[C], wanted: str) -> Sequence[C]:
    """Those whose name has the folded word in it, or sounds as it begins; everybody for an empty one."""
    return [
        one
        for one in people
        if wanted in one.name_key or any(sound.startswith(wanted) for sound in one.initials.split())
    ]
