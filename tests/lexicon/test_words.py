"""The shop's date words are read whole, and mistakes in them are named."""

import shutil
import time
import tomllib
from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.when import PartOfDay
from aftersales_tui.lexicon.words import LANGUAGES, load_words
from aftersales_tui.paths import data_dir

FOLDER = data_dir() / "words"
MOST_MS = 5
READERS = {"lead", "after", "before", "within", "to", "joiner", "of", "half", "half_past", "quarter_past"} | {
    "quarter_to", "quarter", "hour", "minute", "year", "month", "day", "era", "counter", "edge_start",
    "edge_middle", "edge_end", "at", "filler", "lasting",
}  # fmt: skip


@pytest.fixture
def own_words(tmp_path: Path) -> Path:
    """The shop's own copy, to be spoiled."""
    return Path(shutil.copytree(FOLDER, tmp_path / "words"))


def test_all_three_languages_are_known_at_once() -> None:
    words = load_words(FOLDER)
    assert [words.days[word] for word in ("tomorrow", "明天", "後天")] == [1, 1, 2]
    assert words.parts["上午"] == PartOfDay(8 * 60, 12 * 60, 60)
    assert words.bare_afternoon == (1, 6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_every_weekday_part_and_unit(language: str) -> None:
    tables = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    assert set(tables["weekdays"]) == set("12345678")
    assert {"morning", "afternoon", "evening", "noon", "whole_day"} <= set(tables["parts"])
    assert set(tables["units"]) == {"minute", "quarter", "hour", "day", "week", "month", "year"}
    assert set(tables["marks"]) <= READERS
    assert set(tables["offers"]) == {"days", "times", "spans", "past"}


def test_loading_takes_few_milliseconds() -> None:
    took = []
    for _ in range(7):
        start = time.process_time()
        load_words(FOLDER)
        took.append((time.process_time() - start) * 1000)
    print(f"load_words: {min(took):.1f} ms")
    assert min(took) < MOST_MS


def test_tables_of_other_readers_in_the_same_file_are_left_alone(own_words: Path) -> None:
    with (own_words / "en.toml").open("a", encoding="utf-8") as file:
        file.write('\n[verbs]\nassign = ["send"]\n')
    assert load_words(own_words) == load_words(FOLDER)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("zh_CN.toml", '1 = ["明天"', '2 = ["明天"'),
        ("zh_TW.toml", "[days]", "[days"),
        ("en.toml", "[units]", '[units]\nsecond = ["s"]'),
        ("en.toml", "[weekdays]\n1 =", "[weekdays]\none ="),
        ("hours.toml", 'start = "05:00"', 'start = "25:00"'),
        ("hours.toml", 'start = "05:00", end = "08:00"', 'start = "09:00", end = "08:00"'),
        ("hours.toml", "year_offset", "year_offest"),
    ],
)
def test_a_mistake_is_named_with_its_file(own_words: Path, name: str, old: str, new: str) -> None:
    text = (own_words / name).read_text("utf-8")
    assert old in text
    (own_words / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Invalid) as refused:
        load_words(own_words)
    assert (refused.value.code, refused.value.params["file"]) == ("words.unreadable", name)


def test_a_missing_file_is_named(own_words: Path) -> None:
    (own_words / "zh_TW.toml").unlink()
    with pytest.raises(Invalid) as refused:
        load_words(own_words)
    assert refused.value.params["file"] == "zh_TW.toml"
