"""The three catalogs say the same things, each in its own language."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from aftersales_tui.i18n import LANGUAGES, LOCALE, build
from aftersales_tui.paths import data_dir

CHINESE = ("zh_CN", "zh_TW")
HAN = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[^\W\d_]{2,}")

SAME_EVERYWHERE = frozenset({"command.language.en", "command.language.zh_CN", "command.language.zh_TW"})
"""Keys whose sentence is the same in every language: names, formats, codes."""

SIMPLIFIED_TOO: frozenset[str] = frozenset()
"""Characters of the catalogs that OpenCC maps to a simpler one but that Simplified Chinese uses as well."""

TRADITIONAL_TOO = frozenset("台里余范准群床吃秘占游")
"""Characters that OpenCC may map to another one but that Traditional Chinese uses in their own meaning."""


@cache
def sentences(language: str) -> build.Sentences:
    return build.read_language(LOCALE, language)


def forms(language: str) -> Iterator[tuple[str, str]]:
    for key, texts in sentences(language).items():
        yield from ((key, text) for text in texts)


def test_the_compiled_catalogs_are_what_their_sources_give() -> None:
    assert build.main(["--check"]) == 0


def test_nothing_forbids_compiling() -> None:
    assert build.problems() == []


@pytest.mark.parametrize("language", CHINESE)
def test_the_languages_have_the_same_keys(language: str) -> None:
    assert sentences(language).keys() ^ sentences("en").keys() == set()


def test_counted_things_have_the_forms_of_their_language() -> None:
    counted = {language: build.plural_keys(LOCALE, language) for language in LANGUAGES}
    assert counted["zh_CN"] == counted["zh_TW"] == counted["en"]
    for language, number in (("en", 2), ("zh_CN", 1), ("zh_TW", 1)):
        assert {key for key in counted[language] if len(sentences(language)[key]) != number} == set()
        assert {
            key
            for key, texts in sentences(language).items()
            if key not in counted[language] and len(texts) != 1
        } == set()


def ambiguous(text: str) -> set[str]:
    """Characters that are one cell wide on one terminal and two on another."""
    return {character for character in text if unicodedata.east_asian_width(character) == "A"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_interface_has_an_ambiguous_width(language: str) -> None:
    assert {key: ambiguous(text) for key, text in forms(language) if ambiguous(text)} == {}


def scripts(language: str) -> Iterator[tuple[str, str]]:
    """What is to be said on the phone, file by file; it stands in the data, in the shop's own words."""
    for file in sorted((data_dir() / "scripts" / language).rglob("*")):
        if file.is_file():
            yield file.name, file.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_script_has_an_ambiguous_width(language: str) -> None:
    assert {name: found for name, text in scripts(language) if (found := ambiguous(text))} == {}


def changed(profile: str, characters: set[str]) -> set[str]:
    """What OpenCC changes when it sees one character at a time: in a row it would look for phrases."""
    from opencc import OpenCC

    converter = OpenCC(profile)
    return {character for character in characters if converter.convert(character) != character}


@pytest.mark.parametrize(
    ("language", "profile", "allowed"), [("zh_CN", "t2s", SIMPLIFIED_TOO), ("zh_TW", "s2t", TRADITIONAL_TOO)]
)
def test_each_chinese_catalog_keeps_to_its_script(
    language: str, profile: str, allowed: frozenset[str]
) -> None:
    own = [(key, text) for key, text in forms(language) if key not in SAME_EVERYWHERE] + [*scripts(language)]
    used = {character for _, text in own for character in HAN.findall(text)}
    foreign = changed(profile, used - allowed)
    assert {key: text for key, text in own if foreign.intersection(text)} == {}


@pytest.mark.parametrize("language", CHINESE)
def test_nothing_is_left_in_english(language: str) -> None:
    left = {
        key: text
        for key, text in forms(language)
        if text in sentences("en")[key]
        and LETTERS.search(without_placeholders(text))
        and key not in SAME_EVERYWHERE
    }
    assert left == {}


def without_placeholders(text: str) -> str:
    return re.sub(r"\{[^}]*\}", "", text)


@pytest.mark.parametrize("language", CHINESE)
def test_chinese_sentences_have_chinese_punctuation(language: str) -> None:
    narrow = re.compile(r"[\u3400-\u9fff」][,;:?!](?!\d)")
    assert {key: text for key, text in forms(language) if narrow.search(text)} == {}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(copytree(LOCALE, tmp_path / "locale", ignore=ignore_patterns("LC_MESSAGES")))


def added(folder: Path, language: str, entry: str) -> None:
    with (folder / language / "frame.po").open("a", encoding="utf-8") as file:
        file.write("\n" + entry + "\n")


def test_building_twice_gives_the_same_bytes(copied: Path) -> None:
    assert build.main(["--check"], copied) == 1
    assert build.main([], copied) == 0
    first = {language: build.compiled(copied, language) for language in LANGUAGES}
    assert first == {language: build.compiled(copied, language) for language in LANGUAGES}
    assert build.main(["--check"], copied) == 0
    for language in LANGUAGES:
        added(copied, language, 'msgid "new.key"\nmsgstr "New"')
    assert build.main(["--check"], copied) == 1


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        (
            ('msgid "x.y"\nmsgstr "A"\n\nmsgid "x.y"\nmsgstr "B"', 'msgid "x.y"\nmsgstr "A"'),
            "en: x.y: written 2 times",
        ),
        (('msgid "x.y"\nmsgstr "{name}"', 'msgid "x.y"\nmsgstr "{nam}"'), "zh_CN: x.y: placeholders ['nam']"),
        (('msgid "x.y"\nmsgstr "A"', 'msgid "x.y"\nmsgstr ""'), "zh_CN: x.y: no sentence"),
        (('msgid "x.y"\nmsgstr "A"', ""), "zh_CN: x.y: no sentence"),
        (('msgid "x.y"\nmsgstr "{}"', 'msgid "x.y"\nmsgstr "{}"'), "x.y: placeholder {} is not a name"),
    ],
)
def test_what_cannot_be_right_is_refused(copied: Path, entries: tuple[str, str], fault: str) -> None:
    for language, entry in zip(LANGUAGES, (*entries, entries[1]), strict=True):
        added(copied, language, entry)
    assert build.main([], copied) == 1
    assert any(found.startswith(fault) for found in build.problems(copied)), build.problems(copied)


def test_a_counted_thing_may_leave_its_number_out_of_one_form(copied: Path) -> None:
    plural = 'msgid "x.y"\nmsgid_plural "x.y"\nmsgstr[0] "{form}"'
    added(copied, "en", plural.format(form="one call") + '\nmsgstr[1] "{n} calls"')
    for language in CHINESE:
        added(copied, language, plural.format(form="{n} 通来电"))
    assert build.problems(copied) == []
