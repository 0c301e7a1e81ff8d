"""The handover book 交接班簿: what one shift leaves to the next, taken over by name (A1)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from aftersales_tui.desk.shop import Shop
from aftersales_tui.desk.waiting import colleagues, marks
from aftersales_tui.domain.calendar import wall_instant
from aftersales_tui.domain.errors import Invalid, Refused
from aftersales_tui.domain.text import clean
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import feed, handover, messages
from aftersales_tui.views.act import Act, StaffView
from aftersales_tui.views.floor import ChangedRow, Handover, NoteRow
from aftersales_tui.views.tickets import Receipt

TEXT_LIMIT = 2000
NAME_LIMIT = 120
MOST = 100
"""Lines of one part of the book; a shift that leaves more has other troubles."""
MOST_CHANGES = 500
"""Entries of others that are looked through for what has changed."""


class HandoverBook:
    """The verbs of whoever leaves a shift and of whoever begins one."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def book(self, me: StaffView) -> Handover:
        """The book as it lies open before somebody: what is open, and what has changed while he was away."""
        shop, shop_id, now = self._shop, self._shop.shop_id, self._shop.clock()
        rules, until = shop.policy.handover, self._until(now)
        with shop.reading() as connection:
            seq = feed.latest(connection, shop_id)
            left, taken = marks(shop, connection, me)
            since = max(mark.seq if mark else 0 for mark in (left, taken))
            notes = handover.open_notes(connection, shop_id, MOST)
            found = handover.changes(connection, shop_id, me.staff_id, since, seq, MOST_CHANGES + 1)
            return Handover(
                seq=seq,
                away_since=left.at if left else None,
                taken_at=taken.at if taken and (left is None or taken.seq >= left.seq) else None,
                notes=(
                    *notes,
                    *handover.taken_notes(connection, shop_id, now - rules.notes_kept, MOST),
                ),
                to_take=len(self._for(connection, me.staff_id, notes)),
                contacts=tuple(handover.contacts_until(connection, shop_id, until, MOST)),
                sale_promises=tuple(handover.sale_promises(connection, shop_id, until, MOST)),
                visits=tuple(handover.visits_until(connection, shop_id, until, MOST)),
                messages=messages.page(connection, shop_id, "", MOST).rows,
                changes=_grouped(found[:MOST_CHANGES]),
                changes_cut=len(found) > MOST_CHANGES,
            )

    def note(self, act: Act, text: str, for_whom: str = "", ticket_id: int = 0) -> Receipt:
        """Write a note for the next shift.

        Args:
            for_whom: Whom it is for; empty for whoever comes.
            ticket_id: The ticket it is about; 0 for none.

        Raises:
            Invalid: ``handover.empty``, or a text that cannot be stored.
            NotFound: ``record.not_found`` for a ticket there is not.
        """
        told, whom = clean(text, TEXT_LIMIT, "text"), clean(for_whom, NAME_LIMIT, "for_whom")
        if not told:
            raise Invalid("handover.empty", field="text")

        def body(deed: Deed) -> None:
            note = tables.HandoverNote.made(
                shop_id=self._shop.shop_id,
                id=deed.new_id(),
                text=told,
                written_by=deed.act.staff_id,
                written_at=deed.at,
                for_whom=whom,
                ticket_id=ticket_id or None,
            )
            about = deed.get(tables.Ticket, ticket_id) if ticket_id else None
            deed.put(note)
            deed.subject = about.id if about else note.id
            deed.params = {"name": whom, "words": told}
            if about:
                deed.params["number"] = str(about.number)

        return self._shop.perform(act, "handover_note", body)

    def take(self, act: Act, seen: int = 0) -> Receipt:
        """Take the shift over by name: the open notes are one's own from now on.

        A note for a colleague by name stays open until he himself takes it over.

        Args:
            seen: The feed as the page showed it (``Handover.seq``); 0 for as it is now.
        """

        def body(deed: Deed) -> None:
            shop_id = self._shop.shop_id
            me = deed.get(tables.Staff, deed.act.staff_id)
            latest = feed.latest(deed.connection, shop_id)
            taken = 0
            lying = handover.open_notes(deed.connection, shop_id, MOST)
            for found in self._for(deed.connection, me.id, lying):
                note = deed.held(tables.HandoverNote, found.note_id)
                # Two who take over at once: the second waits for the lock, and then finds it taken.
                if note.taken_at is None:
                    note.taken_by, note.taken_at = me.id, deed.at
                    taken += 1
            takeover = tables.Takeover.made(
                shop_id=shop_id,
                id=deed.new_id(),
                staff_id=me.id,
                taken_at=deed.at,
                seq=min(seen or latest, latest),
            )
            deed.put(takeover)
            deed.subject, deed.params = takeover.id, {"name": me.name, "n": str(taken)}

        return self._shop.perform(act, "handover_take", body)

    def take_note(self, act: Act, note_id: int, version: int) -> Receipt:
        """Take one note over, also one that was meant for somebody else.

        Raises:
            Refused: ``handover.taken`` by somebody already.
            Stale: Somebody else has changed it.
            NotFound: ``record.not_found``.
        """

        def body(deed: Deed) -> None:
            note = deed.held(tables.HandoverNote, note_id)
            if note.taken_by is not None:
                raise Refused("handover.taken", by=deed.get(tables.Staff, note.taken_by).name)
            deed.held(tables.HandoverNote, note_id, version)
            me = deed.get(tables.Staff, deed.act.staff_id)
            note.taken_by, note.taken_at = me.id, deed.at
            deed.subject, deed.params = note.id, {"name": me.name, "words": note.text}

        return self._shop.perform(act, "handover_take_note", body)

    def _until(self, now: datetime) -> datetime:
        """The end of the days that are handed over."""
        zone, ahead = self._shop.zone, self._shop.policy.handover.ahead
        return wall_instant(now.astimezone(zone).date() + timedelta(days=ahead), 0, zone)

    def _for(self, connection: Connection, staff_id: int, notes: Sequence[NoteRow]) -> list[NoteRow]:
        """The notes that somebody takes over: all but those for another person who works here, by his name."""
        others = colleagues(self._shop, connection, staff_id)
        return [note for note in notes if name_key(note.for_whom) not in others]


def _grouped(found: list[handover.Change]) -> tuple[ChangedRow, ...]:
    """Entries by the record they belong to, the one touched last first."""
    by_subject: dict[int, list[handover.Change]] = {}
    for one in found:
        by_subject.setdefault(one.subject, []).append(one)
    return tuple(
        ChangedRow(subject, *group[0][2:], tuple(one.row for one in group))
        for subject, group in by_subject.items()
    )
