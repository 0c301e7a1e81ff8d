"""What is not ours is told by a sentence and stays as it is, byte for byte."""

import os
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Unavailable
from aftersales_tui.store.driver import sqlite_driver
from aftersales_tui.store.glance import first_page
from aftersales_tui.store.look import APPLICATION_ID, SCHEMA, Found, Kind, look
from aftersales_tui.store.opening import open_store
from tests.stores import MONDAY_TEN


def changed(path: Path, *pragmas: str) -> None:
    connection = sqlite3.connect(path)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    connection.commit()
    connection.close()


def foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()


def foreign_of_a_known_program(path: Path) -> None:
    foreign(path)
    changed(path, "application_id=1196444487", "user_version=1")


def text(path: Path) -> None:
    path.write_text("name,phone\n张三,13800138000\n", "utf-8")


def short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def cut_within_a_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def cut_between_pages(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096])


def spoiled(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[100:4096] = bytes(3996)
    path.write_bytes(whole)


def newer(path: Path) -> None:
    changed(path, f"user_version={SCHEMA + 1}")


CASES: list[tuple[Callable[[Path], object], str]] = [
    (foreign, "store.foreign"),
    (foreign_of_a_known_program, "store.foreign"),
    (text, "store.foreign"),
    (short, "store.damaged"),
    (cut_within_a_page, "store.damaged"),
    (cut_between_pages, "store.damaged"),
    (spoiled, "store.damaged"),
    (newer, "store.newer"),
]


def all_bytes(folder: Path) -> dict[str, str]:
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


@pytest.mark.parametrize(("spoil", "code"), CASES, ids=[case.__name__ for case, _ in CASES])
def test_a_file_that_cannot_be_our_store_is_refused_and_not_a_byte_of_it_changed(
    shop_file: Path, spoil: Callable[[Path], object], code: str
) -> None:
    spoil(shop_file)
    before, mode = all_bytes(shop_file.parent), shop_file.stat().st_mode
    assert first_page(shop_file, 1, MONDAY_TEN, 10) is None
    with pytest.raises(Unavailable) as refused:
        open_store(shop_file)
    assert (refused.value.code, refused.value.params["path"]) == (code, str(shop_file))
    assert all_bytes(shop_file.parent) == before
    assert shop_file.stat().st_mode == mode


def test_a_newer_store_tells_both_schemas(shop_file: Path) -> None:
    newer(shop_file)
    with pytest.raises(Unavailable) as refused:
        look(shop_file)
    assert (refused.value.params["schema"], refused.value.params["ours"]) == (SCHEMA + 1, SCHEMA)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"store\.not_a_file"):
        open_store(tmp_path)


def test_a_path_through_a_file_cannot_be_written(shop_file: Path) -> None:
    with pytest.raises(Unavailable, match=r"store\.un(readable|writable)"):
        open_store(shop_file / "deeper" / "shop.db")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(b"x" * 200)

    def forbidden(self: Path, *how: object, **more: object) -> object:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(Unavailable, match=r"store\.unreadable") as refused:
        look(path)
    assert refused.value.params["why"] == os.strerror(13)


@pytest.mark.parametrize("empty", [True, False])
def test_nothing_and_an_empty_file_are_no_store_yet(tmp_path: Path, empty: bool) -> None:
    path = tmp_path / "shop.db"
    if empty:
        path.touch()
    assert look(path) == Found(Kind.ABSENT, 0)
    assert first_page(path, 1, MONDAY_TEN, 10) is None
    assert list(tmp_path.iterdir()) == ([path] if empty else [])


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_no_store_is_made_beside_the_log_of_one_that_is_gone(shop_file: Path, end: str) -> None:
    shop_file.unlink()
    shop_file.with_name(shop_file.name + end).write_bytes(b"what was saved last")
    before = all_bytes(shop_file.parent)
    with pytest.raises(Unavailable, match=r"store\.orphan") as refused:
        open_store(shop_file)
    assert refused.value.params["log"] == f"shop.db{end}"
    assert all_bytes(shop_file.parent) == before


def test_our_own_file_is_current_and_an_older_one_is_older(shop_file: Path) -> None:
    assert look(shop_file) == Found(Kind.CURRENT, SCHEMA)
    changed(shop_file, f"user_version={SCHEMA - 1}")
    assert look(shop_file) == Found(Kind.OLDER, SCHEMA - 1)


def test_our_file_says_whose_it_is_in_its_first_hundred_bytes(shop_file: Path) -> None:
    header = shop_file.read_bytes()[:100]
    assert header[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"AFTS"


def test_looking_at_a_store_in_use_leaves_nothing_of_its_own(shop_file: Path) -> None:
    before = {file.name for file in shop_file.parent.iterdir()}
    assert first_page(shop_file, 1, MONDAY_TEN, 10) is not None
    leftovers = {file.name for file in shop_file.parent.iterdir()} - before
    assert leftovers <= {"shop.db-wal", "shop.db-shm"}
    open_store(shop_file).close()
    assert {file.name for file in shop_file.parent.iterdir()} == before


def test_the_driver_carries_a_sqlite_without_the_log_race() -> None:
    assert sqlite_driver().sqlite_version_info >= (3, 51, 3)
