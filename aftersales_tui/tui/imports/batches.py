"""One line of the list of imports; nothing here needs Textual."""

from datetime import tzinfo

from aftersales_tui.i18n import say
from aftersales_tui.tui.imports.words import kind_word
from aftersales_tui.tui.widgets.columns import Column
from aftersales_tui.views.imports import BatchView

COLUMNS = (
    Column("import.head.started", 11),
    Column("import.head.table", 9),
    Column("import.head.file", 14, grow=3),
    Column("import.head.state", 11),
    Column("import.head.new", 7, right=True),
    Column("import.head.same", 7, right=True, rank=3),
    Column("import.head.changed", 7, right=True, rank=2),
    Column("import.head.rejected", 8, right=True, rank=1),
    Column("import.head.by", 8, rank=4),
)


def batch_cells(view: BatchView, zone: tzinfo) -> tuple[str, ...]:
    """A batch's line in the order of ``COLUMNS``."""
    tally = view.tally
    return (
        f"{view.started_at.astimezone(zone):%m-%d %H:%M}",
        kind_word(view.kind),
        view.file_name,
        say(f"import.batch.{view.state}"),
        *(str(count) for count in (tally.new, tally.same, tally.changed, tally.rejected)),
        view.by,
    )
