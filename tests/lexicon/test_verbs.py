"""The words of the command language as they lie in ``data/words/verbs.toml``."""

from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.lexicon.verbs import load_vocabulary
from aftersales_tui.paths import data_dir


def test_the_shipped_words_are_read_once() -> None:
    file = data_dir() / "words" / "verbs.toml"
    words = load_vocabulary(file)
    assert load_vocabulary(file) is words
    assert (words.statuses["到达"], words.outcomes["修好"], words.verbs["派"]) == (
        "working",
        "solved",
        "assign",
    )


@pytest.mark.parametrize(
    "text", ["[verbs", "[verbs]\nfly = ['x']", "[verbs]\nassign = 3", "[verbs]\nassign = ['x']\nmemo = ['x']"]
)
def test_a_list_that_says_nonsense_is_refused_by_name(text: str, tmp_path: Path) -> None:
    file = tmp_path / "verbs.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(Invalid) as raised:
        load_vocabulary(file)
    assert (raised.value.code, raised.value.params["file"]) == ("words.unreadable", "verbs.toml")
