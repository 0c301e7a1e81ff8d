"""What a look at an installation has found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How a thing is: ``WELL``; ``WATCH``: works, but not as it should; ``ILL``: does not work."""

    WELL = "well"
    WATCH = "watch"
    ILL = "ill"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        check: What was looked at: ``sqlite``, ``terminal`` ..
        name: What was found; its sentence is ``doctor.<check>.<name>``, and unless all is well,
            ``doctor.<check>.<name>.mend`` says what to do.
        params: What the sentences fill in.
    """

    check: str
    name: str
    state: State
    params: Mapping[str, str] = field(default_factory=dict)
