"""The shop's own people: who sits here, who can be sent (A3)."""

from aftersales_tui.desk.shop import Shop
from aftersales_tui.domain.errors import NotFound, Refused
from aftersales_tui.domain.staff import meant
from aftersales_tui.lexicon.keys import name_key
from aftersales_tui.store.deed import Deed
from aftersales_tui.store.queries import people
from aftersales_tui.views.act import Act, StaffView
from aftersales_tui.views.tickets import Receipt


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
            own = people.one(connection, self._shop.shop_id, self._me.staff_id)
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
            own = people.one(connection, self._shop.shop_id, staff_id)
        if own is None:
            raise NotFound("record.not_found", table="staff", id=staff_id)
        if not own.active:
            raise Refused("person.has_left", name=own.name)
        return StaffView(own.id, own.name, own.role)

    def staff(self) -> tuple[StaffView, ...]:
        """Everybody who works here now."""
        with self._shop.reading() as connection:
            found = people.working(connection, self._shop.shop_id)
        return tuple(StaffView(one.staff_id, one.name, one.role) for one in found)

    def called(self, text: str) -> tuple[StaffView, ...]:
        """The engineers somebody may mean: by name, its beginning, pinyin or initials."""
        wanted = name_key(text)
        if not wanted:
            return ()
        with self._shop.reading() as connection:
            found = people.working(connection, self._shop.shop_id)
        sent = [one for one in found if one.role == people.ENGINEER]
        return tuple(StaffView(one.staff_id, one.name, one.role) for one in meant(sent, wanted))
