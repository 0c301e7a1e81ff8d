"""A call that is being taken: what is written down, who it seems to be, how long he has been waiting."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from aftersales_tui.domain.intake import BOXES as BOX
from aftersales_tui.domain.intake import CallSheet, Fact, Field, Question
from aftersales_tui.tui.drafts import Draft, is_blank
from aftersales_tui.views.callers import CallerFile, CallerMatch, DeviceView, OpenTicket

KIND, CHANNEL = "repair", "phone"
"""What a call is until the operator says otherwise."""
FOR_WHOM = "for_whom"
"""The box of a message slip, beside the fields of the sheet (C7)."""
MESSAGE = "message"
_NAMES = tuple(name.value for name in Field)
_BEHIND = _NAMES.index(Field.MOBILE) + 1
BOXES: tuple[str, ...] = (*_NAMES[:_BEHIND], FOR_WHOM, *_NAMES[_BEHIND:])
"""Every box of the form, by name, from top to bottom."""
OF_MESSAGE = frozenset({Field.CALLER, Field.PHONE, Field.MOBILE, FOR_WHOM, Field.FAULT, Field.WHEN_WANTED})
"""The boxes of a message slip; of the others only those in which something stands are shown (C7)."""
SOUGHT = frozenset({Field.CALLER, Field.PHONE, Field.MOBILE, Field.SERIAL})
"""Fields whose text is looked up while it is typed (C3)."""
OF_DEVICE = (Field.PRODUCT, Field.MODEL, Field.SERIAL, Field.BOUGHT)
PICKED_IN = frozenset({Field.PRODUCT, Field.MODEL, Field.SERIAL})
"""Fields in which one of the caller's devices can be picked."""


@dataclass
class Hold:
    """How long the caller waits after "please wait" (C14).

    Attributes:
        since: When the present wait began; ``None`` while he does not wait.
        before: The waits that are over.
    """

    since: datetime | None = None
    before: timedelta = timedelta()

    def toggle(self, now: datetime) -> None:
        """Begin or end a wait."""
        self.before, self.since = self.total(now), None if self.since else now

    def running(self, now: datetime) -> timedelta:
        """The present wait."""
        return now - self.since if self.since else timedelta()

    def total(self, now: datetime) -> timedelta:
        """All waits of this call."""
        return self.before + self.running(now)


@dataclass
class Call:
    """One call at this seat, in hand or parked.

    Attributes:
        sheet: What was written down.
        unconfirmed: Fields filled from the file that nobody has gone over yet.
        filled: Fields filled from the file and not typed into since; they go with the file.
        visit: Whether somebody goes to see the device for this kind of call.
        here: The box the operator is in.
        file: The caller's file, once he is known.
        matches: Who it may be, as far as it is typed in ``found_in``.
        same: Open tickets of the same caller, phone, device or address, and late repairs (C10).
        same_place: Whether the address that was said is the file's; ``None`` where there are no two to compare.
        implausible: Facts whose date or number nobody understands.
        marked: Which of the choices is marked; -1 for none.
        saved: Whether it is in the store; then it is no draft any more.
        met: By box, the customers who have the number that stands there.
    """

    sheet: CallSheet
    unconfirmed: set[Field] = field(default_factory=set)
    filled: set[Field] = field(default_factory=set)
    visit: bool = True
    here: str = Field.CALLER
    file: CallerFile | None = None
    matches: tuple[CallerMatch, ...] = ()
    found_in: str = ""
    same: tuple[OpenTicket, ...] = ()
    same_place: bool | None = None
    implausible: frozenset[Fact] = frozenset()
    marked: int = 0
    saved: bool = False
    met: dict[str, frozenset[int]] = field(default_factory=dict)
    hold: Hold = field(default_factory=Hold)

    @classmethod
    def begun(cls, call_id: int, now: datetime) -> "Call":
        """A call that begins now."""
        return cls(CallSheet(call_id=call_id, kind=KIND, channel=CHANNEL, opened_at=now))

    @classmethod
    def resumed(cls, draft: Draft) -> "Call":
        """A call taken up again from its draft."""
        hold = Hold(before=timedelta(seconds=draft.sheet.hold_seconds))
        return cls(draft.sheet, set(draft.unconfirmed), set(draft.filled), here=draft.here, hold=hold)

    def draft(self, now: datetime) -> Draft:
        """The call as a draft keeps it."""
        here = Field(self.here) if self.here != FOR_WHOM else Field.CALLER
        return Draft(self.told(now), frozenset(self.unconfirmed), here, frozenset(self.filled))

    def told(self, now: datetime) -> CallSheet:
        """The sheet as it would be saved now."""
        return replace(self.sheet, hold_seconds=int(self.hold.total(now).total_seconds()))

    @property
    def is_blank(self) -> bool:
        """Whether nothing would be missed."""
        return is_blank(self.sheet)

    def text(self, box: str) -> str:
        """What stands in a box."""
        return self.sheet.for_whom if box == FOR_WHOM else self.sheet.answers.get(Field(box), "")

    def boxes(self) -> frozenset[str]:
        """The boxes this kind of call needs."""
        if self.sheet.kind != MESSAGE:
            return frozenset(BOXES) - ({FOR_WHOM} if not self.sheet.for_whom else frozenset())
        return OF_MESSAGE | {box for box in BOXES if self.text(box).strip()}

    def write(self, box: str, text: str) -> None:
        """The operator has typed; what he types he has confirmed."""
        self.met.pop(box, None)
        if box == FOR_WHOM:
            self.sheet = replace(self.sheet, for_whom=text)
            return
        name = Field(box)
        self.unconfirmed.discard(name)
        self.filled.discard(name)
        self._put(name, text)
        self.marked = 0
        if name in (Field.PRODUCT, Field.SERIAL) and self.sheet.device_id:
            self._other_device(name, text)

    def ask(self, question: Question) -> None:
        """The question was put, whether or not it was answered; a second time takes that back."""
        self.sheet = replace(self.sheet, asked=self.sheet.asked ^ {question})

    def amend(self, **changed: Any) -> None:
        """Change what the sheet says besides its boxes: the kind of call, its channel, the memo."""
        self.sheet = replace(self.sheet, **changed)

    def take(self, file: CallerFile, typed: str, person: str = "") -> None:
        """It is this caller and nobody who was taken before: fill in what is known of him, to be confirmed (C3).

        Args:
            file: His file.
            typed: The box that led to him; what was typed there was for finding.
            person: Who of the customer's people it is; empty for himself.
        """
        if self.sheet.customer_id:
            self.forget()
        known = {
            Field.CALLER: person or file.name,
            Field.PHONE: file.phone,
            Field.MOBILE: file.mobile,
            Field.ADDRESS: file.address,
            Field.ZONE: file.zone,
        }
        self.file, self.matches, self.marked = file, (), 0
        put = self.sheet.asked | {BOX[Field(typed)].question}
        self.sheet = replace(self.sheet, customer_id=file.customer_id, asked=put)
        for name, text in known.items():
            if name == typed or not self.text(name).strip():
                self._fill(name, text)

    def take_device(self, device: DeviceView) -> None:
        """The call is about this device of his."""
        self.sheet = replace(self.sheet, device_id=device.device_id)
        self.marked = 0
        told = (device.product, device.model, device.serial, device.bought_on)
        for name, text in zip(OF_DEVICE, told, strict=True):
            typed_by_us = name in self.filled or not self.text(name).strip()
            if typed_by_us or name == self.here:
                self._fill(name, text)

    def forget(self) -> None:
        """It is somebody else: what came from the file goes, what was typed stays."""
        for name in self.filled:
            self._put(name, "")
        self.unconfirmed.clear()
        self.filled.clear()
        self.file, self.marked, self.same_place = None, 0, None
        self.sheet = replace(self.sheet, customer_id=0, device_id=0)

    def choices(self) -> Sequence[CallerMatch | DeviceView]:
        """What can be taken by Enter in the present box: callers, then the caller's devices."""
        if self.matches and self.here == self.found_in:
            return self.matches
        if self.file is None or self.sheet.device_id or self.here not in PICKED_IN:
            return ()
        typed = self.text(self.here).strip().casefold()
        return [one for one in self.file.devices if typed in device_word(one).casefold()]

    def marked_choice(self) -> "CallerMatch | DeviceView | None":
        """The choice that Enter takes."""
        choices = self.choices()
        return choices[self.marked] if 0 <= self.marked < len(choices) else None

    def _fill(self, name: Field, text: str) -> None:
        if text:
            self._put(name, text)
            self.unconfirmed.add(name)
            self.filled.add(name)

    def _put(self, name: Field, text: str) -> None:
        self.sheet = replace(self.sheet, answers={**self.sheet.answers, name: text})

    def _other_device(self, name: Field, text: str) -> None:
        """Another product or serial is another device: what came with the first one goes."""
        device = next(
            (
                one
                for one in (self.file.devices if self.file else ())
                if one.device_id == self.sheet.device_id
            ),
            None,
        )
        was = "" if device is None else (device.product if name is Field.PRODUCT else device.serial)
        if was and text.strip() != was:
            for other in OF_DEVICE:
                if other in self.filled:
                    self.unconfirmed.discard(other)
                    self.filled.discard(other)
                    self._put(other, "")
            self.sheet = replace(self.sheet, device_id=0)


def device_word(device: DeviceView) -> str:
    """A device in one line."""
    return " ".join(filter(None, (device.brand, device.product, device.model, device.serial)))
