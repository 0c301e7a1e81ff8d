"""Cells as values: dates as exactly as they are known, instants in the file's zone, and reasons."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.exchange.headings import load_headings
from aftersales_tui.exchange.layouts import Column, Shape
from aftersales_tui.exchange.values import Reader
from aftersales_tui.lexicon.words import load_words
from aftersales_tui.paths import data_dir

READER = Reader(
    ZoneInfo("Asia/Shanghai"),
    datetime(2026, 11, 23, 2, tzinfo=UTC),
    load_words(data_dir() / "words"),
    load_headings(data_dir() / "words" / "headings.toml"),
)


def refused(read: object, raw: str) -> str:
    with pytest.raises(Invalid) as error:
        read(Column("x", limit=10), raw)  # type: ignore[operator]
    return error.value.code


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024/5/3", "2024-05-03"),
        ("2024年5月3日", "2024-05-03"),
        ("20240503", "2024-05-03"),
        ("3.5.2024", "2024-05-03"),
        ("2024-05", "2024-05"),
        ("2024年5月", "2024-05"),
        ("2015", "2015"),
        ("去年", "2025"),
        ("May 2024", "2024-05"),
    ],
)
def test_a_date_of_purchase_is_as_exact_as_it_was_said(raw: str, date: str) -> None:
    assert READER.purchase(Column("bought", limit=60), raw) == date


@pytest.mark.parametrize(
    "raw", ["????", "1015", "2024-02-31", "2027-01-01", "0000-00-00", "1969", "sometime"]
)
def test_a_date_that_cannot_be_has_a_reason(raw: str) -> None:
    with pytest.raises(Invalid) as error:
        READER.purchase(Column("bought", limit=60), raw)
    assert error.value.code == "import.bad_date"


@pytest.mark.parametrize(
    ("raw", "instant"),
    [
        ("2024-05-03 14:05:09", "2024-05-03T06:05:09"),
        ("2024-05-03T14:05:09+02:00", "2024-05-03T12:05:09"),
        ("2024-05-03T14:05:09.123Z", "2024-05-03T14:05:09"),
        ("2024/5/3 14：05", "2024-05-03T06:05:00"),
        ("２０２４年5月3日", "2024-05-02T16:00:00"),
        ("3.5.2024 08:00", "2024-05-03T00:00:00"),
    ],
)
def test_an_instant_is_read_in_the_files_zone(raw: str, instant: str) -> None:
    assert READER.instant(Column("at"), raw) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "raw", ["03/04/2025", "2024-05", "2024-13-01", "1015-01-01", "2030-01-01", "9999-99-99", "x"]
)
def test_an_instant_that_cannot_be_or_is_ambiguous_has_a_reason(raw: str) -> None:
    assert refused(READER.instant, raw) == "import.bad_time"


def test_numbers_flags_and_words() -> None:
    assert [READER.whole(Column("n"), raw) for raw in ("1042", "T-1042", "１２", "3.0")] == [
        1042,
        1042,
        12,
        3,
    ]
    assert refused(READER.whole, "many") == "import.bad_number"
    assert [READER.flag(Column("f"), raw) for raw in ("是", "yes", "x", "0", "否")] == [1, 1, 1, 0, 0]
    assert refused(READER.flag, "vielleicht") == "import.bad_word"
    assert READER.choice(Column("status"), "已結案") == "closed"


def test_several_numbers_are_parted_however_people_write_them() -> None:
    column = Column("phones", Shape.MANY, 400)
    assert READER.many(column, "13800138000 / 0755-8888；13900139000,13800138000") == (
        "13800138000",
        "0755-8888",
        "13900139000",
    )


def test_years_of_the_republic_are_read_where_the_sheet_is_evidently_of_taiwan() -> None:
    bought, at, taiwan = Column("bought", limit=60), Column("at"), replace(READER, by_reign=True)
    for raw in ("113/5/1", "113.05.01", "113年5月1日", "民國113年5月1日", "民國 113/5/1", "民国113-5-1"):
        assert taiwan.purchase(bought, raw) == "2024-05-01", raw
        assert taiwan.instant(at, f"{raw} 14:05").isoformat() == "2024-05-01T06:05:00+00:00", raw
    assert READER.purchase(bought, "民國113/5/1") == "2024-05-01"
    assert READER.instant(at, "民國113年5月1日").isoformat() == "2024-04-30T16:00:00+00:00"
    assert (taiwan.purchase(bought, "113/5"), taiwan.purchase(bought, "3.5.2024")) == (
        "2024-05",
        "2024-05-03",
    )
    assert taiwan.purchase(bought, "99/12/31") == "2010-12-31"
    assert refused(taiwan.instant, "113/13/1") == "import.bad_time"
    for raw in ("113/5/1", "99/12/31", "03/04/2025", "昭和60/5/1"):
        assert refused(READER.instant, raw) == "import.bad_time", raw
