"""The first page of the queue by the plain driver, while the store proper is still being opened.

SQLAlchemy takes longer to import than the first frame takes to paint. These two statements say the same as the
queue's and the counts' own; a test holds them to that, row by row.
"""

from datetime import datetime, timedelta
from pathlib import Path

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.domain.identity import EPOCH, milliseconds
from aftersales_tui.store.driver import open_readonly, sqlite_driver
from aftersales_tui.store.look import Kind, look
from aftersales_tui.views.tickets import CEILING, Counts, QueueRow

_PAGE = """
SELECT t.id, t.version, t.number, t.kind, t.status, t.urgent_at, t.caller, t.zone, t.product, t.fault,
       v.starts_at, v.ends_at, s.name, t.to_verify, t.calls, t.phone
FROM ticket t
LEFT JOIN visit v ON v.shop_id = t.shop_id AND v.id = t.visit_id
LEFT JOIN staff s ON s.shop_id = v.shop_id AND s.id = v.engineer_id
WHERE t.shop_id = :shop AND t.is_open = 1
ORDER BY t.urgent_at, t.id LIMIT :limit
"""
_OPEN = "SELECT 1 FROM ticket WHERE shop_id = :shop AND is_open = 1"
_DUE = "SELECT 1 FROM contact WHERE shop_id = :shop AND is_open = 1 AND due_at <= :now"
_COUNTS = f"""
SELECT (SELECT count(*) FROM ({_OPEN} AND status = 'new' LIMIT :most)),
       (SELECT count(*) FROM ({_OPEN} AND urgent_at < :now LIMIT :most)),
       (SELECT count(*) FROM ({_DUE} LIMIT :most)),
       (SELECT count(*) FROM ({_OPEN} AND status = 'on_the_road' LIMIT :most))
"""
_INSTANTS = (5, 10, 11)


def first_page(
    path: Path, shop_id: int, now: datetime, limit: int
) -> tuple[tuple[QueueRow, ...], Counts] | None:
    """The most urgent rows and the counts; ``None`` for a store that cannot be read so.

    It never raises for a store in a bad state: opening it properly says what is wrong with it.
    """
    try:
        if look(path).kind is not Kind.CURRENT:
            return None
        connection = open_readonly(path)
    except (Unavailable, sqlite_driver().Error):
        return None
    try:
        rows = connection.execute(_PAGE, {"shop": shop_id, "limit": limit}).fetchall()
        wanted = {"shop": shop_id, "now": milliseconds(now), "most": CEILING + 1}
        counts = connection.execute(_COUNTS, wanted).fetchone()
    except sqlite_driver().Error:
        return None
    finally:
        connection.close()
    return tuple(QueueRow.read(_read(row)) for row in rows), Counts(*counts)


def _read(row: tuple[object, ...]) -> list[object]:
    values = list(row)
    for place in _INSTANTS:
        value = values[place]
        if isinstance(value, int):
            values[place] = EPOCH + timedelta(milliseconds=value)
    return values
