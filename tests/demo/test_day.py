"""The small demo shop is a day in progress in which everything an operator meets can be seen."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aftersales_tui.demo.make import make_demo
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.customer import is_late
from aftersales_tui.domain.ticket import Status
from aftersales_tui.lexicon.keys import customer_keys
from aftersales_tui.views.tickets import QueueFilter
from tests.demo.conftest import NOW, rows, seated

EVERYBODY = 100


def urgencies(path: Path, now: datetime) -> list[tuple[int, datetime | None, datetime | None]]:
    """For each open ticket where it stands in the queue, and where its clocks say it should."""
    desk, found = seated(path, now), []
    for ticket_id, number in rows(path, "SELECT id, number FROM ticket WHERE is_open = 1"):
        view = desk.dispatch.ticket(ticket_id)
        due = [clock.due_at for clock in view.clocks if clock.state == "running" and clock.due_at]
        found.append((number, view.urgent_at, min(due, default=None)))
    desk.close()
    return found


def test_there_are_200_customers_of_two_languages_with_300_tickets_and_some_60_open(demo: Path) -> None:
    names = [name for (name,) in rows(demo, "SELECT name FROM customer")]
    english = sum(name.isascii() for name in names)
    assert len(names) == 200
    assert 50 <= english <= 85
    assert len(names) - len(set(names)) >= 1
    assert rows(demo, "SELECT count(*) FROM ticket") == [(300,)]
    assert 50 <= rows(demo, "SELECT count(*) FROM ticket WHERE is_open = 1")[0][0] <= 80


def test_six_engineers_with_skills_zones_and_shifts_and_one_has_today_off(demo: Path) -> None:
    engineers = {name for (name,) in rows(demo, "SELECT name FROM staff WHERE role = 'engineer'")}
    assert len(engineers) == 6
    for table in ("staff_skill", "staff_zone", "shift"):
        equipped = rows(demo, f"SELECT DISTINCT name FROM staff JOIN {table} t ON t.staff_id = staff.id")
        assert {name for (name,) in equipped} == engineers
    (start, end), *others = rows(demo, "SELECT starts_at, ends_at FROM absence")
    assert start <= NOW.timestamp() * 1000 < end
    assert not others
    assert len(rows(demo, "SELECT 1 FROM staff WHERE role = 'dispatcher'")) == 2


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2026, 3, 15, 20, 45, tzinfo=UTC),
        datetime(2026, 10, 3, 4, 59, 59, tzinfo=UTC),
        datetime(2026, 12, 31, 15, 59, tzinfo=UTC),
    ],
    ids=["monday morning", "night", "holiday noon", "the last minute of the year"],
)
def test_at_any_hour_every_state_is_there_and_the_queue_is_in_true_order(
    now: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "demo.db"
    make_demo(path, now=now)
    assert {status for (status,) in rows(path, "SELECT DISTINCT status FROM ticket")} == set(Status)
    assert [one for one in urgencies(path, now) if one[1] != one[2]] == []
    assert rows(path, "SELECT 1 FROM feed WHERE entered_at > " + str(int(now.timestamp() * 1000))) == []
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_some_tickets_are_late_and_somebody_is_on_the_road(desk: Desk) -> None:
    counts = desk.queue.counts()
    assert counts.late >= 4
    assert counts.to_send >= 10
    assert counts.to_contact >= 3
    assert counts.on_the_road >= 1


def test_visits_are_agreed_for_today_and_tomorrow(desk: Desk) -> None:
    page = desk.queue.page(QueueFilter(status="assigned"), None, EVERYBODY)
    days = {row.window_start.date() for row in page.rows if row.window_start}
    assert {NOW.date(), (NOW + timedelta(days=1)).date()} <= days
    assert all(row.engineer for row in page.rows)


def test_every_kind_of_call_has_come(demo: Path, desk: Desk) -> None:
    assert {kind for (kind,) in rows(demo, "SELECT DISTINCT kind FROM ticket")} == set(desk.policy.kinds)


def test_contacts_are_late_and_due_soon_and_one_is_claimed_and_one_is_the_supervisors(desk: Desk) -> None:
    due = desk.contacts.due(None, EVERYBODY).rows
    assert {row.reason for row in due} == {"callback", "advice_check", "sale_promise", "periodic_contact"}
    assert any(row.due_at < NOW for row in due)
    assert any(NOW < row.due_at < NOW + timedelta(minutes=30) for row in due)
    assert [row.claimed_by for row in due if row.claimed_by] == ["Helen Ward"]
    assert sum(row.flag == "ask_supervisor" for row in due) == 1
    assert any(row.tries == 1 for row in due)


def test_there_are_repeated_calls_a_repeat_a_clash_overridden_with_its_reason_memos_and_facts_to_verify(
    demo: Path,
) -> None:
    assert rows(demo, "SELECT max(calls) FROM ticket")[0][0] >= 3
    repeats = "SELECT 1 FROM ticket t JOIN ticket e ON e.id = t.repeat_of AND e.device_id = t.device_id"
    assert len(rows(demo, repeats)) == 1
    assert len(rows(demo, "SELECT 1 FROM visit WHERE override_reason <> '' AND active = 1")) == 1
    assert len(rows(demo, "SELECT 1 FROM ticket WHERE memo <> ''")) >= 2
    assert len(rows(demo, "SELECT 1 FROM ticket WHERE is_open = 1 AND to_verify <> ''")) >= 3
    assert len(rows(demo, "SELECT 1 FROM customer WHERE do_not_call = 1")) == 2


def test_nobody_is_sent_to_two_places_at_once_without_a_reason(demo: Path) -> None:
    clashes = """
        SELECT 1 FROM visit a JOIN visit b ON a.engineer_id = b.engineer_id AND a.id < b.id
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at AND a.active = 1 AND b.active = 1
        AND a.override_reason = '' AND b.override_reason = ''
    """
    assert rows(demo, clashes) == []


def test_everybody_is_found_by_all_that_he_can_be_found_by(demo: Path, desk: Desk) -> None:
    phones: dict[int, list[str]] = {}
    for customer_id, e164 in rows(demo, "SELECT customer_id, e164 FROM phone"):
        phones.setdefault(customer_id, []).append(e164)
    keys: dict[int, set[str]] = {}
    for customer_id, key in rows(demo, "SELECT customer_id, key FROM caller_key WHERE device_id = 0"):
        keys.setdefault(customer_id, set()).add(key)
    for customer_id, name in rows(demo, "SELECT id, name FROM customer"):
        wanted = set(customer_keys(name, phones[customer_id], "CN", desk.shop.area_code))
        for (person,) in rows(demo, f"SELECT name FROM person WHERE customer_id = {customer_id}"):
            wanted |= customer_keys(person, (), "CN", desk.shop.area_code)
        assert keys[customer_id] == wanted, name
    assert {match.name for match in desk.intake.callers("sxm")} >= {"单雪梅"}
    assert len([match for match in desk.intake.callers("王芳") if match.name == "王芳"]) >= 2
    assert {match.name for match in desk.intake.callers("80000003")} == {"周建平", "Anna Fischer"}


def test_a_known_caller_brings_his_devices(demo: Path, desk: Desk) -> None:
    for (customer_id,) in rows(demo, "SELECT id FROM customer"):
        file = desk.intake.caller(customer_id)
        assert file.phone
        assert file.address
        assert file.devices


def test_no_word_of_a_call_is_misunderstood(demo: Path) -> None:
    told = rows(demo, "SELECT to_verify, bought, when_wanted, model FROM ticket WHERE to_verify <> ''")
    for to_verify, *said in told:
        assert not all(said), to_verify


def test_files_have_people_tiers_papers_notes_and_one_promise_of_a_sale_that_is_late(
    demo: Path, desk: Desk
) -> None:
    namesakes = [desk.customers.file(one.customer_id) for one in desk.intake.callers("王芳", 20)]
    (file,) = [one for one in namesakes if one.promises]
    assert (file.tier, [person.form for person in file.persons]) == ("member", ["王女士", "赵先生"])
    assert [note.text for note in file.notes] == ["上次来电说周末家里才有人"]
    assert [is_late(one.due_at, one.done_at, NOW) for one in file.promises] == [True, False]
    pairs = desk.mergers.suggested().pairs
    assert pairs
    one, other = pairs[0].one, pairs[0].other
    assert (one.name, one.address) == (other.name, other.address)
    assert one.phone != other.phone
    due = [row for row in desk.contacts.due(None, EVERYBODY).rows if not row.ticket_id and row.due_at <= NOW]
    assert [(row.reason, row.about) for row in due] == [
        ("sale_promise", "sale_fitting"),
        ("periodic_contact", ""),
    ]
    firm = desk.customers.file(desk.intake.callers("蓝湾酒店", 1)[0].customer_id)
    assert (firm.kind, [person.role for person in firm.persons]) == ("company", ["contact", "payer"])
    verbs = {one.row.verb for one in desk.customers.timeline(file.customer_id, 50).rows}
    assert {"file_add", "file_note"} <= verbs
    titles = {
        tuple(form.split()[:1]) for (form,) in rows(demo, "SELECT form FROM person WHERE name LIKE 'Mary %'")
    }
    assert ("Mr",) not in titles


def test_visitors_wait_and_one_is_announced_and_the_shift_before_has_left_notes(desk: Desk) -> None:
    assert [row.state for row in desk.visitors.book()] == ["waiting", "waiting", "announced"]
    assert desk.waiting.unread(desk.people.me()) == 2
