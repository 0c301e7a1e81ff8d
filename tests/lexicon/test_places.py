"""Whether what a caller says is the address of his file (C3, C10)."""

import pytest

from aftersales_tui.lexicon.places import same_place


@pytest.mark.parametrize(
    ("file", "said", "zone", "same"),
    [
        (
            "开发区港口路132号国际公寓24号楼2单元1101室",
            "港口路132號國際公寓24號樓2單元1101室",
            "开发区",
            True,
        ),
        ("开发区港口路132号2单元1101室", "港口路132号2单元1102室", "开发区", False),
        ("开发区港口路132号", "港口路32号", "开发区", False),
        ("鼓楼中山路8号", "中山路八号", "鼓楼", True),
        ("鼓楼中山路8号", "玄武中山路8号", "鼓楼", False),
        ("鼓楼中山路8号", "山路8号", "鼓楼", False),
        ("江苏省南京市鼓楼区中山路8号", "中山路 8 号", "", True),
        ("江苏省南京市鼓楼区中山路8号", "南京鼓楼中山路8号", "", True),
        ("江苏省南京市鼓楼区中山路8号", "南京市玄武区中山路8号", "", False),
        ("江苏省南京市鼓楼区中山路8号", "路8号", "", False),
        ("四川省成都市人民路12号", "人民路12号", "", True),
        ("中山路8号", "鼓楼区中山路8号", "", True),
        ("中山路8号", "中山路8号3单元", "", False),
        ("鼓楼区中山路8号院3号楼", "3号楼", "鼓楼", False),
        ("鼓楼区中山路8号院梅园3号楼", "梅园3号楼", "鼓楼", False),
        ("阳光小区梅园3号楼", "梅园3号楼", "", False),
        ("12 Main Street, Riverside, Springfield", "12 Main Street", "", True),
        ("12 Main Street Riverside", "12 main street", "Riverside", True),
        ("12 Main Street", "12 Main Street, Flat 3", "", False),
        ("12 Main Street, Riverside", "2 Main Street, Riverside", "Riverside", False),
        ("12 Main Street", "12 Main Street East", "", False),
        ("人民路", "", "", False),
    ],
)
def test_leaving_out_the_part_of_town_is_the_same_place(file: str, said: str, zone: str, same: bool) -> None:
    assert same_place(file, said, zone) is same
    assert same_place(said, file, zone) is same
