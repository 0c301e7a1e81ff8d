"""Whose file, or which device's card, is meant by a key (F5)."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from textual.screen import Screen

    from aftersales_tui.tui.host import Host


class Meant(NamedTuple):
    """A customer and a device; 0 for none."""

    customer_id: int = 0
    device_id: int = 0


def _beneath(screen: "Screen[Any]") -> "Screen[Any] | None":
    """The screen from which this one was opened."""
    stack = screen.app.screen_stack
    place = stack.index(screen) if screen in stack else 0
    return stack[place - 1] if place else None


async def meant_beneath(app: "Host", screen: "Screen[Any]") -> Meant:
    """Whom and what the screen beneath has in hand.

    A screen says it by ``customer_in_hand`` and ``device_in_hand``, or has a ticket ``in_hand`` that knows both.
    """
    below: Any = _beneath(screen)
    said = getattr(below, "customer_in_hand", None)
    which = getattr(below, "device_in_hand", None)
    meant = Meant(said() if said else 0, which() if which else 0)
    in_hand = getattr(below, "in_hand", None)
    ticket = in_hand() if in_hand and not meant.customer_id else None
    if ticket is None:
        return meant
    return Meant(*await app.bridge.run(lambda desk: desk.customers.owner(ticket.ticket_id)))


async def customer_beneath(app: "Host", screen: "Screen[Any]") -> int:
    """The customer in hand on the screen beneath; 0 for none, and on a file, for there another one is wanted."""
    below: Any = _beneath(screen)
    return 0 if isinstance(below, type(screen)) else (await meant_beneath(app, screen)).customer_id


def words_beneath(screen: "Screen[Any]") -> str:
    """What is being looked for on the screen beneath, where nobody was taken yet; it says so by ``words_in_hand``."""
    said = getattr(_beneath(screen), "words_in_hand", None)
    return str(said()) if said else ""


async def sought(app: "Host", text: str) -> int:
    """The one customer that a name or a number leads to; 0 for none, and for several."""
    found = await app.bridge.run(lambda desk: desk.intake.callers(text))
    ids = {match.customer_id for match in found}
    return ids.pop() if len(ids) == 1 else 0
