"""How alike names and addresses are (U4)."""

import pytest

from aftersales_tui.lexicon.likeness import ALL, address_likeness, name_likeness

ALIKE = 85


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("张三", "张叁", True),
        ("张三", "張三", True),
        ("章三", "张三", True),
        ("John Smith", "Smith, John", True),
        ("john  smith", "John Smith", True),
        ("欧阳鹤龄", "欧阳鹤令", True),
        ("张三", "李四", False),
        ("王强", "王刚", False),
        ("王先生", "王小姐", False),
        ("John Smith", "Jane Doe", False),
        ("", "", False),
        ("张三", "", False),
        ("!!", "??", False),
    ],
)
def test_names_are_compared_by_characters_and_by_sound(one: str, other: str, alike: bool) -> None:
    assert (name_likeness(one, other) >= ALIKE) is alike
    assert name_likeness(one, other) == name_likeness(other, one)


def test_the_sound_alone_makes_two_names_the_same() -> None:
    assert name_likeness("张三", "张叁") == ALL


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("南山区科技园3号", "南山区科技园三号", True),
        ("科技园3号", "南山区科技园3号", True),
        ("科技園 3 號", "科技园3号", True),
        ("科技园3号501", "科技园3号", True),
        ("科技园3号", "科技园13号", False),
        ("科技园3号501", "科技园3号502", False),
        ("科技园", "南山区科技园3号", False),
        ("人民路", "人民路", True),
        ("人民路", "中山路", False),
        ("", "", False),
        ("3号", "", False),
    ],
)
def test_addresses_are_compared_folded_and_house_numbers_decide(one: str, other: str, alike: bool) -> None:
    assert (address_likeness(one, other) >= 90) is alike
    assert address_likeness(one, other) == address_likeness(other, one)
