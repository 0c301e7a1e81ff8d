"""Customers who are to be called back, and a look at their contacts in the store."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.ticket import Status
from aftersales_tui.store.driver import sqlite_driver
from aftersales_tui.views.callers import ContactRow
from tests.tui.conftest import call


def promised(desk: Desk, caller: str, minutes: float, words: str = "问配件") -> int:
    """A ticket whose customer was promised a call; due so many minutes from now, or past."""
    ticket_id = call(desk, caller, 1)
    desk.contacts.promise(desk.act(), ticket_id, desk.now() + timedelta(minutes=abs(minutes)), words)
    return ticket_id


def advised(desk: Desk, caller: str) -> int:
    """A ticket whose caller was advised by phone."""
    ticket_id = call(desk, caller, 1)
    desk.visits.advise(desk.act(), ticket_id, desk.dispatch.ticket(ticket_id).version, "断电十分钟再开机")
    return ticket_id


def repaired(desk: Desk, caller: str) -> int:
    """A ticket whose visit is over and well."""
    ticket_id = call(desk, caller, 2)
    engineer = desk.people.called("wq")[0].staff_id
    window = Window(desk.now() + timedelta(hours=1), desk.now() + timedelta(hours=2))
    act, version = desk.act, desk.dispatch.ticket(ticket_id).version
    version = desk.dispatch.assign(act(), ticket_id, version, engineer, window, "test").version
    version = desk.visits.status(act(), ticket_id, version, Status.WORKING).version
    desk.visits.outcome(act(), ticket_id, version, "solved", "换了压缩机")
    return ticket_id


def change(file: Path, statement: str) -> None:
    """Change the store behind the desk's back, by its own driver: two SQLites in a process break each other's locks."""
    store = sqlite_driver().connect(str(file))
    with closing(store), store:
        store.execute(statement)


def age(file: Path, contact: ContactRow, hours: float) -> None:
    """Let a contact be due so many hours earlier."""
    change(
        file, f"UPDATE contact SET due_at = due_at - {int(hours * 3_600_000)} WHERE id = {contact.contact_id}"
    )


def due(desk: Desk) -> list[ContactRow]:
    return list(desk.contacts.due(None, 100).rows)


def of(desk: Desk, ticket_id: int) -> ContactRow:
    return next(row for row in due(desk) if row.ticket_id == ticket_id)
