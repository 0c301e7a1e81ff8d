"""Message slips 留言单: what was said for somebody of the shop and is still to be passed on (C7)."""

from aftersales_tui.desk.shop import Shop
from aftersales_tui.desk.visits import Visits
from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.text import narrow
from aftersales_tui.store.queries import messages, ticket
from aftersales_tui.views.act import Act
from aftersales_tui.views.floor import MessageRow
from aftersales_tui.views.tickets import Page, PageKey, Receipt


class Messages:
    """The verbs of whoever passes messages on; a slip is written when the call is taken (``Intake``)."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._visits = Visits(shop)

    def page(
        self, whom: str, after: PageKey | None, limit: int, before: PageKey | None = None
    ) -> Page[MessageRow]:
        """A page of open slips, the most urgent first.

        Args:
            whom: A part of the name of the person they are for; empty for everybody's.
            after: The slip before the page's first one.
            limit: Slips at most.
            before: The slip behind the page's last one.
        """
        with self._shop.reading() as connection:
            found = messages.page(connection, self._shop.shop_id, narrow(whom).strip(), limit, after, before)
        return found._replace(
            rows=tuple(row._replace(visit=self._needs_visit(row.kind)) for row in found.rows)
        )

    @staticmethod
    def place(row: MessageRow) -> PageKey:
        """Where a slip stands in the order of all."""
        return PageKey(row.urgent_at or FAR_FUTURE, row.ticket_id)

    def passed_on(self, act: Act, ticket_id: int, version: int) -> Receipt:
        """The person has his message: nothing more is to be done.

        Raises:
            Refused: ``message.needs_visit`` where the ticket is about more than the message;
                ``ticket.illegal_move``.
            Stale: Somebody else has changed the ticket.
        """
        with self._shop.reading() as connection:
            own = ticket.ticket_columns(connection, self._shop.shop_id, ticket_id)
        if self._needs_visit(own["kind"]):
            raise Refused("message.needs_visit", number=own["number"])
        return self._visits.answer(act, ticket_id, version, "", passed_to=own["for_whom"])

    def _needs_visit(self, kind: str) -> bool:
        rule = self._shop.policy.kinds.get(kind)
        return rule is not None and rule.visit
