"""The roster: everybody's card, weekly shifts and time off, and who works here at all (A3, A7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from aftersales_tui.desk.shop import Shop
from aftersales_tui.desk.staff_fields import LIMITS, changed_words, kept_words, replace_week, replace_words
from aftersales_tui.desk.staff_rules import (
    require_no_visits,
    require_no_visits_in,
    require_other_name,
    require_others,
)
from aftersales_tui.domain.appointment import WeeklyShifts, Window, shift_windows
from aftersales_tui.domain.calendar import DAY, wall_instant
from aftersales_tui.domain.errors import Invalid, NotFound, Refused
from aftersales_tui.domain.staff import ROLES, SENT, meant
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.week import checked
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.lexicon.pinyin import sounds
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import diary, engineers, feed, people
from aftersales_tui.views.act import Act
from aftersales_tui.views.staff import PersonCard, PersonRow, Record, Seatable
from aftersales_tui.views.tickets import Receipt

REASON_LIMIT = 500
Week = Sequence[tuple[int, int, int]]
"""Weekly spans: weekday with Monday 0, and start and end as minutes of the day."""


class Roster:
    """The verbs of whoever keeps the list of people."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def seatable(self) -> tuple[Seatable, ...]:
        """Everybody who may sit down here, with what he is found by."""
        with self._shop.reading() as connection:
            found = [one for one in people.everybody(connection, self._shop.shop_id) if one.active]
        places = {role.value: place for place, role in enumerate(ROLES)}
        return tuple(
            Seatable(one.staff_id, one.name, one.role, one.phone, one.name_key, one.initials)
            for one in sorted(found, key=lambda one: (places.get(one.role, len(places)), one.name))
        )

    def people(self, *, left: bool = False) -> tuple[PersonRow, ...]:
        """Everybody with his day, by role and name; with those who have left, ``left``, behind them."""
        shop_id, start, end = self._shop.shop_id, *self._today()
        with self._shop.reading() as connection:
            known = [one for one in people.everybody(connection, shop_id) if one.active or left]
            ids = [one.staff_id for one in known]
            skills, zones = engineers.skills(connection, shop_id), engineers.zones(connection, shop_id)
            weekly = engineers.shifts(connection, shop_id, ids)
            off = diary.time_off(connection, shop_id, ids, start)
        rows = (
            PersonRow(
                one.staff_id,
                one.version,
                one.name,
                one.role,
                one.phone,
                skills.get(one.staff_id, ()),
                zones.get(one.staff_id, ()),
                one.staff_id in weekly,
                self._worked(weekly.get(one.staff_id, {}), start),
                next((some for some in off.get(one.staff_id, ()) if some.start < end), None),
                bool(one.active),
            )
            for one in known
        )
        places = {role.value: place for place, role in enumerate(ROLES)}
        return tuple(sorted(rows, key=lambda row: (not row.active, places.get(row.role, 99), row.name)))

    def hire(
        self,
        act: Act,
        name: str,
        role: str,
        *,
        phone: str = "",
        skills: Sequence[str] = (),
        zones: Sequence[str] = (),
        week: Week = (),
        namesake: bool = True,
    ) -> Receipt:
        """Add a person to the shop with what he can mend, where, and when he works.

        Args:
            namesake: Whether somebody of that name may work here already; a list that is taken over may have two.

        Raises:
            Invalid: ``person.no_name``; ``person.bad_shift`` for a span that runs backwards or leaves the week;
                ``person.shifts_overlap``; ``person.no_role``.
            Refused: ``person.name_taken``.
        """
        known_as = clean(name, LIMITS["name"], "person_name")
        if not known_as:
            raise Invalid("person.no_name", field="name")
        if role not in set(ROLES):
            raise Invalid("person.no_role", given=role[:40], roles=ROLES, field="role")
        number, spans = clean(phone, LIMITS["phone"], "person_phone"), checked(week)
        lists = {"skills": kept_words(skills, "person_skill"), "zones": kept_words(zones, "person_zone")}

        def body(deed: Deed) -> None:
            if not namesake:
                require_other_name(self._shop, deed, name_key(known_as))
            person_id = self._put(deed, known_as, role, number)
            replace_words(deed, person_id, lists)
            replace_week(deed, person_id, spans)
            deed.subject = person_id
            deed.params = {"name": known_as, "role": role}

        return self._shop.perform(act, "hire", body)

    def _today(self) -> tuple[datetime, datetime]:
        today = self._shop.clock().astimezone(self._shop.zone).date()
        return wall_instant(today, 0, self._shop.zone), wall_instant(today, DAY, self._shop.zone)

    def _worked(self, weekly: WeeklyShifts, midnight: datetime) -> tuple[Window, ...]:
        """The shifts of a day; what began the evening before and is not over counts."""
        yesterday = midnight.astimezone(self._shop.zone).date() - timedelta(days=1)
        laid = shift_windows(weekly, yesterday, 2, self._shop.zone)
        return tuple(shift for shift in laid if shift.end > midnight)

    def card(self, staff_id: int) -> PersonCard:
        """A person whole.

        Raises:
            NotFound: ``record.not_found``.
        """
        shop_id = self._shop.shop_id
        with self._shop.reading() as connection:
            own = people.one(connection, shop_id, staff_id)
            if own is None:
                raise NotFound("record.not_found", table="staff", id=staff_id)
            weekly = engineers.shifts(connection, shop_id, [staff_id]).get(staff_id, {})
            off = diary.time_off(connection, shop_id, [staff_id], self._shop.clock())
            return PersonCard(
                staff_id,
                own.version,
                own.name,
                own.role,
                own.phone,
                engineers.skills(connection, shop_id).get(staff_id, ()),
                engineers.zones(connection, shop_id).get(staff_id, ()),
                tuple(sorted((day, *span) for day, spans in weekly.items() for span in spans)),
                own.in_trade_since,
                own.schooling,
                own.trainings,
                own.note,
                bool(own.active),
                tuple(off.get(staff_id, ())),
                diary.planned(connection, shop_id, staff_id),
                feed.timeline(connection, shop_id, staff_id),
            )

    def edit(self, act: Act, staff_id: int, version: int | None, record: Record) -> Receipt:
        """Change what stands on a card; what is the same already is not told.

        Args:
            version: What the card showed; ``None`` for whoever has seen none, as the shell.

        Raises:
            Invalid: ``person.no_name``, ``person.no_role``, ``person.bad_shift``, ``person.shifts_overlap``,
                ``text.too_long``, ``person.nothing_changed``.
            Refused: ``person.name_taken``; ``person.has_visits`` for an engineer who is to be something else.
            Stale: Somebody else has changed the card.
            NotFound: ``record.not_found``.
        """
        texts = {field: clean(text, LIMITS[field], f"person_{field}") for field, text in record.texts.items()}
        if not texts.get("name", " "):
            raise Invalid("person.no_name", field="name")
        if texts.get("role", ROLES[0]) not in set(ROLES):
            raise Invalid("person.no_role", given=texts["role"], roles=ROLES, field="role")
        week = None if record.week is None else checked(record.week)
        lists = {
            "skills": None if record.skills is None else kept_words(record.skills, "person_skill"),
            "zones": None if record.zones is None else kept_words(record.zones, "person_zone"),
        }

        def body(deed: Deed) -> None:
            person = deed.held(tables.Staff, staff_id, version)
            deed.subject, deed.params = person.id, {"name": person.name}
            told = self._write_texts(deed, person, texts)
            if record.in_trade_since not in (None, person.in_trade_since):
                person.in_trade_since = record.in_trade_since or 0
                told["in_trade_since"] = str(person.in_trade_since or "")
            told |= replace_words(deed, person.id, lists)
            told |= replace_week(deed, person.id, week)
            if not told:
                raise Invalid("person.nothing_changed", name=person.name)
            deed.touch(person)
            deed.params |= changed_words(told)

        return self._shop.perform(act, "edit_person", body)

    def _write_texts(self, deed: Deed, person: tables.Staff, texts: dict[str, str]) -> dict[str, str]:
        """Write what differs; a name brings along what it is found by."""
        told = {field: text for field, text in texts.items() if getattr(person, field) != text}
        if "name" in told:
            key = name_key(told["name"])
            require_other_name(self._shop, deed, key, but=person.id)
            person.name_key, person.initials = key, sounds(told["name"])
        if person.role in SENT and told.get("role", person.role) not in SENT:
            require_no_visits(self._shop, deed, person)
        for field, text in told.items():
            setattr(person, field, text)
        return told

    def time_off(
        self, act: Act, staff_id: int, version: int | None, window: Window, reason: str, override: str = ""
    ) -> Receipt:
        """Give somebody time off.

        Args:
            override: Why in spite of the visits that lie in it; stored with the deed.

        Raises:
            Refused: ``person.visits_in_time_off`` with the visits, may be overridden; ``person.has_left``.
            Invalid: ``person.off_already`` when he is off all that time anyway.
            Stale: Somebody else has changed the card.
        """
        why, lifted = (
            clean(reason, REASON_LIMIT, "person_reason"),
            clean(override, REASON_LIMIT, "person_reason"),
        )

        def body(deed: Deed) -> None:
            person = deed.held(tables.Staff, staff_id, version)
            deed.subject, deed.params = person.id, _told(person, window, why, lifted)
            _require_here(person)
            known = diary.time_off(deed.connection, self._shop.shop_id, [person.id], window.start)
            if any(one.start <= window.start and window.end <= one.end for one in known.get(person.id, ())):
                raise Invalid("person.off_already", name=person.name, field="off")
            if not lifted:
                require_no_visits_in(self._shop, deed, person, window)
            absence: Any = tables.Absence.made(
                shop_id=self._shop.shop_id,
                id=deed.new_id(),
                staff_id=person.id,
                starts_at=window.start,
                ends_at=window.end,
                reason=why,
            )
            deed.put(absence)
            deed.touch(person)

        return self._shop.perform(act, "time_off", body)

    def cancel_time_off(self, act: Act, absence_id: int, version: int | None = None) -> Receipt:
        """Take time off away again: he works after all.

        Raises:
            NotFound: ``record.not_found``.
            Stale: Somebody else has changed his card.
        """

        def body(deed: Deed) -> None:
            person = deed.held(tables.Staff, deed.get(tables.Absence, absence_id).staff_id, version)
            absence = deed.held(tables.Absence, absence_id)
            window = Window(absence.starts_at, absence.ends_at)
            deed.subject, deed.params = person.id, _told(person, window)
            deed.remove(absence)
            deed.touch(person)

        return self._shop.perform(act, "cancel_time_off", body)

    def leave(self, act: Act, staff_id: int, version: int | None = None) -> Receipt:
        """Somebody works here no longer; what he did keeps his name.

        Raises:
            Refused: ``person.has_visits`` with the tickets; ``person.sits_here`` for oneself; ``person.has_left``;
                ``person.last`` for the last one who can run the desk.
            Stale: Somebody else has changed the card.
        """

        def body(deed: Deed) -> None:
            person = deed.held(tables.Staff, staff_id, version)
            deed.subject, deed.params = person.id, {"name": person.name}
            _require_here(person)
            if person.id == act.staff_id:
                raise Refused("person.sits_here", name=person.name)
            require_no_visits(self._shop, deed, person)
            require_others(self._shop, deed, person)
            person.active = 0

        return self._shop.perform(act, "leave", body)

    def come_back(self, act: Act, staff_id: int, version: int | None = None) -> Receipt:
        """Somebody who had left works here again.

        Raises:
            Refused: ``person.is_here``; ``person.name_taken`` by somebody who came meanwhile.
            Stale: Somebody else has changed the card.
        """

        def body(deed: Deed) -> None:
            person = deed.held(tables.Staff, staff_id, version)
            deed.subject, deed.params = person.id, {"name": person.name}
            if person.active:
                raise Refused("person.is_here", name=person.name)
            require_other_name(self._shop, deed, person.name_key, but=person.id)
            person.active = 1

        return self._shop.perform(act, "come_back", body)

    def named(self, text: str, *, left: bool = False) -> PersonRow:
        """The one person somebody means by a name, its beginning, pinyin or initials.

        Raises:
            NotFound: ``person.nobody``.
            Invalid: ``person.which`` with the names when it may be several.
        """
        with self._shop.reading() as connection:
            known = [one for one in people.everybody(connection, self._shop.shop_id) if one.active or left]
        found = meant(known, name_key(text))
        if not found:
            raise NotFound("person.nobody", given=text[:40])
        if len(found) > 1:
            raise Invalid("person.which", given=text[:40], names=_names(found))
        return next(row for row in self.people(left=left) if row.staff_id == found[0].staff_id)

    def _put(self, deed: Deed, name: str, role: str, phone: str) -> int:
        """Store the person himself with what he is found by; answers his id."""
        person = tables.Staff.made(
            shop_id=self._shop.shop_id,
            id=deed.new_id(),
            name=name,
            name_key=name_key(name),
            initials=sounds(name),
            role=role,
            phone=phone,
        )
        return deed.put(person).id


def _names(found: Sequence[people.Known]) -> tuple[str, ...]:
    return tuple(one.name for one in found)


def _require_here(person: tables.Staff) -> None:
    if not person.active:
        raise Refused("person.has_left", name=person.name)


def _told(person: tables.Staff, window: Window, reason: str = "", override: str = "") -> dict[str, str]:
    told = {
        "name": person.name,
        "off_from": window.start.isoformat(),
        "off_until": window.end.isoformat(),
    }
    return told | {name: text for name, text in (("reason", reason), ("override", override)) if text}
