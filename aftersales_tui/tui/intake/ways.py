"""Where a key leads in the form."""

from collections.abc import Sequence

from aftersales_tui.domain.intake import FACT_FIELDS, Field, Question, next_field
from aftersales_tui.tui.intake.call import BOXES, FOR_WHOM, MESSAGE, Call
from aftersales_tui.tui.intake.paint import question_of
from aftersales_tui.tui.intake.standing import lacking, needed

_ORDER = list(Field)


def after_enter(call: Call, box: str, shown: Sequence[str]) -> str | None:
    """The box that Enter leads to: what is to be asked next; ``None`` when all of it was.

    A message slip is filled from top to bottom, then what it still lacks; everything else by the questions not yet
    put and the facts missing.
    """
    if call.sheet.kind == MESSAGE:
        behind = shown[shown.index(box) + 1 :] if box in shown else shown
        blank = [name for name in shown if name != box and not call.text(name).strip()]
        return next((name for name in (*behind, *_of_slip(call)) if name in blank), None)
    here = Field.MOBILE if box == FOR_WHOM else Field(box)
    return next_field(
        call.sheet.answers, here, call.implausible, call.sheet.asked, needed(call), call.unconfirmed
    )


def _of_slip(call: Call) -> list[str]:
    """The boxes without which a message is none: those of its facts, and whom it is for (C7)."""
    wanting = {FACT_FIELDS[fact] for fact in lacking(call)} | {FOR_WHOM}
    return [box for box in BOXES if box in wanting]


def after_taking(call: Call, box: str) -> str | None:
    """The box to go to when a caller or a device was taken: the first fact his file does not tell.

    With several devices and none of them chosen it is the one in which they can be picked.
    """
    following = next_field(call.sheet.answers, Field(box), call.implausible, needed=needed(call))
    undecided = call.file is not None and call.file.devices and not call.sheet.device_id
    if undecided and (following is None or _ORDER.index(following) > _ORDER.index(Field.PRODUCT)):
        return Field.PRODUCT
    if following is Field.MODEL and not call.text(Field.PRODUCT).strip():
        # Nobody names the model of a thing before the thing.
        return Field.PRODUCT
    return following


def question_beside(box: str, way: int, shown: Sequence[str]) -> str:
    """The first box in sight of the question before or behind; round at the ends."""
    present = list(dict.fromkeys(question_of(name) for name in BOXES if name in shown))
    here = present.index(question_of(box))
    return first_of(present[(here + way) % len(present)], shown)


def first_of(question: Question, shown: Sequence[str]) -> str:
    """The first box in sight of a question; the first of all where it has none."""
    return next((name for name in shown if question_of(name) is question), shown[0])
