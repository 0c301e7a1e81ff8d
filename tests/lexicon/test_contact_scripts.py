"""What to say when a customer is called back, out of the shop's files."""

from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.lexicon.contact_scripts import lines_of, load_contact_scripts, spoken
from aftersales_tui.paths import data_dir
from aftersales_tui.policy.loader import load_policy

LANGUAGES = ("en", "zh_CN", "zh_TW")


def shipped(language: str) -> Path:
    return data_dir() / "scripts" / language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_all_it_can_be_about_has_a_script(language: str, tmp_path: Path) -> None:
    policy = load_policy(tmp_path)
    scripts = load_contact_scripts(shipped(language))
    planned = [outcome.contact for outcome in policy.outcomes.values() if outcome.contact]
    planned += [policy.advice, policy.quarterly.first]
    wanted = {("callback", "promised"), *((one.reason, one.about) for one in planned)}
    assert {pair for pair in wanted if not lines_of(scripts, *pair)} == set()
    assert set(policy.reasons) <= set(scripts)


def test_the_three_languages_have_the_same_scripts() -> None:
    english, *others = (
        {name: len(lines) for name, lines in load_contact_scripts(shipped(one)).items()} for one in LANGUAGES
    )
    assert others == [english, english]


def test_the_first_way_of_which_everything_is_known_is_said() -> None:
    lines = (("Hello {name} of {shop}.", "Hello {name}.", "Hello."), ("About {words}",))
    assert spoken(lines, {"name": "Ann", "shop": "", "words": " "}) == ("Hello Ann.",)
    assert spoken(lines, {"name": "", "shop": "X", "words": "it"}) == ("Hello.", "About it")


def test_what_people_typed_is_filled_in_as_it_is() -> None:
    assert spoken((("Hello {name}",),), {"name": "{words} [b]"}) == ("Hello {words} [b]",)


def test_the_shops_own_table_wins(tmp_path: Path) -> None:
    (tmp_path / "contacts.toml").write_text('[promised]\nsay = ["Hi {name}"]\n', "utf-8")
    scripts = load_contact_scripts(shipped("en"), tmp_path)
    assert scripts["promised"] == (("Hi {name}",),)
    assert scripts["callback"] == load_contact_scripts(shipped("en"))["callback"]


@pytest.mark.parametrize(
    "text",
    [
        "[promised",
        "promised = 1",
        "[promised]\nsay = [1]",
        '[promised]\nsay = ["{nmae}"]',
        '[promised]\nsay = ["{name!r}"]',
        '[promised]\nsay = ["{name"]',
    ],
)
def test_a_file_that_cannot_be_right_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "contacts.toml").write_text(text, "utf-8")
    with pytest.raises(Invalid) as caught:
        load_contact_scripts(shipped("en"), tmp_path)
    assert caught.value.code == "script.unreadable"
    assert "contacts.toml" in str(caught.value.params["file"])
