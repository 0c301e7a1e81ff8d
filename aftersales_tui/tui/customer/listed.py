"""The lists of a customer's file, taken out of the shop as they are shown (U1)."""

from aftersales_tui.tui.listed import Listed
from aftersales_tui.tui.listing import Listing
from aftersales_tui.tui.ticket.tabs import Tabs


class ListedFile(Listed):
    """A file whose page may be a list: his tickets, his time line, his devices."""

    record_id: int
    _tabs: Tabs

    def can_export(self) -> bool:
        """Whether the page is a list; the summary goes out with everything else of him (``E``)."""
        from aftersales_tui.tui.listings import FILE_PAGES

        return bool(self.record_id) and self._tabs.open in FILE_PAGES

    def listing(self) -> Listing:
        """The page that is open, to its last line."""
        from aftersales_tui.tui import listings

        app = self.desk_app
        return listings.file_page(self._tabs.open, self.record_id, app.now(), app.zone)
