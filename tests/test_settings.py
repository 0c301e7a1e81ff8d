"""Settings: each layer wins over the one before, and a wrong value names the place to mend."""

import sys
from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.settings import DEFAULT_ZONE, Settings, load_settings, machine_zone, save_setting

TOKYO = {"TZ": "Asia/Tokyo"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_without_anything_the_defaults_hold(file: Path) -> None:
    assert load_settings({"TZ": DEFAULT_ZONE}, file) == Settings()


def test_each_layer_wins_over_the_one_before(file: Path) -> None:
    written(file, 'theme = "light"\nlanguage = "zh_CN"\ncountry = "tw"\n[keymap]\nqueue = "f8"\n')
    environ = {"AFTERSALES_THEME": "contrast", "AFTERSALES_LANGUAGE": "en", **TOKYO}
    settings = load_settings(environ, file, language="zh_TW", theme=None)
    assert (settings.country, settings.theme, settings.language) == ("TW", "contrast", "zh_TW")
    assert settings.keymap == {"queue": "f8"}
    assert settings.zone == "Asia/Tokyo"


def test_the_database_comes_from_its_url_variable(file: Path) -> None:
    assert (
        load_settings({"AFTERSALES_DATABASE_URL": "postgresql://desk"}, file).database == "postgresql://desk"
    )


def test_an_empty_variable_counts_as_not_given(file: Path) -> None:
    assert load_settings({"AFTERSALES_THEME": ""}, file).theme == "dark"


@pytest.mark.parametrize(("word", "meant"), [("1", True), ("on", True), ("No", False), ("false", False)])
def test_a_flag_is_read_as_people_write_it(file: Path, word: str, meant: bool) -> None:
    assert load_settings({"AFTERSALES_ASCII": word}, file).ascii is meant


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "pink"),
        ("language", "fr"),
        ("ascii", "maybe"),
        ("country", "China"),
        ("area_code", "07-55"),
        ("zone", "Asia/Nowhere"),
        ("zone", "../etc/passwd"),
        ("shop_id", "0"),
        ("shop_id", "one"),
    ],
)
def test_a_wrong_value_names_its_key_and_its_variable(file: Path, key: str, value: str) -> None:
    variable = f"AFTERSALES_{key.upper()}"
    with pytest.raises(Invalid) as caught:
        load_settings({variable: value}, file)
    assert caught.value.code == "settings.bad"
    assert caught.value.params == {"key": key, "value": value, "file": variable}


def test_a_wrong_value_in_the_file_names_the_file(file: Path) -> None:
    with pytest.raises(Invalid) as caught:
        load_settings({}, written(file, "mouse = 3\n"))
    assert caught.value.params == {"key": "mouse", "value": 3, "file": str(file)}


def test_an_unknown_key_is_told_instead_of_passed_over(file: Path) -> None:
    with pytest.raises(Invalid) as caught:
        load_settings({}, written(file, 'langage = "en"\n'))
    assert caught.value.code == "settings.unknown"
    assert caught.value.params == {"key": "langage", "file": str(file)}


@pytest.mark.parametrize("content", [b'theme = "light', b'shop_name = "\xb9\xab"'])
def test_a_file_that_is_not_toml_is_told_and_left_as_it_is(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    for attempt in (lambda: load_settings({}, file), lambda: save_setting("theme", "dark", file)):
        with pytest.raises(Invalid) as caught:
            attempt()
        assert caught.value.code == "settings.unreadable"
    assert file.read_bytes() == content


def test_a_file_with_a_byte_order_mark_is_read(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes('\ufeffshop_name = "长江电器"\n'.encode())
    assert load_settings({}, file).shop_name == "长江电器"


def test_saving_keeps_comments_and_the_other_choices(file: Path) -> None:
    written(file, '# our shop\nshop_name = "长江电器"  # as said on the phone\n\n[keymap]\nqueue = "f8"\n')
    save_setting("theme", "light", file)
    save_setting("language", "zh_TW", file)
    text = file.read_text("utf-8")
    assert "# our shop\n" in text
    assert "# as said on the phone" in text
    settings = load_settings({}, file)
    assert (settings.theme, settings.language, settings.shop_name) == ("light", "zh_TW", "长江电器")
    assert settings.keymap == {"queue": "f8"}


def test_saving_makes_the_file_and_taking_out_forgets(file: Path) -> None:
    save_setting("theme", "light", file)
    assert load_settings({}, file).theme == "light"
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0
    save_setting("theme", None, file)
    assert load_settings({}, file).theme == "dark"


@pytest.mark.parametrize(("key", "value"), [("theme", "pink"), ("them", "light"), ("them", None)])
def test_a_wrong_choice_is_not_saved(file: Path, key: str, value: str | None) -> None:
    with pytest.raises(Invalid):
        save_setting(key, value, file)
    assert not file.exists()


def test_the_zone_of_the_machine_is_read_from_its_link(tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    assert machine_zone({}, link) == DEFAULT_ZONE
    link.symlink_to("/usr/share/zoneinfo/Asia/Taipei")
    assert machine_zone({}, link) == "Asia/Taipei"
    assert machine_zone({"TZ": ":Asia/Tokyo"}, link) == "Asia/Tokyo"


@pytest.mark.parametrize("name", ["UTC", "Etc/UTC", "UTC-8"])
def test_a_machine_on_utc_says_nothing_about_the_shop(tmp_path: Path, name: str) -> None:
    assert machine_zone({"TZ": name}, tmp_path / "none") == DEFAULT_ZONE


def test_an_unknown_zone_of_the_machine_is_not_an_error(file: Path) -> None:
    assert load_settings({"TZ": "Mars/Olympus"}, file).zone == DEFAULT_ZONE


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("shop.db", "shop.db"),
        ("C:/shop.db", "C:/shop.db"),
        ("sqlite:///shop.db", "shop.db"),
        ("SQLITE:////var/shop.db", "/var/shop.db"),
        ("sqlite:///C:/shop.db", "C:/shop.db"),
        ("POSTGRESQL://li@server/shop", "postgresql://li@server/shop"),
        ("postgres://server/shop", "postgres://server/shop"),
        ("postgresql+psycopg:///shop?host=/run", "postgresql+psycopg:///shop?host=/run"),
    ],
)
def test_a_store_is_a_file_or_a_server(file: Path, given: str, meant: str) -> None:
    assert load_settings({}, file, database=given).database == meant
    assert load_settings({"AFTERSALES_DATABASE_URL": given}, file).database == meant


@pytest.mark.parametrize(
    "given",
    [
        "mysql://li:secret@x/y",
        "postgresql+psycopg2://x/y",
        "postgresql:shop",
        "sqlite:shop.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///shop.db?mode=ro",
        "http://x/shop.db",
        "file:///shop.db",
    ],
)
def test_a_store_of_another_kind_is_refused_and_not_made(file: Path, given: str) -> None:
    with pytest.raises(Invalid) as refused:
        load_settings({"AFTERSALES_DATABASE_URL": given}, file)
    assert refused.value.code == "settings.database"
    assert refused.value.params["file"] == "AFTERSALES_DATABASE_URL"
    assert "secret" not in str(refused.value.params)
