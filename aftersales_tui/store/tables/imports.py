"""What came from other programs' files: which batch, and which of our records each foreign record has become."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field

from aftersales_tui.store.keys import Record, Versioned, belongs_to, whole
from aftersales_tui.store.types import KEY_TEXT, UTCDateTime


class ImportBatch(Versioned, table=True):
    """One file that was read in, as far as it has come; it is undone as a whole.

    Attributes:
        kind: A table of ``exchange.layouts.LAYOUTS``.
        source: Names the other program, so that its ids cannot be taken for another's.
        digest: SHA-256 of the file, by which a broken-off import is known again.
        mapping: Our field by the file's heading.
        state: ``running``, ``done``, ``cancelled`` or ``undone``.
        rows_done: Rows of the file that are behind us; a resumed import goes on after them.
    """

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_digest", "shop_id", "digest", "kind"),)

    kind: str
    source: str
    file_name: str
    digest: str
    mapping: dict[str, str] = Field(sa_type=JSON)
    state: str
    staff_id: int = whole()
    started_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    rows_done: int = whole(0)
    rows_new: int = whole(0)
    rows_same: int = whole(0)
    rows_changed: int = whole(0)
    rows_rejected: int = whole(0)


class ImportKey(Record, table=True):
    """Which of our records a foreign record is; the same file read in twice changes nothing.

    Attributes:
        is_new: 1 where the batch made the record, 0 where it met one that was there.
        digest: Of the foreign row's values; one that differs next time has changed.
    """

    __tablename__ = "import_key"
    __table_args__ = (
        belongs_to(ImportBatch, "batch_id"),
        Index("ix_import_key_batch", "shop_id", "batch_id", "record_id"),
        Index("ix_import_key_record", "shop_id", "record_id"),
    )

    shop_id: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str = Field(primary_key=True, sa_type=KEY_TEXT)
    source: str = Field(primary_key=True, sa_type=KEY_TEXT)
    source_id: str = Field(primary_key=True, sa_type=KEY_TEXT)
    record_id: int = whole()
    batch_id: int = whole()
    is_new: int = 1
    digest: str = ""
