"""A call written down in one line: a phone number and what is wrong (``+ 13800138000 no cooling``)."""

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from aftersales_tui.desk.caller_files import phone_key
from aftersales_tui.domain.errors import Invalid, Refused
from aftersales_tui.domain.intake import CallSheet, Field
from aftersales_tui.views.act import Act, ShopView
from aftersales_tui.views.callers import OpenTicket
from aftersales_tui.views.tickets import Receipt

if TYPE_CHECKING:
    from aftersales_tui.desk.desk import Desk

KIND = "repair"
CHANNEL = "phone"
LATELY_REPAIRED = "same_fault"
"""Why a ticket is shown that is no longer open."""
_NAMED = re.compile(r"(?:T-?)?(\d+)\b[\s,:;，：；。]*", re.ASCII | re.IGNORECASE)


def behind_the_sign(said: str, view: ShopView) -> str:
    """The number in ``+13800138000``, where the plus is the verb's and may be the number's as well.

    It is the verb's alone where the digits are a number of the shop's country as they stand, without its code.
    """
    bare = said.lstrip("+ ")
    as_it_stands, abroad = phone_key(bare, view), phone_key(f"+{bare}", view)
    own = as_it_stands.startswith("+") and as_it_stands != abroad and bare.isdigit()
    return bare if own else said


class ShortCalls:
    """Takes calls without the form."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def number(self, said: str) -> str:
        """The number as it is dialled, its country code with it.

        Raises:
            Invalid: ``phone.no_digits``.
        """
        if not any(letter.isdigit() for letter in said):
            raise Invalid("phone.no_digits", field="phone")
        return said

    def take(self, act: Act, said: str, fault: str, in_spite: str = "") -> Receipt:
        """Save a call as a ticket in the queue; a known caller brings his name, address and only device.

        Args:
            act: Its ``write_id`` is the call's id; it tells when the call came, where that was not now.
            said: The phone number.
            fault: What is wrong.
            in_spite: Why it is a ticket of its own although the caller has an open one, or had a repair lately; the
                number of that repair, first of all, links the ticket to it as its repeat.

        Raises:
            Refused: ``call.same_open`` when the caller has an open ticket, ``call.repeat`` when he had a repair within
                the policy's days (C10); both may be overridden.
            Invalid: ``phone.no_digits``, and what ``Intake.save`` raises.
        """
        sheet = self.sheet(act.write_id, said, fault, in_spite, act.happened_at)
        self.require_new(sheet, in_spite)
        return self._desk.intake.save(act, self._linked(sheet))

    def require_new(self, sheet: CallSheet, in_spite: str) -> None:
        """Make sure that no ticket of the caller stands open or was lately solved, or that somebody has a reason (C10).

        Raises:
            Refused: ``call.same_open`` (number); ``call.repeat`` (number, what).
        """
        if in_spite:
            return
        same = self._desk.intake.same(sheet)
        found: OpenTicket | None = next((one for one in same if one.why != LATELY_REPAIRED), None)
        if found is not None:
            raise Refused("call.same_open", number=found.number, overridable=True)
        if same:
            what = " ".join(filter(None, (same[0].product, same[0].fault)))
            raise Refused("call.repeat", number=same[0].number, what=what, overridable=True)

    def _linked(self, sheet: CallSheet) -> CallSheet:
        """The sheet as a repeat of the repair whose number its memo begins with; as it is without one."""
        named = _NAMED.match(sheet.memo)
        if named is None:
            return sheet
        for one in self._desk.intake.same(sheet):
            if one.why == LATELY_REPAIRED and one.number == int(named[1]):
                return replace(sheet, repeats=one.ticket_id, memo=sheet.memo[named.end() :])
        return sheet

    def sheet(
        self, call_id: int, said: str, fault: str, memo: str, came_at: datetime | None = None
    ) -> CallSheet:
        """The call sheet as far as one line fills it."""
        number = self.number(said)
        answers = {Field.PHONE: number, Field.FAULT: fault}
        customer_id = device_id = 0
        owner = self._owner(number)
        if owner:
            file = self._desk.intake.caller(owner)
            customer_id = owner
            answers |= {Field.CALLER: file.name, Field.ADDRESS: file.address, Field.ZONE: file.zone}
            if len(file.devices) == 1:
                device = file.devices[0]
                device_id = device.device_id
                answers |= {
                    Field.PRODUCT: device.product,
                    Field.MODEL: device.model,
                    Field.SERIAL: device.serial,
                    Field.BOUGHT: device.bought_on,
                }
        kinds = self._desk.policy.kinds
        return CallSheet(
            call_id=call_id,
            kind=KIND if KIND in kinds else next(iter(kinds)),
            channel=CHANNEL,
            opened_at=came_at or self._desk.now(),
            answers=answers,
            customer_id=customer_id,
            device_id=device_id,
            memo=memo,
        )

    def _owner(self, number: str) -> int:
        """The one customer with this number; 0 for nobody, and for a number that several share."""
        view = self._desk.shop
        key = phone_key(number, view)
        found = {
            match.customer_id
            for match in self._desk.intake.callers(number)
            if match.matched == "phone" and phone_key(match.phone, view) == key
        }
        return found.pop() if len(found) == 1 else 0
