"""Sending engineers: the queue, one ticket whole, and assigning with a window (D1, D2)."""

from collections.abc import Sequence

from sqlalchemy import Connection

from aftersales_tui.desk.agenda import days_of, require_free
from aftersales_tui.desk.progress import REASSIGNED, advance, drop_contacts, end_visit, reckonings
from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.appointment import Window
from aftersales_tui.domain.calendar import FAR_FUTURE
from aftersales_tui.domain.errors import Invalid, Refused
from aftersales_tui.domain.intake import Field, require_dispatchable
from aftersales_tui.domain.staff import HEADS
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.ticket import Event, Status
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import engineers as roster
from aftersales_tui.store.queries import feed, people
from aftersales_tui.store.queries import ticket as stored
from aftersales_tui.views.act import Act
from aftersales_tui.views.staff import EngineerView
from aftersales_tui.views.tickets import (
    ClockView,
    Receipt,
    TicketView,
)

REASON_LIMIT = 500
MEMO_LIMIT = 4000


class Dispatch:
    """The verbs of whoever sends the engineers."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def by_number(self, number: int) -> int:
        """The id of the ticket people call by this number."""
        with self._shop.reading() as connection:
            return stored.ticket_by_number(connection, self._shop.shop_id, number)

    def ticket(self, ticket_id: int) -> TicketView:
        """One ticket with its clocks, visits, calls and time line.

        Raises:
            NotFound: ``ticket.not_found``.
        """
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            own = stored.ticket_columns(connection, shop_id, ticket_id)
            visits = stored.visits(connection, shop_id, ticket_id)
            current = next((visit for visit in visits if visit.visit_id == own["visit_id"]), None)
            due_at, reason = stored.next_contact(connection, shop_id, ticket_id)
            return TicketView(
                ticket_id=ticket_id,
                version=own["version"],
                number=own["number"],
                kind=own["kind"],
                channel=own["channel"],
                status=own["status"],
                received_at=own["received_at"],
                entered_at=own["entered_at"],
                urgent_at=None if own["urgent_at"] >= FAR_FUTURE else own["urgent_at"],
                customer_id=own["customer_id"] or 0,
                device_id=own["device_id"] or 0,
                repeat_of=own["repeat_of"] or 0,
                calls_count=own["calls"],
                answers={name.value: own[name.value] for name in Field}
                | {"memo": own["memo"], "for_whom": own["for_whom"]},
                to_verify=tuple(filter(None, own["to_verify"].split(","))),
                engineer=current.engineer if current else "",
                window_start=current.window_start if current else None,
                window_end=current.window_end if current else None,
                clocks=self._clocks(connection, ticket_id),
                visits=visits,
                calls=stored.calls(connection, shop_id, ticket_id),
                timeline=feed.timeline(connection, shop_id, ticket_id),
                contact_due_at=due_at,
                contact_reason=reason,
            )

    def _clocks(self, connection: Connection, ticket_id: int) -> tuple[ClockView, ...]:
        promises = stored.promises(connection, self._shop.shop_id, ticket_id)
        points = stored.intervals(connection, self._shop.shop_id, ticket_id)
        return tuple(
            ClockView(
                clock_id, r.rule, started, r.due_at, r.state, round(r.left.total_seconds()), r.stopped_at
            )
            for clock_id, started, r in reckonings(self._shop, promises, points, self._shop.clock())
        )

    def engineers(self, window: Window | None, ticket_id: int = 0) -> tuple[EngineerView, ...]:
        """The engineers with their jobs of the window's day and what speaks against the window (D2).

        Args:
            window: The wanted window; ``None`` lists them without a verdict.
            ticket_id: The ticket that would be sent out: its own visit is no clash.
        """
        now = self._shop.clock()
        probe = window or Window(now, now + self._shop.policy.dispatch.window)
        (found,) = self._engineers_in([probe], ticket_id)
        return found if window else tuple(one._replace(clashes=()) for one in found)

    def free(
        self, windows: Sequence[Window], ticket_id: int, most: int, wished: Sequence[Window] = ()
    ) -> tuple[tuple[Window, tuple[EngineerView, ...]], ...]:
        """The windows to offer: those wished, then the first of the others in which somebody is free (D2).

        Of those wished the ones in which somebody is free come first; the rest are offered too, for it is what the
        customer wants. Where nobody is ever free, the others are simply offered in their order.

        Args:
            windows: In the order in which they would be offered.
            ticket_id: The ticket that would be sent out: its own visit is no clash.
            most: Windows at most.
            wished: Those that the customer wishes, in order of time.
        """
        every = tuple(dict.fromkeys((*wished, *windows)))
        known = list(zip(every, self._engineers_in(every, ticket_id), strict=True)) if every else []
        first = sorted(known[: len(wished)], key=lambda one: not _somebody_free(one[1]))
        others = known[len(wished) :]
        some = [one for one in others if _somebody_free(one[1])]
        return tuple([*first, *(some or others)][:most])

    def _engineers_in(self, windows: Sequence[Window], ticket_id: int) -> list[tuple[EngineerView, ...]]:
        """The engineers as they stand in each of these windows."""
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            found = [one for one in people.working(connection, shop_id) if one.role == people.ENGINEER]
            skills, zones = roster.skills(connection, shop_id), roster.zones(connection, shop_id)
            days = days_of(self._shop, connection, [one.staff_id for one in found], windows)
        return [
            tuple(
                EngineerView(
                    engineer_id=one.staff_id,
                    name=one.name,
                    skills=skills.get(one.staff_id, ()),
                    zones=zones.get(one.staff_id, ()),
                    jobs=day[one.staff_id].visits,
                    clashes=day[one.staff_id].clashes(window, ticket_id),
                )
                for one in found
            )
            for window, day in zip(windows, days, strict=True)
        ]

    def assign(
        self, act: Act, ticket_id: int, version: int, engineer_id: int, window: Window, override: str = ""
    ) -> Receipt:
        """Send an engineer in a window (D2).

        Args:
            override: The reason for sending him in spite of a clash or a missing fact; stored with the visit.

        Raises:
            Refused: ``dispatch.not_ready`` (C2), ``dispatch.clash`` (D2), both may be overridden;
                ``dispatch.not_yours`` where only the head assigns; ``ticket.illegal_move``.
            Invalid: ``dispatch.not_an_engineer``; ``dispatch.window_over``.
            Stale: Somebody else has changed the ticket.
        """
        reason = clean(override, REASON_LIMIT, "override")
        return self._shop.perform(
            act, "assign", lambda deed: self._assign(deed, ticket_id, version, engineer_id, window, reason)
        )

    def _assign(
        self, deed: Deed, ticket_id: int, version: int, engineer_id: int, window: Window, reason: str
    ) -> None:
        own = deed.held(tables.Ticket, ticket_id, version)
        self._require_allowed(deed, window)
        engineer = deed.held(tables.Staff, engineer_id)
        if engineer.role != people.ENGINEER or not engineer.active:
            raise Invalid("dispatch.not_an_engineer", name=engineer.name)
        rules = self._shop.policy.dispatch
        to_verify = [fact for fact in own.to_verify.split(",") if fact in {one.value for one in rules.facts}]
        require_dispatchable(to_verify, rules.require_before_dispatch, reason)
        require_free(self._shop, deed, engineer, window, ticket_id, reason)
        advance(self._shop, deed, own, Event.ASSIGN)
        end_visit(deed, own, REASSIGNED, reason)
        self._plan_visit(deed, own, engineer_id, window, reason)
        drop_contacts(deed, own, "agreed")
        deed.params = _told(own, engineer, window, reason) | _lifted(deed, reason, to_verify)

    def _require_allowed(self, deed: Deed, window: Window) -> None:
        """Who may send people, and when: not into the past."""
        if self._shop.policy.dispatch.assign_by == "head":
            role = deed.get(tables.Staff, deed.act.staff_id).role
            if role not in HEADS:
                raise Refused("dispatch.not_yours", role=role)
        if window.end <= deed.at:
            raise Invalid("dispatch.window_over", field="window")

    def _plan_visit(
        self, deed: Deed, own: tables.Ticket, engineer_id: int, window: Window, reason: str
    ) -> None:
        visit = tables.Visit.made(
            shop_id=self._shop.shop_id,
            id=deed.new_id(),
            ticket_id=own.id,
            engineer_id=engineer_id,
            starts_at=window.start,
            ends_at=window.end,
            override_reason=reason,
        )
        deed.put(visit)
        own.visit_id = visit.id

    def reschedule(
        self, act: Act, ticket_id: int, version: int, window: Window, reason: str, override: str = ""
    ) -> Receipt:
        """Give the ticket's visit a new window, with the reason.

        Raises:
            Refused: ``dispatch.no_visit`` when none is planned; ``dispatch.under_way`` once work has begun;
                ``dispatch.clash``; ``dispatch.not_yours``.
            Invalid: ``dispatch.window_over``.
            Stale: Somebody else has changed the ticket.
        """
        why, lifted = clean(reason, REASON_LIMIT, "reason"), clean(override, REASON_LIMIT, "override")
        return self._shop.perform(
            act, "reschedule", lambda deed: self._reschedule(deed, ticket_id, version, window, why, lifted)
        )

    def _reschedule(
        self, deed: Deed, ticket_id: int, version: int, window: Window, why: str, lifted: str
    ) -> None:
        own = deed.held(tables.Ticket, ticket_id, version)
        if own.visit_id is None:
            raise Refused("dispatch.no_visit", number=own.number)
        if own.status == Status.WORKING:
            raise Refused("dispatch.under_way", number=own.number)
        self._require_allowed(deed, window)
        engineer = deed.held(tables.Staff, deed.get(tables.Visit, own.visit_id).engineer_id)
        visit = deed.held(tables.Visit, own.visit_id)
        require_free(self._shop, deed, engineer, window, ticket_id, lifted)
        visit.starts_at, visit.ends_at = window.start, window.end
        visit.override_reason = lifted or visit.override_reason
        deed.touch(own)
        deed.params = _told(own, engineer, window, why) | _lifted(deed, lifted)

    def memo(self, act: Act, ticket_id: int, text: str) -> Receipt:
        """Add a note to a ticket; it stands in the time line for good."""
        words = clean(text, MEMO_LIMIT, "memo", multiline=True)
        if not words:
            raise Invalid("memo.empty", field="memo")
        return self._shop.perform(act, "memo", lambda deed: self._memo(deed, ticket_id, words))

    def _memo(self, deed: Deed, ticket_id: int, words: str) -> None:
        own = deed.held(tables.Ticket, ticket_id)
        own.memo = "\n".join(filter(None, (own.memo, words)))
        deed.params = {"number": str(own.number), "words": words}


def _somebody_free(engineers: Sequence[EngineerView]) -> bool:
    return any(not engineer.clashes for engineer in engineers)


def _lifted(deed: Deed, reason: str, lacking: Sequence[str] = ()) -> dict[str, str]:
    """Who has lifted a rule, as what he worked here then, for which reason, and what was not known (C2, D2).

    The role is stored, for people come to do other work; enforced rights are a later matter.
    """
    if not reason:
        return {}
    me = deed.get(tables.Staff, deed.act.staff_id)
    return {"override": reason, "by": me.name, "by_role": me.role, "lacking": ",".join(lacking)}


def _told(own: tables.Ticket, engineer: tables.Staff, window: Window, reason: str) -> dict[str, str]:
    return {
        "number": str(own.number),
        "engineer": engineer.name,
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "reason": reason,
    }
