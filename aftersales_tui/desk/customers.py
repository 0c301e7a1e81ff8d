"""The customers' files: reading one, and changing it by two seats at once (U1, U2, U3)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aftersales_tui.desk.file_clocks import PLAN, Changed, fulfilled, keep_clocks
from aftersales_tui.desk.file_fields import (
    PLACED,
    TABLES,
    follows,
    keep_plan,
    label,
    require_own,
    understood,
)
from aftersales_tui.desk.findable import kept_findable
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.customer import (
    LONG,
    PARTS,
    REMOVABLE,
    Addressed,
    Part,
    form_of_address,
    merged,
)
from aftersales_tui.domain.errors import Invalid, NotFound, Refused, Stale
from aftersales_tui.domain.identity import NEVER
from aftersales_tui.domain.text import clean
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.keys import Keyed
from aftersales_tui.store.queries import callers, feed, files, lives
from aftersales_tui.views.act import Act
from aftersales_tui.views.customers import CustomerFile, DeviceCard, FileMoment, FileTicket
from aftersales_tui.views.tickets import Page, PageKey, Receipt

NOTE_LIMIT = 4000
_PLAN = frozenset({"contact_months", "contact_at", "quiet"})
_DATED = frozenset({Part.CUSTOMER, Part.PROMISE})
"""Parts that stand on the list of contacts when their date comes."""
_WORDING = frozenset({"words", "device_id"})
"""What of a promise its contact says."""


class Customers:
    """The verbs on a customer's file and what belongs to it."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def file(self, customer_id: int) -> CustomerFile:
        """A whole file (F5).

        Raises:
            NotFound: ``record.not_found``.
        """
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            own = callers.customer(connection, shop_id, customer_id)
            names = (
                *("version", "name", "kind", "tier", "note", "quiet", "contact_months", "contact_at"),
                "state",
            )
            return CustomerFile(
                customer_id=customer_id,
                do_not_call=bool(own["do_not_call"]),
                last_call_at=own["last_call_at"] if own["last_call_at"] > NEVER else None,
                persons=files.persons(connection, shop_id, customer_id),
                phones=files.phones(connection, shop_id, customer_id),
                addresses=files.addresses(connection, shop_id, customer_id),
                devices=files.devices(connection, shop_id, customer_id),
                promises=files.promises(connection, shop_id, customer_id),
                notes=files.notes(connection, shop_id, customer_id),
                tickets=files.ticket_count(connection, shop_id, customer_id),
                **{name: own[name] for name in names},
            )

    def card(self, device_id: int) -> DeviceCard:
        """A device's card (U2).

        Raises:
            NotFound: ``record.not_found``.
        """
        with self._shop.reading() as connection:
            found = files.device(connection, self._shop.shop_id, device_id)
        if found is None:
            raise NotFound("record.not_found", table="device", id=device_id)
        return found

    def owner(self, ticket_id: int) -> tuple[int, int]:
        """The customer and the device a ticket is about; 0 for none."""
        with self._shop.reading() as connection:
            return files.owner(connection, self._shop.shop_id, ticket_id)

    def tickets(
        self, customer_id: int, device_id: int, limit: int, after: PageKey | None = None
    ) -> Page[FileTicket]:
        """A page of the tickets of a customer, or of one device of his, the latest first."""
        owner_id, of_device = device_id or customer_id, bool(device_id)
        with self._shop.reading() as connection:
            return files.tickets(connection, self._shop.shop_id, owner_id, limit, after, of_device=of_device)

    def timeline(self, customer_id: int, limit: int, after: PageKey | None = None) -> Page[FileMoment]:
        """A page of everything that ever happened with a customer, the latest first (U1)."""
        with self._shop.reading() as connection:
            return lives.line(connection, self._shop.shop_id, customer_id, limit, after)

    def addressed(self, customer_id: int, whom: str) -> str:
        """How somebody at a customer's is addressed; empty where nobody has told."""
        if not customer_id:
            return ""
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            own = callers.customer(connection, shop_id, customer_id)
            people = [
                Addressed(one.name, one.role, one.form)
                for one in files.persons(connection, shop_id, customer_id)
            ]
        return form_of_address(people, own["name"], whom)

    def keep(
        self,
        act: Act,
        part: Part,
        customer_id: int,
        record_id: int,
        mine: Mapping[str, Any],
        before: Mapping[str, Any] | None = None,
    ) -> Receipt:
        """Write a part of a file, new or changed; fields that another seat has changed meanwhile stay as they are.

        Args:
            part: What of the file.
            record_id: Of that part; the customer's own id for himself, 0 for a new record.
            mine: The fields as they were left in the form.
            before: The same as they stood when the form was opened; ``None`` writes them over whatever stands there.

        Raises:
            Invalid: What cannot be stored or understood, with its ``field``.
            NotFound: ``record.not_found`` when it has been removed meanwhile.
            Stale: ``file.clash`` with ``clashes``, when one field was set differently by two; nothing is saved.
            Refused: ``file.same`` when it stands there like that already; ``file.closed`` for a file that was
                merged into another or erased.
        """
        told = understood(part, mine)
        was = dict(before) if before is not None else None
        if not record_id:
            if part is Part.CUSTOMER:
                raise Refused("file.stays", part=part.value)
            blank = {entry.name: entry.choices[0] if entry.choices else None for entry in PARTS[part]}
            told = understood(part, blank | told)
            return self._write(
                act, "file_add", customer_id, lambda deed, _: self._add(deed, part, customer_id, told)
            )
        return self._write(
            act,
            "file_change",
            customer_id,
            lambda deed, _: self._change(deed, part, customer_id, record_id, told, was),
        )

    def remove(self, act: Act, part: Part, customer_id: int, record_id: int) -> Receipt:
        """Take a person, a number, an address or a promise out of a file; undo brings it back.

        Raises:
            Refused: ``file.stays`` for a part that is never removed.
            NotFound: ``record.not_found``.
        """
        if part not in REMOVABLE:
            raise Refused("file.stays", part=part.value)
        return self._write(
            act,
            "file_remove",
            customer_id,
            lambda deed, _: self._remove(deed, part, customer_id, record_id),
        )

    def fulfil(self, act: Act, customer_id: int, promise_id: int, words: str) -> Receipt:
        """A promise made at the sale was kept (U3).

        Raises:
            Refused: ``promise.kept`` when it was already.
        """
        told = clean(words, LONG, "words")

        def body(deed: Deed, _: tables.Customer) -> None:
            own = self._own(deed, Part.PROMISE, customer_id, promise_id)
            if own.done_at is not None:
                raise Refused("promise.kept")
            own.done_at, own.done_words = deed.at, told
            fulfilled(deed, own)
            deed.params |= {"what": own.words, "promise": own.what, "words": told}

        return self._write(act, "promise_kept", customer_id, body)

    def note(self, act: Act, customer_id: int, text: str, device_id: int = 0) -> Receipt:
        """Write a note into a file, about the customer or one of his devices.

        Raises:
            Invalid: ``file.needed`` for an empty one.
        """
        told = clean(text, NOTE_LIMIT, "note", multiline=True)
        if not told:
            raise Invalid("file.needed", field="note")

        def body(deed: Deed, _: tables.Customer) -> None:
            if device_id:
                self._own(deed, Part.DEVICE, customer_id, device_id)
            note = tables.Note.made(
                shop_id=self._shop.shop_id,
                id=deed.new_id(),
                customer_id=customer_id,
                device_id=device_id or None,
                text=told,
                written_by=deed.act.staff_id,
                written_at=deed.at,
            )
            deed.put(note)
            deed.params["words"] = told

        return self._write(act, "file_note", customer_id, body)

    def _write(
        self, act: Act, verb: str, customer_id: int, body: Callable[[Deed, tables.Customer], None]
    ) -> Receipt:
        """Do a deed on a file: the customer is locked first, and stays findable by what the file then says.

        Whom the file says to call, and when, stands on the list of contacts when the deed is done.
        """

        def whole(deed: Deed) -> None:
            own = deed.held(tables.Customer, customer_id)
            if own.state:
                raise Refused("file.closed", state=own.state)
            deed.subject = customer_id
            deed.params = {"name": own.name}
            with kept_findable(self._shop, deed, customer_id):
                body(deed, own)
            keep_clocks(self._shop, deed, own)

        return self._shop.perform(act, verb, whole)

    def _own(self, deed: Deed, part: Part, customer_id: int, record_id: int) -> Any:
        """A record of this file, held."""
        row: Any = deed.held(TABLES[part], record_id)
        if part is not Part.CUSTOMER and row.customer_id != customer_id:
            raise NotFound("record.not_found", table=part.value, id=record_id)
        return row

    def _add(self, deed: Deed, part: Part, customer_id: int, told: dict[str, Any]) -> None:
        require_own(deed, part, customer_id, told)
        placed = {"place": len(self._placed(deed, part, customer_id))} if part in PLACED else {}
        row: Any = TABLES[part].made(
            shop_id=self._shop.shop_id,
            id=deed.new_id(),
            customer_id=customer_id,
            **told,
            **follows(self._shop, part, told),
            **placed,
        )
        deed.put(row)
        deed.params |= {"part": part.value, "what": label(part, row)}

    def _change(
        self,
        deed: Deed,
        part: Part,
        customer_id: int,
        record_id: int,
        told: dict[str, Any],
        before: dict[str, Any] | None,
    ) -> None:
        row = self._own(deed, part, customer_id, record_id)
        theirs = {name: getattr(row, name) for name in told}
        merge = merged(theirs if before is None else before, told, theirs)
        if merge.clashes:
            by = self._who_changed(deed, part, customer_id, record_id)
            raise Stale("file.clash", part=part.value, id=record_id, by=by, clashes=merge.clashes)
        if not merge.values:
            raise Refused("file.same")
        require_own(deed, part, customer_id, merge.values)
        dated = _date(row)
        for name, value in {**merge.values, **follows(self._shop, part, merge.values)}.items():
            setattr(row, name, value)
        if isinstance(row, tables.Customer) and _PLAN & merge.values.keys():
            keep_plan(self._shop, row, merge.values, deed.now)
        if part in _DATED:
            clock = frozenset({PLAN if part is Part.CUSTOMER else record_id})
            moved = clock if _date(row) != dated else frozenset[int]()
            reworded = clock if _WORDING & merge.values.keys() else frozenset[int]()
            whose = deed.held(tables.Customer, customer_id)
            keep_clocks(self._shop, deed, whose, Changed(moved, reworded, "quiet" in merge.values))
        deed.params |= {"part": part.value, "what": label(part, row), "fields": " ".join(merge.values)}

    def _remove(self, deed: Deed, part: Part, customer_id: int, record_id: int) -> None:
        row = self._own(deed, part, customer_id, record_id)
        deed.params |= {"part": part.value, "what": label(part, row)}
        if part is Part.PERSON:
            for phone in files.phones(deed.connection, self._shop.shop_id, customer_id):
                if phone.person_id == record_id:
                    deed.held(tables.Phone, phone.phone_id).person_id = None
        deed.flushed()
        deed.remove(row)
        if part in PLACED:
            for place, other in enumerate(self._placed(deed, part, customer_id)):
                held: Any = deed.held(TABLES[part], other)
                held.place = place

    def _placed(self, deed: Deed, part: Part, customer_id: int) -> list[int]:
        """The ids of what stands in an order, in that order."""
        connection, shop_id = deed.connection, self._shop.shop_id
        if part is Part.PERSON:
            return [one.person_id for one in files.persons(connection, shop_id, customer_id)]
        if part is Part.PHONE:
            return [one.phone_id for one in files.phones(connection, shop_id, customer_id)]
        return [one.address_id for one in files.addresses(connection, shop_id, customer_id)]

    def _who_changed(self, deed: Deed, part: Part, customer_id: int, record_id: int) -> str:
        """Whoever has changed a record last."""
        table: type[Keyed] = TABLES[part]
        seen = (str(table.__tablename__), record_id, 0)
        by, _ = feed.changed_since(deed.connection, self._shop.shop_id, customer_id, seen)
        return by or feed.last_of(deed.connection, self._shop.shop_id, customer_id)[1]


def _date(row: Keyed) -> datetime | None:
    """When a record of a file is due: the plan in the customer's own, or a promise; nothing else ever is."""
    if isinstance(row, tables.Customer):
        return row.contact_at
    return row.due_at if isinstance(row, tables.SalePromise) else None
