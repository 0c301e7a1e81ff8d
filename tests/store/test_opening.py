"""A store is made whole or not at all, and brought up to this program's schema."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import OperationalError

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store import tables
from aftersales_tui.store.engine import Store, plain_errors, postgres_engine, sqlite_engine
from aftersales_tui.store.keys import Record
from aftersales_tui.store.look import SCHEMA, Kind, look
from aftersales_tui.store.migrations import run
from aftersales_tui.store.opening import open_store
from tests.stores import FakeClock, Server, sit_down

OPEN = "import sys; from aftersales_tui.store.opening import open_store; open_store(sys.argv[1]).close()"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A store in which there is nothing yet."""
    if request.param == "sqlite":
        engine = sqlite_engine(tmp_path / "new.db")
        yield engine
        engine.dispose()
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database() as url:
        engine = postgres_engine(url)
        yield engine
        engine.dispose()


def test_a_new_store_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "shop.db"
    open_store(path).close()
    assert look(path).kind is Kind.CURRENT
    assert list(path.parent.iterdir()) == [path]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "店 100% #1?a=b" / "shop;x.db"
    open_store(path).close()
    assert look(path).kind is Kind.CURRENT


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.touch()
    path.chmod(0o644)
    store = open_store(path)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    store.close()
    assert look(path).kind is Kind.CURRENT
    assert list(tmp_path.iterdir()) == [path]
    if os.name == "posix":
        assert modes == {0o600}


@pytest.mark.parametrize("empty_file", [False, True])
def test_processes_that_create_one_store_at_once_share_it(tmp_path: Path, empty_file: bool) -> None:
    path = tmp_path / "shop.db"
    if empty_file:
        path.touch(0o600)
    seats = [subprocess.Popen([sys.executable, "-c", OPEN, str(path)]) for _ in range(3)]
    assert [seat.wait(60) for seat in seats] == [0, 0, 0]
    assert [file.name for file in tmp_path.iterdir()] == ["shop.db"]
    assert look(path).kind is Kind.CURRENT


def test_two_seats_that_found_one_shop_find_one_shop(empty: Engine) -> None:
    database = empty.url.database if empty.dialect.name == "sqlite" else empty.url.render_as_string(False)
    empty.dispose()
    clock = FakeClock()
    first = sit_down(str(database).replace("+psycopg", ""), clock, person="小林")
    second = sit_down(str(database).replace("+psycopg", ""), clock, person="小林", seat="2")
    assert first.people.me() == second.people.me()
    first.close()
    second.close()


def test_a_store_in_use_reads_while_another_writes(shop_file: Path) -> None:
    store = open_store(shop_file)
    with store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()


def test_the_migrated_schema_is_the_one_of_the_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        options = {"compare_type": True, "include_object": run.in_metadata}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Record.metadata) == []


def test_the_newest_script_is_the_one_that_the_start_compares() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(run.__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [run.HEAD]
    assert int(run.HEAD) == SCHEMA


def test_no_migration_goes_back() -> None:
    """A store is restored from a backup; a way back that nobody ever went would lose what was written since."""
    config = Config()
    config.set_main_option("script_location", str(Path(run.__file__).parent))
    for script in ScriptDirectory.from_config(config).walk_revisions():
        assert not hasattr(script.module, "downgrade")


def test_upgrading_a_current_store_changes_nothing(store: Store) -> None:
    run.upgrade(store.engine)
    with store.reading() as connection:
        assert run.revision(connection) == run.HEAD


def test_a_migration_that_dies_half_way_leaves_nothing(
    empty: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run._migrate

    def dies(connection: object) -> None:
        whole(connection)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "_migrate", dies)
    with pytest.raises(KeyboardInterrupt):
        run.upgrade(empty)
    assert inspect(empty).get_table_names() == []
    monkeypatch.undo()
    run.upgrade(empty)
    assert "ticket" in inspect(empty).get_table_names()


def test_a_store_whose_making_dies_leaves_nothing_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(connection: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "_migrate", dies)
    with pytest.raises(KeyboardInterrupt):
        open_store(tmp_path / "shop.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE accounts (id int)",
        "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('0001')",
        "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('9f3c')",
    ],
)
def test_a_servers_database_of_somebody_else_stays_as_it_is(postgres: Server, made: str) -> None:
    with postgres.database() as url:
        engine = postgres_engine(url)
        with engine.begin() as connection:
            for statement in made.split("; "):
                connection.exec_driver_sql(statement)
        before = inspect(engine).get_table_names()
        with pytest.raises(Unavailable, match=r"store\.foreign_database") as refused:
            open_store(url)
        assert "test_" in str(refused.value.params["path"])
        assert inspect(engine).get_table_names() == before
        engine.dispose()


def test_a_newer_database_on_a_server_is_refused(shop_url: str) -> None:
    engine = postgres_engine(shop_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    engine.dispose()
    with pytest.raises(Unavailable, match=r"store\.newer"):
        open_store(shop_url)


def test_a_server_that_is_away_is_told_soon() -> None:
    with pytest.raises(Unavailable, match=r"store\.away"):
        open_store("postgresql://nobody@127.0.0.1:9/shop")


def test_a_server_that_does_not_know_the_database_or_the_user_is_not_away(postgres: Server) -> None:
    for url, why in (
        (postgres.url("nowhere"), 'database "nowhere" does not exist'),
        (postgres.url("shop").replace("postgres:", "nobody:secret"), 'role "nobody" does not exist'),
    ):
        with pytest.raises(Unavailable) as refused:
            open_store(url)
        assert refused.value.code == "store.not_let_in"
        assert refused.value.params["why"] == why
        assert "secret" not in str(refused.value.params)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("connection failed: FATAL:  the database system is starting up", "store.away"),
        ("connection failed: FATAL:  sorry, too many clients already", "store.away"),
        ('connection failed: FATAL:  password authentication failed for user "li"', "store.not_let_in"),
    ],
)
def test_a_server_that_is_busy_starting_is_away_and_one_that_refuses_is_not(words: str, code: str) -> None:
    with pytest.raises(Unavailable) as refused, plain_errors("here"):
        raise OperationalError("", None, Exception(words))
    assert refused.value.code == code


def test_shop_id_leads_every_key() -> None:
    tables.complete()
    exported = [getattr(tables, name) for name in tables.__all__ if name != tables.complete.__name__]
    assert set(Record.metadata.tables) == {record.__tablename__ for record in exported}
    for table in Record.metadata.tables.values():
        keys = [list(table.primary_key.columns), *(list(index.columns) for index in table.indexes)]
        keys += [list(rule.columns) for rule in table.constraints if hasattr(rule, "columns")]
        for key in filter(None, keys):
            assert key[0].name == "shop_id", (table.name, [column.name for column in key])
        for rule in table.foreign_key_constraints:
            assert next(element.column.name for element in rule.elements) == "shop_id", table.name
