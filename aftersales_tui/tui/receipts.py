"""What a write has done, as a sentence."""

from datetime import tzinfo

from aftersales_tui.i18n import say
from aftersales_tui.tui.sentences import deed_key, deed_words, number_word
from aftersales_tui.tui.widgets.status import GOOD, Said
from aftersales_tui.views.tickets import FINAL_DEEDS, Receipt

__all__ = ["deed_words", "done", "number_word"]


def done(receipt: Receipt, zone: tzinfo) -> Said:
    """The result line of a write, and whether a key takes it back."""

    def text() -> str:
        return say(
            f"done.{deed_key(receipt.verb, receipt.params)}", **deed_words(receipt.params, zone)
        ).rstrip()

    return Said(text, GOOD, bool(receipt.seq) and receipt.verb not in FINAL_DEEDS)
