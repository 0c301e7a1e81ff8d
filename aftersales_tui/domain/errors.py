"""What can go wrong at the desk, as values of the trade.

An error carries a code and parameters and no sentence: the front ends find the sentence in the catalog under
``error.<code>``, the command line finds its exit code by class.
"""

from collections.abc import Mapping


class DomainError(Exception):
    """A verb that could not be done; nothing was saved.

    Attributes:
        code: Names the sentence in the catalog, as ``error.<code>``.
        params: What the sentence fills in; ``field`` names the field at fault where there is one.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, object] = params


class Invalid(DomainError):
    """What was typed cannot be understood or is out of range."""


class Refused(DomainError):
    """A rule says no. ``overridable`` in the parameters tells whether a reason may lift it (D2)."""


class Stale(DomainError):
    """Somebody else changed the record since it was read; ``changes`` tells which fields."""


class NotFound(DomainError):
    """No such record in this shop."""


class Unavailable(DomainError):
    """The store cannot be opened or reached, or is not ours to open."""
