"""What lies in a customer's file and came with a row of its own: whose it is, and about which device."""

from collections.abc import Mapping
from datetime import datetime

from aftersales_tui.desk.importing.foreign import Foreign, Rejected
from aftersales_tui.desk.importing.owners import known_customers, owners
from aftersales_tui.desk.importing.work import Look, Named, Work
from aftersales_tui.domain.errors import Refused
from aftersales_tui.store import bulk_parts, tables
from aftersales_tui.views.imports import Fault


def require_owner(row: Foreign) -> None:
    """Refuse a row that is nobody's.

    Raises:
        Rejected: ``import.whose``.
    """
    if not (row.values.get("customer_id") or called(row)):
        raise Rejected(Fault(row.line, "customer_name", "", Refused("import.whose")))


def called(row: Foreign) -> str:
    """What the customer of a row is called; his number where no name is told."""
    name: str = row.values.get("customer_name") or row.values.get("customer_phone", "")
    return name


def owner_named(row: Foreign, now: datetime) -> Named:
    """How a row names its customer."""
    told = row.values
    phones = (told.get("customer_phone", ""),)
    return Named(row.line, told.get("customer_id", ""), called(row), phones, "", "", now, called=False)


def without_owner(look: Look, rows: list[Foreign]) -> Mapping[int, Fault]:
    """The rows of a customer who has not come in yet, and whose name they do not tell."""
    ids = {row.line: row.values["customer_id"] for row in rows if not called(row)}
    known = known_customers(look, ids.values())
    return {
        line: Fault(line, "customer_id", told, Refused("import.no_such_customer", id=told))
        for line, told in ids.items()
        if told not in known
    }


def owned(work: Work, rows: list[Foreign]) -> dict[int, tuple[int, int | None]]:
    """Customer and device of each row by its line; a device that is not his is left out, and told."""
    of = owners(work, [owner_named(row, work.deed.now) for row in rows])
    told = {row.line: row.values["device_id"] for row in rows if row.values.get("device_id")}
    devices = work.look.referred(tables.Device, "devices", told.values()) if told else {}
    whose = bulk_parts.owners_of(work.connection, work.shop.shop_id, devices.values())
    found: dict[int, tuple[int, int | None]] = {row.line: (of[row.line], None) for row in rows}
    for line, key in told.items():
        device_id = devices.get(key, 0)
        if device_id and whose.get(device_id) == of[line]:
            found[line] = of[line], device_id
        else:
            work.faults.append(Fault(line, "device_id", key, Refused("import.no_such_device", id=key)))
    return found
