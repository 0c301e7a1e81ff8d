"""Finding anything: customers, devices, tickets, calls and notes at once (``/``; C3)."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import NotFound
from aftersales_tui.lexicon.grams import LONGEST_QUERY, asked, load_scripts
from aftersales_tui.lexicon.keys import Probe, TicketNumber, next_prefix, probes
from aftersales_tui.lexicon.search_words import FILE, load_search_words
from aftersales_tui.paths import data_dir
from aftersales_tui.store.kinds import KINDS
from aftersales_tui.store.queries import callers, search
from aftersales_tui.store.queries import ticket as stored
from aftersales_tui.views.search import Found, FoundGroup, FoundRow

IN_A_GROUP = 8
"""Rows of each group while nobody has narrowed the search to one."""
MOST = 40
"""So many are counted; what is more is shown as ``40+``, for counting all would take longer than reading them."""
SOUNDS = ("i:", "y:")
"""Caller keys of initials and pinyin."""


class Search:
    """The verbs of whoever looks for something."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._words = load_search_words(data_dir() / "words" / FILE)

    def warm(self) -> None:
        """Load the tables of both scripts ahead of the first look; may run in a thread."""
        load_scripts()

    def find(self, query: str, kind: str = "", limit: int = 0) -> Found:
        """Look for words in everything, the newest first; customers by their last call.

        Where more than 300 customers may hold the words, those are in the order in which their files were made, the
        newest first: to know who of them called last, each would have to be read.

        All words must be in a record, in any script and width, a number in any written form; letters may also be
        pinyin or initials of a customer's name. ``ticket:`` and the like, in any language, narrow to one group.

        Args:
            query: As typed.
            kind: Narrows to one group, as if it were written in the query.
            limit: Rows of a group; 0 for a few of each group, or forty of one.
        """
        named, rest = self._words.narrowed(query[:LONGEST_QUERY])
        only = kind or named
        with self._shop.reading() as connection:
            wanted = _Wanted(self._shop, connection, rest)
            kinds = (only,) if only else KINDS
            asked_of = (wanted.group(one, limit or (MOST if only else IN_A_GROUP)) for one in kinds)
            found = tuple(group for group in asked_of if group.rows)
            return Found(only, rest, found, "" if found else self._words.unknown(query))

    def more(self, query: str, kind: str, before: int, limit: int = MOST) -> tuple[FoundRow, ...]:
        """The next rows of a group.

        Args:
            query: As typed.
            kind: Of the group.
            before: The id of the last row that is known.
            limit: So many at most.
        """
        _, rest = self._words.narrowed(query[:LONGEST_QUERY])
        with self._shop.reading() as connection:
            return _Wanted(self._shop, connection, rest).after(kind, before, limit)


class _Wanted:
    """One query, put to the groups one after the other."""

    def __init__(self, shop: Shop, connection: Connection, query: str) -> None:
        self._shop_id = shop.shop_id
        self._connection = connection
        self._words = asked(query, shop.view.country)
        self._probes = probes(query) if query.strip() else ()
        self._sounding = dict[int, list[int]]()
        self._listen()

    def group(self, kind: str, limit: int) -> FoundGroup:
        """What there is of a kind."""
        ids, _ = self._ordered(kind) if kind == "customer" else self._newest(kind)
        found = self._with_others(kind, ids)
        rows = search.rows(self._connection, self._shop_id, kind, found[: min(limit, MOST)])
        return FoundGroup(kind, rows, min(len(found), MOST), len(found) > MOST)

    def after(self, kind: str, known: int, limit: int) -> tuple[FoundRow, ...]:
        """The rows behind one that is known, in the same order, none of them twice."""
        ids, whole = self._ordered(kind)
        if whole:
            found = self._with_others(kind, ids)
            behind = found[found.index(known) + 1 :] if known in found else []
        else:
            shown = {*self._by_number()} if kind == "ticket" else set[int]()
            further = search.matching(self._connection, self._shop_id, kind, self._words, limit, known)
            behind = [one for one in further if one not in shown]
        return search.rows(self._connection, self._shop_id, kind, behind[:limit])

    def _newest(self, kind: str) -> tuple[list[int], bool]:
        """The newest that hold the words, one more than are counted; whether these are all."""
        ids = search.matching(self._connection, self._shop_id, kind, self._words, MOST + 1)
        return ids, len(ids) <= MOST

    def _ordered(self, kind: str) -> tuple[list[int], bool]:
        """All that hold the words, customers by their last call; only the newest where they are too many."""
        ids, whole = self._newest(kind)
        if not whole and search.can_be_ordered(self._connection, self._shop_id, kind, self._words):
            ids = search.matching(self._connection, self._shop_id, kind, self._words, search.IN_ORDER)
            whole = True
        return (self._called(ids) if kind == "customer" and whole else ids), whole

    def _called(self, customers: Sequence[int]) -> list[int]:
        return search.by_last_call(self._connection, self._shop_id, customers)

    def _with_others(self, kind: str, ids: Sequence[int]) -> list[int]:
        """With the one of this very number before them, and behind them who is only called alike."""
        alike = sorted(self._by_sound(kind), reverse=True)
        first = self._by_number() if kind == "ticket" else ()
        if kind == "customer":
            alike = self._called(alike[: search.IN_ORDER])
        return [*dict.fromkeys((*first, *ids, *alike))]

    def _listen(self) -> None:
        """Who sounds like the letters that were typed: all of them as one name, or each word by itself."""
        whole = self._sound(self._probes)
        if whole:
            self._sounding[-1] = whole
            return
        for place, word in enumerate(self._words if len(self._words) > 1 else ()):
            # Han words by themselves are looked for as they stand: half the town sounds like one of them.
            if word[0].isascii() and word[0].isalpha() and (found := self._sound(probes(word[0]))):
                self._sounding[place] = found

    def _sound(self, asked_of: Sequence[Probe | TicketNumber]) -> list[int]:
        found = dict[int, None]()
        for probe in asked_of:
            if isinstance(probe, Probe) and probe.prefix.startswith(SOUNDS):
                low, high = probe.prefix, next_prefix(probe.prefix)
                hits = callers.hits(self._connection, self._shop_id, low, high, "", exact_first=False)
                found |= {hit.customer_id: None for hit, _ in hits}
        return list(found)

    def _by_sound(self, kind: str) -> Iterator[int]:
        """Customers of such a name, and their tickets, that hold the other words."""
        for place, customers in self._sounding.items():
            rest = tuple(word for at, word in enumerate(self._words) if place not in (-1, at))
            if kind == "customer":
                yield from search.holding(self._connection, self._shop_id, kind, rest, customers)
            elif kind == "ticket" and rest:
                tickets = search.tickets_of(self._connection, self._shop_id, customers)
                yield from search.holding(self._connection, self._shop_id, kind, rest, sorted(tickets)[-500:])

    def _by_number(self) -> Iterator[int]:
        """The one ticket of this very number."""
        for probe in self._probes:
            if isinstance(probe, TicketNumber):
                try:
                    yield stored.ticket_by_number(self._connection, self._shop_id, probe.number)
                except NotFound:
                    return
