"""Files: who is at a customer's, papers and promises of a device, visitors, handover book, imports"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of files, front room and imports; give what is there its new columns."""
    op.create_table(
        "import_batch",
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("rows_done", sa.BigInteger(), nullable=False),
        sa.Column("rows_new", sa.BigInteger(), nullable=False),
        sa.Column("rows_same", sa.BigInteger(), nullable=False),
        sa.Column("rows_changed", sa.BigInteger(), nullable=False),
        sa.Column("rows_rejected", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index("ix_import_batch_digest", ["shop_id", "digest", "kind"], unique=False)

    op.create_table(
        "import_key",
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("source", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "source_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("is_new", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id", "batch_id"],
            ["import_batch.shop_id", "import_batch.id"],
            name=op.f("fk_import_key_shop_id_batch_id"),
        ),
        sa.PrimaryKeyConstraint("shop_id", "kind", "source", "source_id", name=op.f("pk_import_key")),
    )
    with op.batch_alter_table("import_key", schema=None) as batch_op:
        batch_op.create_index("ix_import_key_batch", ["shop_id", "batch_id", "record_id"], unique=False)
        batch_op.create_index("ix_import_key_record", ["shop_id", "record_id"], unique=False)
    # Without it each customer that goes is looked for in all keys of the shop.
    op.create_index("ix_caller_key_customer", "caller_key", ["shop_id", "customer_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id", "customer_id"],
            ["customer.shop_id", "customer.id"],
            name=op.f("fk_person_shop_id_customer_id"),
        ),
        sa.PrimaryKeyConstraint("shop_id", "id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_customer", ["shop_id", "customer_id", "place"], unique=False)

    op.create_table(
        "takeover",
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id", "staff_id"], ["staff.shop_id", "staff.id"], name=op.f("fk_takeover_shop_id_staff_id")
        ),
        sa.PrimaryKeyConstraint("shop_id", "id", name=op.f("pk_takeover")),
    )
    with op.batch_alter_table("takeover", schema=None) as batch_op:
        batch_op.create_index("ix_takeover_staff", ["shop_id", "staff_id", "id"], unique=False)

    op.create_table(
        "note",
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id", "customer_id"],
            ["customer.shop_id", "customer.id"],
            name=op.f("fk_note_shop_id_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["shop_id", "device_id"], ["device.shop_id", "device.id"], name=op.f("fk_note_shop_id_device_id")
        ),
        sa.PrimaryKeyConstraint("shop_id", "id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index("ix_note_customer", ["shop_id", "customer_id", "id"], unique=False)
        batch_op.create_index("ix_note_device", ["shop_id", "device_id"], unique=False)

    op.create_table(
        "sale_promise",
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("done_words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id", "customer_id"],
            ["customer.shop_id", "customer.id"],
            name=op.f("fk_sale_promise_shop_id_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["shop_id", "device_id"],
            ["device.shop_id", "device.id"],
            name=op.f("fk_sale_promise_shop_id_device_id"),
        ),
        sa.PrimaryKeyConstraint("shop_id", "id", name=op.f("pk_sale_promise")),
    )
    with op.batch_alter_table("sale_promise", schema=None) as batch_op:
        batch_op.create_index("ix_sale_promise_customer", ["shop_id", "customer_id", "id"], unique=False)
        batch_op.create_index("ix_sale_promise_device", ["shop_id", "device_id"], unique=False)
        batch_op.create_index(
            "ix_sale_promise_due",
            ["shop_id", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "handover_note",
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("for_whom", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["shop_id", "ticket_id"],
            ["ticket.shop_id", "ticket.id"],
            name=op.f("fk_handover_note_shop_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(
            ["shop_id", "written_by"],
            ["staff.shop_id", "staff.id"],
            name=op.f("fk_handover_note_shop_id_written_by"),
        ),
        sa.PrimaryKeyConstraint("shop_id", "id", name=op.f("pk_handover_note")),
    )
    with op.batch_alter_table("handover_note", schema=None) as batch_op:
        batch_op.create_index(
            "ix_handover_note_open",
            ["shop_id", "id"],
            unique=False,
            sqlite_where=sa.text("taken_at IS NULL"),
            postgresql_where=sa.text("taken_at IS NULL"),
        )
        batch_op.create_index("ix_handover_note_written", ["shop_id", "written_at", "id"], unique=False)

    op.create_table(
        "visitor",
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("stand_in", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("listed_at", sa.BigInteger(), nullable=False),
        sa.Column("announced_for", sa.BigInteger(), nullable=True),
        sa.Column("arrived_at", sa.BigInteger(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=True),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["shop_id", "customer_id"],
            ["customer.shop_id", "customer.id"],
            name=op.f("fk_visitor_shop_id_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["shop_id", "ticket_id"],
            ["ticket.shop_id", "ticket.id"],
            name=op.f("fk_visitor_shop_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("shop_id", "id", name=op.f("pk_visitor")),
    )
    with op.batch_alter_table("visitor", schema=None) as batch_op:
        batch_op.create_index("ix_visitor_day", ["shop_id", "listed_at", "id"], unique=False)
        batch_op.create_index(
            "ix_visitor_waiting",
            ["shop_id", "arrived_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    with op.batch_alter_table("visitor", schema=None) as batch_op:
        batch_op.create_index(
            "ix_visitor_customer",
            ["shop_id", "customer_id"],
            unique=False,
            sqlite_where=sa.text("customer_id IS NOT NULL"),
            postgresql_where=sa.text("customer_id IS NOT NULL"),
        )

    op.create_table(
        "not_same",
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("one_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id", "one_id"],
            ["customer.shop_id", "customer.id"],
            name=op.f("fk_not_same_shop_id_one_id"),
        ),
        sa.ForeignKeyConstraint(
            ["shop_id", "other_id"],
            ["customer.shop_id", "customer.id"],
            name=op.f("fk_not_same_shop_id_other_id"),
        ),
        sa.PrimaryKeyConstraint("shop_id", "id", name=op.f("pk_not_same")),
        sa.UniqueConstraint(
            "shop_id", "one_id", "other_id", name=op.f("uq_not_same_shop_id_one_id_other_id")
        ),
    )

    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.add_column(sa.Column("route_note", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="person"))
        batch_op.add_column(sa.Column("tier", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("quiet", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("contact_months", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("contact_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("merged_into", sa.BigInteger(), nullable=True))
        batch_op.create_index(
            "ix_customer_merged",
            ["shop_id", "merged_into"],
            unique=False,
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )

    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invoice", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("certificate", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("place", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("note", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("phone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("label", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_trade_since", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("schooling", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("trainings", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("note", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index("ix_call_register", ["shop_id", "started_at", "id"], unique=False)
        batch_op.create_index("ix_call_operator", ["shop_id", "taken_by", "started_at", "id"], unique=False)

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ticket_message",
            ["shop_id", "urgent_at", "id"],
            unique=False,
            sqlite_where=sa.text("(is_open = 1) AND (for_whom != '')"),
            postgresql_where=sa.text("(is_open = 1) AND (for_whom != '')"),
        )
