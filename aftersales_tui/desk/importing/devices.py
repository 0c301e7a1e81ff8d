"""Devices out of a file (U2)."""

from collections.abc import Mapping
from datetime import datetime

from aftersales_tui.desk.importing.customers import DEVICE
from aftersales_tui.desk.importing.foreign import Foreign, Rejected
from aftersales_tui.desk.importing.owners import known_customers, owners
from aftersales_tui.desk.importing.work import Look, Named, Work, fill, own_id
from aftersales_tui.domain.errors import Refused
from aftersales_tui.lexicon.keys import device_keys
from aftersales_tui.store import bulk, tables
from aftersales_tui.views.imports import Fault

COLUMNS = (*DEVICE, "place", "note")


class Devices:
    """Takes in devices; each belongs to a customer."""

    def check(self, row: Foreign) -> tuple[Fault, ...]:
        """A device without any name, and one that is nobody's, are refused."""
        if not any(row.values.get(name) for name in ("product", "brand", "model", "serial")):
            raise Rejected(Fault(row.line, "product", "", Refused("import.no_device")))
        if not (row.values.get("customer_id") or _name(row)):
            raise Rejected(Fault(row.line, "customer_name", "", Refused("import.no_owner")))
        return ()

    def met(self, look: Look, rows: list[Foreign]) -> Mapping[int, int]:
        """Devices that came from here, and those of the same serial."""
        keys = {
            row.line: next((key for key in device_keys(row.values.get("serial", "")) if key[0] == "s"), "")
            for row in rows
        }
        with_serial = bulk.with_serials(look.connection, look.shop.shop_id, filter(None, keys.values()))
        met = {line: with_serial[key] for line, key in keys.items() if key in with_serial}
        return {**look.apart("devices", rows, met), **look.ours(tables.Device, rows)}

    def unlinked(self, look: Look, rows: list[Foreign]) -> Mapping[int, Fault]:
        """Devices of a customer who has not come in yet, and whose name the row does not tell."""
        ids = {row.line: row.values["customer_id"] for row in rows if not _name(row)}
        known = known_customers(look, ids.values())
        return {
            line: Fault(line, "customer_id", told, Refused("import.no_such_customer", id=told))
            for line, told in ids.items()
            if told not in known
        }

    def named(self, row: Foreign, now: datetime) -> Named:
        """Whose the device is."""
        told = row.values
        phones = (told.get("customer_phone", ""),)
        return Named(row.line, told.get("customer_id", ""), _name(row), phones, "", "", now, called=False)

    def make(self, work: Work, rows: list[Foreign]) -> None:
        """New devices."""
        of = owners(work, [self.named(row, work.deed.now) for row in rows])
        for row in rows:
            device_id = own_id(row.source_id, work.deed.now) or work.new_id(work.deed.now, row.line)
            told = {name: row.values[name] for name in COLUMNS if row.values.get(name)}
            work.chunk.put(tables.Device, id=device_id, customer_id=of[row.line], **told)
            work.chunk.find_by(of[row.line], device_keys(told.get("serial", "")), device_id)
            work.remember("devices", row.source_id, device_id, row.digest, is_new=True)

    def change(self, work: Work, record_id: int, row: Foreign) -> None:
        """What the row tells of the device; whose it is stays, for a device is sold by people and not by a file."""
        own = work.deed.held(tables.Device, record_id)
        fill(own, {name: row.values.get(name) for name in COLUMNS})
        work.chunk.find_by(own.customer_id, device_keys(own.serial), own.id)
        work.chunk.touch(tables.Device, record_id)


def _name(row: Foreign) -> str:
    name: str = row.values.get("customer_name") or row.values.get("customer_phone", "")
    return name
