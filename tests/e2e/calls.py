"""Forty calls for a day at the desk: thirty from real repair records, ten typed in Chinese."""

import csv
from dataclasses import dataclass
from pathlib import Path

RECORDS = Path(__file__).parents[3] / "shared" / "data" / "repairs-2000.csv"
LONGEST = 300
OUTSIDE = 30
TOWN = "鼓楼"


@dataclass(frozen=True)
class Said:
    """What a caller says, as the operator types it."""

    caller: str
    phone: str
    address: str
    product: str
    model: str
    fault: str


CHINESE = (
    Said(
        "王秀英", "13900000101", "中山路12号3单元", "冰箱", "BCD-215", "冷藏室不制冷，冷冻正常，后面有水滴声"
    ),
    Said("李建国", "13900000102", "解放东路88号", "洗衣机", "XQG80", "脱水时跳得厉害，地板都在震"),
    Said("张三", "13900000103", "和平街5号楼201", "空调", "KFR-35GW", "开机十分钟就停，显示E6"),
    Said("陈晓梅", "13900000104", "学府路9号", "热水器", "JSQ24", "打不着火，换过电池还是不行"),
    Said("刘洋", "13900000105", "滨江大道300号", "电视机", "55U7", "有声音没有图像，屏幕发黑"),
    Said("赵敏", "13900000106", "新华里7号", "油烟机", "CXW-200", "吸力变小，噪音很大"),
    Said("孙大勇", "13900000107", "工业园二路1号", "冷柜", "BD-300", "结霜厚，门关不严"),
    Said("周婷", "13900000108", "花园小区16栋", "微波炉", "M1-211A", "转盘不转，能加热"),
    Said("吴老师", "13900000109", "育才中学办公楼", "投影仪", "CB-X49", "画面偏黄，自动关机"),
    Said("郑先生", "13900000110", "火车站西侧便民店", "饮水机", "YR-5", "漏水，插座边上都湿了"),
)
OWN = (
    "Does not start any more, no light",
    "Makes a loud noise when spinning",
    "The cable gets hot after some minutes",
)
"""Fault texts of our own, for a checkout that has no real records beside it."""


def _faults() -> list[str]:
    if not RECORDS.exists():
        return [f"{OWN[turn % len(OWN)]} ({turn})" for turn in range(OUTSIDE)]
    with RECORDS.open(encoding="utf-8", newline="") as file:
        texts = (" ".join(row["problem"].split()) for row in csv.DictReader(file))
        plain = [text for text in texts if len(text) > len("broken") and text.isprintable()]
    return [text[:LONGEST].strip() for text in plain[:: max(1, len(plain) // OUTSIDE)]][:OUTSIDE]


def calls() -> list[Said]:
    """The calls of the day, in the order they come."""
    outside = [
        Said(
            f"Caller {turn:02}",
            f"139000002{turn:02}",
            f"Station Road {turn + 1}",
            "Kettle",
            f"K-{turn}",
            fault,
        )
        for turn, fault in enumerate(_faults())
    ]
    return [*outside, *CHINESE]
