"""What to say, in the shop's own words (C1, C5)."""

from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.intake import Fact, Question
from aftersales_tui.i18n import LANGUAGES
from aftersales_tui.lexicon.scripts import MANNERS, SLIP, load_script
from aftersales_tui.paths import data_dir


def shipped(language: str = "en") -> Path:
    return data_dir() / "scripts" / language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: str) -> None:
    script = load_script(shipped(language))
    assert set(script.questions) == set(Question)
    assert set(script.asks) == set(Fact)
    assert tuple(script.manners) == MANNERS
    assert all([*script.manners.values(), *script.asks.values(), script.department])
    assert all(prompt.say and prompt.good for prompt in (*script.questions.values(), *script.slip.values()))
    assert (set(script.slip), len(script.do_nots)) == (set(SLIP), 10)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_greeting_names_company_and_department(language: str) -> None:
    greeting = load_script(shipped(language)).manners["greeting"]
    assert greeting.index("{company}") < greeting.index("{department}")


def test_the_shops_own_sentence_wins_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / "calls.toml").write_text(
        'department = "hotline"\ndo_nots = ["Never."]\n[questions.who]\nsay = "Who is it?"\n', "utf-8-sig"
    )
    script, plain = load_script(shipped(), tmp_path), load_script(shipped())
    assert (script.department, script.questions[Question.WHO].say) == ("hotline", "Who is it?")
    assert script.questions[Question.WHO].good == plain.questions[Question.WHO].good
    assert plain.department != "hotline"
    assert script.do_nots == ("Never.",)


@pytest.mark.parametrize(
    "content",
    [
        "department = ",
        '[manners]\ngreting = "x"\n',
        'manners = "x"\n',
        "[department]\nx = 1\n",
        "do_nots = []\n",
        'do_nots = "Never."\n',
        'department = ["x"]\n',
    ],
)
def test_a_slip_of_the_pen_is_told_with_the_file(content: str, tmp_path: Path) -> None:
    (tmp_path / "calls.toml").write_text(content, "utf-8")
    with pytest.raises(Invalid, match="unreadable") as slip:
        load_script(shipped(), tmp_path)
    assert "calls.toml" in str(slip.value.params["file"])
