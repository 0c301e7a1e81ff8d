"""Search: the text and the grams of everything that can be found; ``run`` fills them when all tables are up"""

from alembic import op

KINDS = ("customer", "device", "ticket", "call", "note")

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the index in the words of each store."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TABLE search_doc (shop_id BIGINT NOT NULL, kind VARCHAR NOT NULL, id BIGINT NOT NULL,"
            " text VARCHAR NOT NULL, CONSTRAINT pk_search_doc PRIMARY KEY (shop_id, kind, id)) WITHOUT ROWID"
        )
        for kind in KINDS:
            op.execute(
                f"CREATE VIRTUAL TABLE search_{kind} USING fts5(grams, content='', columnsize=0, detail=none,"
                " tokenize='ascii')"
            )
            # Left to itself FTS5 merges some two hundred pages at every tenth call, where four lists are alike, and at
            # once where sixteen are, which then are apt to meet long ones: somebody's save would wait for it. The app
            # merges when nobody types (store.upkeep); a save does it only where nobody has for long. A search among a
            # million tickets takes half a millisecond more with a hundred short lists.
            op.execute(f"INSERT INTO search_{kind}(search_{kind}, rank) VALUES ('automerge', 0)")
            op.execute(f"INSERT INTO search_{kind}(search_{kind}, rank) VALUES ('crisismerge', 256)")
    else:
        op.execute(
            "CREATE TABLE search_doc (shop_id BIGINT NOT NULL, kind VARCHAR NOT NULL, id BIGINT NOT NULL,"
            " text VARCHAR NOT NULL, grams TSVECTOR NOT NULL,"
            " CONSTRAINT pk_search_doc PRIMARY KEY (shop_id, kind, id))"
        )
        for kind in KINDS:
            op.execute(
                f"CREATE INDEX ix_search_doc_{kind} ON search_doc USING gin (grams) WHERE kind = '{kind}'"
            )
