"""A fault that was typed where the product stands: said beside the form, moved by one key, never by itself (C1)."""

from collections.abc import Iterator

from aftersales_tui.domain.intake import Field
from aftersales_tui.i18n import say
from aftersales_tui.paths import data_dir
from aftersales_tui.tui.intake.call import Call
from aftersales_tui.tui.widgets.lines import TextLine, folded


def can_be_moved(call: Call) -> bool:
    """Whether the operator has typed a product, and no fault stands in the way of moving it there."""
    said = call.text(Field.PRODUCT).strip()
    return bool(said) and Field.PRODUCT not in call.filled and not call.text(Field.FAULT).strip()


def is_misplaced(call: Call) -> bool:
    """Whether what stands in the box of the product reads like a fault."""
    if not can_be_moved(call):
        return False
    from aftersales_tui.lexicon.faults import load_fault_words

    return load_fault_words(data_dir() / "words").tell(call.text(Field.PRODUCT))


def to_fault(call: Call) -> None:
    """What was typed for the product is the fault."""
    said = call.text(Field.PRODUCT)
    call.write(Field.PRODUCT, "")
    call.write(Field.FAULT, said)


def hint(call: Call, key: str, width: int) -> Iterator[TextLine]:
    """What is said of it at the top of the panel; ``key`` moves it."""
    if is_misplaced(call):
        yield from (((line, "soon"),) for line in folded(say("intake.panel.misplaced", key=key), width))
        yield ()
