"""The shop's own people: who sits here, who can be sent (A3, A7)."""

from collections.abc import Sequence

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.calendar import DAY
from aftersales_tui.domain.errors import Invalid, Refused
from aftersales_tui.domain.text import clean
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.lexicon.pinyin import initials, spellings
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import engineers
from aftersales_tui.views.act import Act
from aftersales_tui.views.people import StaffView
from aftersales_tui.views.tickets import Receipt

NAME_LIMIT = 120
WORD_LIMIT = 60
Week = Sequence[tuple[int, int, int]]
"""Weekly spans: weekday with Monday 0, and start and end as minutes of the day."""


def sounds(name: str) -> str:
    """What a name may be typed as: initials and spellings, blank between."""
    return " ".join(sorted(initials(name) | spellings(name)))


class People:
    """The verbs about staff."""

    def __init__(self, shop: Shop, me: StaffView) -> None:
        self._shop = shop
        self._me = me

    def me(self) -> StaffView:
        """The person at this seat."""
        return self._me

    def staff(self) -> tuple[StaffView, ...]:
        """Everybody who works here now."""
        with self._shop.reading() as connection:
            people = engineers.people(connection, self._shop.shop_id)
        return tuple(StaffView(one.staff_id, one.name, one.role) for one in people)

    def called(self, text: str) -> tuple[StaffView, ...]:
        """The engineers somebody may mean: by name, its beginning, pinyin or initials."""
        wanted = name_key(text)
        if not wanted:
            return ()
        with self._shop.reading() as connection:
            people = [
                one
                for one in engineers.people(connection, self._shop.shop_id)
                if one.role == engineers.ENGINEER
            ]
        exact = [one for one in people if wanted == one.name_key or wanted in one.initials.split()]
        near = [
            one
            for one in people
            if wanted in one.name_key or any(sound.startswith(wanted) for sound in one.initials.split())
        ]
        return tuple(StaffView(one.staff_id, one.name, one.role) for one in (exact or near))

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
            Invalid: ``person.no_name``; ``person.bad_shift`` for a span that runs backwards or leaves the week.
            Refused: ``person.name_taken``.
        """
        known_as = clean(name, NAME_LIMIT, "name")
        if not known_as:
            raise Invalid("person.no_name", field="name")
        _require_sound(week)

        def body(deed: Deed) -> None:
            if not namesake:
                self._require_other_name(deed, known_as)
            person_id = self._put(deed, known_as, role, phone)
            self._equip(deed, person_id, skills, zones, week)
            deed.subject = person_id
            deed.params = {"name": known_as, "role": role}

        return self._shop.perform(act, "hire", body)

    def _put(self, deed: Deed, name: str, role: str, phone: str) -> int:
        """Store the person himself with what he is found by; answers his id."""
        person = tables.Staff.made(
            shop_id=self._shop.shop_id,
            id=deed.new_id(),
            name=name,
            name_key=name_key(name),
            initials=sounds(name),
            role=role,
            phone=clean(phone, WORD_LIMIT, "phone"),
        )
        deed.put(person)
        return person.id

    def _require_other_name(self, deed: Deed, name: str) -> None:
        here = engineers.people(deed.connection, self._shop.shop_id)
        if any(one.name_key == name_key(name) for one in here):
            raise Refused("person.name_taken", name=name, field="name")

    def _equip(
        self, deed: Deed, staff_id: int, skills: Sequence[str], zones: Sequence[str], week: Week
    ) -> None:
        shop_id = self._shop.shop_id
        for skill in _words(skills, "skill"):
            deed.put(tables.StaffSkill.made(shop_id=shop_id, staff_id=staff_id, skill=skill))
        for zone in _words(zones, "zone"):
            deed.put(tables.StaffZone.made(shop_id=shop_id, staff_id=staff_id, zone=zone))
        for weekday, start, end in dict.fromkeys(week):
            deed.put(
                tables.Shift.made(
                    shop_id=shop_id, staff_id=staff_id, weekday=weekday, start_minute=start, end_minute=end
                )
            )


def _require_sound(week: Week) -> None:
    for weekday, start, end in week:
        if not (0 <= weekday < 7 and 0 <= start < end <= 2 * DAY and start < DAY):
            raise Invalid("person.bad_shift", weekday=weekday, start=start, end=end)


def _words(said: Sequence[str], field: str) -> list[str]:
    """Each word once, cleaned."""
    return list(filter(None, dict.fromkeys(clean(word, WORD_LIMIT, field) for word in said)))
