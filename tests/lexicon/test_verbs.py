"""The words of the command language as they lie in ``data/words/verbs.toml``."""

from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.grammar.vocabulary import folded
from aftersales_tui.domain.ticket import Status
from aftersales_tui.i18n import LANGUAGES, LOCALE, build
from aftersales_tui.lexicon.verbs import load_vocabulary
from aftersales_tui.paths import data_dir
from aftersales_tui.policy.loader import load_policy


def test_the_shipped_words_are_read_once() -> None:
    file = data_dir() / "words" / "verbs.toml"
    words = load_vocabulary(file)
    assert load_vocabulary(file) is words
    assert (words.statuses["到达"], words.outcomes["修好"], words.verbs["派"]) == (
        "working",
        "solved",
        "assign",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_the_screens_show_can_be_typed(language: str) -> None:
    words, policy = load_vocabulary(data_dir() / "words" / "verbs.toml"), load_policy()
    said = build.read_language(LOCALE, language)
    tables = (
        ("status", words.statuses, [status.value for status in Status]),
        ("kind", words.kinds, list(policy.kinds)),
        ("outcome", words.outcomes, list(policy.outcomes)),
    )
    for name, table, ids in tables:
        for one in ids:
            (shown,) = said[f"{name}.{one}"]
            assert table.get(folded(shown), shown) == one, shown


@pytest.mark.parametrize(
    "text", ["[verbs", "[verbs]\nfly = ['x']", "[verbs]\nassign = 3", "[verbs]\nassign = ['x']\nmemo = ['x']"]
)
def test_a_list_that_says_nonsense_is_refused_by_name(text: str, tmp_path: Path) -> None:
    file = tmp_path / "verbs.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(Invalid) as raised:
        load_vocabulary(file)
    assert (raised.value.code, raised.value.params["file"]) == ("words.unreadable", "verbs.toml")
