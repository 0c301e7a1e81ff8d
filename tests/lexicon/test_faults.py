"""What reads like a fault where a product is asked for."""

import tomllib
from pathlib import Path

import pytest

from aftersales_tui.domain.errors import Invalid
from aftersales_tui.lexicon.faults import load_fault_words
from aftersales_tui.paths import data_dir

WORDS = load_fault_words(data_dir() / "words")
PRODUCTS = tomllib.loads((data_dir() / "demo" / "products.toml").read_text("utf-8"))["product"]
OTHERS = (
    "无线吸尘器, 不粘锅 不锈钢水壶 烟雾报警器 变频空调 對開門冰箱 无霜冰箱 静音洗衣机 热水器 没药香薰机 上下床 开关 "
    "BCD-215T KFR-26GW/D2 No-frost fridge LG 27UL850 air conditioner"
)


def test_no_product_reads_like_a_fault() -> None:
    told = [word for product in PRODUCTS for word in (*product["word"], *product["models"])]
    told += OTHERS.split(" ")[1:12]
    told += [
        "无线吸尘器",
        "Haier BCD-215T",
        "air conditioner",
        "wall-mounted air conditioner",
        "美的空调KFR-26GW/D2",
    ]
    assert [word for word in told if WORDS.tell(word)] == []


def test_nearly_every_fault_of_the_demo_shop_does() -> None:
    faults = [said for product in PRODUCTS for fault in product["fault"] for said in fault["said"]]
    missed = [said for said in faults if not WORDS.tell(said)]
    assert len(missed) <= len(faults) // 20, missed


@pytest.mark.parametrize(
    "said", ["不制冷", "漏水", "不製冷", "有異味", "makes a loud noise", "won’t start", "Leaks"]
)
def test_short_faults_are_told_by_their_words(said: str) -> None:
    assert WORDS.tell(said)


def test_nonsense_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "faults.toml").write_text("most_han = 3\n", "utf-8")
    with pytest.raises(Invalid, match=r"words\.unreadable"):
        load_fault_words(tmp_path)
