"""The manners of the shell: exit codes, languages, pipes, and no question without a terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aftersales_tui import __version__, i18n
from aftersales_tui.cli.exit_codes import BY_CLASS, USAGE, WORDS, exit_code
from aftersales_tui.domain import errors
from tests.cli.conftest import Shell


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("queue",), 0),
        (("nonsense",), 2),
        (("queue", "--nonsense"), 2),
        (("queue", "--db"), 2),
        (("run",), 2),
        (("assign", "1001"), 3),
        (("callback", "1001", "sometime"), 3),
        (("assign", "1003", "wq", "tomorrow", "9-11"), 4),
        (("close", "1001"), 4),
        (("show", "4711"), 6),
        (("assign", "1001", "nobody", "tomorrow", "9-11"), 6),
        (("--lang", "fr", "queue"), 3),
    ],
)
def test_each_class_of_error_has_its_exit_code(shell: Shell, words: tuple[str, ...], code: int) -> None:
    ended = shell(*words)
    assert ended.code == code, ended.err
    assert bool(ended.err.strip()) == bool(code)
    assert "error." not in ended.err


def test_a_store_that_is_not_ours_is_seven_and_stays_as_it_is(shell: Shell, home: Path) -> None:
    foreign = home / "foreign.db"
    foreign.write_bytes(b"something else entirely, and long enough to be looked at" * 40)
    before = foreign.read_bytes()
    assert shell("--db", str(foreign), "queue").code == 7
    assert foreign.read_bytes() == before


@pytest.mark.parametrize("given", ["mysql://x/y", "postgresql+psycopg2://x/y", "http://x/shop.db"])
def test_a_store_of_an_unknown_kind_is_no_new_shop(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    here = home / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    ended = shell("--db", given, "queue")
    assert (ended.code, ended.out) == (3, "")
    assert given in ended.err
    assert shell("--db", given, "demo", "--make").code == 3
    assert shell("--db", "postgresql://x/y", "demo", "--make").code == 2
    assert not list(here.iterdir())
    assert shell("--db", "sqlite:///new.db", "queue").code == 0
    assert [file.name for file in here.iterdir()] == ["new.db"]


@pytest.mark.parametrize("words", [("bogus",), ("run", "bogus"), ("run", "zzz 1")])
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_nothing_near_is_not_named(shell: Shell, words: tuple[str, ...], language: str) -> None:
    i18n.use(language)
    refused, near = shell(*words), shell("quee")
    i18n.use("en")
    assert "-" not in refused.err.replace("--help", "")
    assert "queue" in near.err


def test_the_version_is_told_and_nothing_opened(shell: Shell, home: Path) -> None:
    assert shell("--version").out == f"aftersales {__version__}\n"
    assert shell("--version", "--json").records() == [{"version": __version__}]
    assert shell("--db", str(home / "none.db"), "--version").code == 0
    assert not (home / "none.db").exists()


def test_the_shell_keeps_nothing_and_does_not_say_so(shell: Shell) -> None:
    ended = shell("--db", "postgresql://nobody@127.0.0.1:9/shop", "call", "13711112222", "leaks")
    assert ended.code == 7
    assert "kept" not in ended.err
    assert "Nothing was done" in ended.err
    told = shell("--db", "postgresql://nobody@127.0.0.1:9/shop", "queue", "--json").error()
    assert told["code"] == "store.away"
    assert "kept" not in told["sentence"]


def test_the_table_of_codes_is_whole() -> None:
    classes = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.DomainError)
    }
    assert classes - {errors.DomainError} == set(BY_CLASS)
    assert set(BY_CLASS.values()) < set(WORDS)
    assert exit_code(errors.Unavailable("terminal.none")) == USAGE
    assert len(set(BY_CLASS.values())) == len(BY_CLASS)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_help_speaks_every_language_and_names_every_code(shell: Shell, language: str) -> None:
    i18n.use(language)
    page = shell("--help").out
    for code, key in WORDS.items():
        assert str(code) in page
        assert i18n.say(key) in page
    assert "Options:" not in page
    assert "Show this message" not in page
    i18n.use("en")


def aftersales(
    *words: str, home: Path, stdin: int = subprocess.DEVNULL, **more: str
) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "LC_ALL": "C.UTF-8", **more}
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        environ[name] = str(home)
    return subprocess.run(
        [sys.executable, "-m", "aftersales_tui", *words],
        env=environ,
        stdin=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("words", [(), ("demo",), ("call",), ("--ascii",)])
def test_the_screens_are_refused_without_a_terminal(words: tuple[str, ...], tmp_path: Path) -> None:
    ended = aftersales(*words, home=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "terminal" in ended.stderr


def test_the_language_comes_from_the_option_the_setting_or_the_locale(tmp_path: Path) -> None:
    assert "用法" in aftersales("--help", home=tmp_path, LC_ALL="zh_CN.UTF-8").stdout
    assert "用法" in aftersales("--lang", "zh_TW", "--help", home=tmp_path).stdout
    assert "用法" in aftersales("queue", "--help", "--lang=zh", home=tmp_path).stdout
    assert "Usage" in aftersales("--help", home=tmp_path).stdout
    config = tmp_path / "aftersales"
    config.mkdir(exist_ok=True)
    (config / "settings.toml").write_text('language = "zh_TW"\n', "utf-8")
    assert "指令" in aftersales("--help", home=tmp_path).stdout
    (config / "settings.toml").write_text("language = [broken", "utf-8")
    assert "Usage" in aftersales("--help", home=tmp_path).stdout
    assert aftersales("queue", home=tmp_path).returncode == 3


def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environ = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run(
            [sys.executable, "-m", "aftersales_tui", "cheatsheet"],
            env=environ,
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_where_opens_nothing_and_hides_the_password(tmp_path: Path) -> None:
    ended = aftersales("where", "--json", "--db", "postgresql://li:secret@example.org/shop", home=tmp_path)
    assert ended.returncode == 0
    assert "secret" not in ended.stdout
    assert not (tmp_path / "aftersales" / "shop.db").exists()


def test_the_desk_alone_imports_no_shell() -> None:
    code = (
        "import sys; import aftersales_tui.__main__, aftersales_tui.cli.start;"
        "print('typer' in sys.modules, 'rich' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_was_typed_wrongly_is_named_and_nothing_of_the_parser_shows(shell: Shell, language: str) -> None:
    i18n.use(language)
    known = {
        ("register", "11-22"): ("cli.not_alone", "11-22", "--day"),
        ("cheatsheet", "x"): ("cli.too_much", "x", ""),
        ("handover", "x"): ("cli.no_command", "x", ""),
        ("demo", "--tickets", "x"): ("cli.misused", "--tickets", ""),
        ("find",): ("grammar.missing", i18n.say("argument.query"), ""),
    }
    for words, (code, given, takes) in known.items():
        told = shell(*words, "--json")
        assert told.error()["code"] == code, words
        sentence = told.error()["sentence"]
        assert (given in sentence, takes in sentence, "Error" in sentence) == (True, True, False), sentence
    i18n.use("en")
