"""The one door for text that people, papers or other programs hand in, and the window it is seen through.

What passes ``clean`` can be stored on either store and shown on any terminal. ``visible`` is for what did not
come through that door, such as an older file.
"""

import re
import unicodedata

from aftersales_tui.domain.errors import Invalid

# Patterns are compiled when they are first used, and kept by ``re``: forms that only need ``narrow`` open sooner.
_NOT_STORABLE = "[\x00\ud800-\udfff]"
# Word processors and old mainframes end lines by any of these; dropping them would glue two words together.
_LINE_END = "\r\n|[\r\n\v\f\x85\u2028\u2029]"
_UNSEEN = (
    "[\x01-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1, the escape among them; not the line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the reading direction
    "\u00ad\u034f\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\ufeff"  # take no width
    "\ufff9-\ufffb\u3164\uffa0"  # annotations, and letters that print nothing
    "\U000e0000-\U000e01ef]"  # tags, and the selectors of rare glyph forms
)
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINED = f"{_EMOJI}\ufe0f\u0600-\u109f\u1780-\u18af"
_STRAY_SELECTOR = f"(?<![{_EMOJI}#*0-9])[\ufe00-\ufe0f]"
_STRAY_JOINER = f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
_NEVER_SHOWN = f"[\x00\t\n\u2028\u2029\ud800-\udfff]|{_UNSEEN}"
_NEVER_SHOWN_IN_LINES = f"[\x00\t\u2028\u2029\ud800-\udfff]|{_UNSEEN}"
_NARROW = {0x3000: 0x20} | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def clean(text: str, limit: int, field: str, *, multiline: bool = False) -> str:
    """Text as it may be stored: composed (NFC), trimmed, without controls, bidi and invisible characters.

    Joiners and variation selectors stay only inside emoji and the scripts that need them. In a field of
    one line a line end is a blank; with ``multiline`` it is a line feed. A second pass changes nothing.

    Args:
        text: What was typed, pasted or imported.
        limit: The most characters the field holds, after cleaning.
        field: Named in the error, so that the front end can point at it.
        multiline: Whether the field holds more than one line.

    Raises:
        Invalid: ``text.not_storable`` for NUL and lone surrogates, which a store would refuse or spoil;
            ``text.too_long`` over the limit: what a customer said is never cut silently.
    """
    if text.isascii() and text.isprintable():
        kept = text  # nothing in it to be cleaned
    elif re.search(_NOT_STORABLE, text):
        raise Invalid("text.not_storable", field=field)
    else:
        kept = re.sub(_LINE_END, "\n" if multiline else " ", text).replace("\t", " ")
        kept = re.sub(_STRAY_SELECTOR, "", re.sub(_UNSEEN, "", _composed(kept)))
        kept = _composed(re.sub(_STRAY_JOINER, "", kept))
    kept = kept.strip()
    if len(kept) > limit:
        raise Invalid("text.too_long", field=field, limit=limit, length=len(kept))
    return kept


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\u2426"


def visible(text: str, *, multiline: bool = False) -> str:
    """Text as it may be shown: each control or invisible character as a picture one cell wide (ESC: U+241B).

    Args:
        text: Stored or foreign text; never refused, so that a spoiled record can still be looked at.
        multiline: Keep line feeds, for a widget that shows several lines.
    """
    return re.sub(_NEVER_SHOWN_IN_LINES if multiline else _NEVER_SHOWN, _picture, text)


def narrow(text: str) -> str:
    """Full-width letters, digits, punctuation and blanks, as an input method types them, in plain ASCII."""
    return text if text.isascii() else text.translate(_NARROW)
