"""What must hold of the shop's people whatever is changed about them: no visit hangs in the air (D2)."""

from collections.abc import Iterable
from typing import Any

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.appointment import Clash, Window
from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.staff import SENT
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed, stored_value
from aftersales_tui.store.queries import diary, engineers, people
from aftersales_tui.views.staff import PlannedVisit


def require_no_visits(shop: Shop, deed: Deed, person: tables.Staff) -> None:
    """Refuse while somebody who will not be sent any more has visits to do.

    Raises:
        Refused: ``person.has_visits`` with the tickets.
    """
    planned = diary.planned(deed.connection, shop.shop_id, person.id)
    if planned:
        raise Refused("person.has_visits", name=person.name, visits=_clashes(planned))


def require_others(shop: Shop, deed: Deed, person: tables.Staff) -> None:
    """Refuse that the last one leaves who is not sent to customers: nobody would be left to run the desk.

    Raises:
        Refused: ``person.last``.
    """
    others = people.working(deed.connection, shop.shop_id)
    if person.role not in SENT and not any(
        one.role not in SENT and one.staff_id != person.id for one in others
    ):
        raise Refused("person.last", name=person.name)


def require_no_visits_in(shop: Shop, deed: Deed, person: tables.Staff, window: Window) -> None:
    """Refuse time off in which visits lie already.

    Raises:
        Refused: ``person.visits_in_time_off`` with the visits; may be overridden.
    """
    jobs = engineers.jobs(deed.connection, shop.shop_id, [person.id], window.start, window.end)
    visits = sorted(
        (job.busy for job in jobs.get(person.id, ()) if job.busy.kind == "visit"), key=lambda one: one.window
    )
    if visits:
        found = tuple(Clash("overlap", one.window, one.label) for one in visits)
        raise Refused("person.visits_in_time_off", name=person.name, visits=found, overridable=True)


def require_other_name(shop: Shop, deed: Deed, key: str, but: int = 0) -> None:
    """Refuse a name by which somebody else who works here is known: a seat knows its person by it.

    Raises:
        Refused: ``person.name_taken``.
    """
    for one in people.everybody(deed.connection, shop.shop_id):
        if one.active and one.name_key == key and one.staff_id != but:
            raise Refused("person.name_taken", name=one.name, staff_role=one.role, field="name")


def require_still_right(shop: Shop, deed: Deed, changes: Iterable[dict[str, Any]]) -> None:
    """After an undo: somebody is left at the desk, whoever is not sent has no visits, time off has none in it.

    Raises:
        Refused: As the verbs would.
    """
    for change in changes:
        if change["table"] == "staff" and change["before"] and change["after"]:
            person = deed.held(tables.Staff, change["id"])
            if not person.active or person.role not in SENT:
                require_no_visits(shop, deed, person)
            if not person.active:
                require_others(shop, deed, person)
        if change["table"] == "absence" and change["after"] is None:
            was = change["before"]
            edges = (stored_value(tables.Absence, edge, was[edge]) for edge in ("starts_at", "ends_at"))
            require_no_visits_in(shop, deed, deed.held(tables.Staff, was["staff_id"]), Window(*edges))


def _clashes(planned: Iterable[PlannedVisit]) -> tuple[Clash, ...]:
    return tuple(Clash("overlap", Window(one.start, one.end), f"T-{one.number}") for one in planned)
