"""Weekly shifts as they are said."""

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.grammar import weekly_shifts
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

WORDS = load_words(data_dir() / "words")


@pytest.mark.parametrize(
    ("text", "days", "spans"),
    [
        ("mon-fri 8:30-18:00", range(5), [(510, 1080)]),
        ("周一到周五 8:30-18:00", range(5), [(510, 1080)]),
        ("週一至週五 8點半-18點", range(5), [(510, 1080)]),
        ("mon wed fri 9-12 13-18", (0, 2, 4), [(540, 720), (780, 1080)]),
        ("sat-mon 9-12", (5, 6, 0), [(540, 720)]),
        ("9-18", range(7), [(540, 1080)]),
        ("fri 22-6", (4,), [(1320, 1800)]),
        ("sun 0-24", (6,), [(0, 1440)]),
        ("每天 8点30-18点", range(7), [(510, 1080)]),
        ("weekdays 9-18", range(5), [(540, 1080)]),
    ],
)
def test_days_and_hours(text: str, days: object, spans: list[tuple[int, int]]) -> None:
    assert weekly_shifts(text, WORDS) == tuple((day, *span) for day in days for span in spans)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    ["mon-fri 8:30-18:00, sat 9-12", "周一至周五 8:30-18:00；周六 9-12"],
)
def test_other_days_may_have_other_hours(text: str) -> None:
    assert weekly_shifts(text, WORDS) == (*((day, 510, 1080) for day in range(5)), (5, 540, 720))


@pytest.mark.parametrize(
    "text",
    ["", "mon", "mon-", "mon 9", "mon 9-", "mon-xyz 9-12", "9-25", "24:30-9", "mon 9-12 x", "mon 9-12 tue"],
)
def test_what_is_no_shift_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="bad_shift"):
        weekly_shifts(text, WORDS)
