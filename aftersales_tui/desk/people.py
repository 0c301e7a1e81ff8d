"""The shop's own people: who sits here, who can be sent, who is new (A3, A7)."""

from collections.abc import Sequence

from aftersales_tui.desk.shop import Shop
from aftersales_tui.desk.staff_fields import LIMITS, kept_words, replace_week, replace_words
from aftersales_tui.desk.staff_rules import require_other_name
from aftersales_tui.domain.errors import Invalid, NotFound, Refused
from aftersales_tui.domain.staff import ROLES, meant
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.week import checked
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.lexicon.pinyin import initials, spellings
from aftersales_tui.store import tables
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import engineers, staff
from aftersales_tui.views.act import Act
from aftersales_tui.views.people import StaffView
from aftersales_tui.views.staff import Seatable
from aftersales_tui.views.tickets import Receipt

NAME_LIMIT = LIMITS["name"]
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

    def know_me_again(self) -> StaffView:
        """The person at this seat as he is called now: another seat may have changed his name or role."""
        with self._shop.reading() as connection:
            own = staff.one(connection, self._shop.shop_id, self._me.staff_id)
        if own is not None:
            self._me = StaffView(own.id, own.name, own.role)
        return self._me

    def sit_down(self, act: Act, staff_id: int) -> Receipt:
        """Somebody else sits at this seat from now on; the deed is told as his.

        Args:
            act: Of whoever sat here before.

        Raises:
            NotFound: ``record.not_found``.
            Refused: ``person.has_left``.
        """
        former, seated = self._me, self._who(staff_id)

        def body(deed: Deed) -> None:
            # It belongs to no record: nobody's card was changed by it, and no undo is to stumble over it.
            deed.params = {"name": seated.name, "former": former.name}

        receipt = self._shop.perform(
            Act(seated.staff_id, act.seat, act.write_id, act.happened_at), "sit_down", body
        )
        self._me = seated
        return receipt

    def _who(self, staff_id: int) -> StaffView:
        with self._shop.reading() as connection:
            own = staff.one(connection, self._shop.shop_id, staff_id)
        if own is None:
            raise NotFound("record.not_found", table="staff", id=staff_id)
        if not own.active:
            raise Refused("person.has_left", name=own.name)
        return StaffView(own.id, own.name, own.role)

    def staff(self) -> tuple[StaffView, ...]:
        """Everybody who works here now."""
        with self._shop.reading() as connection:
            people = engineers.people(connection, self._shop.shop_id)
        return tuple(StaffView(one.staff_id, one.name, one.role) for one in people)

    def seatable(self) -> tuple[Seatable, ...]:
        """Everybody who may sit down here, with what he is found by."""
        with self._shop.reading() as connection:
            people = [one for one in staff.everybody(connection, self._shop.shop_id) if one.active]
        places = {role.value: place for place, role in enumerate(ROLES)}
        return tuple(
            Seatable(one.staff_id, one.name, one.role, one.phone, one.name_key, one.initials)
            for one in sorted(people, key=lambda one: (places.get(one.role, len(places)), one.name))
        )

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
        return tuple(StaffView(one.staff_id, one.name, one.role) for one in meant(people, wanted))

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
        known_as = clean(name, NAME_LIMIT, "person_name")
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
