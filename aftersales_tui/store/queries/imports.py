"""The list of imports."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from aftersales_tui.store.tables import ImportBatch, Staff
from aftersales_tui.views.imports import CANCELLED, RUNNING, BatchView, Tally

BATCH: Any = ImportBatch.__table__  # type: ignore[attr-defined]
STAFF: Any = Staff.__table__  # type: ignore[attr-defined]

_SHOP: Any = bindparam("shop")
_BATCHES = (
    select(BATCH, STAFF.c.name)
    .join(STAFF, (STAFF.c.shop_id == BATCH.c.shop_id) & (STAFF.c.id == BATCH.c.staff_id))
    .where(BATCH.c.shop_id == _SHOP)
)
_LATEST = _BATCHES.where(BATCH.c.id < bindparam("below")).order_by(BATCH.c.id.desc()).limit(bindparam("most"))
_ONE = _BATCHES.where(BATCH.c.id == bindparam("of_id"))
_BROKEN = _BATCHES.where(
    BATCH.c.digest == bindparam("of_digest"),
    BATCH.c.kind == bindparam("of_kind"),
    BATCH.c.source == bindparam("of_source"),
    BATCH.c.state.in_((RUNNING, CANCELLED)),
)


def batches(connection: Connection, shop_id: int, below: int, most: int) -> tuple[BatchView, ...]:
    """The imports with ids below one, the latest first."""
    found = connection.execute(_LATEST, {"shop": shop_id, "below": below, "most": most})
    return tuple(_view(row._mapping) for row in found)


def batch(
    connection: Connection, shop_id: int, batch_id: int
) -> tuple[BatchView, dict[str, str], str] | None:
    """One import, its mapping, and the digest of its file."""
    row = connection.execute(_ONE, {"shop": shop_id, "of_id": batch_id}).first()
    return (
        None if row is None else (_view(row._mapping), dict(row._mapping["mapping"]), row._mapping["digest"])
    )


def broken(
    connection: Connection, shop_id: int, digest: str, kind: str, source: str
) -> tuple[BatchView, dict[str, str]] | None:
    """The import of this very file that was broken off or cancelled last, with its mapping."""
    at = {"shop": shop_id, "of_digest": digest, "of_kind": kind, "of_source": source}
    # The same file is read in a few times at most: the latest is found without sorting.
    row = max(connection.execute(_BROKEN, at), key=lambda one: one._mapping["id"], default=None)
    return None if row is None else (_view(row._mapping), dict(row._mapping["mapping"]))


def _view(row: Any) -> BatchView:
    return BatchView(
        batch_id=row["id"],
        kind=row["kind"],
        source=row["source"],
        file_name=row["file_name"],
        path=row["mapping"].get("!path", ""),
        state=row["state"],
        by=row["name"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        tally=Tally(
            rows=row["rows_done"],
            new=row["rows_new"],
            same=row["rows_same"],
            changed=row["rows_changed"],
            rejected=row["rows_rejected"],
        ),
    )
