"""The stores that these tests look into."""

from tests.store_fixtures import clock, database, lent, postgres, shop_file, shop_url, template_file

__all__ = ["clock", "database", "lent", "postgres", "shop_file", "shop_url", "template_file"]
