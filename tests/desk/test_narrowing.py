"""What the queue is narrowed to by the words of the command language."""

from contextlib import closing
from pathlib import Path

from aftersales_tui.bootstrap import console_of
from aftersales_tui.views.tickets import QueueFilter
from tests.cli.shops import NOW, found, sit_down

LINES = {
    "queue status:待派": QueueFilter(status="new"),
    "queue status:已派工": QueueFilter(status="assigned"),
    "queue 状态:已结案": QueueFilter(status="closed"),
    "queue status:wait cust": QueueFilter(status="waiting_customer"),
    "queue kind:报修 zone:南山": QueueFilter(kind="repair", zone="南山"),
    "queue kind:客訴": QueueFilter(kind="complaint"),
    "queue kind:exchange or return": QueueFilter(kind="exchange_return"),
    "queue product:洗衣机 干衣机": QueueFilter(product="洗衣机 干衣机"),
    "队列 逾期 产品:空调": QueueFilter(product="空调", late_before=NOW),
    "queue zone:南山 late": QueueFilter(zone="南山", late_before=NOW),
    "queue late:是 kind:报修": QueueFilter(kind="repair", late_before=NOW),
}


def test_the_queue_is_narrowed_by_the_words_it_shows(tmp_path: Path) -> None:
    file = tmp_path / "shop.db"
    found(file)
    with closing(sit_down(file)) as desk:
        console = console_of(desk)
        for line, wanted in LINES.items():
            (said,) = console.run(desk.act, line)
            assert said.error is None, line
            late = desk.now() if wanted.late_before else None
            assert said.wanted == wanted._replace(late_before=late), line
        (refused,) = console.run(desk.act, "queue fine")
        assert refused.error is not None
        assert refused.error.code == "grammar.too_many"
