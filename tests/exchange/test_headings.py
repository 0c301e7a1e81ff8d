"""Which column a foreign heading means: words of three languages, suggestions, and what a person says."""

from collections.abc import Mapping

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.domain.ticket import Status
from aftersales_tui.exchange.headings import Headings, load_headings
from aftersales_tui.exchange.layouts import LAYOUTS, taken_in
from aftersales_tui.i18n import LANGUAGES, LOCALE, build
from aftersales_tui.paths import data_dir
from aftersales_tui.policy.loader import load_policy


@pytest.fixture(scope="module")
def words() -> Headings:
    return load_headings(data_dir() / "words" / "headings.toml")


def meant(words: Headings, kind: str, *headings: str, told: Mapping[str, str] = {}) -> list[tuple[str, str]]:
    return [(match.column, match.how) for match in words.match(kind, headings, told)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", LAYOUTS)
def test_the_headings_we_write_ourselves_are_read_back(words: Headings, kind: str, language: str) -> None:
    said = build.read_language(LOCALE, language)
    columns = [column.name for column in LAYOUTS[kind]]
    assert meant(words, kind, *(said[f"column.{name}"][0] for name in columns)) == [
        (name, "exact") for name in columns
    ]
    assert meant(words, kind, *columns) == [(name, "exact") for name in columns]
    assert words.kind_of([said[f"column.{name}"][0] for name in columns]) == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_values_we_write_ourselves_are_read_back(words: Headings, language: str) -> None:
    said = build.read_language(LOCALE, language)
    for status in Status:
        assert words.value("status", said[f"status.{status}"][0]) == status
    for kind in load_policy().kinds:
        assert words.value("kind", said[f"kind.{kind}"][0]) == kind


def test_a_shops_sheet_of_customers_is_understood_without_help(words: Headings) -> None:
    headings = ("序号", "客户姓名", "联系电话", "详细地址", "产品型号", "购机日期", "備註", "会员等级")
    assert [column for column, _ in meant(words, "customers", *headings)] == [
        "source_id",
        "name",
        "phones",
        "address",
        "model",
        "bought_on",
        "note",
        "tier",
    ]
    assert words.kind_of(headings) == "customers"
    # Every one of these could stand in a list of calls as well.
    plain = ("客户名称", "联系电话", "手机", "地址", "区域", "备注", "机型", "购买日期")
    assert words.kind_of(plain) == "customers"
    assert words.kind_of((*plain, "故障现象")) == "tickets"


def test_two_numbers_go_into_one_column_and_two_names_do_not(words: Headings) -> None:
    assert meant(words, "customers", "姓名", "电话", "手机", "名称") == [
        ("name", "exact"),
        ("phones", "exact"),
        ("phones", "exact"),
        ("", ""),
    ]


def test_what_is_only_near_is_a_suggestion(words: Headings) -> None:
    assert meant(words, "customers", "姓名", "购买日其", "Adress", "天气") == [
        ("name", "exact"),
        ("bought_on", "near"),
        ("address", "near"),
        ("", ""),
    ]


def test_a_person_has_the_last_word(words: Headings) -> None:
    told = {"Name": "note", "wer": "name", "phone": "-"}
    assert meant(words, "customers", "Name", "Wer", "Phone", told=told) == [
        ("note", "told"),
        ("name", "told"),
        ("", ""),
    ]
    for wrong, code in (
        ({"nix": "name"}, "import.no_such_heading"),
        ({"Name": "nix"}, "import.no_such_column"),
    ):
        with pytest.raises(Invalid) as refused:
            words.match("customers", ("Name",), wrong)
        assert refused.value.code == code


def test_blank_and_repeated_headings_can_be_named(words: Headings) -> None:
    matches = words.match("customers", ("姓名", "", "姓名"), {"#2": "note", "姓名 #3": "zone"})
    assert [match.column for match in matches] == ["name", "note", "zone"]


def test_every_column_has_words(words: Headings) -> None:
    for kind in LAYOUTS:
        assert {column.name for column in taken_in(kind)} <= set(words.columns[kind].values())
