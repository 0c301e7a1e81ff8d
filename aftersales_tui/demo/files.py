"""What the demo shop has written into the files of the customers who are described one by one (U1, U3)."""

from datetime import datetime, timedelta

from aftersales_tui.demo.book import Book, Known
from aftersales_tui.demo.people import Files
from aftersales_tui.desk.desk import Desk
from aftersales_tui.domain.customer import Part


def fill_files(desk: Desk, book: Book, files: Files, now: datetime) -> None:
    """Write people, quiet hours, plans, sale promises and notes by the desk's own verbs.

    Args:
        desk: Its clock stands before the day that is played.
        book: Who is described in it.
        files: Tells the ids of their files.
        now: The moment the day has come to; promises are due around it.
    """
    for index, known in enumerate(book.known):
        _fill(desk, files.customer_id(index), files.device_id(index, 0), known, now)


def _fill(desk: Desk, customer_id: int, device_id: int, known: Known, now: datetime) -> None:
    keep = desk.customers.keep
    for person in known.people:
        keep(desk.act(), Part.PERSON, customer_id, 0, person)
    due_at = now + timedelta(hours=known.hours) if known.hours else None
    plan = {"quiet": known.quiet, "contact_months": known.months, "contact_at": due_at}
    if any(plan.values()):
        keep(desk.act(), Part.CUSTOMER, customer_id, customer_id, plan)
    for promise in known.promises:
        told = {"what": promise["what"], "words": promise["words"], "device_id": device_id}
        due = {"due_at": now + timedelta(days=promise["days"])}
        keep(desk.act(), Part.PROMISE, customer_id, 0, told | due)
    for note in known.notes:
        desk.customers.note(desk.act(), customer_id, note)
