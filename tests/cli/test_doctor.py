"""What the doctor says of installations that are well, and of those that are not."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aftersales_tui import i18n
from aftersales_tui.cli.checkup import machine, shop
from aftersales_tui.settings import Settings
from aftersales_tui.store import health
from aftersales_tui.store.driver import sqlite_driver
from aftersales_tui.store.look import SCHEMA
from aftersales_tui.views.checkup import State
from tests.cli.conftest import Shell

NOW = datetime.now(UTC)


def states(shell: Shell, *words: str) -> dict[str, str]:
    return {
        f"{one['check']}.{one['found']}": one["state"] for one in shell("doctor", "--json", *words).records()
    }


def change(file: Path, statement: str) -> None:
    store = sqlite_driver().connect(str(file))
    with closing(store), store:
        store.execute(statement)


def test_a_sound_shop_is_told_sound(shell: Shell, home: Path) -> None:
    before = (home / "shop.db").read_bytes()
    (home / "shop.db").chmod(0o600)
    told = shell("doctor", "--json")
    assert told.code == 0
    found = {f"{one['check']}.{one['found']}": one for one in told.records()}
    assert found["store.sound"]["state"] == "well"
    assert str(home / "shop.db") in found["store.sound"]["sentence"]
    assert {"python.runs", "settings.read", "policy.read", "clock.goes", "drafts.none"} <= set(found)
    assert (home / "shop.db").read_bytes() == before


def test_people_read_lines_with_what_to_do_below(shell: Shell) -> None:
    told = shell("doctor")
    assert "Store: " in told.out
    assert "not looked at" in told.out
    assert "\n    Run it once in the terminal" in told.out
    assert (
        told.out.splitlines()[-1].endswith("to be watched: 1") or "to be watched" in told.out.splitlines()[-1]
    )


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_finding_has_its_words_in_every_language(language: str) -> None:
    import ast

    rooms = [Path(machine.__file__), Path(machine.__file__).with_name("shop.py"), Path(health.__file__)]
    found = [
        [part.value for part in node.args[:2] if isinstance(part, ast.Constant)]
        for room in rooms
        for node in ast.walk(ast.parse(room.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding"
    ]
    pairs = [".".join(("doctor", *map(str, one))) for one in found if len(one) == 2]
    assert len(pairs) > 20
    i18n.use(language)
    assert [key for key in pairs if not key.endswith(".refused") and not i18n.has(key)] == []
    assert [
        key
        for key in pairs
        if key.endswith((".race", ".damaged", ".network", ".full")) and not i18n.has(f"{key}.mend")
    ] == []


@pytest.mark.parametrize(
    ("version", "wrong"),
    [
        ((3, 6, 23), False),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_versions_with_the_race_of_two_writers_are_known(version: tuple[int, ...], wrong: bool) -> None:
    assert health.has_race(version) is wrong


def test_a_damaged_store_is_found_and_left_as_it_was(shell: Shell, home: Path) -> None:
    file = home / "shop.db"
    change(file, "PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file.read_bytes())
    content[8192:12288] = bytes(4096)
    file.write_bytes(content)
    beside = sorted(home.glob("shop.db*"))
    told = shell("doctor", "--json")
    assert sorted(home.glob("shop.db*")) == beside, "nothing is laid beside it"
    ill = [one for one in told.records() if one["state"] == "ill"]
    assert [(one["check"], one["found"]) for one in ill] == [("store", "damaged")]
    assert "backup" in ill[0]["mend"]
    assert told.code == 7
    assert file.read_bytes() == content


def test_a_row_that_belongs_to_nobody_is_damage(shell: Shell, home: Path) -> None:
    file = home / "shop.db"
    store = sqlite_driver().connect(str(file))
    with closing(store), store:
        store.execute("PRAGMA foreign_keys=OFF")
        store.execute("INSERT INTO staff_skill (shop_id, staff_id, skill) VALUES (1, 12345, 'x')")
    assert states(shell)["store.damaged"] == "ill"


def test_a_strangers_file_an_older_and_a_newer_store_are_told_apart(shell: Shell, home: Path) -> None:
    stranger = home / "stranger.db"
    with closing(sqlite3.connect(stranger)) as other:
        other.execute("CREATE TABLE a (b)")
    assert states(shell, "--db", str(stranger))["store.refused"] == "ill"
    change(home / "shop.db", f"PRAGMA user_version={SCHEMA - 1}")
    assert states(shell)["store.older"] == "watch"
    change(home / "shop.db", f"PRAGMA user_version={SCHEMA + 1}")
    assert states(shell)["store.refused"] == "ill"
    assert states(shell, "--db", str(home / "nowhere.db"))["store.absent"] == "watch"
    assert not (home / "nowhere.db").exists()


def test_a_store_whose_two_schemas_differ_is_neither_sound_nor_opened(shell: Shell, home: Path) -> None:
    for at, found in (("0099", "newer"), ("0001", "damaged")):
        change(home / "shop.db", f"UPDATE alembic_version SET version_num = '{at}'")
        assert states(shell)[f"store.{found}"] == "ill"
        refused = shell("queue", "--json")
        assert (refused.code, refused.error()["code"]) == (7, f"store.{found}")


def test_what_a_dead_seat_saved_last_is_looked_at_and_nothing_is_laid_beside_it(
    shell: Shell, home: Path
) -> None:
    live, dead = home / "shop.db", home / "dead.db"
    with closing(sqlite_driver().connect(str(live))) as seat, seat:
        seat.execute("PRAGMA wal_autocheckpoint=0")
        seat.execute("UPDATE alembic_version SET version_num = '0099'")
        seat.commit()
        for end in ("", "-wal"):
            shutil.copy(f"{live}{end}", f"{dead}{end}")
    assert states(shell, "--db", str(dead))["store.newer"] == "ill"
    assert sorted(home.glob("dead.db*")) == [dead, home / "dead.db-wal"]


def test_a_clock_that_was_set_back_is_told(shell: Shell, home: Path) -> None:
    later = int((NOW + timedelta(hours=2)).timestamp() * 1000)
    change(home / "shop.db", f"UPDATE feed SET entered_at = {later}")
    assert states(shell)["clock.behind_store"] == "ill"


@pytest.mark.skipif(os.name != "posix", reason="other systems keep no such mode")
def test_a_store_that_others_can_read_is_told(shell: Shell, home: Path) -> None:
    (home / "shop.db").chmod(0o644)
    assert states(shell)["store.readable_by_others"] == "watch"


def test_settings_that_cannot_be_read_are_the_last_thing_told(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERSALES_COUNTRY", "nowhere")
    told = shell("doctor", "--json")
    assert told.records()[-1]["found"] == "refused"
    assert "AFTERSALES_COUNTRY" in told.records()[-1]["sentence"]
    assert told.code == 7


@pytest.mark.parametrize(
    ("term", "size", "encoding", "found"),
    [
        ("xterm-256color", (120, 40), "utf-8", ("shows", State.WELL)),
        ("xterm-256color", (59, 24), "UTF8", ("small", State.WATCH)),
        ("xterm-256color", (120, 40), "gbk", ("encoding", State.ILL)),
        ("dumb", (120, 40), "utf-8", ("dumb", State.ILL)),
    ],
)
def test_a_terminal_is_told_by_what_it_can_show(
    term: str, size: tuple[int, int], encoding: str, found: tuple[str, State]
) -> None:
    told = machine.terminal({"TERM": term}, os.terminal_size(size), encoding)
    assert (told.name, told.state) == found


@pytest.mark.skipif(os.name != "posix", reason="keys come from the console there")
@pytest.mark.parametrize(
    ("ime", "variable", "found"),
    [(True, "1", "on"), (True, "0", "kitty"), (False, "1", "off")],
)
def test_the_mode_for_input_methods_is_looked_at(ime: bool, variable: str, found: str) -> None:
    assert machine.input_method(Settings(ime=ime), {machine.KITTY: variable}).name == found


def test_a_network_file_system_is_known_by_the_mount_it_lies_on(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\nserver:/data /mnt/shared\\040data nfs4 rw 0 0\n")
    assert machine.file_system(Path("/mnt/shared data/shop"), mounts).name == "network"
    assert machine.file_system(Path("/mnt/other"), mounts).name == "local"
    assert machine.file_system(Path("/mnt"), tmp_path / "none").name == "unknown"


@pytest.mark.parametrize(("free", "found"), [(10, "full"), (500, "little"), (5000, "room")])
def test_a_disk_is_told_by_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, found: str
) -> None:
    class Usage:
        total = 1 << 40
        free: int

    usage = Usage()
    usage.free = free * machine.MIB
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    told = list(machine.disk({"store": tmp_path / "not" / "yet", "drafts": tmp_path}))
    assert [one.name for one in told] == [found]


def test_a_zone_nobody_knows_and_a_clock_before_this_program_are_ill() -> None:
    assert machine.clock(NOW, "Mars/Base").name == "zone"
    assert machine.clock(datetime(2001, 1, 1, tzinfo=UTC), "Asia/Shanghai").name == "early"


def test_holidays_that_nobody_knows_yet_are_told_until_the_shop_writes_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert shop.holidays(Settings(), datetime(2026, 3, 1, tzinfo=UTC)).name == "known"
    late = datetime(2097, 12, 1, tzinfo=UTC)
    # The year itself is unknown as well; the shop has written down both years' days.
    found = shop.holidays(Settings(), late)
    assert (found.name, found.state, found.params["year"]) == ("unknown", State.WATCH, "2097")
    file = Path(found.params["file"])
    file.parent.mkdir(parents=True)
    file.write_text("[overrides]\n2097-10-01 = []\n", "utf-8")
    assert shop.holidays(Settings(), late).params["year"] == "2098"
    file.write_text("[overrides]\n2097-10-01 = []\n2098-01-01 = []\n", "utf-8")
    assert shop.holidays(Settings(), late).name == "known"
    assert shop.holidays(Settings(zone="Mars/Base"), late).name == "not_looked_at"


def test_folders_that_cannot_be_made_are_found_and_told(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").touch()
    monkeypatch.setenv("AFTERSALES_STATE_DIR", str(home / "file" / "deep"))
    told = shell("doctor", "--json")
    assert told.code == 7
    (found,) = [one for one in told.records() if one["check"] == "drafts"]
    assert (found["found"], found["state"]) == ("refused", "ill")
    assert str(home / "file" / "deep") in found["sentence"]
    assert "AFTERSALES_STATE_DIR" in found["sentence"]
    assert shell("queue").code == 0, "the shell keeps no drafts"
    assert str(home / "file" / "deep") in shell("where").out


def test_a_store_folder_that_cannot_be_made_is_a_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from aftersales_tui.cli.main import run

    (home / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "file"))
    assert run(["queue"]) == 7
    assert str(home / "file" / "aftersales") in capsys.readouterr().err
    assert run(["doctor"]) == 7
    assert "BAD" in capsys.readouterr().out
