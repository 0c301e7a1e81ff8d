"""Names by their sound."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_tui.lexicon.pinyin import initials, spelling, spellings


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("张三", {"zs"}),
        ("張學友", {"zxy"}),
        ("单雄信", {"sxx", "dxx"}),
        ("曾国藩", {"zgf"}),
        ("仇英", {"qy", "cy"}),
        ("解晓东", {"xxd", "jxd"}),
        ("覃塘", {"qt", "tt"}),
        ("查良镛", {"zly", "cly"}),
        ("尉遲恭", {"ycg", "wcg"}),
        ("區達", {"od", "qd"}),
        ("朴智星", {"pzx"}),
        ("盖聂", {"gn"}),
        ("万里", {"wl"}),
        ("万俟卨", {"mqx", "wsx"}),
        ("欧阳修", {"oyx"}),
        ("张乐", {"zl", "zy"}),
        ("John Smith", {"js"}),
        ("O'Brien", {"o"}),
        ("陈Tony", {"ct"}),
        ("Tony 陈", {"tc"}),
        ("", set()),
        (" ?! ", set()),
    ],
)
def test_initials(name: str, letters: set[str]) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("张三", {"zhangsan"}),
        ("吕", {"lv", "lu", "lyu"}),
        ("呂布", {"lvbu", "lubu", "lyubu"}),
        ("尉迟恭", {"yuchigong", "weichigong"}),
        ("张乐", {"zhangle", "zhangyue"}),
        ("John Smith", {"john", "smith", "johnsmith"}),
        ("陈Tony", {"chentony", "chen", "tony"}),
        ("José Müller", {"jose", "muller", "josemuller"}),
        ("Alvin", {"alvin"}),
        ("", set()),
    ],
)
def test_spellings(name: str, sounds: set[str]) -> None:
    assert spellings(name) == sounds


def test_the_likeliest_spelling_is_one_of_them() -> None:
    assert spelling("张叁") == spelling("張三") == "zhangsan"
    assert spelling("单雄信") == "shanxiongxin"
    assert spelling("") == ""


def test_the_phrases_of_the_library_are_left_out() -> None:
    initials("张三")
    assert os.environ["PYPINYIN_NO_PHRASES"]


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30)


@settings(max_examples=60)
@given(st.text(max_size=20) | HAN)
def test_any_name_has_few_readings_without_blanks(name: str) -> None:
    assert len(initials(name)) <= 8
    assert not any(" " in sounds or not sounds for sounds in initials(name) | spellings(name))
    assert not initials(name) or spelling(name) in spellings(name)


@settings(max_examples=60)
@given(HAN)
def test_a_han_name_has_at_most_eight_readings_in_three_writings(name: str) -> None:
    assert len(spellings(name)) <= 24
