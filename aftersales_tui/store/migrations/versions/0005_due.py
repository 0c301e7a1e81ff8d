"""Contacts without a ticket: the clocks of a customer's file, his contact plan and promises made at the sale"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from secrets import randbits
from typing import Any

import sqlalchemy as sa
from alembic import op

from aftersales_tui.domain.identity import EPOCH, RANDOM_BITS, new_id

AT_ONCE = 500

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PHONE = (
    "SELECT typed FROM phone WHERE phone.shop_id = customer.shop_id AND phone.customer_id = customer.id"
    " ORDER BY phone.place LIMIT 1"
)
_PLANS = (
    f"SELECT shop_id, id, NULL, contact_at, 'periodic_contact', '', name, ({_PHONE}), '', '', '' FROM customer"
    " WHERE contact_months > 0 AND contact_at IS NOT NULL AND state = ''"
)
_PROMISES = (
    "SELECT customer.shop_id, customer.id, sale_promise.id, sale_promise.due_at, 'sale_promise',"
    f" 'sale_' || sale_promise.what, customer.name, ({_PHONE}), device.product, device.model, sale_promise.words"
    " FROM sale_promise"
    " JOIN customer ON customer.shop_id = sale_promise.shop_id AND customer.id = sale_promise.customer_id"
    " LEFT JOIN device ON device.shop_id = sale_promise.shop_id AND device.id = sale_promise.device_id"
    " WHERE sale_promise.done_at IS NULL AND sale_promise.due_at IS NOT NULL AND customer.state = ''"
)
_COLUMNS = ("shop_id", "customer_id", "promise_id", "due_at", "reason", "about", "whom", "phone")
_FIXED = {"version": 1, "is_open": 1, "tries": 0, "flag": "", "result": ""}
_CONTACT = sa.table("contact", *(sa.column(name) for name in ("id", *_COLUMNS, "words", *_FIXED)))


def upgrade() -> None:
    """Let a contact belong to a customer; whatever is open in the files today goes on the list."""
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("customer_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("promise_id", sa.BigInteger(), nullable=True))
        batch_op.alter_column("ticket_id", existing_type=sa.BigInteger(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_contact_shop_id_customer_id"),
            "customer",
            ["shop_id", "customer_id"],
            ["shop_id", "id"],
        )
        batch_op.create_index("ix_contact_customer", ["shop_id", "customer_id", "due_at", "id"], unique=False)
        batch_op.create_index(
            "ix_contact_promise",
            ["shop_id", "promise_id"],
            unique=False,
            sqlite_where=sa.text("promise_id IS NOT NULL"),
            postgresql_where=sa.text("promise_id IS NOT NULL"),
        )
    connection = op.get_bind()
    for found in (_PLANS, _PROMISES):
        # Read whole first: a file's connection reads and writes one thing at a time.
        told = iter(connection.exec_driver_sql(found).all())
        while rows := list(islice(told, AT_ONCE)):
            connection.execute(sa.insert(_CONTACT), list(_contacts(rows)))


def _contacts(rows: list[Any]) -> Iterator[dict[str, Any]]:
    for *columns, product, model, words in rows:
        told = dict(zip(_COLUMNS, columns, strict=True))
        device = " ".join(filter(None, (product, model)))
        own_id = new_id(EPOCH + timedelta(milliseconds=told["due_at"]), randbits(RANDOM_BITS))
        said = " / ".join(filter(None, (words, device)))
        yield {**_FIXED, **told, "id": own_id, "phone": told["phone"] or "", "words": said}
