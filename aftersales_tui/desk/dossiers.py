"""Handing out everything the shop knows of one customer, with a reason that is kept (U4)."""

from aftersales_tui.desk.erasing import visitors_of
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import Invalid, NotFound
from aftersales_tui.domain.identity import NEVER
from aftersales_tui.domain.text import clean
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import belongings, duplicates
from aftersales_tui.views.act import Act
from aftersales_tui.views.mergers import Dossier
from aftersales_tui.views.tickets import Receipt

REASON_LIMIT = 200
TIME_LINE = "feed"
NOT_TOLD = frozenset({"shop_id", "version", "policy_digest", "digest", "phone_key", "address_key"})
"""Columns that say nothing of anybody."""


class Dossiers:
    """The verbs that hand a customer's data out."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def hand_out(self, act: Act, customer_id: int, reason: str) -> tuple[Receipt, Dossier]:
        """All that is known of a customer, files that were merged into his included; told in the feed first.

        Raises:
            Invalid: ``export.no_reason``.
            NotFound: ``record.not_found``.
        """
        why = clean(reason, REASON_LIMIT, "reason")
        if not why:
            raise Invalid("export.no_reason", field="reason")

        def body(deed: Deed) -> None:
            own = deed.get(tables.Customer, customer_id)
            deed.subject = own.id
            deed.params = {"name": own.name, "reason": why}

        receipt = self._shop.perform(act, "hand_out", body)
        return receipt, self._read(customer_id)

    def _read(self, customer_id: int) -> Dossier:
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            family = duplicates.family(connection, shop_id, customer_id)
            found = {
                table.name: belongings.rows(connection, shop_id, family, table)
                for table in belongings.owned()
            }
            # Reception did not know who he is; his number does.
            found["visitor"] += visitors_of(self._shop, connection, family)
            subjects = sorted({row["id"] for rows in found.values() for row in rows if "id" in row})
            found[TIME_LINE] = belongings.told(connection, shop_id, subjects)
        own = next((row for row in found["customer"] if row["id"] == customer_id), None)
        if own is None:
            raise NotFound("record.not_found", table="customer", id=customer_id)
        told = {name: tuple(map(_told, rows)) for name, rows in found.items() if rows}
        return Dossier(customer_id, own["name"], told)


def _told(row: dict[str, object]) -> dict[str, object]:
    """A record without what says nothing: keys of the store, blanks, and a last call there never was."""
    return {
        name: value for name, value in row.items() if name not in NOT_TOLD and value not in ("", None, NEVER)
    }
