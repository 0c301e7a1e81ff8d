"""What a write has done, as a sentence."""

from datetime import tzinfo

from aftersales_tui.i18n import say
from aftersales_tui.tui.sentences import deed_key, deed_words, number_word
from aftersales_tui.tui.widgets.status import GOOD, Said
from aftersales_tui.views.tickets import FINAL_DEEDS, Receipt

__all__ = ["deed_words", "done", "number_word"]


def done(receipt: Receipt, zone: tzinfo) -> Said:
    """The result line of a write, with the key that takes it back."""
    may_be_undone = receipt.seq and receipt.verb not in FINAL_DEEDS

    def text() -> str:
        sentence = say(
            f"done.{deed_key(receipt.verb, receipt.params)}", **deed_words(receipt.params, zone)
        ).rstrip()
        return f"{sentence}  {say('frame.undo_hint')}" if may_be_undone else sentence

    return Said(text, GOOD)
