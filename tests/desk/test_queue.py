"""The queue: most urgent first, page by page, narrowed, counted (F3; D1)."""

from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.ticket import Status
from aftersales_tui.views.tickets import CEILING, Page, PageKey, QueueFilter, QueueRow
from tests.desk.day import Day, hours
from tests.stores import sit_down

ALL = QueueFilter()


def numbers(rows: tuple[QueueRow, ...]) -> list[int]:
    return [row.number for row in rows]


def edge(row: QueueRow) -> PageKey:
    return PageKey(row.urgent_at or FAR_FUTURE, row.ticket_id)


def busy(day: Day) -> tuple[QueueRow, ...]:
    """Eleven tickets, four due at one instant and three whose clocks stand still."""
    for number in range(11):
        day.call(caller=f"客户{number}", opened_at=day.clock() - hours(0 if number % 3 else number))
    for number in (1004, 1006, 1008):
        day.status(day.ticket(day.desk.dispatch.by_number(number)), Status.WAITING_PART)
    return day.desk.queue.page(ALL, None, 50).rows


def test_the_most_urgent_comes_first_and_what_waits_last(day: Day) -> None:
    rows = busy(day)
    assert numbers(rows) == [1010, 1007, 1001, 1002, 1003, 1005, 1009, 1011, 1004, 1006, 1008]
    assert [row.urgent_at is None for row in rows] == [False] * 8 + [True] * 3


def test_pages_forward_show_every_row_once(day: Day) -> None:
    rows = busy(day)
    for size in (1, 3, 4, 11, 20):
        found, after = list[QueueRow](), None
        while True:
            page = day.desk.queue.page(ALL, after, size)
            assert page.more_before is (after is not None)
            found += page.rows
            if not page.more_after:
                break
            after = edge(page.rows[-1])
        assert tuple(found) == rows, size


def test_pages_back_show_every_row_once(day: Day) -> None:
    rows = busy(day)
    for size in (1, 3, 4, 11):
        found, before = list[QueueRow](), edge(rows[-1])
        while True:
            page = day.desk.queue.page(ALL, None, size, before=before)
            found = [*page.rows, *found]
            if not page.more_before:
                break
            before = edge(page.rows[0])
        assert tuple(found) == rows[:-1], size


def test_an_empty_queue_is_a_page_without_rows(day: Day) -> None:
    assert day.desk.queue.page(ALL, None, 10) == Page((), more_after=False, more_before=False)


NARROWED: tuple[tuple[QueueFilter, list[int]], ...] = (
    (QueueFilter(status="waiting_part"), [1003]),
    (QueueFilter(zone="福田"), [1002]),
    (QueueFilter(kind="installation"), [1002]),
    (QueueFilter(product="空"), [1002]),
    (QueueFilter(product="TV"), [1003]),
    (QueueFilter(product="%"), []),
    (QueueFilter(zone="南山", status="new"), []),
    (QueueFilter(zone="宝安"), []),
)


def test_the_queue_is_narrowed_by_what_stands_in_its_rows(day: Day) -> None:
    day.assign(day.call(), day.hire(), "14:00-16:00")
    day.call(caller="李四", kind="installation", zone="福田", product="空调")
    day.status(day.call(caller="王五", product="Smart tv"), Status.WAITING_PART)
    for wanted, found in NARROWED:
        assert numbers(day.desk.queue.page(wanted, None, 10).rows) == found, wanted


def test_the_queue_is_narrowed_to_an_engineer_and_to_what_is_late(day: Day) -> None:
    engineer = day.hire()
    day.assign(day.call(), engineer, "14:00-16:00")
    day.call(caller="李四", opened_at=day.clock() - hours(25))
    own = QueueFilter(engineer_id=engineer)
    late = QueueFilter(late_before=day.clock())
    assert numbers(day.desk.queue.page(own, None, 10).rows) == [1001]
    assert numbers(day.desk.queue.page(late, None, 10).rows) == [1002]
    after = edge(day.desk.queue.page(late, None, 10).rows[0])
    assert day.desk.queue.page(late, after, 10).rows == ()


def test_rows_are_read_anew_by_their_tickets(day: Day) -> None:
    first, second = day.call(), day.call(caller="李四")
    day.status(second, Status.CANCELLED)
    assert numbers(day.desk.queue.rows([first.ticket_id, second.ticket_id, 5])) == [1001]
    assert day.desk.queue.rows([]) == ()


def test_the_counts_say_what_matters_now(day: Day) -> None:
    day.call(opened_at=day.clock() - hours(25))
    day.call(caller="李四")
    day.status(day.sent(caller="王五"), Status.ON_THE_ROAD)
    found = day.desk.queue.counts()
    assert (found.to_send, found.late, found.to_contact, found.on_the_road) == (2, 1, 0, 1)


def test_a_count_stops_where_nobody_needs_it_more_exactly(day: Day) -> None:
    for number in range(CEILING + 3):
        day.save(day.sheet(caller=f"客户{number}", phone="", model=""))
    assert day.desk.queue.counts().to_send == CEILING + 1


def test_two_shops_in_one_store_never_see_each_other(day: Day) -> None:
    ticket = day.sent()
    other = sit_down(day.database, day.clock, shop_id=2)
    away = Day(other, day.clock, day.database)
    assert other.queue.page(ALL, None, 10).rows == ()
    assert other.intake.callers("13800138000") == ()
    assert other.queue.rows([ticket.ticket_id]) == ()
    assert (other.feed.latest(), other.people.called("wq"), other.intake.zones()) == (0, (), ())
    assert away.call().number == 1001
    assert len(day.desk.intake.callers("张三")) == len(other.intake.callers("张三")) == 1
    assert other.intake.same(away.sheet())[0].number == 1001
    other.close()
