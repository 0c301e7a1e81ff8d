"""Takes a store back to what an earlier version of the program has written."""

from sqlalchemy import Connection

_WHOLE = "BIGINT NOT NULL"
_CONTACT = {
    "shop_id": _WHOLE,
    "id": _WHOLE,
    "version": "INTEGER NOT NULL",
    "ticket_id": _WHOLE,
    "reason": "VARCHAR NOT NULL",
    "about": "VARCHAR NOT NULL",
    "due_at": _WHOLE,
    "is_open": "INTEGER NOT NULL",
    "whom": "VARCHAR NOT NULL",
    "phone": "VARCHAR NOT NULL",
    "words": "VARCHAR NOT NULL",
    "tries": "INTEGER NOT NULL",
    "flag": "VARCHAR NOT NULL",
    "claimed_by": "BIGINT",
    "claimed_at": "BIGINT",
    "result": "VARCHAR NOT NULL",
    "result_at": "BIGINT",
}


def before_due(connection: Connection) -> None:
    """Make the contacts those of before migration 0005: each has a ticket."""
    columns = ", ".join(_CONTACT)
    for statement in (
        f"CREATE TABLE aside AS SELECT {columns} FROM contact WHERE ticket_id IS NOT NULL",
        "DROP TABLE contact",
        f"CREATE TABLE contact ({', '.join(f'{name} {kind}' for name, kind in _CONTACT.items())},"
        " CONSTRAINT pk_contact PRIMARY KEY (shop_id, id), CONSTRAINT fk_contact_shop_id_ticket_id"
        " FOREIGN KEY (shop_id, ticket_id) REFERENCES ticket (shop_id, id))",
        "CREATE INDEX ix_contact_due ON contact (shop_id, due_at, id) WHERE is_open = 1",
        "CREATE INDEX ix_contact_ticket ON contact (shop_id, ticket_id, due_at)",
        f"INSERT INTO contact ({columns}) SELECT {columns} FROM aside",
        "DROP TABLE aside",
    ):
        connection.exec_driver_sql(statement)
