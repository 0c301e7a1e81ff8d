"""Search: zones, days of purchase and sale promises are found too; no table changes, ``run`` makes the index anew"""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing by itself: being older than this is what tells that the texts lack those fields."""
