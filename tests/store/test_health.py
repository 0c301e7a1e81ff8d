"""Whether a store is sound, seen from outside: on a server."""

from datetime import UTC, datetime

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store.health import store_health
from aftersales_tui.store.opening import open_store
from tests.stores import Server

NOW = datetime.now(UTC)


def test_a_server_is_looked_at_and_its_database_told_by_what_is_in_it(postgres: Server) -> None:
    with postgres.database() as url:
        assert [one.name for one in store_health(url, NOW)] == ["absent"]
        open_store(url).close()
        assert [one.name for one in store_health(url, NOW)] == ["server"]


def test_a_server_that_is_away_is_told_with_its_reason() -> None:
    away = next(iter(store_health("postgresql://nobody@127.0.0.1:1/none", NOW)))
    assert (away.name, away.params["code"]) == ("refused", Unavailable("store.away").code)
