"""What the queue is narrowed to: each narrowing is two digits away."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.app import App

from aftersales_tui.domain.intake import BOXES, Field
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.ticket import Status, is_open
from aftersales_tui.i18n import say
from aftersales_tui.tui.dialogs.ask import Ask
from aftersales_tui.tui.dialogs.row_menu import Choice, Menu
from aftersales_tui.tui.queue.narrowing import Narrowing

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from.

    Attributes:
        mine: Id and name of who sits here, if he is an engineer; id 0 if not.
    """

    zones: Sequence[str] = ()
    engineers: Sequence[tuple[int, str]] = ()
    kinds: Sequence[str] = ()
    mine: tuple[int, str] = field(default=(0, ""))


async def ask_narrowing(app: App[None], now: Narrowing, offered: Offered) -> Narrowing | None:
    """Ask for one thing to narrow by; ``None`` when nothing was chosen."""
    entries = [
        Choice("status", say("filter.status"), say(f"status.{now.status}") if now.status else ""),
        Choice("zone", say("filter.zone"), now.zone),
        Choice("engineer", say("filter.engineer"), now.engineer[1]),
        Choice("kind", say("filter.kind"), say(f"kind.{now.kind}") if now.kind else ""),
        Choice("product", say("filter.product"), now.product),
        *([Choice("mine", say("filter.mine"))] if offered.mine[0] else []),
        Choice("late", say("filter.late"), say("word.yes") if now.late else ""),
        Choice("nothing", say("filter.nothing")),
    ]
    field_name = await app.push_screen_wait(Menu("filter.title", entries))
    if field_name == "nothing":
        return Narrowing()
    if field_name == "late":
        return now._replace(late=not now.late)
    if field_name == "mine":
        return now._replace(engineer=offered.mine)
    if field_name == "product":
        limit = BOXES[Field.PRODUCT].limit
        product = await app.push_screen_wait(Ask("filter.product", now.product, limit=limit))
        # As it was stored: a letter and its accent may have been typed as two.
        product = clean(product or "", limit, "product")
        return now._replace(product=product) if product else None
    return await _choose(app, now, field_name, offered) if field_name else None


async def _choose(app: App[None], now: Narrowing, field_name: str, offered: Offered) -> Narrowing | None:
    values = {
        "status": [(status.value, say(f"status.{status.value}")) for status in Status if is_open(status)],
        "zone": [(zone, zone) for zone in offered.zones],
        "engineer": [(str(engineer_id), name) for engineer_id, name in offered.engineers],
        "kind": [(kind, say(f"kind.{kind}")) for kind in offered.kinds],
    }[field_name]
    choices = [Choice(value, label) for value, label in values]
    chosen = await app.push_screen_wait(Menu("filter.choose", [*choices, Choice(EVERY, say("filter.every"))]))
    if chosen is None:
        return None
    value = "" if chosen == EVERY else chosen
    if field_name == "engineer":
        return now._replace(engineer=(int(value or 0), dict(values).get(value, "")))
    if field_name == "zone":
        return now._replace(zone=value)
    return now._replace(status=value) if field_name == "status" else now._replace(kind=value)
