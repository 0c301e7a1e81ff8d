"""Customers that are one and the same: found, looked at side by side, merged (U4)."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from aftersales_tui.desk.caller_files import devices_of_serial, phone_key
from aftersales_tui.desk.file_clocks import join_clocks, one_plan
from aftersales_tui.desk.likely import likely
from aftersales_tui.desk.partings import MERGE, serial_keys
from aftersales_tui.desk.shop import Shop
from aftersales_tui.desk.side_by_side import choose, fields_of
from aftersales_tui.domain.errors import Invalid, NotFound, Refused
from aftersales_tui.lexicon.fold import fold_name
from aftersales_tui.lexicon.keys import customer_keys
from aftersales_tui.lexicon.phones import digits_of
from aftersales_tui.store import moves, tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import callers, duplicates, merging
from aftersales_tui.views.act import Act
from aftersales_tui.views.callers import CallerMatch
from aftersales_tui.views.mergers import FileLine, MergePreview, Suggestion, Suggestions
from aftersales_tui.views.tickets import Receipt

BEYOND = (1 << 63) - 1
"""Above every id."""
LONGEST_PHONE = 15
"""Digits of a number at most; an id has more."""
MOST_SHOWN = 12
"""Customers named at most where several are meant."""
SAME_BY = {"phone": ("e164", "extension"), "address": ("address_key",)}
"""What makes two phones or two addresses equal."""
FILLED = {"phone": ("person_id", "label"), "address": ("zone", "route_note")}
"""What the kept one of two equal ones takes from the other where it has nothing of its own."""


class Mergers:
    """The verbs on two files that may be one customer's."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def suggested(self, go_on: int = 0) -> Suggestions:
        """Pairs that look alike among the newest customers, most likely first.

        Args:
            go_on: Where the look before this one has stopped; 0 for the newest.
        """
        rules, shop_id = self._shop.policy.duplicates, self._shop.shop_id
        with self._shop.reading() as connection:
            ids = duplicates.newest(connection, shop_id, go_on or BEYOND, rules.look_at)
            pairs = likely(connection, self._shop, ids)
        return Suggestions(pairs, ids[-1] if len(ids) == rules.look_at else 0)

    def like(self, customer_id: int) -> tuple[Suggestion, ...]:
        """Files that look like this one, most likely first."""
        with self._shop.reading() as connection:
            return likely(connection, self._shop, [customer_id])

    def survivor(self, customer_id: int) -> int:
        """The file that a customer's id leads to: his own, or the one his was merged into.

        Raises:
            NotFound: ``record.not_found``.
        """
        with self._shop.reading() as connection:
            return int(callers.customer(connection, self._shop.shop_id, customer_id)["id"])

    def lines(self, ids: list[int]) -> tuple[FileLine, ...]:
        """Files on one line each."""
        with self._shop.reading() as connection:
            return duplicates.lines(connection, self._shop.shop_id, ids)

    def preview(self, kept_id: int, lost_id: int) -> MergePreview:
        """What merging one file into another would do.

        Raises:
            Invalid: ``merge.same_file``.
            Refused: ``merge.gone`` for a file that was merged or erased already.
            NotFound: ``record.not_found``.
        """
        if kept_id == lost_id:
            raise Invalid("merge.same_file")
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            found = duplicates.lines(connection, shop_id, [kept_id, lost_id])
            if len(found) < 2:
                raise NotFound("record.not_found", table="customer", id=kept_id)
            _require_living(*found)
            sides = [callers.customer(connection, shop_id, one) for one in (kept_id, lost_id)]
            moving = merging.counts(connection, shop_id, lost_id)
            same = {table: _equal(connection, shop_id, kept_id, lost_id, table) for table in SAME_BY}
        moving = {name: n - same.get(name, 0) for name, n in moving.items()}
        return MergePreview(found[0], found[1], fields_of(*sides), moving, same)

    def merge(
        self,
        act: Act,
        kept: tuple[int, int],
        lost: tuple[int, int],
        sides: Mapping[str, str] | None = None,
    ) -> Receipt:
        """Move all of one file into another; undo takes them apart while nobody has touched either.

        Args:
            kept: The id of the file that stays, and the version that was seen.
            lost: Likewise of the file that goes into it.
            sides: For fields that differ, whose value stays; ``MergeField.side`` where nothing is said.

        Raises:
            Invalid: ``merge.same_file``.
            Refused: ``merge.gone`` for a file that was merged or erased already.
            Stale: Somebody else has changed one of them.
            NotFound: ``record.not_found``.
        """
        if kept[0] == lost[0]:
            raise Invalid("merge.same_file")
        return self._shop.perform(act, MERGE, lambda deed: self._merge(deed, kept, lost, sides or {}))

    def differ(self, act: Act, one_id: int, other_id: int) -> Receipt:
        """Remember that two files are not the same customer's: the pair is not suggested again.

        Raises:
            NotFound: ``record.not_found``.
        """

        def body(deed: Deed) -> None:
            first, second = sorted((one_id, other_id))
            deed.get(tables.Customer, first)
            deed.get(tables.Customer, second)
            pairs = duplicates.not_same(deed.connection, self._shop.shop_id, [first])
            if (first, second) not in pairs:
                pair = tables.NotSame.made(
                    shop_id=self._shop.shop_id, id=deed.new_id(), one_id=first, other_id=second
                )
                deed.put(pair)
            deed.subject = first

        return self._shop.perform(act, "differ", body)

    def _merge(
        self, deed: Deed, kept: tuple[int, int], lost: tuple[int, int], sides: Mapping[str, str]
    ) -> None:
        # In one order, so that two seats that merge the same two never wait for each other.
        versions = dict((kept, lost))
        held = {one: deed.held(tables.Customer, one, versions[one]) for one in sorted(versions)}
        mine, theirs = held[kept[0]], held[lost[0]]
        _require_living(mine, theirs)
        keys, serials = self._keys(deed, theirs)
        params = {"name": mine.name, "other": theirs.name}
        if mine.name == theirs.name:
            params = {"name": _told_apart(mine), "other": _told_apart(theirs)}
        was = mine.contact_at
        choose(mine, theirs, sides)
        one_plan(deed, mine, theirs)
        for table in (tables.Person, tables.Phone, tables.Address):
            self._append(deed, table, kept[0], lost[0])
        count = moves.move(deed, lost[0], kept[0])
        moves.move_keys(deed, lost[0], kept[0], keys, serials)
        theirs.state, theirs.merged_into = callers.MERGED, kept[0]
        # Where nothing of the kept file changes, its version still has to: whoever edits it sees another file.
        deed.touch(mine)
        join_clocks(self._shop, deed, mine, was)
        deed.subject = kept[0]
        deed.params = {**params, "tickets": str(count["ticket"])}

    def _keys(self, deed: Deed, own: tables.Customer) -> tuple[list[str], list[str]]:
        """What a customer, and what his devices, are found by."""
        view, connection = self._shop.view, deed.connection
        people = merging.listed(connection, view.shop_id, own.id, "person")
        numbers = [row.e164 for row in merging.listed(connection, view.shop_id, own.id, "phone")]
        keys = customer_keys("", numbers, view.country, view.area_code)
        for name in (own.name, *(row.name for row in people)):
            keys |= customer_keys(name, (), view.country, "")
        return sorted(keys), serial_keys(merging.serials(connection, view.shop_id, own.id))

    def _append(
        self,
        deed: Deed,
        table: type[tables.Person] | type[tables.Phone] | type[tables.Address],
        kept_id: int,
        lost_id: int,
    ) -> None:
        """Put what stands in an order behind what the kept file has; an equal phone or address stays where it is."""
        name = str(table.__tablename__)
        mine = merging.listed(deed.connection, deed.shop_id, kept_id, name)
        columns = SAME_BY.get(name, ())
        known = {tuple(getattr(row, column) for column in columns): row.id for row in mine} if columns else {}
        place = max((row.place for row in mine), default=-1)
        for row in merging.listed(deed.connection, deed.shop_id, lost_id, name):
            equal = known.get(tuple(getattr(row, column) for column in columns))
            if equal is not None:
                held = deed.held(table, equal)
                for column in FILLED[name]:
                    if not getattr(held, column):
                        setattr(held, column, getattr(row, column))
                continue
            place += 1
            moved = deed.held(table, row.id)
            moved.customer_id, moved.place = kept_id, place

    def select(self, text: str, *, part: bool = False) -> FileLine:
        """The one customer that a whole name, phone number, serial or id means.

        Args:
            text: As typed.
            part: Whether a beginning does where it leads to one customer; not where his file would be changed.

        Raises:
            NotFound: ``customer.nobody``.
            Invalid: ``customer.several``, with a line for each; ``customer.not_whole`` with whom a part may mean.
        """
        from aftersales_tui.desk.intake import Intake

        typed = text.strip()
        if typed.isdigit() and len(typed) > LONGEST_PHONE:
            return self._by_id(int(typed))
        found = {one.customer_id: one for one in Intake(self._shop).callers(typed, MOST_SHOWN)}
        if not found:
            raise NotFound("customer.nobody", given=typed)
        whole = self._whole(typed, found.values())
        meant = whole or set(found)
        if len(meant) == 1 and (whole or part):
            return self._by_id(meant.pop())
        shown = tuple(f"{one.name} {one.phone} {one.address} [{one.customer_id}]" for one in found.values())
        if len(meant) > 1:
            raise Invalid("customer.several", given=typed, found=shown)
        raise Invalid("customer.not_whole", given=typed, found=shown)

    def _whole(self, typed: str, found: Iterable[CallerMatch]) -> set[int]:
        """Those of whom a name, a number or a device's serial is exactly what was typed."""
        digits, number, name = digits_of(typed), phone_key(typed, self._shop.view), fold_name(typed)
        with self._shop.reading() as connection:
            devices = devices_of_serial(connection, self._shop.shop_id, typed, "")
        return {
            one.customer_id
            for one in found
            if fold_name(one.name) == name
            or (digits and digits_of(one.phone) == digits)
            or (number and phone_key(one.phone, self._shop.view) == number)
            or one.device_id in devices
        }

    def _by_id(self, customer_id: int) -> FileLine:
        with self._shop.reading() as connection:
            found = duplicates.lines(connection, self._shop.shop_id, [customer_id])
        if not found:
            raise NotFound("customer.nobody", given=str(customer_id))
        return found[0]


def _equal(connection: Connection, shop_id: int, kept_id: int, lost_id: int, table: str) -> int:
    """How many phones or addresses of the one the other has too."""
    mine, theirs = (
        [
            tuple(getattr(row, column) for column in SAME_BY[table])
            for row in merging.listed(connection, shop_id, one, table)
        ]
        for one in (kept_id, lost_id)
    )
    return sum(one in mine for one in theirs)


def _told_apart(own: tables.Customer) -> str:
    """A name with what tells its file from another of the same name."""
    return f"{own.name} [{own.id}]"


def _require_living(*files: FileLine | tables.Customer) -> None:
    for one in files:
        if one.state:
            raise Refused("merge.gone", name=one.name, state=one.state)
