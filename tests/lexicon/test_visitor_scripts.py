"""What to say to visitors, in the shop's own words (C13)."""

from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.visitor import State
from aftersales_tui.i18n import LANGUAGES
from aftersales_tui.lexicon.contact_scripts import spoken
from aftersales_tui.lexicon.visitor_scripts import MOMENTS, load_visitor_scripts
from aftersales_tui.paths import data_dir


def shipped(language: str = "en") -> Path:
    return data_dir() / "scripts" / language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_something_to_say_to_every_moment(language: str) -> None:
    scripts = load_visitor_scripts(shipped(language))
    assert set(scripts) == set(MOMENTS)
    assert set(State) <= set(MOMENTS)
    for when, lines in scripts.items():
        assert spoken(lines, {"name": "张总", "shop": "店"}) or when == "received"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_announced_one_is_greeted_by_name(language: str) -> None:
    lines = load_visitor_scripts(shipped(language))["announced"]
    assert "张总" in spoken(lines, {"name": "张总", "shop": "店"})[0]
    assert "王经理" in spoken(lines, {"name": "张总", "shop": "店", "host": "王经理"})[0]


def test_the_shops_own_table_wins_and_a_slip_of_the_pen_is_told(tmp_path: Path) -> None:
    (tmp_path / "visitors.toml").write_text('[left]\nsay = ["Bye, {name}."]\n', "utf-8")
    scripts = load_visitor_scripts(shipped(), tmp_path)
    assert spoken(scripts["left"], {"name": "A"}) == ("Bye, A.",)
    assert len(scripts["announced"]) == 2
    other = tmp_path / "other"
    other.mkdir()
    (other / "visitors.toml").write_text('[left]\nsay = ["Bye, {fault}."]\n', "utf-8")
    with pytest.raises(Invalid, match="unreadable"):
        load_visitor_scripts(shipped(), other)
