"""The demo shop of many tickets is written in bulk, and is as sound as one written by the desk's verbs."""

import tracemalloc
from pathlib import Path

import pytest

from aftersales_tui.demo.make import make_demo
from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.identity import milliseconds
from aftersales_tui.domain.ticket import Status
from tests.demo.conftest import NOW, rows, seated
from tests.demo.test_day import urgencies

MEBIBYTE = 1 << 20


@pytest.fixture(params=["demo", "many"])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def test_there_are_as_many_as_were_asked_for_and_three_of_a_hundred_are_open(many: Path) -> None:
    assert rows(many, "SELECT count(*) FROM ticket") == [(2000,)]
    assert rows(many, "SELECT count(*) FROM customer") == [(600,)]
    assert 40 <= rows(many, "SELECT count(*) FROM ticket WHERE is_open = 1")[0][0] <= 110
    assert {status for (status,) in rows(many, "SELECT DISTINCT status FROM ticket")} == set(Status)


def test_the_feed_and_the_tickets_are_counted_without_a_gap(path: Path) -> None:
    counters = dict(rows(path, "SELECT name, value FROM counter"))
    assert rows(path, "SELECT min(seq), max(seq), count(*) FROM feed") == [
        (1, counters["feed"], counters["feed"])
    ]
    ((least, most, count),) = rows(path, "SELECT min(number), max(number), count(*) FROM ticket")
    assert most == counters["ticket"]
    assert most - least + 1 == count


def test_nothing_refers_to_what_is_not_there(path: Path) -> None:
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_every_open_ticket_stands_where_its_clocks_say(path: Path) -> None:
    assert [one for one in urgencies(path, NOW) if one[1] != one[2]] == []


def test_a_ticket_that_is_over_is_not_urgent(path: Path) -> None:
    late = f"SELECT number FROM ticket WHERE is_open = 0 AND urgent_at <> {milliseconds(FAR_FUTURE)}"
    assert rows(path, late) == []


def test_the_last_stored_state_is_the_tickets(path: Path) -> None:
    last = """
        SELECT t.number, t.status, i.status FROM ticket t JOIN interval i ON i.id =
        (SELECT id FROM interval WHERE ticket_id = t.id ORDER BY starts_at DESC, id DESC LIMIT 1)
        WHERE i.status <> t.status
    """
    assert rows(path, last) == []
    assert (
        rows(
            path,
            "SELECT number FROM ticket WHERE is_open <> (status NOT IN ('solved', 'closed', 'cancelled'))",
        )
        == []
    )


def test_any_ticket_opens_with_its_calls_clocks_and_time_line(many: Path) -> None:
    desk = seated(many)
    for (ticket_id,) in rows(many, "SELECT id FROM ticket WHERE number % 7 = 0"):
        view = desk.dispatch.ticket(ticket_id)
        assert view.calls
        assert view.clocks
        assert view.timeline[0].verb == "call"
        assert [entry.happened_at for entry in view.timeline] == sorted(e.happened_at for e in view.timeline)
    desk.close()


def test_the_last_deed_of_a_ticket_of_the_past_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    make_demo(path, 2000, NOW)
    desk = seated(path)
    undone = {}
    last = "SELECT f.verb, max(f.seq), t.id FROM feed f JOIN ticket t ON t.id = f.subject GROUP BY t.id"
    for verb, seq, ticket_id in rows(path, last):
        if verb not in undone and verb not in ("call", "join", "claim", "memo"):
            before = desk.dispatch.ticket(ticket_id).status
            desk.undoing.undo(desk.act(), seq)
            undone[verb] = (before, desk.dispatch.ticket(ticket_id).status)
    desk.close()
    assert undone["answer"] == ("closed", "new")
    assert undone["contact"][0] == "closed"
    assert [one for one in urgencies(path, NOW) if one[1] != one[2]] == []


def test_memory_does_not_grow_with_the_number_of_tickets(tmp_path: Path) -> None:
    seen: list[int] = []
    tracemalloc.start()
    try:
        make_demo(
            tmp_path / "demo.db",
            2600,
            NOW,
            progress=lambda _done, _all: seen.append(tracemalloc.get_traced_memory()[0]),
        )
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(seen) >= 3
    assert seen[-2] - seen[0] < 6 * MEBIBYTE
    assert peak < seen[0] + 30 * MEBIBYTE
