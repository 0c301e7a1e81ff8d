"""Alembic's entry: runs on the connection it is handed, inside the caller's transaction."""

from alembic import context

from aftersales_tui.store import tables
from aftersales_tui.store.keys import Record
from aftersales_tui.store.migrations.run import in_metadata

tables.complete()
connection = context.config.attributes["connection"]
for index in (index for table in Record.metadata.tables.values() for index in table.indexes):
    # What the tables say in SQLite's words alone holds on PostgreSQL too.
    index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]

context.configure(
    connection=connection,
    target_metadata=Record.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
    include_object=in_metadata,
)
context.run_migrations()
