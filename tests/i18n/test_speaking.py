"""``say`` never fails a call that is being taken, and the language is found the way people set it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from aftersales_tui import i18n
from aftersales_tui.i18n import (
    LANGUAGE_NAMES,
    LANGUAGES,
    LOCALE,
    build,
    has,
    language,
    match_language,
    say,
    say_n,
    start_language,
    use,
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    use("en")
    yield
    use("en")


@pytest.fixture
def catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalog of its own, so that no sentence of the desk has to stand still for this test."""
    from gettext import NullTranslations

    class Little(NullTranslations):
        def gettext(self, message: str) -> str:
            return {"greeting": "{company}, {name:>4}", "broken": "{name", "plain": "100 %"}.get(
                message, message
            )

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return {"calls": "{n} call" if n == 1 else "{n} calls"}.get(msgid1, msgid1)

    monkeypatch.setattr(i18n, "_spoken", Little())


@pytest.mark.usefixtures("catalog")
def test_placeholders_are_filled() -> None:
    assert say("greeting", company="Changjiang", name="Wu") == "Changjiang,   Wu"
    assert (say_n("calls", 1), say_n("calls", 5)) == ("1 call", "5 calls")


@pytest.mark.usefixtures("catalog")
def test_a_stored_brace_is_not_filled() -> None:
    assert say("greeting", company="{name}", name="Wu") == "{name},   Wu"


@pytest.mark.usefixtures("catalog")
def test_what_does_not_fit_stays_visible_and_never_raises() -> None:
    assert say("greeting", company="Changjiang") == "Changjiang, {name}"
    assert say("greeting", company="Changjiang", name=None).startswith("{company}")
    assert say("broken", name="Wu") == "{name"
    assert say("plain", name="Wu") == "100 %"
    assert say("no.such.key", name="Wu") == "no.such.key"
    assert has("greeting")
    assert has("calls")
    assert not has("no.such.key")


def test_a_switch_takes_effect_at_once() -> None:
    catalogs = [build.read_language(LOCALE, name) for name in LANGUAGES]
    key = next(
        key
        for key, texts in catalogs[0].items()
        if len(texts) == 1 and len({catalog[key] for catalog in catalogs}) == len(LANGUAGES)
    )
    for name, catalog in zip(LANGUAGES, catalogs, strict=True):
        use(name)
        assert language() == name
        assert has(key)
        assert say(key) == catalog[key][0]


def test_each_language_is_offered_by_its_own_name() -> None:
    assert tuple(LANGUAGE_NAMES) == LANGUAGES


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("zh_TW.UTF-8", "zh_TW"),
        ("zh-Hant", "zh_TW"),
        ("zh-HK", "zh_TW"),
        ("zh_MO", "zh_TW"),
        ("Chinese (Traditional)_Taiwan.950", "zh_TW"),
        ("zh_CN.gb18030", "zh_CN"),
        ("zh-Hans-HK", "zh_CN"),
        ("zh_SG@pinyin", "zh_CN"),
        ("Chinese (Simplified)_China.936", "zh_CN"),
        ("zh", "zh_CN"),
        ("C.UTF-8", "en"),
        ("de_DE", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_language_to_a_locale(name: str, meant: str) -> None:
    assert match_language(name) == meant


@pytest.mark.parametrize(
    ("setting", "environ", "meant"),
    [
        ("zh_TW", {"LANG": "en_US.UTF-8"}, "zh_TW"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh_CN"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_HK.UTF-8", "LANG": "en_US.UTF-8"}, "zh_TW"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ("", {"LANG": "zh_CN.UTF-8"}, "zh_CN"),
    ],
)
def test_the_language_of_the_start(setting: str | None, environ: dict[str, str], meant: str) -> None:
    assert start_language(setting, environ) == meant


def test_without_any_variable_the_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_system_locale", lambda: "zh_TW")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert start_language(None, {}) == "zh_TW"
    monkeypatch.setattr(sys, "platform", "linux")
    assert start_language(None, {}) == "en"


def test_a_catalog_is_read_in_no_time() -> None:
    """Best of five, because the machine that tests has other things to do as well."""
    from gettext import GNUTranslations

    spent = []
    for _ in range(5):
        begun = time.perf_counter()
        with i18n.catalog_file("zh_CN").open("rb") as file:
            GNUTranslations(file)
        spent.append(time.perf_counter() - begun)
    print(f"zh_CN catalog: {min(spent) * 1000:.2f} ms")
    assert min(spent) < 0.003


def test_a_missing_catalog_leaves_the_keys() -> None:
    code = "; ".join(
        [
            "from pathlib import Path",
            "from aftersales_tui import i18n",
            "i18n.LOCALE = Path('none')",
            "print(i18n.say('word.save'))",
        ]
    )
    told = subprocess.run(
        [sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "word.save"
